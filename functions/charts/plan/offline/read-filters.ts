import type { Field } from "./fields.ts";
import { type Item, type ItemOf, operatorOf } from "./items.ts";
import type { Aggregate, Comparison, Condition, Having, Literal } from "./query.ts";
import { readTimeFilters } from "./read-time.ts";
import { fieldAbout, neighbour, type Reading } from "./reading.ts";

export interface AskedFilters {
  where: Condition[];
  having: Having[];
  /** Columns whose values were listed to be compared: "male and female". */
  compared: Field[];
}

const flipped: Record<Comparison, Comparison> = { "=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<" };

/** A filter and where in the question it stands, so that "or" between two can be told from "and". */
interface Placed {
  condition: Condition;
  from: number;
  to: number;
}

/** Takes the conditions on rows and groups out of the question. */
export function readFilters(reading: Reading): AskedFilters {
  const placed: Placed[] = [];
  const having: Having[] = [];
  const compared: Field[] = [];
  readTimeFilters(reading, placed);
  readComparisons(reading, placed, having);
  readTexts(reading, placed);
  readValues(reading, placed, compared);
  readEqualNumbers(reading, placed);
  readFlags(reading, placed);
  return { where: joined(reading, placed), having, compared };
}

function isNegated({ items }: Reading, index: number): boolean {
  for (let at = index - 1; at >= Math.max(0, index - 6); at--) {
    const item = items[at];
    if (item === undefined || item.kind === "break" || operatorOf(item)?.op === "and") return false;
    const operator = operatorOf(item);
    if (operator?.op === "not" || (operator?.op === "compare" && operator.comparison === "!=")) {
      item.used = true;
      return true;
    }
    if (item.kind === "value") return false;
  }
  return false;
}

/** The column that a number belongs to: the one right after it, else the nearest before. */
function columnNear({ items }: Reading, index: number, fits: (field: Field) => boolean, back = 5): number | null {
  const after = neighbour(items, index, 1);
  const next = after === null ? undefined : items[after];
  if (after !== null && next?.kind === "column" && fits(next.field) && after - index <= 2) return after;
  for (let at = index - 1; at >= Math.max(0, index - back); at--) {
    const item = items[at];
    if (item?.kind === "column" && fits(item.field)) return at;
    if (item?.kind === "break" && item.text !== "(") return null;
  }
  return null;
}

const isNumeric = (field: Field) => field.numeric;

