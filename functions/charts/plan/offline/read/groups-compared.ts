import { operatorAt } from "../language/lexicon.ts";
import type { Field } from "../link/fields.ts";
import { type Item, type ItemOf, operatorOf } from "../link/items.ts";
import type { Aggregate } from "../query.ts";
import { neighbour, type Reading, timeField } from "./reading.ts";

/** "nations with more than 100 athletes": the number is of different values of a column of names. */
export function countedColumn(items: Item[], valueAt: number): ItemOf<"column"> | null {
  const after = items[valueAt + 1];
  const grouped = items.slice(0, valueAt).some((one) => one.kind === "column" && one.field.role === "dimension");
  return after?.kind === "column" && after.field.role === "dimension" && grouped && !after.used ? after : null;
}

/** "categories with more than 5" where rows are counted anyway: the number is of rows. */
export function countedBefore({ items }: Reading, index: number): Item | null {
  const before = neighbour(items, index, -1, ["stop"]);
  const noun = before === null ? undefined : items[before];
  const after = items.slice(index + 1).find(({ kind }) => kind !== "stop" && kind !== "number");
  const counts = items.slice(0, index).find((item) => operatorOf(item)?.op === "count");
  return noun?.kind === "column" && !noun.field.numeric && (!after || after.kind === "break") ? (counts ?? null) : null;
}

/** "days with more than 3000 sessions", "countries with sales over 1000": it is the whole of a group that is compared. */
export function ofGroups(reading: Reading, field: Field, index: number): boolean {
  const { items } = reading;
  if (!field.additive || isOfEachRow(reading, field, index)) return false;
  const subject = items.find(({ kind, used }) => kind !== "stop" && kind !== "break" && !used);
  const at = subject ? items.indexOf(subject) : -1;
  if (!subject || at >= index) return false;
  const described = /^(with|where|having|that|which|whose|when|had|have)$/i.test(items[at + 1]?.text ?? "");
  // "months over 1000", "months we spent more than 1000": nothing but the quantity stands between.
  const whole = items.slice(at + 1, index).every((one) => one.kind === "stop" || isQuantity(one, field));
  if (!described && !(whole && (operatorOf(subject)?.op === "grain" || at + 1 === index))) return false;
  const step = operatorOf(subject);
  if (step?.op === "grain") {
    const time = timeField(reading, false);
    const days = time?.holds === "date" || time?.holds === "timestamp";
    return time?.unique === false || (days && step.grain !== "day" && step.grain !== "hour");
  }
  if (subject.kind !== "column" || subject.field.unique) return false;
  const named = operatorAt([subject.text.toLowerCase()], 0)?.operator;
  if (subject.field.role === "time" && named?.op === "grain")
    items[at] = { kind: "operator", operator: named, words: 1, text: subject.text, used: false };
  return subject.field.role === "dimension" || subject.field.role === "time";
}

/**
 * "devices with more than 2 repairs" of a column that counts the repairs of each row: a number so low that the total of
 * about every group is far beyond it is one of a row.
 */
function isOfEachRow({ items, table }: Reading, { column: { profile } }: Field, index: number): boolean {
  const number = items.slice(index + 1, index + 4).find(({ kind }) => kind === "number");
  const subject = items.find((item) => item.kind === "column" && item.field.role === "dimension");
  const operator = operatorOf(items[index]);
  if (number?.kind !== "number" || subject?.kind !== "column" || operator?.op !== "compare") return false;
  if (operator.comparison !== ">" && operator.comparison !== ">=") return false;
  const rows = table.table.rowCount / Math.max(1, subject.field.column.profile.distinctCount);
  return (
    number.value < Number(profile.max) && Number(profile.mean) * rows > 5 * number.value && Number(profile.min) >= 0
  );
}

const isQuantity = (item: Item, field: Field) => item.kind === "column" && item.field === field;

/** "average salary over 42000" filters the groups, not the rows. */
export function aggregateBefore({ items }: Reading, named: Item, index: number): Aggregate | null {
  const at = items.indexOf(named);
  const operator = operatorOf(items[at - 1]);
  return at < index && operator?.op === "aggregate" ? operator.aggregate : null;
}

/** "more than 3 movies": the number counts rows. */
export function countedRows({ items }: Reading, valueAt: number): Item | null {
  const after = neighbour(items, valueAt, 1, []);
  const next = after === null ? undefined : items[after];
  if (next?.kind === "rows") return next;
  if (operatorOf(next)?.op === "compare" && after !== null) {
    const further = items[after + 1];
    if (further?.kind === "rows") return further;
  }
  return null;
}
