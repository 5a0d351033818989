import type { Field } from "../link/fields.ts";
import { type ItemOf, operatorOf } from "../link/items.ts";
import type { Comparison, Condition, Grain } from "../query.ts";
import type { Placed } from "./placed.ts";
import { neighbour, type Reading, timeField } from "./reading.ts";

/** Days from a first one up to, not including, another; ISO dates, null for open. */
interface Range {
  from: string | null;
  before: string | null;
}

const isYear = (value: number) => Number.isInteger(value) && value >= 1000 && value <= 2999;

const yearStart = (year: number) => `${String(year).padStart(4, "0")}-01-01`;

function condition(field: Field, { from, before }: Range): Condition[] {
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
function yearIn({ column }: Field, year: number): number {
  const max = Number(column.profile.max);
  return max < 100 && year >= 1900 && year < 2000 ? year - 1900 : year;
}

function range(comparison: Comparison | "in", from: string, before: string): Range {
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

/** The span of time an item names: a month, a day, or a number that can only be a year. */
function span(item: ItemOf<"number"> | ItemOf<"period">): { from: string; before: string } | null {
  if (item.kind === "period") return item;
  return isYear(item.value) ? { from: yearStart(item.value), before: yearStart(item.value + 1) } : null;
}

/** Takes "in 2019", "since March 2015", "between 2010 and 2015", "the last 6 months" out of the question. */
export function readTimeFilters(reading: Reading, placed: Placed[]): void {
  const { items } = reading;
  readRelative(reading, placed);
  for (const [index, item] of items.entries()) {
    if (item.used || (item.kind !== "number" && item.kind !== "period")) continue;
    const named = span(item);
    if (!named) continue;
    const cueAt = neighbour(items, index, -1, ["stop"]);
    const cue = cueAt === null ? undefined : items[cueAt];
    const operator = operatorOf(cue);
    const column = nearTime(reading, index);
    const numericNear = items[index - 1]?.kind === "column" && !column;
    const cued = operator !== null && ["in", "since", "between"].includes(operator.op);
    const compared = operator?.op === "compare" && (operator.time || column !== null || item.kind === "period");
    if (item.kind === "number" && !cued && !compared && (numericNear || !plausible(reading, item.value))) continue;
    if (operator?.op === "compare" && !compared) continue;
    if (item.kind === "number" && operator?.op === "between" && !column && precededByMeasure(reading, cueAt ?? 0))
      continue;
    const field = column ?? timeField(reading);
    if (!field || (item.kind === "number" && cued && !plausible(reading, item.value, 100))) continue;

    const second = operator?.op === "between" || operator?.op === "since" ? rangeEnd(reading, index) : null;
    item.used = true;
    if (cue && (cued || compared)) cue.used = true;
    for (const near of [index - 1, index - 2, index + 1]) {
      const one = items[near];
      if (
        one?.kind === "column" &&
        one.field === field &&
        (near < index ? (cueAt ?? index) <= near + 1 || compared : !isGrouped(reading, near)) &&
        !isGrouped(reading, near)
      )
        one.used = true;
    }
    let asked: Range;
    let to = index;
    if (second) {
      for (const one of items.slice(index, second.at + 1)) one.used = true;
      asked = { from: named.from, before: second.before };
      to = second.at;
    } else {
      const comparison = operator?.op === "compare" ? operator.comparison : operator?.op === "since" ? ">=" : "in";
      asked = range(comparison, named.from, named.before);
    }
    for (const one of condition(field, asked)) placed.push({ condition: one, from: cueAt ?? index, to });
    noteOutside(reading, field, asked);
  }
}

/** Says so where the data begins after the time asked for, or ends before it. */
function noteOutside({ assumptions }: Reading, field: Field, { from, before }: Range): void {
  const { min, max } = field.column.profile;
  if (field.holds === "year" || min === null || max === null) return;
  const early = before !== null && before <= String(min).slice(0, 10);
  const late = from !== null && from > String(max).slice(0, 10);
  if (early || late)
    assumptions.add(
      `${field.name} goes from ${String(min).slice(0, 10)} to ${String(max).slice(0, 10)}: there is nothing at the time asked for.`,
    );
}

function isGrouped({ items }: Reading, index: number): boolean {
  const before = operatorOf(items[index - 1]);
  return before?.op === "group" || before?.op === "axis";
}

function precededByMeasure({ items }: Reading, index: number): boolean {
  const before = neighbour(items, index, -1);
  const item = before === null ? undefined : items[before];
  return item?.kind === "column" && item.field.role === "measure";
}

function nearTime({ items }: Reading, index: number): Field | null {
  for (let at = index - 1; at >= Math.max(0, index - 4); at--) {
    const item = items[at];
    if (item?.kind === "break") break;
    if (item?.kind === "column") return item.field.role === "time" ? item.field : null;
  }
  return null;
}

/** Whether the table has that year, or one near. A number that is none is left to other stages. */
function plausible(reading: Reading, year: number, slack = 5): boolean {
  const field = timeField(reading, false);
  if (!field) return false;
  const edge = (cell: unknown) => Number(String(cell ?? "").slice(0, 4));
  const min = edge(field.column.profile.min);
  const max = edge(field.column.profile.max);
  const asked = yearIn(field, year);
  return asked >= min - slack && asked <= max + slack;
}

function rangeEnd({ items }: Reading, index: number): { at: number; before: string } | null {
  const joinAt = neighbour(items, index, 1, ["stop"]);
  if (joinAt === null) return null;
  const join = items[joinAt];
  const connects =
    ["and", "upto"].includes(operatorOf(join)?.op ?? "") ||
    /^(to|until|till|through)$/i.test(items[index + 1]?.text ?? "");
  const at = join?.kind === "number" || join?.kind === "period" ? joinAt : joinAt + 1;
  const end = items[at];
  if (!connects || (end?.kind !== "number" && end?.kind !== "period")) return null;
  const named = span(end);
  return named ? { at, before: named.before } : null;
}

const monthsIn: Partial<Record<Grain, number>> = { year: 12, quarter: 3, month: 1 };

const daysIn: Partial<Record<Grain, number>> = { week: 7, day: 1 };

/** "last 6 months", "past year": counted back from the end of the data, and said so. */
function readRelative(reading: Reading, placed: Placed[]): void {
  const { items } = reading;
  for (const [index, item] of items.entries()) {
    if (!/^(last|past|previous|recent)$/i.test(item.text)) continue;
    const next = items[index + 1];
    const count = next?.kind === "number" ? next.value : 1;
    const unit = items[next?.kind === "number" ? index + 2 : index + 1];
    const word = unit?.text.toLowerCase().replace(/s$/, "") ?? "";
    const grain = (["year", "quarter", "month", "week", "day"] as const).find((one) => one === word);
    const field = grain ? timeField(reading) : null;
    if (!grain || !unit || !field) continue;
    for (const one of [item, unit]) one.used = true;
    if (next?.kind === "number") next.used = true;
    const max = String(field.column.profile.max ?? "").slice(0, 10);
    if (field.holds === "year" || field.holds === "text-year") {
      const first = Number(max) - count + 1;
      placed.push(
        ...condition(field, { from: yearStart(first), before: null }).map((one) => ({
          condition: one,
          from: index,
          to: index,
        })),
      );
    } else {
      const end = new Date(`${max.length === 7 ? `${max}-01` : max}T00:00:00Z`);
      if (Number.isNaN(end.getTime())) continue;
      end.setUTCMonth(end.getUTCMonth() - (monthsIn[grain] ?? 0) * count);
      end.setUTCDate(end.getUTCDate() - (daysIn[grain] ?? 0) * count + 1);
      placed.push(
        ...condition(field, { from: end.toISOString().slice(0, 10), before: null }).map((one) => ({
          condition: one,
          from: index,
          to: index,
        })),
      );
    }
    reading.assumptions.add(
      `“${item.text} ${count === 1 ? "" : `${count} `}${unit.text}” is counted back from the last ${field.name} in the data, ${max}.`,
    );
  }
}
