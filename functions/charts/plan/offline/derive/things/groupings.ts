import type { Field } from "../../link/fields.ts";
import { type Item, operatorOf } from "../../link/items.ts";
import { type Reading, timeField } from "../../read/reading.ts";
import { columnItem, computedField, groupItem, textOf } from "../computed-field.ts";
import { moneyOf } from "../money/money.ts";
import { unitOf as durationUnit } from "../times/event-words.ts";

const bands = /^(groups?|bands?|ranges?|brackets?|buckets?|bins|classes|tiers?|intervals?)$/i;

/** "by age group", "in price bands", "by decade" */
export function takeGroupings(reading: Reading): void {
  takeSteps(reading);
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

/** "wait in bands of 30 minutes", "members in steps of 10 years of age", "in 10-year age groups": steps of a width that is said. */
function takeSteps({ items, table, assumptions }: Reading): void {
  for (let at = 0; at < items.length; at++) {
    if (!/^(groups?|bands?|ranges?|brackets?|buckets?|bins?|steps?|intervals?)$/i.test(items[at]?.text ?? "")) continue;
    const measured = (one: Item | undefined) =>
      one?.kind === "column" && one.field.numeric && one.field.role === "measure" ? one : null;
    const isUnit = (one: Item | undefined) => one !== undefined && durationUnit(one.text) !== null;
    let [from, to] = [at, at + 1];
    let width: Item | undefined;
    let column: ReturnType<typeof measured> = null;
    if (/^of$/i.test(items[at + 1]?.text ?? "") && items[at + 2]?.kind === "number") {
      width = items[at + 2];
      to = isUnit(items[at + 3]) ? at + 4 : at + 3;
      const after = /^(of|by|in)$/i.test(items[to]?.text ?? "") ? to + 1 : to;
      column = measured(items[after]);
      if (column) to = after + 1;
    } else {
      // "10-year age groups", "10 year bands"
      column = measured(items[at - 1]);
      from = column ? at - 1 : at;
      if (isUnit(items[from - 1])) from--;
      if (items[from - 1]?.text === "-") from--;
      width = items[from - 1];
      from--;
    }
    if (width?.kind !== "number" || width.value <= 0) continue;
    const cued = /^(in|by|per|into|with)$/i.test(items[from - 1]?.text ?? "");
    const before = items.findLastIndex((one, index) => index < from && measured(one) !== null);
    column ??= measured(items[before]);
    const money = column || items.some((one) => measured(one)) ? null : moneyOf(table);
    const of = column?.field ?? money;
    if (!of) continue;
    if (cued) from--;
    const text = textOf(items, from, to);
    const band = bandOf(table, of, width.value);
    assumptions.add(`${of.name} is grouped in steps of ${width.value}.`);
    items.splice(from, to - from, groupItem("by"), columnItem(band, text));
    // "wait in bands of …": what is grouped is not measured too.
    if (column && before >= 0 && items[before] === column) {
      const grouped = operatorOf(items[before - 1])?.op === "group" ? before - 1 : before;
      items.splice(grouped, before + 1 - grouped, { kind: "rows", text: "rows", used: false });
    }
    return;
  }
}

/** Equal steps that are easily read, some eight of them over most of the values. Null: too few different values. */
export function bandField(table: Reading["table"], of: Field): { field: Field; width: number } | null {
  const { min, max, quartiles } = of.column.profile;
  const [low, high] = [Number(min), Number(max)];
  if (min === null || max === null || !(high > low)) return null;
  const [first, , third] = (quartiles ?? []).map(Number);
  // A few far values do not make the steps wide.
  const reach = first !== undefined && third !== undefined && third > first ? third + 3 * (third - first) : high;
  const raw = (Math.min(high, reach) - low) / 8;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].find((one) => one * power >= raw * 0.999) ?? 10;
  const width = Math.max(isWhole(of) ? 1 : 0, Number((step * power).toPrecision(3)));
  return { field: bandOf(table, of, width), width };
}

function isWhole({ formula, column }: Field): boolean {
  return (formula?.kind === "duration" && formula.whole) || /INT/.test(column.type);
}

function bandOf(table: Reading["table"], of: Field, width: number): Field {
  const { min, max } = of.column.profile;
  return computedField(
    table,
    `${of.name} group`,
    { kind: "band", column: of.id, width, whole: isWhole(of) && Number.isInteger(width) },
    { role: "dimension", numeric: true, distinct: Math.ceil((Number(max) - Number(min)) / width) + 1 },
  );
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
