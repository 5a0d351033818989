import { sameFamily } from "../language/events.ts";
import { stem } from "../language/stem.ts";
import { wordsIn } from "../language/tokens.ts";
import { type Field, isRowNoun } from "../link/fields.ts";
import { type Item, type ItemOf, operatorOf } from "../link/items.ts";
import type { Reading } from "../read/reading.ts";
import { columnItem, computedField, textOf } from "./computed-field.ts";

const isMeasure = (item: Item | undefined): item is Item & ItemOf<"column"> =>
  item?.kind === "column" && item.field.numeric && item.field.role === "measure";

/** Something that a total can be divided by. */
const divides = (item: Item | undefined): item is Item & ItemOf<"column"> =>
  isMeasure(item) && !item.field.discrete && !item.field.quotient;

/** "profit per unit", "price per square metre", "profit margin", "clicks as a percentage of sessions", "A minus B". */
export function takeRatios(reading: Reading): void {
  const { items } = reading;
  for (let at = 0; at < items.length; at++) {
    takeMargin(reading, at);
    takeParts(reading, at);
    takeDifference(reading, at);
    takePerUnit(reading, at);
    takePer(reading, at);
  }
}

/** The total of one column by that of another. */
export function quotientField(reading: Reading, of: Field, by: Field, name: string, factor: number): Field {
  const times = factor === 100 ? ", in percent" : "";
  reading.assumptions.add(
    `${name} is ${of.name} divided by ${by.name}${times}; of several rows, their totals are divided.`,
  );
  return computedField(
    reading.table,
    name,
    { kind: "quotient", column: of.id, by: by.id, factor },
    { quotient: { of, by, aggregate: "sum", factor }, ...estimate(of, by, factor) },
  );
}

function estimate(of: Field, by: Field, factor: number): { min: number; max: number } {
  const mean = (field: Field) => Number(field.column.profile.mean ?? field.column.profile.max);
  const middle = (factor * mean(of)) / (mean(by) || 1);
  return { min: 0, max: Number.isFinite(middle) ? 2 * middle : factor };
}

const isStop = (item: Item | undefined) => item?.kind === "stop" || operatorOf(item)?.op === "in";

/** The index of the next item that means something; articles and "of" are passed over. */
function after(items: Item[], at: number): number {
  let next = at + 1;
  while (isStop(items[next])) next++;
  return next;
}

/** "A per B", "A by B" never: that groups. */
function takePer({ items, ...rest }: Reading, at: number): void {
  const reading = { items, ...rest };
  const [of, per, by] = [items[at], items[at + 1], items[at + 2]];
  if (!of || !per || !/^(per|for each|for every|divided by|\/|over)$/i.test(per.text)) return;
  const explicit = /^(divided by|\/)$/i.test(per.text);
  if (!isMeasure(of)) return;
  if (divides(by) && of.field !== by.field) {
    const name = `${of.field.name} per ${by.text}`;
    items.splice(at, 3, columnItem(quotientField(reading, of.field, by.field, name, 1), textOf(items, at, at + 3)));
    return;
  }
  if (explicit || !by || of.field.quotient) return;
  const grouped = items.some(
    (item, index) => index !== at + 1 && ["group", "series", "grain", "trend"].includes(operatorOf(item)?.op ?? ""),
  );
  takePerRow(reading, at, grouped);
}

