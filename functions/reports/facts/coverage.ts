import type { Cell, Column } from "../../../contract/index.ts";
import { isTemporal } from "../../charts/render/column-kinds.ts";
import { expressionOf } from "./sql-columns.ts";
import { type Grain, stepStart } from "./time-axis.ts";

/** The time that the data behind a chart's axis reach over, in milliseconds; to its end, not to its last value. */
export interface Coverage {
  from: number;
  to: number;
}

const dayMs = 86_400_000;

/** The coverage of the column of dates that a result's column is made of; undefined where there is none or several. */
export function coverageOf(resultColumn: string, sql: string, columns: readonly Column[]): Coverage | undefined {
  const expression = expressionOf(resultColumn, sql);
  const sources = columns.filter((column) => isTemporal(column) && names(expression ?? "", column.name));
  const [source] = sources;
  if (!source || sources.length > 1) return undefined;
  const { min, max, distinctCount } = source.profile;
  const [from, last] = [momentOf(min), momentOf(max)];
  if (from === undefined || last === undefined) return undefined;
  return { from, to: last + spacing(from, last, distinctCount) };
}

/** Whether an expression speaks of a column, in quotes or, where its name is a plain word, without. */
function names(expression: string, column: string): boolean {
  return (
    expression.includes(`"${column}"`) || (/^\w+$/.test(column) && new RegExp(`\\b${column}\\b`, "i").test(expression))
  );
}

/** How far apart the values are: monthly figures, each dated the first, cover their months. */
function spacing(from: number, last: number, distinct: number): number {
  const average = distinct > 1 ? (last - from) / (distinct - 1) : dayMs;
  return Math.max(dayMs, Math.round(average / dayMs) * dayMs);
}

function momentOf(cell: Cell): number | undefined {
  const day = typeof cell === "string" ? /^\d{4}-\d{2}-\d{2}/.exec(cell)?.[0] : undefined;
  return day === undefined ? undefined : Date.parse(`${day}T00:00:00Z`);
}

/**
 * Which of the first and the last step of an axis the data reach over in part only: more than a tenth of it, or a week, is
 * missing. What happened in them can't be compared with a whole one.
 */
export function unfinishedEnds(
  ordinals: number[],
  grain: Grain,
  coverage: Coverage | undefined,
): { first: boolean; last: boolean } {
  const [first, last] = [ordinals[0] ?? 0, ordinals.at(-1) ?? 0];
  const start = stepStart(first, grain);
  const end = stepStart(last + 1, grain);
  if (!coverage || start === undefined || end === undefined) return { first: false, last: false };
  const tolerated = (from: number, to: number) => Math.min(7 * dayMs, (to - from) / 10);
  const firstEnd = stepStart(first + 1, grain) ?? end;
  const lastStart = stepStart(last, grain) ?? start;
  return {
    first: coverage.from - start > tolerated(start, firstEnd),
    last: end - coverage.to > tolerated(lastStart, end),
  };
}
