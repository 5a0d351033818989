import { stem } from "../../language/stem.ts";
import { areSynonyms } from "../../language/synonyms.ts";
import type { Table } from "../../link/fields.ts";
import { operatorOf } from "../../link/items.ts";
import type { Reading } from "../../read/reading.ts";
import { columnItem, computedField, textOf } from "../computed-field.ts";
import { isKey } from "../things/keys.ts";
import { divides, isMeasure, quotientField } from "./quotients.ts";

/** "cost per click", where both are quantities; per anything else groups, but for things that have rows of their own. */
export function takePer(reading: Reading, at: number): void {
  const { items } = reading;
  const [of, per, by] = [items[at], items[at + 1], items[at + 2]];
  if (!of || !per || !/^(per|divided by)$/i.test(per.text)) return;
  const explicit = /^divided by$/i.test(per.text);
  if (!isMeasure(of)) return;
  if (takePerMany(reading, at)) return;
  // "revenue per unit" where `units_sold` are counted
  if (by?.kind === "unknown" && by.about?.numeric && by.about.additive && by.about !== of.field)
    items[at + 2] = columnItem(by.about, by.text);
  const whole = items[at + 2];
  if (divides(whole) && of.field !== whole.field) {
    const name = `${of.field.name} per ${whole.text}`;
    items.splice(at, 3, columnItem(quotientField(reading, of.field, whole.field, name, 1), textOf(items, at, at + 3)));
    return;
  }
  if (explicit || !by || of.field.quotient) return;
  const group = items.find(
    (item, index) => index !== at + 1 && ["group", "series", "grain", "trend"].includes(operatorOf(item)?.op ?? ""),
  );
  takePerRow(reading, at, group?.text ?? null);
}

const many = new Map([
  ["hundred", 100],
  ["thousand", 1_000],
  ["million", 1_000_000],
]);

/** "cost per thousand units", "cases per 100000 inhabitants" */
function takePerMany(reading: Reading, at: number): boolean {
  const { items } = reading;
  const [of, , number, by] = items.slice(at, at + 4);
  const factor = number?.kind === "number" ? number.value : many.get(number?.text.toLowerCase() ?? "");
  if (!isMeasure(of) || !factor || factor < 2 || !divides(by) || by.field === of.field) return false;
  const name = `${of.field.name} per ${factor} ${by.field.name}`;
  items.splice(at, 4, columnItem(quotientField(reading, of.field, by.field, name, factor), textOf(items, at, at + 4)));
  return true;
}

/** "goals per match" where each row is a match; "revenue per customer by region", where customers are counted. */
function takePerRow(reading: Reading, at: number, grouped: string | null): void {
  const { items, table, assumptions } = reading;
  const [of, , by] = [items[at], items[at + 1], items[at + 2]];
  if (!isMeasure(of) || !by) return;
  const own = isOwn(table, stem(by.text));
  if (by.kind === "rows" && !own) reading.objections.add(`The data has nothing called “${by.text}”.`);
  const rows = own && (by.kind === "rows" || (by.kind === "column" && by.field.unique));
  if (rows) {
    const { field } = of;
    const text = textOf(items, at, at + 3);
    const name = `${field.name} per ${by.text}`;
    assumptions.add(`${name} is the total of ${field.name} divided by the number of rows.`);
    const quotient = { of: field, by: null, aggregate: "count", factor: 1 } as const;
    items.splice(at, 3, columnItem(computedField(table, name, undefined, { quotient }), text));
    return;
  }
  if (by.kind !== "column" || !of.field.additive) return;
  const averaged =
    operatorOf(items[at - 1])?.op === "aggregate" && /^(average|avg|mean)$/i.test(items[at - 1]?.text ?? "");
  const many = by.field.role === "dimension" && !by.field.unique && by.field.column.profile.distinctCount > 12;
  // Of hundreds of them nobody wants each.
  const countless = by.field.column.profile.distinctCount > 60;
  if (
    !(isKey(by.field) && (grouped !== null || averaged || countless)) &&
    !(many && grouped !== null && !/^per$/i.test(grouped))
  )
    return;
  const name = `${of.field.name} per ${by.text}`;
  assumptions.add(`${name} is the total of ${of.field.name} divided by the number of different ${by.field.name}.`);
  const quotient = { of: of.field, by: by.field, aggregate: "count-distinct", factor: 1 } as const;
  items.splice(at, 3, columnItem(computedField(table, name, undefined, { quotient }), textOf(items, at, at + 3)));
}

/** Whether this very table calls its rows so. */
function isOwn({ rowNouns, ownNouns }: Table, word: string): boolean {
  return rowNouns.has(word) || [...ownNouns].some((noun) => areSynonyms(word, noun));
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
export function takePerUnit(reading: Reading, at: number): void {
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
    // A column that measures the same in another unit would give another number.
    if (!by && items[at + 2]?.kind === "column") reading.objections.add(`No column is measured in ${said}.`);
    if (!by || measured.length > 1) return;
    const name = `${of.field.name} per ${unit[0]}`;
    const text = textOf(items, at, at + 2 + length);
    items.splice(at, 2 + length, columnItem(quotientField(reading, of.field, by, name, 1), text));
    return;
  }
}