/** "goals per match" where each row is a match; "revenue per customer by region", where customers are counted. */
function takePerRow({ items, table, assumptions }: Reading, at: number, grouped: boolean): void {
  const [of, , by] = [items[at], items[at + 1], items[at + 2]];
  if (!isMeasure(of) || !by) return;
  const rows =
    by.kind === "rows" ||
    (by.kind !== "value" && isRowNoun(stem(by.text), table) && !(by.kind === "column" && !by.field.unique));
  if (rows && of.field.additive && !table.fields.some(({ unique, role }) => unique && role === "time")) {
    const { field } = of;
    const text = textOf(items, at, at + 3);
    const name = `${field.name} per ${by.text}`;
    assumptions.add(`${name} is the total of ${field.name} divided by the number of rows.`);
    const quotient = { of: field, by: null, aggregate: "count", factor: 1 } as const;
    items.splice(at, 3, columnItem(computedField(table, name, undefined, { quotient }), text));
    return;
  }
  const averaged =
    operatorOf(items[at - 1])?.op === "aggregate" && /^(average|avg|mean)$/i.test(items[at - 1]?.text ?? "");
  const entity = by.kind === "column" && isEntity(by.field);
  if (
    by.kind !== "column" ||
    !of.field.additive ||
    !(entity || (grouped && by.field.role === "dimension" && !by.field.unique))
  )
    return;
  if (!grouped && !averaged) return;
  const name = `${of.field.name} per ${by.text}`;
  assumptions.add(`${name} is the total of ${of.field.name} divided by the number of different ${by.field.name}.`);
  const quotient = { of: of.field, by: by.field, aggregate: "count-distinct", factor: 1 } as const;
  items.splice(at, 3, columnItem(computedField(table, name, undefined, { quotient }), textOf(items, at, at + 3)));
}

/** A column that names things of which each may have several rows: `customer_id`. */
function isEntity({ id, role, unique, column }: Field): boolean {
  const named = role === "identifier" || /(^|[_ ])(id|no|number|code)$|[a-z]I[dD]$/i.test(id);
  return named && !unique && column.profile.distinctCount > 12;
}

/** Ways to write and to say a unit that things are measured by. */
const units = [
  ["square meter", "square metre", "square meters", "square metres", "sqm", "m2", "m²", "sq m"],
  ["square foot", "square feet", "sqft", "sq ft", "ft2", "ft²"],
  ["kg", "kilo", "kilogram", "kilograms", "kilos"],
  ["km", "kilometer", "kilometre", "kilometers", "kilometres"],
  ["mile", "miles", "mi"],
  ["liter", "litre", "liters", "litres", "l"],
  ["ton", "tons", "tonne", "tonnes"],
  ["hectare", "hectares", "ha"],
];

/** "price per square metre", where a column is measured in that unit. */
function takePerUnit(reading: Reading, at: number): void {
  const { items, table } = reading;
  const of = items[at];
  if (!isMeasure(of) || !/^per$/i.test(items[at + 1]?.text ?? "")) return;
  for (const length of [2, 1]) {
    const said = textOf(items, at + 2, at + 2 + length)
      .toLowerCase()
      .replace("²", "2");
    const unit = units.find((ways) => ways.some((way) => way.replace(/ /g, "") === said.replace(/ /g, "")));
    if (!unit || items.length < at + 2 + length) continue;
    const measured = table.fields.filter((field) => {
      const name = `${field.id} ${field.column.label ?? ""}`.toLowerCase().replace("²", "2");
      return (
        field.numeric &&
        field !== of.field &&
        unit.some((way) => new RegExp(`(^|[^a-z])${way}($|[^a-z0-9])`).test(name.replace(/_/g, " ")))
      );
    });
    const [by] = measured;
    if (!by || measured.length > 1) return;
    const name = `${of.field.name} per ${unit[0]}`;
    const text = textOf(items, at, at + 2 + length);
    items.splice(at, 2 + length, columnItem(quotientField(reading, of.field, by, name, 1), text));
    return;
  }
}

