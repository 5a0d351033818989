import type { Field, Table } from "../../link/fields.ts";
import { impliedColumn } from "../../link/implied-columns.ts";
import type { Item } from "../../link/items.ts";
import { doubt, type Reading } from "../../read/reading.ts";
import { columnItem, computedField } from "../computed-field.ts";
import { differenceField } from "../ratios/quotients.ts";

/** What an amount is of: what was taken for what was sold, what that cost, what lies in stock. */
type Worth = "revenue" | "cost" | "stock";

const sold = /\b(qty|quantity|quantities|units?|pieces|pcs|volume|sold)\b/i;
const kept = /\b(on hand|stock|inventory)\b/i;
const limit = /\b(reorder|level|min|minimum|max|maximum|target|safety|date|value|price|cost)\b/i;
const outlay = /\b(cost|purchase|buying|wholesale)\b/i;
const price = /\b(price|cost)\b/i;
const whole = /\b(total|sum|amount|value)\b/i;

const only = (fields: Field[]) => (fields.length === 1 ? (fields[0] ?? null) : null);

/**
 * What a number of things is worth at the price of one: "revenue" where there are a quantity and a unit price and no
 * amount of each row, "stock value" where there are pieces and what one cost. Null: nothing tells it.
 */
export function worthField(reading: Reading, worth: Worth): Field | null {
  const { table } = reading;
  const measures = table.fields.filter(({ numeric, role }) => numeric && role === "measure");
  const counted = measures.filter(({ name }) => !limit.test(name));
  const stock = only(counted.filter(({ name }) => kept.test(name)));
  const pieces = counted.filter(({ name, additive }) => additive && sold.test(name) && !kept.test(name));
  const quantity = worth === "stock" ? stock : only(pieces);
  const prices = measures.filter(({ name, id }) => price.test(name) && !whole.test(name) && !id.includes("%"));
  const costs = prices.filter(({ name }) => outlay.test(name));
  const asked = prices.filter(({ name }) => !outlay.test(name));
  // "stock value at retail price"
  const named = worth === "stock" ? prices.filter((field) => namesField(reading, field)) : [];
  const each =
    only(named) ?? (worth === "revenue" ? only(asked) : (only(costs) ?? (worth === "stock" ? only(asked) : null)));
  if (!quantity || !each) return null;
  if (named.length > 0)
    for (const item of reading.items) if (item.kind === "column" && item.field === each) item.used = true;
  const others = prices.filter((field) => field !== each);
  if (worth === "stock" && named.length === 0 && others.length > 0)
    doubt(
      reading,
      `The stock is valued at ${each.name}, not at ${others.map(({ name }) => name).join(" or ")}.`,
      others.map(({ name }) => ({ said: "value", instead: `value at ${name}`, label: name })),
    );
  return productField(table, quantity, each);
}

const namesField = ({ items }: Reading, field: Field) =>
  items.some(
    (item, at) => item.kind === "column" && item.field === field && /^(at|in)$/i.test(items[at - 1]?.text ?? ""),
  );

function productField(table: Table, quantity: Field, each: Field): Field {
  const name = `${quantity.name} times ${each.name}`;
  const formula = { kind: "product", column: quantity.id, by: each.id } as const;
  const most = Number(quantity.column.profile.max) * Number(each.column.profile.max);
  const traits = { additive: true, min: 0, max: Number.isFinite(most) ? most : null };
  return computedField(table, name, formula, traits);
}

/** "profit" where a quantity, a price and a cost of one are known. */
export function gainField(reading: Reading): { taken: Field; gain: Field } | null {
  const [taken, spent] = [worthField(reading, "revenue"), worthField(reading, "cost")];
  if (!taken || !spent || taken === spent) return null;
  const discount = reading.table.fields.find(isDiscount);
  if (discount) doubt(reading, `Profit is that before ${discount.name} is taken off.`);
  return { taken, gain: differenceField(reading, taken, spent, "Profit") };
}

/** "revenue by region", "stock value", "value of the stock": put in the place of words of which no column is called so. */
export function takeProducts(reading: Reading): void {
  const { items, table } = reading;
  for (const [at, item] of items.entries()) {
    const worth = worthOf(reading, at);
    if (worth === null) continue;
    const field = worthField(reading, worth);
    if (!field) continue;
    // The stock that it is the value of is no second thing asked for.
    for (const [index, one] of items.entries())
      if (worth === "stock" && kept.test(one.text) && (one.kind !== "column" || one.link.synonym === true))
        items[index] = { kind: "stop", text: one.text, used: true };
    items[at] = columnItem(field, item.text);
    tell(reading, item, field, worth === "revenue" ? table.fields.find(isDiscount) : undefined);
  }
}

function tell(reading: Reading, { text }: Item, { name }: Field, discount: Field | undefined): void {
  const read = `“${text}” is read as ${name}`;
  if (discount) doubt(reading, `${read}, before ${discount.name} is taken off.`);
  else reading.assumptions.add(`${read}.`);
}

const isDiscount = ({ name, numeric }: Field) => numeric && /discount|rebate/i.test(name);

/** Which worth a word asks for, where it is no column by its own name. */
function worthOf({ items, table }: Reading, at: number): Worth | null {
  const item = items[at];
  if (!item) return null;
  const free =
    item.kind === "unknown" || item.kind === "stop" || (item.kind === "column" && item.link.synonym === true);
  if (!free) return null;
  if (/^(revenues?|sales|turnover|takings)$/i.test(item.text))
    return impliedColumn("revenue", table) ? null : "revenue";
  if (!/^(value|worth)$/i.test(item.text)) return null;
  const stocked = items.some(({ text }) => kept.test(text));
  return stocked ? "stock" : null;
}
