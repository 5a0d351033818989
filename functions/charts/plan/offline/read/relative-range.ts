import type { Field } from "../link/fields.ts";
import type { Item } from "../link/items.ts";

export type Step = "year" | "quarter" | "month" | "week" | "day";

/** A stretch of days that is counted from the end of the data. */
export interface Relative {
  /**
   * `current`: the calendar's step that the data ends in. `previous`: the last whole one before it. `trailing`: so many
   * steps up to the end, to the day. `next`: the step after that in which it ends. `coming`: so many steps after the end.
   */
  kind: "current" | "previous" | "trailing" | "next" | "coming";
  count: number;
  step: Step;
  /** How many items say it. */
  length: number;
}

export interface Days {
  from: Date;
  /** The day after the last. */
  before: Date;
}

const steps: readonly Step[] = ["year", "quarter", "month", "week", "day"];
const monthsIn: Record<Step, number> = { year: 12, quarter: 3, month: 1, week: 0, day: 0 };
const daysIn: Record<Step, number> = { year: 0, quarter: 0, month: 0, week: 7, day: 1 };
const dayMs = 86_400_000;

export const isoDay = (date: Date) => date.toISOString().slice(0, 10);

export function stepOf(item: Item | undefined): Step | null {
  const word = item?.text.toLowerCase().replace(/s$/, "") ?? "";
  return steps.find((one) => one === word) ?? null;
}

/** "last 6 months", "past year", "this month", "year to date", "last year to date". */
export function relativeAt(items: Item[], index: number): Relative | null {
  const word = items[index]?.text.toLowerCase() ?? "";
  const next = items[index + 1];
  const toDate = { ytd: "year", qtd: "quarter", mtd: "month" } as const;
  if (word === "ytd" || word === "qtd" || word === "mtd")
    return { kind: "current", count: 1, step: toDate[word], length: 1 };
  if (word === "today") return { kind: "current", count: 1, step: "day", length: 1 };
  if (word === "yesterday") return { kind: "previous", count: 1, step: "day", length: 1 };
  if (word === "tomorrow") return { kind: "next", count: 1, step: "day", length: 1 };
  if (word === "soon") return { kind: "coming", count: 30, step: "day", length: 1 };
  const own = stepOf(items[index]);
  if (own && /^to$/i.test(next?.text ?? "") && /^date$/i.test(items[index + 2]?.text ?? ""))
    return { kind: "current", count: 1, step: own, length: 3 };
  if (/^(this|current)$/.test(word)) {
    const step = stepOf(next);
    return step && { kind: "current", count: 1, step, length: 2 };
  }
  if (!/^(last|past|previous|prior|recent|latest|next|coming|upcoming|following)$/.test(word)) return null;
  const counted = next?.kind === "number";
  const count = counted ? next.value : 1;
  const length = counted ? 3 : 2;
  const step = stepOf(items[index + length - 1]);
  if (!step || !Number.isInteger(count) || count < 1) return null;
  if (/^(next|coming|upcoming|following)$/.test(word))
    return { kind: counted ? "coming" : "next", count, step, length };
  if (counted || /^(past|recent)$/.test(word)) return { kind: "trailing", count, step, length };
  return { kind: word === "latest" ? "current" : "previous", count, step, length };
}

/** The last day that the data tells of: of months that are written as their first day, the end of the last. Null: none is known. */
export function endOf({ holds, column: { profile } }: Field): Date | null {
  if (holds !== "date" && holds !== "timestamp" && holds !== "text-month") return null;
  const max = String(profile.max ?? "").slice(0, 10);
  const end = new Date(`${max.length === 7 ? `${max}-01` : max}T00:00:00Z`);
  if (Number.isNaN(end.getTime())) return null;
  const known = [profile.min, profile.max, ...(profile.quartiles ?? [])].map((cell) => String(cell).slice(8, 10));
  const monthly = holds === "text-month" || (known.length > 2 && known.every((day) => day === "01"));
  return monthly ? new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0)) : end;
}

/** The days that are meant, where the data ends on a day. */
export function daysOf({ kind, count, step }: Relative, end: Date): Days {
  const after = new Date(end.getTime() + dayMs);
  if (kind === "trailing") return { from: shifted(after, step, -count), before: after };
  if (kind === "coming") return { from: after, before: shifted(after, step, count) };
  const from = startOf(step, end);
  if (kind === "next") return { from: shifted(from, step, 1), before: shifted(from, step, 2) };
  // The last day of the data is today.
  if (kind === "previous" && step === "day") return { from: shifted(from, step, -1), before: from };
  if (kind === "current" || isWhole(step, end)) return { from, before: after };
  return { from: shifted(from, step, -1), before: from };
}

/** Whether the step that the data ends in is over, or as good as: less than a twentieth of it is left. */
export function isWhole(step: Step, end: Date): boolean {
  const from = startOf(step, end);
  const next = shifted(from, step, 1);
  return next.getTime() - end.getTime() - dayMs < (next.getTime() - from.getTime()) / 20;
}

function startOf(step: Step, end: Date): Date {
  const [year, month, day] = [end.getUTCFullYear(), end.getUTCMonth(), end.getUTCDate()];
  switch (step) {
    case "year":
      return new Date(Date.UTC(year, 0, 1));
    case "quarter":
      return new Date(Date.UTC(year, month - (month % 3), 1));
    case "month":
      return new Date(Date.UTC(year, month, 1));
    case "week":
      return new Date(Date.UTC(year, month, day - ((end.getUTCDay() + 6) % 7)));
    case "day":
      return end;
  }
}

/** So many steps later; of a day that the month does not have, its last. */
export function shifted(day: Date, step: Step, count: number): Date {
  const first = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + monthsIn[step] * count, 1));
  const days = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(day.getUTCDate(), days) + daysIn[step] * count);
  return first;
}
