import { type Item, operatorOf } from "../../link/items.ts";
import type { DurationUnit } from "../../query.ts";
import { doubt, type Reading } from "../../read/reading.ts";
import { columnItem, compareItem, computedField, textOf } from "../computed-field.ts";
import { lengths, unitOf } from "./event-words.ts";
import { dueAndDone, punctualityItem } from "./punctuality.ts";
import { instant } from "./spans.ts";

/**
 * "average delay", "how many days overdue", "more than 3 days late": by how much what was done is later than it was due.
 * A delay is that of all that was done; days late are those of what was late.
 */
export function takeDelays(reading: Reading): void {
  const { items } = reading;
  for (let at = 0; at < items.length; at++) {
    const said = delayAt(items, at) ?? lateBy(items, at);
    if (said) put(reading, said);
  }
}

interface Said {
  from: number;
  to: number;
  unit: DurationUnit | null;
  /** Of what was late alone. */
  late: boolean;
  /** A number that the delay is compared with, and by what word. */
  limit: { number: Item; comparison: ">" | ">=" | "<" | "<=" | "=" | "!="; text: string } | null;
}

function put(reading: Reading, { from, to, unit, late, limit }: Said): void {
  const { items, table, assumptions } = reading;
  const ends = dueAndDone(reading, []);
  if (!ends) return;
  const { due, done } = ends;
  // Where only the day is known, hours would be those since midnight.
  const shown = due.holds === "date" || done.holds === "date" ? "day" : (unit ?? "day");
  const name = `${shown[0]?.toUpperCase()}${shown.slice(1)}s from ${due.name} to ${done.name}`;
  const field = computedField(table, name, {
    kind: "duration",
    from: instant(due),
    to: instant(done),
    unit: shown,
    whole: false,
  });
  const text = textOf(items, from, to);
  const { nullCount } = done.column.profile;
  const open = nullCount > 0 ? `; ${nullCount} rows have no ${done.name}, and so none` : "";
  if (limit) {
    assumptions.add(`“${text}” is read as: that long from ${due.name} to ${done.name}.`);
    items.splice(from, to - from, columnItem(field, text), compareItem(limit.comparison, limit.text), limit.number);
  } else if (late) {
    doubt(reading, `“${text}” is the time from ${due.name} to ${done.name} of those that were late${open}.`, [
      { said: text, instead: `delay`, label: "of all, also those that were early" },
    ]);
    items.splice(from, to - from, columnItem(field, text), punctualityItem(reading, ends, "Late", text));
  } else {
    doubt(
      reading,
      `“${text}” is the time from ${due.name} to ${done.name}: what was early counts as less than nothing${open}.`,
      [{ said: text, instead: `${shown}s late`, label: "only of those that were late" }],
    );
    items.splice(from, to - from, columnItem(field, text));
  }
}

/** "average delay", "delay in hours" */
function delayAt(items: Item[], at: number): Said | null {
  const item = items[at];
  if (item?.kind !== "unknown" || !/^(delays?|lateness|tardiness)$/i.test(item.text)) return null;
  const to = lengths.test(items[at + 1]?.text ?? "") ? at + 2 : at + 1;
  const unit = /^in$/i.test(items[to]?.text ?? "") ? unitOf(items[to + 1]?.text ?? "") : null;
  return { from: at, to: unit ? to + 2 : to, unit, late: false, limit: null };
}

/** "how many days late", "days overdue", "more than 3 days late", "late by over a week" */
function lateBy(items: Item[], at: number): Said | null {
  const unit = unitOf(items[at]?.text ?? "");
  const past = (one: Item | undefined) =>
    one?.kind !== "value" && /^(late|overdue|behind|delayed)$/i.test(one?.text ?? "");
  if (!unit || !past(items[at + 1]) || !/s$/i.test(items[at]?.text ?? "")) return null;
  const number = items[at - 1];
  if (number?.kind !== "number") {
    const counted = operatorOf(number)?.op === "count";
    return { from: counted ? at - 1 : at, to: at + 2, unit, late: true, limit: null };
  }
  const compare = operatorOf(items[at - 2]);
  const [comparison, from] = compare?.op === "compare" ? [compare.comparison, at - 2] : ([">=", at - 1] as const);
  const limit = { number, comparison, text: textOf(items, from, at + 2) };
  return { from, to: at + 2, unit, late: false, limit };
}
