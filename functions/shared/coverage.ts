import type { Cell, Column } from "../../contract/index.ts";

/** The time that the values of a column reach over, in milliseconds; to its end, not to its last value. */
export interface Coverage {
  from: number;
  to: number;
}

export const dayMs = 86_400_000;

/** What a column of dates covers; undefined for a column without dates. */
export function coverageOf({
  min,
  max,
  distinctCount,
}: Pick<Column["profile"], "min" | "max" | "distinctCount">): Coverage | undefined {
  const [from, last] = [momentOf(min), momentOf(max)];
  if (from === undefined || last === undefined) return undefined;
  return { from, to: last + spacing(from, last, distinctCount) };
}

/** How much of the time from one moment to another may lack at either end without harm: a tenth, and never more than a week. */
export function tolerated(from: number, to: number): number {
  return Math.min(7 * dayMs, (to - from) / 10);
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
