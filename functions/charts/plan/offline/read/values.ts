import { isCountry } from "../language/countries.ts";
import { undone } from "../language/states.ts";
import { stem } from "../language/stem.ts";
import { wordsIn } from "../language/tokens.ts";
import { type Field, isOfCountries, isRowNoun } from "../link/fields.ts";
import { type Item, type ItemOf, operatorOf } from "../link/items.ts";
import type { Literal } from "../query.ts";
import { consumed, isNegated, type Placed } from "./placed.ts";
import { doubt, neighbour, type Reading } from "./reading.ts";
import { holdsCodes, likeliestText } from "./texts.ts";
import type { Compared } from "./time-filters.ts";

export function readValues(reading: Reading, placed: Placed[], compared: Compared[]): void {
  const { items } = reading;
  objectToMixed(reading);
  shareOut(reading);
  readEither(reading, placed);
  const byField = new Map<Field, { values: Literal[]; negated: boolean; at: number[] }>();
  for (const [index, item] of items.entries()) {
    if (item.used || item.kind !== "value") continue;
    const negated = isNegated(reading, index) !== (item.link.negated ?? false);
    if (item.link.within) {
      readWithin(reading, item, negated, { from: index, to: index }, placed);
      continue;
    }
    const entry = byField.get(item.field) ?? { values: [], negated, at: [] };
    if (item.link.value !== undefined && !entry.values.includes(item.link.value)) entry.values.push(item.link.value);
    entry.at.push(index);
    byField.set(item.field, entry);
    item.used = true;
    if (item.link.corrected) doubt(reading, `“${item.text}” is read as ${item.field.name} ${item.link.value}.`);
    if (item.link.alternatives.length > 0)
      doubt(
        reading,
        `“${item.text}” is read as a value of ${item.field.name}, not of ${item.link.alternatives.map(({ name }) => name).join(" or ")}.`,
        item.link.alternatives.map(({ name }) => ({ said: item.text, instead: `${name} ${item.link.value}` })),
      );
    nameOf(reading, index, item.field);
  }
  for (const [field, { values, negated, at }] of byField) {
    const first = at[0] ?? 0;
    const last = at.at(-1) ?? first;
    const or = items.slice(first, last).some((item) => operatorOf(item)?.op === "or");
    const chooses = items.slice(last).some((item) => operatorOf(item)?.op === "which");
    const listed = values.length > 1 && (!or || chooses) && !negated;
    if (listed) compared.push({ field, grain: null });
    if (listed && values.length >= field.column.profile.distinctCount) continue;
    placed.push({ condition: { kind: "in", column: field.id, values, negated }, from: first, to: last });
  }
  readPrefixed(reading, placed);
  for (const [index, item] of items.entries()) {
    if (item.used || (item.kind !== "quoted" && !(item.kind === "unknown" && item.capital))) continue;
    readForeignValue(reading, index, placed);
  }
}

/** "invoiced vs paid": the one is a column, the other a value of another, so that no groups have both. */
function objectToMixed({ items, objections }: Reading): void {
  for (const [index, item] of items.entries()) {
    if (operatorOf(item)?.op !== "versus") continue;
    const [one, other] = [items[index - 1], items[index + 1]];
    const [value, column] = one?.kind === "value" ? [one, other] : [other, one];
    if (value?.kind !== "value" || column?.kind !== "column" || column.field === value.field) continue;
    if (column.field.role !== "measure" && column.field.role !== "time")
      objections.add(
        `“${one?.text} ${item.text} ${other?.text}” are not told apart by one column: ask for each by itself.`,
      );
  }
}

/** "from JFK to LAX", "Chelsea against Everton": two columns hold such values, and each gets one. */
function shareOut({ items }: Reading): void {
  for (const [index, item] of items.entries()) {
    const before = items.findLastIndex((one, at) => at < index && one.kind === "value");
    const first = items[before];
    if (item.kind !== "value" || first?.kind !== "value" || first.field !== item.field) continue;
    const other = item.link.alternatives.find((field) => first.link.alternatives.includes(field));
    const between = items.slice(before + 1, index).map(({ text }) => text.toLowerCase());
    if (!other || !between.some((word) => /^(to|against|beat|-)$/.test(word))) continue;
    items[index] = { ...item, field: other, link: { ...item.link, field: other, alternatives: [] } };
    for (const one of items.slice(before + 1, index)) one.used = true;
  }
}

/**
 * "Albion games" where a home team and an away team may be Albion: either, unless the question says which ("at home");
 * "between Albion and Rovers": both.
 */
