import type { Field } from "../link/fields.ts";
import { type Item, type ItemOf, operatorOf } from "../link/items.ts";
import type { Aggregate, Comparison, Condition, Having, Literal } from "../query.ts";
import { columnNear, consumed, isNegated, type Placed } from "./placed.ts";
import { fieldAbout, neighbour, type Reading } from "./reading.ts";

const flipped: Record<Comparison, Comparison> = { "=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<" };

const isNumeric = (field: Field) => field.numeric;

export function readComparisons(reading: Reading, placed: Placed[], having: Having[]): void {
  const { items, table } = reading;
  for (const [index, item] of items.entries()) {
    const operator = operatorOf(item);
    if (item.used) continue;
    const range = operator?.op === "upto" && items[index - 1]?.kind === "number" && !items[index - 1]?.used;
    if (range) readBetween(reading, index - 2, placed, having);
    if (operator?.op === "between") {
      readBetween(reading, index, placed, having);
      continue;
    }
    if (operator?.op !== "compare") continue;
    const valueAt = operator.after ? neighbour(items, index, -1) : neighbour(items, index, 1, ["stop", "column"]);
    const value = valueAt === null ? undefined : items[valueAt];
    const negated = operator.comparison !== "!=" && isNegated(reading, index);
    const comparison = negated ? flipped[operator.comparison] : operator.comparison;
    if (value?.kind === "operator" && value.operator.op === "aggregate" && valueAt !== null) {
      const near = columnNear(reading, index, isNumeric);
      const named = near === null ? null : items[near];
      const field = named?.kind === "column" ? named.field : fieldAbout(table, operator.about);
      if (!field?.numeric) continue;
      const same = items.slice(valueAt + 1, valueAt + 4).find((one) => one.kind === "column" && one.field === field);
      for (const one of [item, value, named, same]) if (one) one.used = true;
      placed.push({
        condition: { kind: "compare-aggregate", column: field.id, comparison, aggregate: value.operator.aggregate },
        from: index,
        to: valueAt,
      });
      continue;
    }
    if (value?.kind !== "number" || valueAt === null || value.used || valueAt - index > 3) continue;
    const counted = countedRows(reading, valueAt);
    if (counted) {
      item.used = true;
      value.used = true;
      counted.used = true;
      having.push({ measure: { name: "Count", aggregate: "count", column: null }, comparison, value: value.value });
      continue;
    }
    const inside = items
      .slice(Math.min(index, valueAt) + 1, Math.max(index, valueAt))
      .find((one) => one.kind === "column" && isNumeric(one.field));
    const near = columnNear(reading, valueAt, isNumeric);
    const named = inside ?? (near === null ? undefined : items[near]);
    const field = named?.kind === "column" ? named.field : fieldAbout(table, operator.about);
    if (!field) continue;
    item.used = true;
    value.used = true;
    const aggregate = named === undefined ? null : aggregateBefore(reading, named, index);
    if (aggregate) {
      const measure = { name: field.name, aggregate, column: field.id };
      having.push({ measure, comparison, value: value.value });
      continue;
    }
    if (named && consumed(reading, named)) named.used = true;
    placed.push({ condition: compare(field, comparison, value.value), from: index, to: valueAt });
  }
}

/** "average salary over 42000" filters the groups, not the rows. */
function aggregateBefore({ items }: Reading, named: Item, index: number): Aggregate | null {
  const at = items.indexOf(named);
  const operator = operatorOf(items[at - 1]);
  return at < index && operator?.op === "aggregate" ? operator.aggregate : null;
}

/** "more than 3 movies": the number counts rows. */
function countedRows({ items }: Reading, valueAt: number): Item | null {
  const after = neighbour(items, valueAt, 1, []);
  const next = after === null ? undefined : items[after];
  if (next?.kind === "rows") return next;
  if (operatorOf(next)?.op === "compare" && after !== null) {
    const further = items[after + 1];
    if (further?.kind === "rows") return further;
  }
  return null;
}

function compare(field: Field, comparison: Comparison, value: Literal): Condition {
  return { kind: "compare", expression: { kind: "column", column: field.id }, comparison, value };
}

function readBetween(reading: Reading, index: number, placed: Placed[], having: Having[]): void {
  const { items } = reading;
  const numbers = items
    .slice(index + 1, index + 6)
    .map((item, offset) => ({ item, at: index + 1 + offset }))
    .filter((one): one is { item: ItemOf<"number">; at: number } => one.item.kind === "number");
  const [low, high] = numbers;
  if (!low || !high) return;
  const counted = countedRows(reading, high.at);
  const near = columnNear(reading, high.at, isNumeric, high.at - index + 5);
  const named = near === null ? undefined : items[near];
  for (const one of items.slice(index, high.at + 1)) if (one.kind !== "column") one.used = true;
  if (counted) {
    counted.used = true;
    const measure = { name: "Count", aggregate: "count", column: null } as const;
    having.push(
      { measure, comparison: ">=", value: low.item.value },
      { measure, comparison: "<=", value: high.item.value },
    );
    return;
  }
  if (named?.kind !== "column") {
    for (const one of items.slice(index, high.at + 1)) one.used = false;
    return;
  }
  if (consumed(reading, named)) named.used = true;
  const place = { from: index, to: high.at };
  placed.push({ condition: compare(named.field, ">=", low.item.value), ...place });
  placed.push({ condition: compare(named.field, "<=", high.item.value), ...place });
}

/** "8 cylinders", "cylinders 8", "version number 5". */
export function readEqualNumbers(reading: Reading, placed: Placed[]): void {
  const { items } = reading;
  for (const [index, item] of items.entries()) {
    if (item.used || item.kind !== "number") continue;
    const next = items[index + 1];
    const beforeAt = neighbour(items, index, -1);
    const before = beforeAt === null ? undefined : items[beforeAt];
    const fits = (one: Item | undefined): one is ItemOf<"column"> =>
      one?.kind === "column" &&
      one.field.numeric &&
      (one.field.role !== "measure" || one.field.discrete || one.field.column.type.includes("INT"));
    const named = fits(next) ? next : fits(before) && !before.used ? before : null;
    if (!named) continue;
    const negated = isNegated(reading, index);
    item.used = true;
    named.used = true;
    placed.push({
      condition: { kind: "in", column: named.field.id, values: [item.value], negated },
      from: index,
      to: index,
    });
  }
}
