import type { Field } from "../link/fields.ts";
import type { Comparison, Condition } from "../query.ts";
import type { Reading } from "./reading.ts";

/** Days from a first one up to, not including, another; ISO dates, null for open. */
export interface OpenRange {
  from: string | null;
  before: string | null;
}

export const yearStart = (year: number) => `${String(year).padStart(4, "0")}-01-01`;

/** A column is within a range of days, in the terms of what it holds. */
export function timeConditions(field: Field, { from, before }: OpenRange): Condition[] {
  if (field.holds === "date" || field.holds === "timestamp")
    return [{ kind: "dates", column: field.id, holds: field.holds, from, before }];
  if (field.holds === "text-month") {
    const bounds: Condition[] = [];
    const expression = { kind: "column", column: field.id } as const;
    if (from !== null) bounds.push({ kind: "compare", expression, comparison: ">=", value: from.slice(0, 7) });
    if (before !== null) bounds.push({ kind: "compare", expression, comparison: "<", value: before.slice(0, 7) });
    return bounds;
  }
  const expression = { kind: "time", column: field.id, holds: field.holds ?? "year", grain: "year" } as const;
  // "before 2009-07-01" of a column of years can only mean: not later than 2009.
  const low = from === null ? null : yearIn(field, Number(from.slice(0, 4)));
  const high = before === null ? null : yearIn(field, Number(before.slice(0, 4)) - (before.endsWith("01-01") ? 1 : 0));
  if (low !== null && low === high) return [{ kind: "compare", expression, comparison: "=", value: low }];
  const bounds: Condition[] = [];
  if (low !== null) bounds.push({ kind: "compare", expression, comparison: ">=", value: low });
  if (high !== null) bounds.push({ kind: "compare", expression, comparison: "<=", value: high });
  return bounds;
}

/** Columns of two-digit years hold 82 for 1982. */
export function yearIn({ column }: Field, year: number): number {
  const max = Number(column.profile.max);
  return max < 100 && year >= 1900 && year < 2000 ? year - 1900 : year;
}

/** The days that are before, after or within a period. */
export function compared(comparison: Comparison | "in", from: string, before: string): OpenRange {
  switch (comparison) {
    case "<":
      return { from: null, before: from };
    case "<=":
      return { from: null, before };
    case ">":
      return { from: before, before: null };
    case ">=":
      return { from, before: null };
    default:
      return { from, before };
  }
}

/** Says so where the data begins after the time asked for, or ends before it. */
export function noteOutside({ assumptions }: Reading, field: Field, { from, before }: OpenRange): void {
  const { min, max } = field.column.profile;
  if (field.holds === "year" || min === null || max === null) return;
  const early = before !== null && before <= String(min).slice(0, 10);
  const late = from !== null && from > String(max).slice(0, 10);
  if (early || late)
    assumptions.add(
      `${field.name} goes from ${String(min).slice(0, 10)} to ${String(max).slice(0, 10)}: there is nothing at the time asked for.`,
    );
}