function readEither({ items, table, assumptions, objections, rewordings }: Reading, placed: Placed[]): void {
  const said = items.flatMap(({ text }) => wordsIn(text).map(stem));
  for (const [index, item] of items.entries()) {
    if (item.kind !== "value" || item.used || item.link.value === undefined || item.link.within) continue;
    const others = item.link.alternatives.filter((one) => headOf(one) !== null && headOf(one) === headOf(item.field));
    if (others.length === 0) continue;
    const fields = [item.field, ...others];
    const way = wayOf(items[index - 1]);
    const telling = fields.filter((field) =>
      wordsIn(field.id)
        .slice(0, -1)
        .some((word) => said.includes(stem(word)) || way?.test(word)),
    );
    const [only] = telling;
    const about = items.some((one) => one.kind === "column" && fields.includes(one.field));
    if (telling.length === 1 && only) {
      items[index] = { ...item, field: only, link: { ...item.link, field: only, alternatives: [] } };
      const word = items.find(
        (one) => one.kind === "column" && one.link.unsaid === "head" && headOf(one.field) === headOf(only),
      );
      if (word) word.used = true;
      continue;
    }
    const several = items.filter((one) => one.kind === "value" && one.field === item.field).length > 1;
    if (about || (several && !items.some(({ text }) => /^(between|against)$/i.test(text)))) continue;
    const value = item.link.value;
    placed.push({
      condition: {
        kind: "any",
        conditions: fields.map(({ id }) => ({ kind: "in", column: id, values: [value], negated: false })),
      },
      from: index,
      to: index,
    });
    item.used = true;
    const sum = items.find((one) => one.kind === "column" && one.field.formula?.kind === "sum");
    if (sum?.kind === "column" && sum.field.formula?.kind === "sum") {
      const { columns } = sum.field.formula;
      const parts = table.fields.filter(({ id }) => columns.includes(id)).map(({ name }) => name);
      objections.add(`“${sum.text}” of “${item.text}” may be ${parts.join(" or ")}: say which.`);
      for (const instead of parts) rewordings.push({ said: sum.text, instead });
    }
    assumptions.add(`“${item.text}” is looked for in ${fields.map(({ name }) => name).join(" and ")}.`);
  }
  for (const one of items) if (/^(between|against)$/i.test(one.text) && placed.length > 1) one.used = true;
}

const starts = /^(origin|source|from|start|departure|dep|pickup|sender)$/i;
const ends = /^(destination|dest|to|arrival|arr|end|target|dropoff|receiver)$/i;

/** "from Oslo" is where something begins, "to Oslo" where it ends. */
function wayOf(before: Item | undefined): RegExp | null {
  return /^from$/i.test(before?.text ?? "") ? starts : /^(to|into)$/i.test(before?.text ?? "") ? ends : null;
}

/** The last word of a name of several: "team" of `home_team`. */
function headOf({ id }: Field): string | null {
  const words = wordsIn(id);
  return words.length > 1 ? stem(words.at(-1) ?? "") : null;
}

/** "summer campaigns": a word right before a column of names, of which not all are known, is looked for in them. */
function readPrefixed({ items, assumptions, table }: Reading, placed: Placed[]): void {
  for (const [index, item] of items.entries()) {
    const named = items[index + 1];
    if (
      item.kind !== "unknown" ||
      item.used ||
      item.text.length < 4 ||
      undone(item.text) ||
      named?.kind !== "column" ||
      named.used
    )
      continue;
    const { column, unique, role } = named.field;
    const open = column.profile.distinctCount > column.profile.topValues.length;
    if (!unique || !open || role === "time" || column.type !== "VARCHAR" || !isRowNoun(stem(named.text), table))
      continue;
    item.used = true;
    const condition = {
      kind: "text",
      column: column.name,
      match: "contains",
      value: item.text,
      negated: false,
    } as const;
    placed.push({ condition, from: index, to: index });
    items[index + 1] = { kind: "rows", text: named.text, used: false };
    assumptions.add(`“${item.text}” is looked for within ${named.field.name}.`);
  }
}

/** "hammers": the rows whose value holds the word. */
function readWithin(
  { assumptions }: Reading,
  item: ItemOf<"value">,
  negated: boolean,
  place: Pick<Placed, "from" | "to">,
  placed: Placed[],
): void {
  item.used = true;
  const value = String(item.link.value);
  const condition = { kind: "text", column: item.field.id, match: "contains", value, negated } as const;
  placed.push({ condition, ...place });
  assumptions.add(`“${item.text}” is looked for within ${item.field.name}.`);
}

/** A column's name right beside its value says where the value is found, and asks for nothing. */
function nameOf(reading: Reading, index: number, field: Field): Item | null {
  const last = neighbour(reading.items, index, -1, ["stop", "value"]);
  // "paid by card": how it was paid.
  const by = last !== null && /^by$/i.test(reading.items[last]?.text ?? "") && reading.items[last]?.kind === "operator";
  const before = by ? neighbour(reading.items, last, -1, ["stop"]) : last;
  const after = neighbour(reading.items, index, 1, ["stop"]);
  for (const at of [before, after]) {
    const item = at === null ? undefined : reading.items[at];
    if (item?.kind !== "column" || item.field !== field || at === null) continue;
    if (!consumed(reading, item) || Math.abs(at - index) > 3) continue;
    item.used = true;
    const operator = last === null ? undefined : reading.items[last];
    if (by && at === before && operator) operator.used = true;
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
  const value = item.kind === "quoted" ? item.value : run.map(({ text }) => text).join(" ");
  const fits = ({ column }: Field) => column.type === "VARCHAR" && (/\d/.test(value) || !holdsCodes(column));
  const onColumn = named?.kind === "column" && fits(named.field) ? named.field : null;
  const country = isCountry(item.text) ? table.fields.find(isOfCountries) : undefined;
  const field = onColumn ?? country ?? likeliestText(table.fields);
  if (!field || field.column.profile.distinctCount <= field.column.profile.topValues.length) return;
  const negated = isNegated(reading, index);
  for (const one of run) one.used = true;
  if (onColumn && named) named.used = true;
  doubt(
    reading,
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
