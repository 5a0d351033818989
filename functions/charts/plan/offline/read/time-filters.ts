import { computedField } from "../derive/computed-field.ts";
import type { Field } from "../link/fields.ts";
import { type Item, type ItemOf, operatorOf } from "../link/items.ts";
import { type DateRange, rangeIn } from "../link/periods.ts";
import type { Condition, Grain } from "../query.ts";
import { isNegated, type Placed } from "./placed.ts";
import { doubt, neighbour, type Reading, timeField } from "./reading.ts";
import { readRelative } from "./relative-time.ts";
import { compared, noteOutside, timeConditions, yearIn, yearStart } from "./time-conditions.ts";

/** A column whose values, or whose steps of time, were listed to be compared: "male and female", "2019 vs 2020". */
export interface Compared {
  field: Field;
  grain: Grain | null;
}

type Timed = ItemOf<"number"> | ItemOf<"period">;

/** A period that stands by itself, and so may be one of a list. */
interface Listed extends Placed {
  field: Field;
  item: Timed;
  conditions: Condition[];
}

const isYear = (value: number) => Number.isInteger(value) && value >= 1000 && value <= 2999;

/** The year in which a period without one last begins within the data. */
function lastYear(field: Field, { month, day }: ItemOf<"period">["period"]): number | null {
  const max = String(field.column.profile.max ?? "").slice(0, 10);
  const year = Number(max.slice(0, 4));
  if (!isYear(year)) return null;
  if (field.holds === "year" || field.holds === "text-year") return null;
  const start = rangeIn(year, { year, month, months: 1, day }).from;
  return start <= (max.length === 7 ? `${max}-31` : max) ? year : year - 1;
}

/** The days an item names: a period, or a number that can only be a year. Null: none, or none that the column could tell. */
function daysOf(item: Timed, field: Field, year: number | null = null): DateRange | null {
  if (item.kind === "number")
    return isYear(item.value) ? { from: yearStart(item.value), before: yearStart(item.value + 1) } : null;
  const inYear = item.period.year ?? year ?? lastYear(field, item.period);
  return inYear === null ? null : rangeIn(inYear, item.period);
}

const couldBeTime = (item: Item | undefined): item is Timed =>
  item?.kind === "period" || (item?.kind === "number" && isYear(item.value));

/** Takes "in 2019", "since March", "Q3 2021", "between 2010 and 2015", "the last 6 months" out of the question. */
export function readTimeFilters(reading: Reading, placed: Placed[], asked: Compared[]): void {
  const { items } = reading;
  readRelative(reading, placed);
  const listed: Listed[] = [];
  for (const [index, item] of items.entries()) {
    if (item.used || !couldBeTime(item)) continue;
    const cueAt = neighbour(items, index, -1, ["stop"]);
    const cue = cueAt === null ? undefined : items[cueAt];
    const operator = operatorOf(cue);
    const column = nearTime(reading, index);
    const beside = items[index - 1];
    const numericNear =
      beside?.kind === "column" && !column && (item.kind === "period" || couldBe(beside.field, item.value));
    const follows = listed.some(({ to }) => joins(items, to, index));
    const cued = (operator !== null && ["in", "since", "between"].includes(operator.op)) || follows;
    const isCompared = operator?.op === "compare" && (operator.time || column !== null || item.kind === "period");
    if (item.kind === "number" && !cued && !isCompared && (numericNear || !plausible(reading, item.value))) continue;
    if (operator?.op === "compare" && !isCompared) continue;
    if (item.kind === "number" && operator?.op === "between" && !column && precededByMeasure(reading, cueAt ?? 0))
      continue;
    const field = column ?? fieldFor(reading, item);
    if (!field || (item.kind === "number" && cued && !plausible(reading, item.value, 100))) continue;
    const end = rangeEnd(reading, index);
    const endYear = end?.item.kind === "period" ? end.item.period.year : null;
    const named = daysOf(item, field, endYear);
    if (!named) continue;
    const second = end && daysOf(end.item, field, Number(named.from.slice(0, 4)));

    item.used = true;
    if (cue && (cued || isCompared) && operator?.op !== "and" && operator?.op !== "or") cue.used = true;
    for (const near of [index - 1, index - 2, index + 1]) {
      const one = items[near];
      if (
        one?.kind === "column" &&
        one.field === field &&
        (near < index ? (cueAt ?? index) <= near + 1 || isCompared : !isGrouped(reading, near)) &&
        !isGrouped(reading, near)
      )
        one.used = true;
    }
    noteYear(reading, item, field, named);
    const negated = isNegated(reading, index);
    const place = { from: cueAt ?? index, to: second && end ? end.at : index };
    if (second && end) for (const one of items.slice(index, end.at + 1)) one.used = true;
    const since = operator?.op === "since" && !isFromWithin(items, cueAt, index);
    const comparison = operator?.op === "compare" ? operator.comparison : since ? ">=" : "in";
    if (operator?.op === "since" && !since && !second) doubtFrom(reading, `${cue?.text} ${item.text}`);
    const range = second ? { from: named.from, before: second.before } : compared(comparison, named.from, named.before);
    const conditions = timeConditions(field, range);
    noteOutside(reading, field, range);
    const [condition] = conditions;
    if (negated) placed.push({ condition: { kind: "not", condition: { kind: "all", conditions } }, ...place });
    else if (!second && comparison === "in" && condition) listed.push({ field, item, conditions, condition, ...place });
    else for (const one of conditions) placed.push({ condition: one, ...place });
  }
  placeListed(reading, listed, placed, asked);
}

