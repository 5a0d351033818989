import type { Field, Table } from "../link/fields.ts";
import { type Item, operatorOf } from "../link/items.ts";
import type { Reading } from "../read/reading.ts";
import { columnItem } from "./computed-field.ts";
import { totalItem } from "./flows.ts";

/**
 * "total outstanding", "how much is overdue", "rent last 6 months": what is asked for without being named is the one sum of
 * money that the table has.
 */
export function takeMoney({ items, table, assumptions }: Reading): void {
  const grows = items.some((item) => operatorOf(item)?.op === "window");
  const named = items.some(
    (item) =>
      ["rows", "unknown", "quoted"].includes(item.kind) ||
      (item.kind === "column" && (item.field.role === "measure" || item.field.unique)) ||
      ["count", "distribution", "which", "list", "distinct", "chart"].includes(operatorOf(item)?.op ?? "") ||
      (operatorOf(item)?.op === "share" && !grows),
  );
  if (named || !items.some(({ kind }) => kind === "value")) return;
  const money = moneyOf(table);
  if (!money) return;
  const much = items.findIndex((item) => {
    const operator = operatorOf(item);
    return (
      operator?.op === "amount" ||
      (operator?.op === "aggregate" && operator.aggregate !== "min" && operator.aggregate !== "max")
    );
  });
  const timed = items.some(isTime);
  // Rows that have names of their own are things, and could be what is asked for.
  const ledger = table.fields.every(
    ({ id, unique, column }) => !unique || column.type !== "VARCHAR" || numbering.test(id),
  );
  if (much < 0 && !(timed && ledger)) return;
  const combined = items.some((item) => operatorOf(item)?.op === "aggregate");
  items.splice(much + 1, 0, ...(combined ? [] : [totalItem()]), columnItem(money, money.name));
  assumptions.add(`The sum is that of ${money.name}, since the question names none.`);
}

/** Names of columns that only number the rows. */
const numbering = /(^|[_ ])(id|no|nr|number|ref|reference|code|voucher|receipt)(?![a-z])/i;

function isTime(item: Item): boolean {
  const op = operatorOf(item)?.op ?? "";
  if (item.kind === "number") return Number.isInteger(item.value) && item.value >= 1900 && item.value < 2100;
  if (item.kind === "column") return item.field.role === "time" || item.field.formula?.kind === "span";
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
        /amount|amt|value|total|revenue|sales|net|gross|cost|paid|fee|salary|sum/i.test(id)) &&
      !/tax|vat|rate|pct|percent|discount|unit|per[ _]/i.test(id),
  );
  return found.length === 1 ? (found[0] ?? null) : null;
}
