import { owedColumn } from "../../link/charged-columns.ts";
import type { Field, Table } from "../../link/fields.ts";
import { aggregateItem, type Item, operatorOf } from "../../link/items.ts";
import { doubt, type Reading } from "../../read/reading.ts";
import { relativeAt } from "../../read/relative-range.ts";
import { columnItem, textOf } from "../computed-field.ts";
import { flowField, ledgerOf } from "./ledgers.ts";

/**
 * "total outstanding", "how much is overdue", "rent last 6 months": what is asked for without being named is the one sum of
 * money that the table has.
 */
export function takeMoney(reading: Reading): void {
  const { items, table, assumptions } = reading;
  const grows = items.some((item) => operatorOf(item)?.op === "window");
  const named = items.some(
    (item, at) =>
      ["rows", "unknown", "quoted"].includes(item.kind) ||
      (operatorOf(item)?.op === "superlative" && relativeAt(items, at) === null) ||
      (item.kind === "column" && (item.field.role === "measure" || item.field.unique)) ||
      ["count", "distribution", "which", "list", "distinct", "chart"].includes(operatorOf(item)?.op ?? "") ||
      (operatorOf(item)?.op === "share" && !grows),
  );
  takeMoneyNouns({ items, table, assumptions });
  if (named || !items.some(({ kind }) => kind === "value")) return;
  const ledger = ledgerOf(table);
  const two = ledger?.kind === "two columns" ? ledger : null;
  if (!two && !moneyOf(table)) return;
  const much = items.findIndex((item) => {
    const operator = operatorOf(item);
    return (
      operator?.op === "amount" ||
      (operator?.op === "aggregate" && operator.aggregate !== "min" && operator.aggregate !== "max")
    );
  });
  const timed = items.some(isTime);
  // Rows that have names of their own are things, and could be what is asked for.
  const entries = table.fields.every(
    ({ id, unique, column }) => !unique || column.type !== "VARCHAR" || numbering.test(id),
  );
  if (much < 0 && !(timed && entries)) return;
  const sum = two ? flowField(reading, two, "net", "") : moneyOf(table);
  const money = sum && owedColumn(textOf(items, 0, items.length), sum, table);
  if (!money || (much < 0 && items.some(isOfThings))) return;
  const combined = items.some((item) => operatorOf(item)?.op === "aggregate");
  items.splice(much + 1, 0, ...(combined ? [] : [aggregateItem("sum", "total")]), columnItem(money, money.name));
  const told = `The sum is that of ${money.name}, since the question names none.`;
  const [value] = items.filter(({ kind }) => kind === "value");
  // "prosecco per month" may be how many times it was sold as well.
  if (much >= 0 || !value) assumptions.add(told);
  else doubt(reading, told, [{ said: value.text, instead: `number of rows ${value.text}`, label: "number of rows" }]);
}

/** "boilers per month" of a `Boiler` that a row is of: things are counted. What is `Groceries` is money spent. */
function isOfThings(item: Item): boolean {
  if (item.kind !== "value" || !/[^su]s$/i.test(item.text)) return false;
  const { value } = item.link;
  return typeof value === "string" && !/s$/i.test(value);
}

/** "total donations": rows that are sums of money are added up, not counted or listed. */
function takeMoneyNouns({ items, table, assumptions }: Pick<Reading, "items" | "table" | "assumptions">): void {
  const at = items.findIndex((item, index) => {
    const sum = operatorOf(items[index - 1]);
    return item.kind === "rows" && sum?.op === "aggregate" && sum.aggregate === "sum" && sums.test(item.text);
  });
  const money =
    at < 0 || items.some((item) => item.kind === "column" && item.field.role === "measure") ? null : moneyOf(table);
  const rows = items[at];
  if (!money || !rows) return;
  items[at] = columnItem(money, rows.text);
  assumptions.add(`“total ${rows.text}” is the sum of ${money.name}, not their number.`);
}

/** What is itself a sum of money. */
const sums =
  /^(donation|gift|payment|expense|expenditure|cost|sale|fine|fee|grant|budget|salary|wage|deposit|withdrawal|refund|contribution)s?$/i;

/** Names of columns that only number the rows. */
const numbering = /(^|[_ ])(id|no|nr|number|ref|reference|code|voucher|receipt)(?![a-z])/i;

function isTime(item: Item): boolean {
  const op = operatorOf(item)?.op ?? "";
  if (item.kind === "number") return Number.isInteger(item.value) && item.value >= 1900 && item.value < 2100;
  if (item.kind === "column")
    return /^(day|week|month|quarter|year)(s|ly)?$/i.test(item.text) || item.field.formula?.kind === "span";
  return (
    item.kind === "period" ||
    ["grain", "trend", "window"].includes(op) ||
    /^(last|past|this|ytd|since)$/i.test(item.text)
  );
}

/** The one column of money that adds up. Null: none, or several. */
export function moneyOf({ fields }: Table): Field | null {
  const found = fields.filter(
    ({ id, numeric, role, column }) =>
      numeric &&
      role === "measure" &&
      !/price/i.test(id) &&
      (column.format?.kind === "currency" ||
        /amount|amt|value|total|revenue|sales|net|gross|cost|paid|fee|salary|sum|principal|gift|usd|eur|gbp/i.test(
          id,
        )) &&
      !/tax|vat|rate|pct|percent|discount|unit|per[ _]/i.test(id),
  );
  return found.length === 1 ? (found[0] ?? null) : null;
}
