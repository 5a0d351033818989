import type { Field } from "../link/fields.ts";
import type { OpenRange } from "./time-conditions.ts";

const day = 86_400_000;
const steps = [
  { grain: "year", months: 12 },
  { grain: "quarter", months: 3 },
  { grain: "month", months: 1 },
] as const;

export interface WholePeriod extends OpenRange {
  /** "2023", "2023-Q2", "2023-04" */
  name: string;
}

/**
 * The first and the last year that a column of time covers whole, else the quarters or months: a few days without rows at
 * either end are no gap. Null: it covers no two.
 */
export function wholePeriods({
  holds,
  column,
}: Field): { grain: string; first: WholePeriod; last: WholePeriod } | null {
  const { min, max } = column.profile;
  if (min === null || max === null) return null;
  if (holds === "year" || holds === "text-year") {
    const [first, last] = [Number(min), Number(max)];
    return first < last ? { grain: "year", first: period(first, 0, 12), last: period(last, 0, 12) } : null;
  }
  const monthly = holds === "text-month";
  const start = Date.parse(`${String(min).slice(0, monthly ? 7 : 10)}${monthly ? "-01" : ""}`);
  const lastDay = new Date(Date.parse(`${String(max).slice(0, monthly ? 7 : 10)}${monthly ? "-01" : ""}`));
  const end = monthly ? Date.UTC(lastDay.getUTCFullYear(), lastDay.getUTCMonth() + 1) : lastDay.getTime() + day;
  for (const { grain, months } of steps) {
    const slack = Math.min(7, months * 3) * day;
    const whole: WholePeriod[] = [];
    const from = new Date(start);
    for (let month = Math.floor(from.getUTCMonth() / months) * months; ; month += months) {
      const [begin, before] = [Date.UTC(from.getUTCFullYear(), month), Date.UTC(from.getUTCFullYear(), month + months)];
      if (begin >= end) break;
      if (begin >= start - slack && before <= end + slack) whole.push(period(from.getUTCFullYear(), month, months));
    }
    const [first, last] = [whole[0], whole.at(-1)];
    if (first && last && first !== last) return { grain, first, last };
  }
  return null;
}

function period(year: number, month: number, months: number): WholePeriod {
  const from = new Date(Date.UTC(year, month)).toISOString().slice(0, 10);
  const before = new Date(Date.UTC(year, month + months)).toISOString().slice(0, 10);
  const quarter = Math.floor((Number(from.slice(5, 7)) - 1) / 3) + 1;
  const name = months === 12 ? from.slice(0, 4) : months === 3 ? `${from.slice(0, 4)}-Q${quarter}` : from.slice(0, 7);
  return { from, before, name };
}
