import type { Column } from "../../../contract/index.ts";
import { isTemporal } from "../../charts/render/column-kinds.ts";
import { type Coverage, coverageOf as profileCoverage, tolerated } from "../../shared/coverage.ts";
import { expressionOf } from "./sql-columns.ts";
import { type Grain, stepStart } from "./time-axis.ts";

/** The coverage of the column of dates that a result's column is made of; undefined where there is none or several. */
export function coverageOf(resultColumn: string, sql: string, columns: readonly Column[]): Coverage | undefined {
  const expression = expressionOf(resultColumn, sql);
  const sources = columns.filter((column) => isTemporal(column) && names(expression ?? "", column.name));
  const [source] = sources;
  if (!source || sources.length > 1) return undefined;
  return profileCoverage(source.profile);
}

/** Whether an expression speaks of a column, in quotes or, where its name is a plain word, without. */
function names(expression: string, column: string): boolean {
  return (
    expression.includes(`"${column}"`) || (/^\w+$/.test(column) && new RegExp(`\\b${column}\\b`, "i").test(expression))
  );
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
  const firstEnd = stepStart(first + 1, grain) ?? end;
  const lastStart = stepStart(last, grain) ?? start;
  return {
    first: coverage.from - start > tolerated(start, firstEnd),
    last: end - coverage.to > tolerated(lastStart, end),
  };
}
