import type { Field } from "../../link/fields.ts";
import { type Item, operatorOf } from "../../link/items.ts";
import type { Grain } from "../../query.ts";
import { doubt, type Reading, timeField } from "../../read/reading.ts";
import { columnItem, computedField, textOf } from "../computed-field.ts";
import { isKey } from "../things/keys.ts";
import { grainAt } from "../times/steps.ts";
import { isMeasure } from "./quotients.ts";

const steps: readonly Grain[] = ["year", "quarter", "month", "week", "day", "hour"];

/** Sums that have no meaning of each row alone: their average per month is that of the months' totals. */
const takings =
  /(sales|revenue|takings|receipts|turnover|income|profit|spend|expense|earnings|cost|fees?\b|payments?|hours|energy|kwh|consumption|production|visits|sessions|output|usage)/i;

/**
 * "average orders per day", "average monthly spending", "visits per week on average": the total divided by the number of
 * days, weeks or months, rather than the average row of each.
 */
export function takePerPeriod(reading: Reading): void {
  const { items } = reading;
  const average = items.findIndex((item) => {
    const operator = operatorOf(item);
    return operator?.op === "aggregate" && operator.aggregate === "avg";
  });
  if (average < 0) return;
  for (let at = 0; at < items.length; at++) {
    const grain = grainAt(items[at]);
    if (grain === null || !steps.includes(grain)) continue;
    const adverb = /ly$|^annual$/i.test(items[at]?.text ?? "");
    const per = /^(per|a|an|each|every)$/i.test(items[at - 1]?.text ?? "");
    if (adverb ? at !== average + 1 : !per) continue;
    const counted = measuredAt(reading, adverb ? at + 1 : at - 2, adverb ? 1 : -1);
    // "average weight of cars each year" is of the weight.
    if (
      !counted ||
      (counted.of?.role === "measure"
        ? !adverb && !addsUp(counted.of, items[counted.at]?.text ?? "")
        : items.some(isMeasure))
    )
      continue;
    const step = stepField(reading, grain);
    if (!step) return;
    put(reading, counted, step, grain, { average, from: adverb ? at : at - 1, to: at + 1 });
    return;
  }
}

interface Counted {
  /** What is no measure is counted, each once. Null: rows are counted. */
  of: Field | null;
  /** Where it is named. */
  at: number;
}

/** What is averaged: a quantity that adds up, or rows. */
function measuredAt({ items }: Reading, start: number, step: 1 | -1): Counted | null {
  let at = start;
  while (
    items[at]?.kind === "stop" ||
    (items[at]?.kind === "value" && step < 0) ||
    operatorOf(items[at])?.op === "count"
  )
    at += step;
  const item = items[at];
  if (item?.kind === "rows") return { of: null, at };
  if (item?.kind !== "column") return null;
  const { field } = item;
  if (isMeasure(item)) return field.additive && !field.quotient ? { of: field, at } : null;
  if (operatorOf(items[at - 1])?.op === "group") return null;
  return field.unique ? { of: null, at } : isKey(field) ? { of: field, at } : null;
}

function addsUp({ name, formula }: Field, said: string): boolean {
  return formula !== undefined || takings.test(name) || takings.test(said);
}

function stepField(reading: Reading, grain: Grain): Field | null {
  const times = ({ holds }: Field) => {
    if (holds === "timestamp" || grain === "year") return holds !== null;
    if (holds === "text-month") return grain === "month" || grain === "quarter";
    return holds === "date" && grain !== "hour";
  };
  const field = timeField(reading, true, times);
  if (!field?.holds || !times(field)) return null;
  const days =
    (Date.parse(String(field.column.profile.max)) - Date.parse(String(field.column.profile.min))) / 86_400_000;
  return computedField(
    reading.table,
    `${grain} of ${field.name}`,
    { kind: "step", column: field.id, holds: field.holds, grain },
    { role: "dimension", numeric: false, distinct: Number.isFinite(days) ? Math.ceil(days) : 1_000 },
  );
}

/** What is divided, in words. */
export function countedText(of: Field | null): string {
  return of === null
    ? "number of rows"
    : of.role === "measure"
      ? `total of ${of.name}`
      : `number of different ${of.name}`;
}

/** How many days of all from the first to the last have no row, if that is many of them and known. */
function emptyDays({ holds, column: { profile } }: Field): { without: number; days: number } | null {
  const days = (Date.parse(String(profile.max)) - Date.parse(String(profile.min))) / 86_400_000 + 1;
  const without = days - profile.distinctCount;
  return holds === "date" && without > days / 20 ? { without, days } : null;
}

function put(
  reading: Reading,
  { of, at }: Counted,
  step: Field,
  grain: Grain,
  place: { average: number; from: number; to: number },
): void {
  const { items, table, assumptions } = reading;
  const what = of?.name ?? "Number of rows";
  const name = `${what} per ${grain}`;
  const quotient = { of, by: step, aggregate: "count-distinct", factor: 1 } as const;
  const read = `${name} is the ${countedText(of)} divided by the number of ${grain}s that have any`;
  const time = table.fields.find(({ id }) => step.formula?.kind === "step" && id === step.formula.column);
  const empty = grain === "day" && time ? emptyDays(time) : null;
  if (empty === null) assumptions.add(`${read}.`);
  else doubt(reading, `${read}: ${empty.without} of the ${empty.days} days from the first to the last have none.`);
  const text = textOf(items, Math.min(at, place.from), Math.max(at + 1, place.to));
  const gone = new Set<Item | undefined>([items[place.average], items[at], ...items.slice(place.from, place.to)]);
  const first = items.findIndex((item) => gone.has(item));
  const left = items.filter((item) => !gone.has(item));
  items.splice(
    0,
    items.length,
    ...left.slice(0, first),
    columnItem(computedField(table, name, undefined, { quotient }), text),
    ...left.slice(first),
  );
}
