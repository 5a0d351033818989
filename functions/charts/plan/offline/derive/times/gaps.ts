import { sameEvent } from "../../language/events.ts";
import { stem } from "../../language/stem.ts";
import { wordsIn } from "../../language/tokens.ts";
import { type Field, isRowNoun, nameWords } from "../../link/fields.ts";
import { type Item, operatorOf } from "../../link/items.ts";
import type { DurationUnit } from "../../query.ts";
import { doubt, type Reading, timeField } from "../../read/reading.ts";
import { isOfPersons } from "../../read/row-label.ts";
import { columnItem, computedField, textOf } from "../computed-field.ts";
import { lengths, unitOf } from "./event-words.ts";
import { dated, milliseconds, unitFor } from "./spans.ts";

/** Words for each one of those between which the time is. */
const each =
  /^(a|an|the|each|every|two|any|one|consecutive|successive|subsequent|their|its|his|her|our|repeat|single)$/i;

/**
 * "days between orders", "time between visits per patient", "mean time between failures", "MTBF by machine": from one row
 * to the next, of the same person where the data has persons, else of the same group.
 */
export function takeGaps(reading: Reading): void {
  const { items } = reading;
  for (let at = 0; at < items.length; at++) {
    const said = betweenRows(reading, at);
    if (said) put(reading, said);
  }
}

interface Said {
  from: number;
  to: number;
  noun: string;
  unit: DurationUnit | null;
}

/** "time between visits", "how many days are there between two orders", "mtbf" */
function betweenRows({ items, table }: Reading, at: number): Said | null {
  const item = items[at];
  if (item?.kind === "unknown" && /^(mtbf|mtbs)$/i.test(item.text))
    return { from: at, to: at + 1, noun: "failures", unit: null };
  if (operatorOf(item)?.op !== "between") return null;
  let to = at + 1;
  while (each.test(items[to]?.text ?? "")) to++;
  // "between a customer's orders"
  if (items[to]?.kind === "column" && operatorOf(items[to + 1]) === null && items[to + 1]?.kind === "rows") to++;
  const noun = items[to];
  if (!noun || !isManyRows(noun, table) || operatorOf(items[to + 1])?.op === "and") return null;
  let from = at;
  while (/^(is|are|there|do|does|it|take|pass|passes|usually|typically)$/i.test(items[from - 1]?.text ?? "")) from--;
  const before = items[from - 1];
  const unit = unitOf(before?.text ?? "");
  const asked = unit !== null || lengths.test(before?.text ?? "") || /^(gaps?|long)$/i.test(before?.text ?? "");
  if (!asked) return null;
  from--;
  if (/^how many$/i.test(items[from - 1]?.text ?? "") || /^how$/i.test(items[from - 1]?.text ?? "")) from--;
  return { from, to: to + 1, noun: noun.text, unit };
}

/** Whether a column tells when it happened: "admissions" of an `admitted_at`. */
function eventOf({ fields }: Reading["table"], noun: string): boolean {
  const words = wordsIn(noun).map((word) => word.toLowerCase());
  return dated(fields).some((field) => nameWords(field).some((one) => words.some((word) => sameEvent(word, one) > 0)));
}

/** "orders" in a table of orders, "failures" that no column is called after. */
function isManyRows(item: Item, table: Reading["table"]): boolean {
  const words = wordsIn(item.text);
  if (!/[^s]s$/i.test(item.text)) return false;
  if (item.kind === "rows" || item.kind === "unknown" || item.kind === "value") return true;
  const row = words.every((word) => isRowNoun(stem(word), table));
  if (item.kind === "column") return row || item.field.unique || eventOf(table, item.text);
  return operatorOf(item)?.op === "sort" && row;
}

function put(reading: Reading, { from, to, noun, unit }: Said): void {
  const { items, table, assumptions } = reading;
  const time = timeField(reading, true, (field) => dated([field]).length > 0);
  if (!time || (time.holds !== "date" && time.holds !== "timestamp")) return;
  const of = whose(reading, to);
  const { min, max } = time.column.profile;
  const rows = Math.max(1, table.table.rowCount / Math.max(1, of?.column.profile.distinctCount ?? 1));
  const typical = (Date.parse(String(max)) - Date.parse(String(min))) / rows;
  const shown = unit ?? unitFor(typical, time.holds === "date");
  const name = `${shown[0]?.toUpperCase()}${shown.slice(1)}s since the previous ${time.name}`;
  const field = computedField(
    table,
    of ? `${name} of the same ${of.name}` : name,
    { kind: "gap", column: time.id, per: of?.id ?? null, unit: shown },
    { min: 0, max: Math.max(1, (5 * typical) / milliseconds[shown]) },
  );
  const text = textOf(items, from, to);
  const which = of ? ` of the same ${of.name}` : "";
  assumptions.add(`“${text}” is the time from one ${time.name} to the next${which}; the first has none.`);
  if (items[to - 1]?.kind === "unknown" && !eventOf(table, noun))
    doubt(reading, `“${noun}” are taken to be the rows of the table.`);
  const values = items.slice(from, to).filter(({ kind }) => kind === "value");
  items.splice(from, to - from, columnItem(field, text), ...values);
}

/** Those whose rows follow one another: persons who have several, else what the question groups by. */
function whose({ items, table }: Reading, to: number): Field | null {
  const several = (field: Field) =>
    field.role !== "time" && !field.unique && field.column.profile.distinctCount < table.table.rowCount * 0.8;
  const grouped = items
    .slice(to)
    .find((item, at) => item.kind === "column" && several(item.field) && isGrouping(items[to + at - 1]));
  const group = grouped?.kind === "column" ? grouped.field : null;
  if (group && isOfPersons(group)) return group;
  // Who works on rows is not whom they are about, of whom there are many.
  const many = (field: Field) => field.column.profile.distinctCount > 20;
  return table.fields.find((field) => several(field) && isOfPersons(field) && many(field)) ?? group;
}

function isGrouping(item: Item | undefined): boolean {
  return ["group", "series", "which"].includes(operatorOf(item)?.op ?? "");
}
