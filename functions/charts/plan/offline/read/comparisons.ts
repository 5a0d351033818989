import { textOf } from "../derive/computed-field.ts";
import { persons } from "../language/row-words.ts";
import { stem } from "../language/stem.ts";
import { wordsIn } from "../language/tokens.ts";
import type { Field } from "../link/fields.ts";
import { impliedColumn } from "../link/implied-columns.ts";
import { type Item, type ItemOf, operatorOf } from "../link/items.ts";
import { factorBetween, isUnit, unitOf } from "../link/units.ts";
import type { Comparison, Condition, Having, Literal } from "../query.ts";
import { aggregateBefore, countedBefore, countedColumn, countedRows, ofGroups } from "./groups-compared.ts";
import { columnNear, consumed, isNegated, type Placed } from "./placed.ts";
import { doubt, fieldAbout, neighbour, type Reading } from "./reading.ts";

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
    const other = operator.after ? null : comparedColumn(reading, index);
    if (other) {
      const [left, right] = other;
      for (const one of [item, left, right]) one.used = true;
      const condition = { kind: "compare-columns", column: left.field.id, comparison, other: right.field.id } as const;
      placed.push({ condition, from: index, to: items.indexOf(right) });
      continue;
    }
    if (value?.kind !== "number" || valueAt === null || value.used || valueAt - index > 3) continue;
    const counted = countedRows(reading, valueAt) ?? countedBefore(reading, index);
    if (counted) {
      item.used = true;
      value.used = true;
      if (counted.kind === "rows") counted.used = true;
      having.push({ measure: { name: "Count", aggregate: "count", column: null }, comparison, value: value.value });
      continue;
    }
    const distinct = countedColumn(items, valueAt);
    if (distinct) {
      for (const one of [item, value, distinct]) one.used = true;
      const measure = { name: "Count", aggregate: "count-distinct", column: distinct.field.id } as const;
      having.push({ measure, comparison, value: value.value });
      reading.assumptions.add(`Each different ${distinct.field.name} is counted once.`);
      continue;
    }
    const inside = items
      .slice(Math.min(index, valueAt) + 1, Math.max(index, valueAt))
      .find((one) => one.kind === "column" && isNumeric(one.field));
    const near = columnNear(
      reading,
      valueAt,
      (one) => isNumeric(one) && one.role !== "identifier" && couldHold(one, value.value, operator.about),
    );
    const named = inside ?? (near === null ? undefined : items[near]);
    const field =
      named?.kind === "column" ? named.field : (fieldAbout(table, operator.about) ?? fieldFor(reading, index, value));
    if (!field) continue;
    item.used = true;
    value.used = true;
    const aggregate =
      (named ? aggregateBefore(reading, named, index) : null) ?? (ofGroups(reading, field, index) ? "sum" : null);

    if (aggregate) {
      const measure = { name: field.name, aggregate, column: field.id };
      having.push({ measure, comparison, value: inUnitOf(reading, field, value) });
      continue;
    }
    if (named && consumed(reading, named)) named.used = true;
    for (const one of items.slice(Math.max(0, index - 2), index))
      if (one.kind === "column" && one.field === field && one.link.unsaid && named?.used) one.used = true;
    placed.push({ condition: compare(field, comparison, inUnitOf(reading, field, value)), from: index, to: valueAt });
  }
}

/** "stock below reorder level": two columns of numbers are compared row by row. */
function comparedColumn({ items }: Reading, index: number): [ItemOf<"column">, ItemOf<"column">] | null {
  const after = neighbour(items, index, 1, ["stop"]);
  const before = neighbour(items, index, -1, ["stop"]);
  const right = after === null ? undefined : items[after];
  const left = before === null ? undefined : items[before];
  if (left?.kind !== "column" || right?.kind !== "column" || left.field === right.field) return null;
  const stated = /^(is|are|was|were)$/i.test(items[index - 1]?.text ?? "");
  if (left.used || right.used || (!stated && /^(over|up to|after|before)$/i.test(items[index]?.text ?? "")))
    return null;
  const measures = [left.field, right.field].every(({ numeric, role }) => numeric && role === "measure");
  return measures ? [left, right] : null;
}

/** Whether a number is not far beyond what a column holds: 500,000 is no number of bedrooms. */
function couldHold({ column }: Field, value: number, about: string[], times = 100): boolean {
  const [min, max] = [Number(column.profile.min), Number(column.profile.max)];
  if (about.length > 0 || !Number.isFinite(min) || !Number.isFinite(max)) return true;
  const reach = Math.max(Math.abs(min), Math.abs(max), 1) * times;
  return Math.abs(value) <= reach;
}

/** "patients over 80": what is said of persons without a word for it is their age. */
function isPerson({ kind, text }: Item): boolean {
  const word = wordsIn(text).at(-1)?.toLowerCase() ?? "";
  const noun = kind === "rows" || kind === "column" || kind === "unknown" || kind === "value";
  return noun && (persons.has(stem(word)) || /^(men|women|males?|females?)$/.test(word));
}

