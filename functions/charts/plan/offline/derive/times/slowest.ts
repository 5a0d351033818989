import { sameEvent } from "../../language/events.ts";
import { wordsIn } from "../../language/tokens.ts";
import { aggregateItem, type Item, operatorOf } from "../../link/items.ts";
import { doubt, fieldAbout, type Reading } from "../../read/reading.ts";
import { columnItem } from "../computed-field.ts";
import { endsClause, stemsOf, tells } from "./event-words.ts";
import { dated, durationField } from "./spans.ts";

/**
 * "which agent closes tickets fastest", "slowest 5 tickets": the length of time comes to stand after the superlative,
 * where a measure would.
 */
export function takeSlowest(reading: Reading): void {
  const { items, table } = reading;
  for (let at = 0; at < items.length; at++) {
    const operator = operatorOf(items[at]);
    if (operator?.op !== "superlative" || !/^(slowest|fastest|quickest|longest|shortest)$/i.test(items[at]?.text ?? ""))
      continue;
    const measured = items.some((one) => one.kind === "column" && one.field.numeric && one.field.role === "measure");
    if (measured || fieldAbout(table, [...operator.about, "duration", "time", "speed"])) continue;
    const next = items[at + 1];
    const done = items.findLastIndex(
      (one, index) => index < at && one.kind !== "stop" && one.kind !== "rows" && tells(one) && isEvent(reading, one),
    );
    const ended = next === undefined || next.kind === "break" || endsClause(next);
    if (ended && done >= 0) {
      const event = items[done];
      const field = event && durationField(reading, { starts: [], ends: stemsOf(event), open: false, unit: null });
      if (!field || !event) continue;
      items[at] = lengthEnd(items[at]?.text ?? "");
      items.splice(at + 1, 0, columnItem(field, event.text));
      items.splice(done, 1);
      for (const [index, one] of items.entries())
        if (one.kind === "rows" && index < at) items[index] = { kind: "stop", text: one.text, used: false };
      continue;
    }
    const counted = next?.kind === "number" ? at + 2 : at + 1;
    const rows = items[counted];
    const things = rows?.kind === "rows" || (rows?.kind === "column" && rows.field.unique);
    if (!rows || !things) {
      takeSlowestGroup(reading, at);
      continue;
    }
    const field =
      durationField(reading, { starts: [], ends: stemsOf(rows), open: false, unit: null }) ??
      durationField(reading, { starts: [], ends: [], open: true, unit: null });
    if (!field) continue;
    items[at] = lengthEnd(items[at]?.text ?? "");
    items.splice(counted, 0, columnItem(field, items[at]?.text ?? ""));
  }
}

/** "which carrier is slowest", "fastest technician": by how long it takes them on average. */
function takeSlowestGroup(reading: Reading, at: number): void {
  const { items } = reading;
  const text = items[at]?.text ?? "";
  const counted = items[at + 1]?.kind === "number" ? at + 2 : at + 1;
  const isGroup = (one: Item | undefined) =>
    one?.kind === "column" && one.field.role === "dimension" && !one.field.unique;
  const follows = isGroup(items[counted]);
  if (!/^(slowest|fastest|quickest)$/i.test(text) || !(follows || items.slice(0, at).some(isGroup))) return;
  const field = durationField(reading, { starts: [], ends: [], open: true, unit: null });
  if (!field) return;
  doubt(reading, `“${text}” is read by the average of ${field.name}.`);
  const average = aggregateItem("avg", text);
  const which: Item[] = follows
    ? [{ kind: "operator", operator: { op: "which" }, words: 1, text: "which", used: false }]
    : [];
  items.splice(counted, 0, average, columnItem(field, text));
  items.splice(at, 1, ...which, lengthEnd(text));
}

/** The slowest takes longest. */
function lengthEnd(text: string): Item {
  const end = /^(slowest|longest)$/i.test(text) ? "max" : "min";
  return { kind: "operator", operator: { op: "superlative", end, about: [] }, words: 1, text, used: false };
}

/** Whether a word tells of an event that a column of dates tells the time of. */
function isEvent(reading: Reading, item: Item): boolean {
  return dated(reading.table.fields).some((field) =>
    stemsOf(item).some((word) => wordsIn(field.id).some((one) => sameEvent(word, one.toLowerCase()) > 0)),
  );
}
