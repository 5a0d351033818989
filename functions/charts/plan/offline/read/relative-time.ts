import type { Field } from "../link/fields.ts";
import type { Item } from "../link/items.ts";
import type { Grain } from "../query.ts";
import type { Placed } from "./placed.ts";
import { type Reading, timeField } from "./reading.ts";
import { type OpenRange, timeConditions, yearStart } from "./time-conditions.ts";

type Step = "year" | "quarter" | "month" | "week" | "day";

const steps: readonly Step[] = ["year", "quarter", "month", "week", "day"];
const monthsIn: Partial<Record<Grain, number>> = { year: 12, quarter: 3, month: 1 };
const daysIn: Partial<Record<Grain, number>> = { week: 7, day: 1 };

/** "last 6 months", "past year", "this month", "year to date": counted from the end of the data, and said so. */
export function readRelative(reading: Reading, placed: Placed[]): void {
  const { items } = reading;
  for (const index of items.keys()) {
    const asked = relativeAt(items, index);
    const field = asked ? timeField(reading) : null;
    if (!asked || !field) continue;
    const max = String(field.column.profile.max ?? "").slice(0, 10);
    const range = rangeOf(field, max, asked);
    if (!range) continue;
    for (const item of items.slice(index, index + asked.length)) item.used = true;
    const before = items[index - 1];
    if (before?.kind === "operator" && ["in", "since"].includes(before.operator.op)) before.used = true;
    for (const condition of timeConditions(field, range)) placed.push({ condition, from: index, to: index });
    const words = items.slice(index, index + asked.length).map(({ text }) => text);
    reading.assumptions.add(`“${words.join(" ")}” is counted back from the last ${field.name} in the data, ${max}.`);
  }
}

interface Relative {
  /** The calendar's step that the data ends in, rather than so many days up to the end. */
  current: boolean;
  count: number;
  step: Step;
  length: number;
}

function stepOf(item: Item | undefined): Step | null {
  const word = item?.text.toLowerCase().replace(/s$/, "") ?? "";
  return steps.find((one) => one === word) ?? null;
}

function relativeAt(items: Item[], index: number): Relative | null {
  const word = items[index]?.text.toLowerCase() ?? "";
  const next = items[index + 1];
  if (word === "ytd") return { current: true, count: 1, step: "year", length: 1 };
  const own = stepOf(items[index]);
  if (own && /^to$/i.test(next?.text ?? "") && /^date$/i.test(items[index + 2]?.text ?? ""))
    return { current: true, count: 1, step: own, length: 3 };
  if (/^(this|current)$/.test(word)) {
    const step = stepOf(next);
    return step && { current: true, count: 1, step, length: 2 };
  }
  if (!/^(last|past|previous|recent|latest)$/.test(word)) return null;
  const count = next?.kind === "number" ? next.value : 1;
  const length = next?.kind === "number" ? 3 : 2;
  const step = stepOf(items[index + length - 1]);
  return step && Number.isInteger(count) ? { current: false, count, step, length } : null;
}

function rangeOf({ holds }: Field, max: string, { current, count, step }: Relative): OpenRange | null {
  if (holds === "year" || holds === "text-year") {
    const last = Number(max);
    return step === "year" && Number.isInteger(last) ? { from: yearStart(last - count + 1), before: null } : null;
  }
  const end = new Date(`${max.length === 7 ? `${max}-01` : max}T00:00:00Z`);
  if (Number.isNaN(end.getTime())) return null;
  const from = current ? startOf(step, end) : back(step, count, end);
  return { from: from.toISOString().slice(0, 10), before: null };
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

/** Counted from the day after the last one, so that the last month of data that ends on 31 March begins on 1 March. */
function back(step: Step, count: number, end: Date): Date {
  const after = new Date(end.getTime() + 86_400_000);
  const months = (monthsIn[step] ?? 0) * count;
  const first = new Date(Date.UTC(after.getUTCFullYear(), after.getUTCMonth() - months, 1));
  const days = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(after.getUTCDate(), days) - (daysIn[step] ?? 0) * count);
  return first;
}