/** "everything from december 2023" is of that month; "from 2019 on", and what begins with it, goes on. */
function isFromWithin(items: Item[], cueAt: number | null, index: number): boolean {
  const begins = cueAt === null || items.slice(0, cueAt).every(({ kind }) => kind === "stop" || kind === "break");
  const goesOn = /^(on|onwards?|forwards?|up|until|till|to|and|or)$/i.test(items[index + 1]?.text ?? "");
  return /^from$/i.test(items[cueAt ?? -1]?.text ?? "") && !begins && !goesOn;
}

function doubtFrom(reading: Reading, said: string): void {
  const others = [{ said, instead: said.replace(/^from/i, "since"), label: said.replace(/^from/i, "since") }];
  doubt(reading, `“${said}” is read as within that time, not since then.`, others);
}

/** Periods of one column listed side by side ("2019 and 2020", "Q1 vs Q2 2021") are compared, not both demanded. */
function placeListed(reading: Reading, listed: Listed[], placed: Placed[], asked: Compared[]): void {
  const { items } = reading;
  for (const field of new Set(listed.map((one) => one.field))) {
    const own = listed.filter((one) => one.field === field);
    const [first] = own;
    const last = own.at(-1);
    if (!first || !last) continue;
    if (own.length === 1) {
      for (const condition of first.conditions) placed.push({ condition, from: first.from, to: first.to });
      continue;
    }
    const conditions = own.map(
      (one): Condition => (one.conditions.length === 1 ? one.condition : { kind: "all", conditions: one.conditions }),
    );
    placed.push({ condition: { kind: "any", conditions }, from: first.from, to: last.to });
    const or = items.slice(first.to, last.to).some((item) => operatorOf(item)?.op === "or");
    const grain = grainOf(first.item);
    if (!or && own.every(({ item }) => item.kind === "period" && item.period.months === 6)) {
      asked.push({ field: halfYears(reading, field), grain: null });
      continue;
    }
    if (!or && own.every(({ item }) => grainOf(item) === grain)) asked.push({ field, grain });
  }
}

/** "2024 H1", "2024 H2", which no step of time tells. */
function halfYears({ table }: Reading, { id, name }: Field): Field {
  const formula = { kind: "calendar", column: id, part: "half-year" } as const;
  const traits = { role: "dimension", numeric: false, distinct: 20 } as const;
  return computedField(table, `Half-year of ${name}`, formula, traits);
}

/** Whether a number after a column could be one of its values: "weight 2000", but not "debit 2022". */
function couldBe({ column, role, discrete, numeric }: Field, value: number): boolean {
  if (!numeric) return false;
  if (role !== "measure") return true;
  return discrete && value >= Number(column.profile.min) && value <= Number(column.profile.max);
}

function grainOf(item: Timed): Grain {
  if (item.kind === "number") return "year";
  return item.period.day !== null ? "day" : item.period.months === 1 ? "month" : "quarter";
}

/** Whether only "and", "or", "vs" or a comma stands between two items. */
function joins(items: Item[], from: number, to: number): boolean {
  const between = items.slice(from + 1, to).filter(({ kind }) => kind !== "stop");
  return (
    between.length > 0 &&
    between.every(
      (item) => ["and", "or", "versus"].includes(operatorOf(item)?.op ?? "") || item.text === "," || item.text === "/",
    )
  );
}

/** Of several columns of time, one that can tell months where a month is named. */
function fieldFor(reading: Reading, item: Timed): Field | null {
  if (item.kind === "number") return timeField(reading);
  return timeField(reading, true, ({ holds }) => holds !== "year" && holds !== "text-year");
}

function noteYear({ assumptions }: Reading, item: Timed, field: Field, { from }: DateRange): void {
  if (item.kind === "period" && item.period.year === null)
    assumptions.add(`“${item.text}” is read as that of ${from.slice(0, 4)}, the last in ${field.name}.`);
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

/** The end of a range that begins at an item: "2019 to 2021", "between March and June 2021". */
function rangeEnd({ items }: Reading, index: number): { at: number; item: Timed } | null {
  const cueAt = neighbour(items, index, -1, ["stop"]);
  const between = operatorOf(cueAt === null ? undefined : items[cueAt])?.op === "between";
  for (let at = index + 1; at < Math.min(items.length, index + 4); at++) {
    const join = items[at];
    const connects =
      operatorOf(join)?.op === "upto" ||
      (between && operatorOf(join)?.op === "and") ||
      /^(to|until|till|through|up to)$/i.test(join?.text ?? "");
    if (join?.kind === "stop" && !connects) continue;
    if (!connects) return null;
    const next = neighbour(items, at, 1, ["stop"]);
    const item = next === null ? undefined : items[next];
    return next !== null && couldBeTime(item) ? { at: next, item } : null;
  }
  return null;
}
