import type { Field } from "../link/fields.ts";
import { operatorOf } from "../link/items.ts";
import { type Reading, timeField } from "../read/reading.ts";
import { columnItem, computedField, groupItem } from "./computed-field.ts";

const bands = /^(groups?|bands?|ranges?|brackets?|buckets?|bins|classes|tiers?|intervals?)$/i;

/** "by age group", "in price bands", "by decade" */
export function takeGroupings(reading: Reading): void {
  takeBands(reading);
  takeDecades(reading);
}

function takeBands({ items, table, assumptions }: Reading): void {
  for (let at = 0; at + 1 < items.length; at++) {
    const item = items[at];
    const word = items[at + 1]?.text ?? "";
    const before = operatorOf(items[at - 1]);
    if (item?.kind !== "column" || !item.field.numeric || item.field.role !== "measure" || !bands.test(word)) continue;
    const cued = before?.op === "group" || before?.op === "series" || before?.op === "in";
    if (!cued && !/^(bands?|brackets?|buckets?|groups?)$/i.test(word)) continue;
    const band = bandField(table, item.field);
    if (!band) continue;
    assumptions.add(`${item.field.name} is grouped in steps of ${band.width}.`);
    items.splice(at, 2, columnItem(band.field, `${item.text} ${word}`));
    if (before?.op === "in" || !cued)
      items.splice(before?.op === "in" ? at - 1 : at, before?.op === "in" ? 1 : 0, groupItem("by"));
  }
}

/** Equal steps that are easily read, some eight of them over most of the values. Null: too few different values. */
function bandField(table: Reading["table"], of: Field): { field: Field; width: number } | null {
  const { min, max, quartiles } = of.column.profile;
  const [low, high] = [Number(min), Number(max)];
  if (min === null || max === null || !(high > low)) return null;
  const [first, , third] = (quartiles ?? []).map(Number);
  // A few far values do not make the steps wide.
  const reach = first !== undefined && third !== undefined && third > first ? third + 3 * (third - first) : high;
  const raw = (Math.min(high, reach) - low) / 8;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].find((one) => one * power >= raw * 0.999) ?? 10;
  const years = of.formula?.kind === "duration" && of.formula.whole;
  const whole = years || /INT/.test(of.column.type);
  const width = Math.max(whole ? 1 : 0, Number((step * power).toPrecision(3)));
  const field = computedField(
    table,
    `${of.name} group`,
    { kind: "band", column: of.id, width, whole },
    { role: "dimension", numeric: true, distinct: Math.ceil((high - low) / width) + 1 },
  );
  return { field, width };
}

/** "by decade", "decade of birth" */
function takeDecades(reading: Reading): void {
  const { items, table } = reading;
  const at = items.findIndex(({ text }) => /^decades?$/i.test(text));
  if (at < 0) return;
  const next = /^of$/i.test(items[at + 1]?.text ?? "") ? at + 2 : at + 1;
  const said = items[next];
  const own = said?.kind === "column" && said.field.role === "time" ? said.field : null;
  const years = ({ column: { profile } }: Field) =>
    Number(String(profile.max).slice(0, 4)) - Number(String(profile.min).slice(0, 4));
  const field = own ?? timeField(reading, true, (one) => years(one) >= 10);
  if (!field?.holds || field.holds === "text-month") return;
  const decade = computedField(
    table,
    `Decade of ${field.name}`,
    { kind: "decade", column: field.id, holds: field.holds },
    { role: "dimension", numeric: true, distinct: Math.ceil(years(field) / 10) + 1 },
  );
  items.splice(at, own ? next + 1 - at : 1, columnItem(decade, "decade"));
  const before = operatorOf(items[at - 1])?.op;
  if (before !== "group" && before !== "series") items.splice(at, 0, groupItem("by"));
}