function readComparisons(reading: Reading, placed: Placed[], having: Having[]): void {
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

/** A column named only to filter by it is no part of the result, unless it was also asked for. */
function consumed(reading: Reading, item: Item): boolean {
  const index = reading.items.indexOf(item);
  const before = operatorOf(reading.items[index - 1]);
  return before?.op !== "group" || !/^(by|per|each|for each)$/i.test(reading.items[index - 1]?.text ?? "");
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

function readTexts(reading: Reading, placed: Placed[]): void {
  const { items, table } = reading;
  for (const [index, item] of items.entries()) {
    const operator = operatorOf(item);
    if (item.used || operator === null) continue;
    if (operator.op === "missing") {
      const near = columnNear(reading, index, () => true);
      const named = near === null ? undefined : items[near];
      if (named?.kind !== "column") continue;
      item.used = true;
      named.used = true;
      placed.push({
        condition: { kind: "null", column: named.field.id, negated: operator.negated },
        from: index,
        to: index,
      });
      continue;
    }
    if (operator.op !== "text") continue;
    const valueAt = textAfter(items, index);
    const value = valueAt === null ? undefined : items[valueAt];
    if (!value || valueAt === null || !["quoted", "unknown", "stop", "value"].includes(value.kind)) continue;
    const letter = value.kind !== "stop" || /^\p{L}$/u.test(value.text);
    if (!letter) continue;
    const isText = (field: Field) => field.column.type === "VARCHAR";
    const near = columnNear(reading, valueAt, isText) ?? columnNear(reading, index, isText);
    const named = near === null ? undefined : items[near];
    const field = named?.kind === "column" ? named.field : likeliestText(table.fields);
    if (!field) continue;
    item.used = true;
    value.used = true;
    if (named && consumed(reading, named) && items.some((one) => one !== named && one.kind === "column" && !one.used))
      named.used = true;
    const text = value.kind === "quoted" ? value.value : value.kind === "value" ? String(value.link.value) : value.text;
    placed.push({
      condition: {
        kind: "text",
        column: field.id,
        match: operator.match,
        value: text,
        negated: isNegated(reading, index),
      },
      from: index,
      to: valueAt,
    });
  }
}

/** The quoted text, word or single letter that follows "contains". */
function textAfter(items: Item[], index: number): number | null {
  for (let at = index + 1; at < Math.min(items.length, index + 5); at++) {
    const item = items[at];
    if (item === undefined || item.kind === "break") return null;
    if (
      ["quoted", "unknown", "value"].includes(item.kind) ||
      (item.kind === "stop" && /^\p{L}$/u.test(item.text) && item.text !== "a")
    )
      return at;
  }
  return null;
}

/** The text column that most rows differ in and whose profile cannot list all values. */
function likeliestText(fields: Field[]): Field | null {
  const texts = fields.filter(({ column, role }) => column.type === "VARCHAR" && role !== "time");
  const open = texts.filter(({ column }) => column.profile.distinctCount > column.profile.topValues.length);
  const named = open.find(({ id }) => /name|title/i.test(id));
  return (
    named ?? open.sort((one, other) => other.column.profile.distinctCount - one.column.profile.distinctCount)[0] ?? null
  );
}

function readValues(reading: Reading, placed: Placed[], compared: Field[]): void {
  const { items } = reading;
  const byField = new Map<Field, { values: Literal[]; negated: boolean; at: number[] }>();
  for (const [index, item] of items.entries()) {
    if (item.used || item.kind !== "value") continue;
    const negated = isNegated(reading, index);
    const entry = byField.get(item.field) ?? { values: [], negated, at: [] };
    if (item.link.value !== undefined && !entry.values.includes(item.link.value)) entry.values.push(item.link.value);
    entry.at.push(index);
    byField.set(item.field, entry);
    item.used = true;
    if (item.link.corrected)
      reading.assumptions.add(`“${item.text}” is read as ${item.field.name} ${item.link.value}.`);
    if (item.link.alternatives.length > 0)
      reading.assumptions.add(
        `“${item.text}” is read as a value of ${item.field.name}, not of ${item.link.alternatives.map(({ name }) => name).join(" or ")}.`,
      );
    nameOf(reading, index, item.field);
  }
  for (const [field, { values, negated, at }] of byField) {
    const first = at[0] ?? 0;
    const last = at.at(-1) ?? first;
    const or = items.slice(first, last).some((item) => operatorOf(item)?.op === "or");
    const listed = values.length > 1 && !or && !negated;
    if (listed && !compared.includes(field)) compared.push(field);
    if (listed && values.length >= field.column.profile.distinctCount) continue;
    placed.push({ condition: { kind: "in", column: field.id, values, negated }, from: first, to: last });
  }
  for (const [index, item] of items.entries()) {
    if (item.used || (item.kind !== "quoted" && !(item.kind === "unknown" && item.capital))) continue;
    readForeignValue(reading, index, placed);
  }
}

/** A column's name right beside its value says where the value is found, and asks for nothing. */
function nameOf(reading: Reading, index: number, field: Field): Item | null {
  const before = neighbour(reading.items, index, -1, ["stop", "value"]);
  const after = neighbour(reading.items, index, 1, ["stop"]);
  for (const at of [before, after]) {
    const item = at === null ? undefined : reading.items[at];
    if (item?.kind !== "column" || item.field !== field || at === null) continue;
    if (!consumed(reading, item) || Math.abs(at - index) > 3) continue;
    item.used = true;
    return item;
  }
  return null;
}

/** A quoted or capitalised value that the profile does not list: an equality on the likeliest text column. */
function readForeignValue(reading: Reading, index: number, placed: Placed[]): void {
  const { items, table } = reading;
  const item = items[index];
  if (!item) return;
  const run = [item];
  if (item.kind === "unknown")
    for (let at = index + 1; items[at]?.kind === "unknown"; at++) {
      const next = items[at];
      if (next?.kind === "unknown" && next.capital) run.push(next);
      else break;
    }
  const before = neighbour(items, index, -1);
  const named = before === null ? undefined : items[before];
  const onColumn = named?.kind === "column" && named.field.column.type === "VARCHAR" ? named.field : null;
  const field = onColumn ?? likeliestText(table.fields);
  if (!field || field.column.profile.distinctCount <= field.column.profile.topValues.length) return;
  const negated = isNegated(reading, index);
  const value = item.kind === "quoted" ? item.value : run.map(({ text }) => text).join(" ");
  for (const one of run) one.used = true;
  if (onColumn && named) named.used = true;
  reading.assumptions.add(
    `“${value}” is looked for in ${field.name}, in upper or lower case; it is not among its most frequent values.`,
  );
  placed.push({
    condition: {
      kind: "compare",
      expression: { kind: "column", column: field.id },
      comparison: negated ? "!=" : "=",
      value,
      ignoreCase: true,
    },
    from: index,
    to: index + run.length - 1,
  });
}

/** "8 cylinders", "cylinders 8", "version number 5". */
function readEqualNumbers(reading: Reading, placed: Placed[]): void {
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

/** "active users", "orders not returned", "number of returns", where the column is true or false. */
function readFlags(reading: Reading, placed: Placed[]): void {
  const { items } = reading;
  for (const [index, item] of items.entries()) {
    if (item.used || item.kind !== "column" || item.field.column.type !== "BOOLEAN") continue;
    const next = items[index + 1];
    const before = operatorOf(items[index - 1]);
    if (before?.op === "group" || before?.op === "series") continue;
    let described = neighbour(items, index, -1);
    if (described !== null && operatorOf(items[described])?.op === "not") described = neighbour(items, described, -1);
    const subject = described === null ? undefined : items[described];
    const describes = subject?.kind === "rows" || operatorOf(subject)?.op === "count";
    if (!describes && next?.kind !== "rows" && next?.kind !== "column") continue;
    item.used = true;
    placed.push({
      condition: { kind: "in", column: item.field.id, values: [!isNegated(reading, index)], negated: false },
      from: index,
      to: index,
    });
  }
}

/** Conditions with "or" between them become one that either may meet. */
function joined({ items }: Reading, placed: Placed[]): Condition[] {
  const sorted = [...placed].sort((one, other) => one.from - other.from);
  const conditions: Condition[] = [];
  let last: Placed | null = null;
  for (const one of sorted) {
    const previous = conditions.at(-1);
    const or = last !== null && items.slice(last.to + 1, one.from + 1).some((item) => operatorOf(item)?.op === "or");
    if (or && previous) {
      conditions.pop();
      conditions.push({
        kind: "any",
        conditions: previous.kind === "any" ? [...previous.conditions, one.condition] : [previous, one.condition],
      });
    } else conditions.push(one.condition);
    last = one;
  }
  return conditions;
}