/** "A as a percentage of B", "ratio of A to B", "A to B ratio" */
function takeParts(reading: Reading, at: number): void {
  const { items } = reading;
  const text = items[at]?.text.toLowerCase() ?? "";
  if (/^(share|percentage|percent|proportion|fraction)( of)?$/.test(text)) {
    // "what share of revenue is profit"
    const whole = after(items, at);
    const is = items[whole + 1];
    const part = items[whole + 2];
    const [by, of] = [items[whole], part];
    if (divides(by) && /^(is|was|are|were|goes to)$/i.test(is?.text ?? "") && isMeasure(of) && of.field !== by.field)
      replace(reading, at, whole + 3, of.field, by.field, 100);
    return;
  }
  if (/^(ratio|ratio of|proportion of)$/.test(text)) {
    const first = text.endsWith("of") ? at + 1 : after(items, at);
    const of = items[first];
    const join = items[first + 1];
    const second = after(items, first + 1);
    const by = items[second];
    if (isMeasure(of) && divides(by) && /^(to|and|over|vs|versus|\/|:)$/i.test(join?.text ?? ""))
      replace(reading, at, second + 1, of.field, by.field, 1);
    else if (isMeasure(items[at - 3]) && /^to$/i.test(items[at - 2]?.text ?? "") && divides(items[at - 1])) {
      const [one, other] = [items[at - 3], items[at - 1]];
      if (isMeasure(one) && divides(other)) replace(reading, at - 3, at + 1, one.field, other.field, 1);
    }
    return;
  }
  const of = items[at];
  if (!isMeasure(of)) return;
  let word = at + 1;
  while (items[word]?.kind === "stop") word++;
  if (
    operatorOf(items[word])?.op !== "share" ||
    !/^(as|percent|%|percentage|share)/i.test(textOf(items, at + 1, word + 1))
  )
    return;
  const second = after(items, word);
  const by = items[second];
  if (divides(by) && by.field !== of.field) replace(reading, at, second + 1, of.field, by.field, 100);
}

function replace(reading: Reading, from: number, to: number, of: Field, by: Field, factor: number): void {
  const { items } = reading;
  const name = factor === 100 ? `${of.name} as a share of ${by.name} (%)` : `${of.name} to ${by.name}`;
  items.splice(from, to - from, columnItem(quotientField(reading, of, by, name, factor), textOf(items, from, to)));
}

/** "A minus B", "difference between A and B", "gap between A and B" */
function takeDifference(reading: Reading, at: number): void {
  const { items } = reading;
  const text = items[at]?.text.toLowerCase() ?? "";
  if (/^minus$|^less$/.test(text)) {
    const [one, other] = [items[at - 1], items[after(items, at)]];
    if (isMeasure(one) && isMeasure(other)) subtract(reading, at - 1, after(items, at) + 1, one.field, other.field);
    return;
  }
  if (!/^(difference|gap|difference between|gap between)$/.test(text)) return;
  const between = /^between$/i.test(items[at + 1]?.text ?? "") ? at + 1 : at;
  const first = after(items, between);
  const [one, and] = [items[first], items[first + 1]];
  const second = after(items, first + 1);
  const other = items[second];
  if (isMeasure(one) && operatorOf(and)?.op === "and" && isMeasure(other) && one.field !== other.field)
    subtract(reading, at, second + 1, one.field, other.field);
}

function subtract(reading: Reading, from: number, to: number, one: Field, other: Field): void {
  const { items } = reading;
  const text = textOf(items, from, to);
  items.splice(
    from,
    to - from,
    columnItem(differenceField(reading, one, other, `${one.name} minus ${other.name}`), text),
  );
}

function differenceField({ table, assumptions }: Reading, one: Field, other: Field, name: string): Field {
  if (!name.includes("minus")) assumptions.add(`${name} is ${one.name} minus ${other.name}.`);
  const edge = (field: Field) => Number(field.column.profile.max);
  return computedField(
    table,
    name,
    { kind: "difference", column: one.id, less: other.id },
    { additive: one.additive && other.additive, min: -edge(other), max: edge(one) },
  );
}

const takings = ["revenue", "sales", "sale", "turnover", "income", "gross"].map(stem);
const outlays = ["cost", "costs", "expense", "expenses", "spend", "spent", "cogs"].map(stem);
const gains = ["profit", "gain", "earning"].map(stem);

