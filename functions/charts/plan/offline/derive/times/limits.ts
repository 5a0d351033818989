import { sameEvent } from "../../language/events.ts";
import { isAhead } from "../../language/states.ts";
import { wordsIn } from "../../language/tokens.ts";
import type { Field } from "../../link/fields.ts";
import { type Item, type ItemOf, operatorOf } from "../../link/items.ts";
import { factorBetween, unitOf as unitOfField } from "../../link/units.ts";
import type { DurationUnit } from "../../query.ts";
import { type Reading, timeField } from "../../read/reading.ts";
import { columnItem, compareItem, computedField, textOf } from "../computed-field.ts";
import { asOf } from "./ages.ts";
import { lengths, stemsOf, tells, unitOf } from "./event-words.ts";
import { calendarDays, dated, durationField, instant } from "./spans.ts";

/** "closed within 60 minutes", "delivered in less than 4 days", "shipped in under 2 days" */
export function takeLimits(reading: Reading): void {
  const { items } = reading;
  takeSameDay(reading);
  for (let at = 0; at < items.length; at++) {
    const said = items[at];
    const unit = unitOf(items[at + 1]?.text ?? "");
    // "within an hour"
    const number: Item | undefined = /^(an?|one)$/i.test(said?.text ?? "")
      ? { kind: "number", value: 1, text: said?.text ?? "", used: false }
      : said;
    if (number?.kind !== "number" || !unit) continue;
    const compare = operatorOf(items[at - 1]);
    const within = /^within$/i.test(items[at - 1]?.text ?? "");
    if (!within && compare?.op !== "compare") continue;
    if (takeWhole(reading, at, unit, number)) continue;
    const event = within || !/^(in|after|for)$/i.test(items[at - 2]?.text ?? "") ? at - 2 : at - 3;
    const item = items[event];
    if (
      !item ||
      !(tells(item) || item.kind === "value") ||
      lengths.test(item.text) ||
      item.kind === "stop" ||
      item.kind === "operator"
    )
      continue;
    const ends = stemsOf(item);
    const told = durationField(reading, { starts: [], ends, open: false, unit });
    const measured = told ? null : measuredFor(reading, ends);
    // "stays under 3 days": of the whole row, if no other number can be meant.
    const whole = item.kind === "rows" && !reading.table.fields.some((one) => couldMeasure(one, number.value, unit));
    const field =
      told ?? (measured || !whole ? null : durationField(reading, { starts: [], ends: [], open: true, unit }));
    if (!field) {
      if (!measured) continue;
      // The unit, which may name the column too, is converted where the number is compared.
      const said = items[at + 1];
      if (said?.kind === "column" && said.field === measured)
        items[at + 1] = { kind: "unknown", capital: false, text: said.text, used: false };
      const limit = compare?.op === "compare" ? compare.comparison : "<=";
      items.splice(
        event,
        at - event,
        columnItem(measured, item.text),
        compareItem(limit, textOf(items, event + 1, at)),
      );
      continue;
    }
    const comparison = compare?.op === "compare" ? compare.comparison : "<=";
    const limit = compareItem(comparison, textOf(items, event + 1, at));
    items.splice(event, at + 2 - event, columnItem(field, item.text), limit, number);
    at = event + 2;
  }
}

/** "shipped the same day", "delivered next day", "same-day delivery": by the calendar, whatever the hour. */
function takeSameDay(reading: Reading): void {
  const { items, table } = reading;
  const at = items.findIndex(
    ({ text }, index) =>
      /^(same|next)$/i.test(text) &&
      /^days?$/i.test(items[index + 1]?.text === "-" ? (items[index + 2]?.text ?? "") : (items[index + 1]?.text ?? "")),
  );
  if (at < 0) return;
  const end = items[at + 1]?.text === "-" ? at + 3 : at + 2;
  const start = /^(the|on)$/i.test(items[at - 1]?.text ?? "") ? at - 1 : at;
  const begin = /^(on)$/i.test(items[start - 1]?.text ?? "") ? start - 1 : start;
  const happens = (item: Item | undefined) =>
    item !== undefined && item.kind !== "value" && tells(item) && item.kind !== "operator" && item.kind !== "stop";
  const place = happens(items[begin - 1]) ? begin - 1 : happens(items[end]) ? end : -1;
  const event = items[place];
  const ends = event ? stemsOf(event) : [];
  const field = event && durationField(reading, { starts: [], ends, open: false, unit: "day" });
  const days = field ? calendarDays(table, field, "Calendar days") : null;
  if (!event || !days) return;
  const text = textOf(items, Math.min(place, begin), Math.max(place + 1, end));
  const number = { kind: "number", value: /^same$/i.test(items[at]?.text ?? "") ? 0 : 1, text, used: false } as const;
  items.splice(
    Math.min(place, begin),
    Math.max(place + 1, end) - Math.min(place, begin),
    columnItem(days, text),
    compareItem("=", text),
    number,
  );
}