/**
 * A number as the column holds it: 10 % is 0.1 among fractions, and 10 minutes are 600 in a column of seconds. Where the
 * column's unit is not known, the number is compared as it stands, and the unit stays a word that was not understood.
 */
function inUnitOf(
  { items, assumptions }: Reading,
  field: Field,
  number: ItemOf<"number">,
  at = items.indexOf(number),
): number {
  const { value, percent } = number;
  const max = Number(field.column.profile.max);
  if (percent) return Number.isFinite(max) && max <= 1 && value > max ? value / 100 : value;
  const said = items[at + 1];
  const word = said?.text.toLowerCase() ?? "";
  const unit = unitOf(field);
  if (said === undefined || said.kind === "column" || unit === null || !isUnit(word)) return value;
  const factor = factorBetween(word, unit);
  if (factor === null) return value;
  said.used = true;
  if (factor !== 1) assumptions.add(`“${number.text} ${said.text}” is ${value * factor} in ${field.name}.`);
  return value * factor;
}

const moneyed = "price cost salary amount revenue sales value fee budget".split(" ");

/**
 * The column that a number without one is about: that of which the noun before says a part ("patients over 65"), else, for
 * sums of money, the one column of money.
 */
function fieldFor(reading: Reading, index: number, { text, value }: ItemOf<"number">): Field | null {
  const { items, table, assumptions } = reading;
  const unit = items[items.findIndex((one) => one.kind === "number" && one.text === text) + 1];
  const saidUnit = unit?.text.toLowerCase() ?? "";
  const inUnit = table.fields.filter((field) => {
    if (!field.numeric) return false;
    const own = unitOf(field);
    const named = wordsIn(field.id).slice(1);
    return named.some((one) => one.toLowerCase() === saidUnit) || (own && factorBetween(saidUnit, own) !== null);
  });
  const currency = unit?.kind === "unknown" && /^(euros?|dollars?|pounds?|bucks)$/i.test(unit.text);
  if (currency) unit.used = true;
  if ((unit?.kind === "unknown" || operatorOf(unit)?.op === "grain") && inUnit.length === 1 && inUnit[0] && unit) {
    unit.used = true;
    assumptions.add(`“${text} ${unit.text}” is compared with ${inUnit[0].name}.`);
    return inUnit[0];
  }
  for (let at = index - 1; at >= Math.max(0, index - 3); at--) {
    const item = items[at];
    const old = item && isPerson(item) && value <= 120 && !/[$€£¥]/.test(text) ? fieldAbout(table, ["age"]) : null;
    if (old?.numeric) {
      assumptions.add(`“${text}” is compared with ${old.name}.`);
      return old;
    }
    if ((item?.kind === "unknown" || item?.kind === "rows") && item.about) {
      assumptions.add(`“${text}” is compared with ${item.about.name}.`);
      return item.about;
    }
  }
  const implied = impliedColumn("money", table);
  const sum = /[$€£km]|thousand|million/i.test(text) || value >= 1000 || currency;
  if (!sum && !(implied && isOfRows(reading, index, unit) && couldBeOf(implied.field, value))) return null;
  const money = implied && couldHold(implied.field, value, [], 2) ? implied.field : fieldAbout(table, moneyed);
  if (money?.role !== "measure" || !couldHold(money, value, [])) return null;
  const others = (implied?.alternatives ?? []).filter((field) => field !== money).map(({ name }) => name);
  if (others.length === 0 && sum) assumptions.add(`“${text}” is compared with ${money.name}.`);
  else {
    const said = textOf(items, index, items.findIndex((one) => one.kind === "number" && one.text === text) + 1);
    doubt(
      reading,
      `“${said}” is read as that of ${money.name}${others.length > 0 ? `, not of ${others.join(" or ")}` : ""}.`,
      others.map((name) => ({ said, instead: `with ${name} ${said}`, label: name })),
    );
  }
  return money;
}

/** "jobs over 150": of rows without more words, what they are worth. */
function isOfRows({ items }: Reading, index: number, unit: Item | undefined): boolean {
  const before = neighbour(items, index, -1, ["stop"]);
  const noun = before === null ? undefined : items[before];
  const ends = unit === undefined || unit.kind === "break" || unit.kind === "operator";
  return ends && (noun?.kind === "rows" || noun?.kind === "value" || (noun?.kind === "column" && noun.field.unique));
}

const couldBeOf = ({ column: { profile } }: Field, value: number) =>
  value >= Number(profile.min) && value <= Number(profile.max);

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
  // The unit of both stands after the second.
  for (const [comparison, { item }] of [[">=", low] as const, ["<=", high] as const])
    placed.push({
      condition: compare(named.field, comparison, inUnitOf(reading, named.field, item, high.at)),
      ...place,
    });
}

/** "8 cylinders", "cylinders 8", "version number 5". */
export function readEqualNumbers(reading: Reading, placed: Placed[]): void {
  const { items } = reading;
  for (const [index, item] of items.entries()) {
    if (item.used || item.kind !== "number") continue;
    const next = items[index + 1];
    const ranked = [items[index - 1], next].some((one) => ["top", "superlative"].includes(operatorOf(one)?.op ?? ""));
    if (ranked) continue;
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