/** The one column of numbers that is called so. */
function measureCalled({ table }: Reading, words: string[]): Field | null {
  const called = table.fields.filter(
    (field) =>
      field.numeric &&
      field.role === "measure" &&
      field.names.some((name) =>
        words.some((word) => name.some(({ stem, weight }) => weight >= 0.5 && stem === word)),
      ) &&
      !/(rate|margin|pct|percent|%|target|per)/i.test(field.id),
  );
  return called.length === 1 ? (called[0] ?? null) : null;
}

/** "profit margin", "margin": what of the takings is profit. "profit", where only takings and costs are there. */
function takeMargin(reading: Reading, at: number): void {
  const { items, table } = reading;
  const item = items[at];
  if (!item) return;
  const margin = /^margins?$/i.test(item.text);
  const two = /^(profit|gross|net|operating)$/i.test(item.text) && /^margins?$/i.test(items[at + 1]?.text ?? "");
  const one = /^(profit|gross|net|operating) margins?$/i.test(item.text);
  const known = item.kind === "column" && wordsIn(item.field.id).some((word) => /^margins?$/i.test(word));
  const profit = measureCalled(reading, gains);
  const [taken, spent] = [measureCalled(reading, takings), measureCalled(reading, outlays)];
  if ((margin || two || one) && !known && table.fields.every(({ id }) => !/margin/i.test(id))) {
    const gain = profit ?? (taken && spent ? differenceField(reading, taken, spent, "Profit") : null);
    if (!gain || !taken) return;
    const length = two ? 2 : 1;
    const field = quotientField(reading, gain, taken, "Profit margin (%)", 100);
    items.splice(at, length, columnItem(field, textOf(items, at, at + length)));
    return;
  }
  const linked =
    item.kind === "column" && item.field.names.some((name) => name.some(({ stem }) => gains.includes(stem)));
  if (/^profits?$/i.test(item.text) && !linked && taken && spent && !profit)
    items.splice(at, 1, columnItem(differenceField(reading, taken, spent, "Profit"), item.text));
}

/** What a number of things is mostly compared with: those that were tried, shown or asked. */
const wholes = [
  "attempt",
  "impression",
  "visit",
  "session",
  "visitor",
  "click",
  "view",
  "sent",
  "lead",
  "test",
  "order",
  "student",
  "applicant",
  "user",
].map(stem);

/** "conversion rate" where there are conversions and sessions, "click-through rate" where there are clicks and impressions. */
export function takeCountedRates(reading: Reading): void {
  const { items, table, assumptions } = reading;
  for (let at = 1; at < items.length; at++) {
    const rate = /^rates?$/i.test(items[at]?.text ?? "");
    const before = items[at - 1];
    if (!rate || !before || items[at]?.kind === "column") continue;
    // "click-through rate"
    const through = /^through$/i.test(before.text);
    const said = through && /^-$/.test(items[at - 2]?.text ?? "") ? at - 3 : through ? at - 2 : at - 1;
    const word = items[said]?.text ?? "";
    const counted = table.fields.filter(
      (field) =>
        field.numeric &&
        field.additive &&
        wordsIn(field.id).some((one) => sameFamily(one.toLowerCase(), word.toLowerCase())),
    );
    const [of] = counted;
    if (!of || counted.length > 1) continue;
    const by = wholes
      .map((whole) =>
        table.fields.find(
          (field) =>
            field !== of && field.additive && field.names.some((name) => name.some(({ stem }) => stem === whole)),
        ),
      )
      .find(
        (field) => field !== undefined && Number(field.column.profile.mean ?? 0) >= Number(of.column.profile.mean ?? 0),
      );
    if (!by) continue;
    const name = `${of.name} per ${by.name} (%)`;
    const text = textOf(items, said, at + 1);
    assumptions.add(`“${text}” is read as ${of.name} in percent of ${by.name}.`);
    items.splice(said, at + 1 - said, columnItem(quotientField(reading, of, by, name, 100), text));
    at = said;
  }
}