/** "loans that took longer than 30 days", "invoices older than 60 days": of the whole row, or since it began. */
function takeWhole(reading: Reading, at: number, unit: DurationUnit, number: Item & ItemOf<"number">): boolean {
  const { items } = reading;
  const compare = operatorOf(items[at - 1]);
  // "took longer than 5 days to deliver" says of what.
  if (compare?.op !== "compare" || /^to$/i.test(items[at + 2]?.text ?? "")) return false;
  const took = /^(took|takes?|taken|taking|lasted|lasts?|lasting|open|out)$/i.test(items[at - 2]?.text ?? "");
  const rows = items[at - 2]?.kind === "rows" || (items[at - 2]?.kind === "stop" && items[at - 3]?.kind === "rows");
  const old = (rows || took) && compare.about.includes("age");
  // "rides under 5 minutes", "sessions over 3 hours"
  const spans = /^(under|over|below|above|less than|more than|at least|at most)$/i.test(items[at - 1]?.text ?? "");
  const short = spans && unit !== "month" && unit !== "year";
  const long = !old && (took || (rows && (compare.about.includes("duration") || short)));
  if (!long && !old) return false;
  const measured = reading.table.fields.some((field) => couldMeasure(field, number.value, unit));
  if (long && measured) return false;
  const field = old ? sinceField(reading, unit) : durationField(reading, { starts: [], ends: [], open: true, unit });
  if (!field) return false;
  // "open" and "out" say how rows stand, too.
  const from = took && !/^(open|out)$/i.test(items[at - 2]?.text ?? "") ? at - 2 : at - 1;
  const text = textOf(items, from, at);
  items.splice(from, at + 2 - from, columnItem(field, text), compareItem(compare.comparison, text), number);
  return true;
}

/** Whether a column holds lengths of time, and such as long as one that is asked for. */
function couldMeasure(field: Field, value: number, unit: DurationUnit): boolean {
  const own = field.role === "measure" ? unitOfField(field) : null;
  const factor = own === null ? null : factorBetween(unit, own);
  return factor !== null && value * factor <= 3 * Number(field.column.profile.max);
}

const isLength = (field: Field) => {
  const unit = unitOfField(field);
  return unit !== null && factorBetween(unit, "s") !== null;
};

/** "answered within 60 minutes" of a `first_response_min` */
function measuredFor({ table }: Reading, ends: string[]): Field | null {
  const found = table.fields.filter(
    (field) =>
      field.numeric &&
      field.role === "measure" &&
      isLength(field) &&
      wordsIn(field.id).some((word) => ends.some((end) => sameEvent(end, word.toLowerCase()) > 0)),
  );
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** How long ago rows began, on the day that the data is of. */
function sinceField(reading: Reading, unit: DurationUnit): Field | null {
  const isDate = (field: Field) => dated([field]).length > 0;
  const begun = timeField(reading, true, (field) => isDate(field) && field.column.profile.nullCount === 0);
  if (!begun || !isDate(begun)) return null;
  const { day, from } = asOf(reading, ({ id }) => !isAhead(id));
  reading.assumptions.add(`Age is counted from ${begun.name} to ${day} (${from}).`);
  const name = `${unit[0]?.toUpperCase()}${unit.slice(1)}s since ${begun.name}`;
  return computedField(
    reading.table,
    name,
    { kind: "duration", from: instant(begun), to: { day }, unit, whole: false },
    { min: 0, max: 100_000 },
  );
}
