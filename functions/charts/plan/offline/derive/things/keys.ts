import { nameSameRows, persons } from "../../language/row-words.ts";
import { stem } from "../../language/stem.ts";
import { rowWords } from "../../language/stop-words.ts";
import { areSynonyms } from "../../language/synonyms.ts";
import { wordsIn } from "../../language/tokens.ts";
import type { Field, Table } from "../../link/fields.ts";
import { impliedColumn } from "../../link/implied-columns.ts";
import { type Item, operatorOf } from "../../link/items.ts";
import type { Reading } from "../../read/reading.ts";
import { columnItem, computedField, textOf } from "../computed-field.ts";
import { worthField } from "../money/products.ts";
import { isMeasure } from "../ratios/quotients.ts";

/** Words for what is paid at once. */
const bills = new Set("bill check cheque basket tab cart".split(" ").map(stem));
const numbering = new Set("id no nr number num code key ref reference".split(" ").map(stem));
const sizes = /^(values?|sizes?|totals?|amounts?|spend|spending|worth)$/i;

/** A column that names things of which each may have several rows: `customer_id`, `receipt_no`. */
export function isKey({ id, role, unique, column }: Field): boolean {
  const named = role === "identifier" || /(^|[_ ])(id|no|number|code)\.?$|[a-z]I[dD]$/i.test(id);
  return named && !unique && column.profile.distinctCount > 12;
}

/** The key of the things that a word names: `receipt_no` for "orders", in a table of the dishes on each receipt. */
function keyCalled({ fields }: Table, text: string): Field | null {
  const word = stem(wordsIn(text).at(-1)?.toLowerCase() ?? "");
  // "coffee sales" are what was earned.
  if (rowWords.has(text.toLowerCase()) || /^sales?$/i.test(text)) return null;
  const named = (field: Field) => {
    const [noun, ...more] = wordsIn(field.id)
      .map((one) => stem(one.toLowerCase()))
      .filter((one) => !numbering.has(one));
    if (noun === undefined || more.length > 0) return false;
    const paid = bills.has(word) && (noun === stem("ticket") || nameSameRows(noun, stem("receipt")));
    // Admissions are not the patients that a row is of.
    const same = nameSameRows(word, noun) && persons.has(word) === persons.has(noun);
    return word === noun || areSynonyms(word, noun) || same || paid;
  };
  // Where each row has a number of its own, the rows are what is called so.
  if (fields.some((field) => field.role === "identifier" && field.unique && named(field))) return null;
  const called = fields.filter((field) => isKey(field) && named(field));
  return called.length === 1 ? (called[0] ?? null) : null;
}

/** Whether an item may name the things of a key: what is no other column by its whole name. */
function mayName(item: Item | undefined): item is Item {
  if (item?.kind === "column") return isKey(item.field) || item.field.role !== "measure" || Boolean(item.link.synonym);
  // "order" is a word for sorting, too.
  const sorts = operatorOf(item)?.op === "sort" && /^orders?$/i.test(item?.text ?? "");
  return item?.kind === "rows" || item?.kind === "unknown" || sorts;
}

/** "total guests per month": those that have names are not added up, but counted. */
function takeTotals({ items }: Reading): void {
  for (const [at, item] of items.entries()) {
    const named = items[at + 1];
    const operator = operatorOf(item);
    if (operator?.op !== "aggregate" || operator.aggregate !== "sum" || named?.kind !== "column") continue;
    if (named.field.numeric || named.field.role !== "dimension" || !/[^su]s$/i.test(named.text)) continue;
    items[at] = { kind: "operator", operator: { op: "count" }, words: 1, text: item.text, used: false };
  }
}

/**
 * Where things have several rows each, they are counted once, and an average of them is of their totals: "orders per
 * month", "average bill", "sales per order" where rows are what was ordered.
 */
export function takeKeys(reading: Reading): void {
  const { items, table } = reading;
  takeTotals(reading);
  if (!table.fields.some(isKey)) return;
  for (let at = 0; at < items.length; at++) {
    const item = items[at];
    const key = mayName(item) ? keyCalled(table, item.text) : null;
    // "orders" are none of the times at which they were `ordered_on`.
    const named = item?.kind === "column" && item.field !== key && item.link.score === 1;
    if (!item || !key || (named && !(item.field.role === "time" && !/ed$/i.test(item.text)))) continue;
    if (takeAverage(reading, at, key)) continue;
    const before = items.slice(0, at).findLast(({ kind }) => kind !== "stop" && kind !== "value");
    const op = operatorOf(before)?.op;
    const per = op === "group" && /^(per|each|every|for each|by)$/i.test(before?.text ?? "");
    const sorted = operatorOf(item)?.op === "sort" && !/s$/i.test(item.text) && !/^per$/i.test(before?.text ?? "");
    if (sorted) continue;
    const most = op === "superlative" && /(most|fewest|least)$/i.test(before?.text ?? "") && !measured(items);
    // "share of cancelled orders": of all orders, rather than of what is on them.
    const of = items
      .slice(0, at)
      .findLast(({ kind, text }) => kind !== "stop" && kind !== "value" && !/^of$/i.test(text));
    const shared = operatorOf(of)?.op === "share" && items.some(isPart) && !measured(items);
    const counts = most || shared || startsCount(items, at);
    if (op !== "count" && !per && !counts) continue;
    if (counts && op !== "count") {
      items.splice(at, 0, { kind: "operator", operator: { op: "count" }, words: 1, text: "number of", used: false });
      at++;
    }
    items[at] = columnItem(key, item.text);
  }
}

/** What there may be a share of. */
const isPart = (item: Item) => item.kind === "value" || (item.kind === "column" && item.field.flag !== null);

/** "orders by month", "orders in Lyon": nothing else is asked of them than how many. */
function startsCount(items: Item[], at: number): boolean {
  const [item, next] = [items[at], items[at + 1]];
  const first = items.slice(0, at).every(({ kind }) => kind === "stop" || kind === "value");
  const op = operatorOf(next)?.op ?? "";
  return (
    first && /[^s]s$/i.test(item?.text ?? "") && ["group", "series", "trend", "grain"].includes(op) && !measured(items)
  );
}

const measured = (items: Item[]) => items.some((item) => isMeasure(item) || operatorOf(item)?.op === "aggregate");

/** "average bill", "average order value", "average basket size" */
function takeAverage(reading: Reading, at: number, key: Field): boolean {
  const { items, table, assumptions } = reading;
  const before = items[at - 1];
  const operator = operatorOf(before);
  if (operator?.op !== "aggregate" || operator.aggregate !== "avg" || /s$/i.test(items[at]?.text ?? "")) return false;
  const next = items[at + 1];
  const sized = next !== undefined && sizes.test(next.text);
  if (isMeasure(next) && !sized) return false;
  const implied = impliedColumn("revenue", table) ?? impliedColumn("money", table);
  const of = isMeasure(next) ? next.field : (implied?.field ?? worthField(reading, "revenue"));
  if (!of || (!sized && items.some((item, index) => index !== at && isMeasure(item)))) return false;
  const text = textOf(items, at, sized ? at + 2 : at + 1);
  const name = `${of.name} per ${key.name}`;
  assumptions.add(
    `“${text}” is read as ${name}: the total of ${of.name} divided by the number of different ${key.name}.`,
  );
  const quotient = { of, by: key, aggregate: "count-distinct", factor: 1 } as const;
  items.splice(at, sized ? 2 : 1, columnItem(computedField(table, name, undefined, { quotient }), text));
  return true;
}
