import type { Item } from "../../link/items.ts";
import { factorBetween, isUnit, unitOf } from "../../link/units.ts";
import type { Reading } from "../../read/reading.ts";
import { columnItem, computedField } from "../computed-field.ts";

const multiples = new Map([
  ["thousands", 1e3],
  ["millions", 1e6],
  ["billions", 1e9],
]);

/** "in minutes" of a column in seconds, "in thousands": the column's values in that unit. */
export function takeUnits(reading: Reading): void {
  const { items, table, assumptions, objections } = reading;
  dropLengths(items);
  dropOf(items);
  for (let at = 0; at + 1 < items.length; at++) {
    const word = items[at + 1]?.text.toLowerCase() ?? "";
    if (!/^in$/i.test(items[at]?.text ?? "") || items[at + 1]?.kind === "column") continue;
    const multiple = multiples.get(word);
    if (!multiple && (!isUnit(word) || word.length < 2)) continue;
    const index = items.findLastIndex(
      (item, before) => before < at && item.kind === "column" && item.field.numeric && item.field.role === "measure",
    );
    const item = items[index];
    if (item?.kind !== "column" || item.field.formula?.kind === "duration") continue;
    const { field } = item;
    const unit = unitOf(field);
    const factor = multiple ? 1 / multiple : unit && factorBetween(unit, word);
    if (!factor) {
      objections.add(`It is not known in what unit ${field.name} is, so it can't be shown in ${word}.`);
      continue;
    }
    items.splice(at, 2);
    if (factor === 1) continue;
    const bare = unit ? field.name.replace(new RegExp(`[\\s_(\\[]*${unit}[)\\]]*$`, "i"), "") : field.name;
    const name = `${bare || field.name} (${word})`;
    assumptions.add(
      `${name} is ${field.name} ${factor >= 1 ? `times ${factor}` : `divided by ${Number((1 / factor).toPrecision(6))}`}.`,
    );
    const { additive, column } = field;
    const edge = (cell: unknown) => (cell === null ? null : Number(cell) * factor);
    const scaled = computedField(
      table,
      name,
      { kind: "scaled", column: field.id, factor },
      {
        additive,
        min: edge(column.profile.min),
        max: edge(column.profile.max),
        distinct: column.profile.distinctCount,
      },
    );
    items[index] = columnItem(scaled, item.text);
  }
}

/** "hours of downtime": what of it is asked for is an amount of time, and no step of it. */
function dropOf(items: Item[]): void {
  for (const [at, item] of items.entries()) {
    const [of, measure] = [items[at + 1], items[at + 2]];
    const timed = measure?.kind === "column" ? unitOf(measure.field) : null;
    if (!isUnit(item.text.toLowerCase()) || !/^of$/i.test(of?.text ?? "") || timed === null) continue;
    if (factorBetween(item.text.toLowerCase(), timed) === null || item.kind === "column") continue;
    // "in hours" is read below.
    const ins: Item = { kind: "stop", text: "in", used: false };
    items.splice(at, 3, measure as Item, ins, { kind: "stop", text: item.text, used: false });
  }
}

/** "call time" of `call_sec`: what is measured in seconds is a time. */
function dropLengths(items: Item[]): void {
  for (const [at, item] of items.entries()) {
    const next = items[at + 1];
    if (item.kind !== "column" || next?.kind !== "unknown" || !/^(time|duration|length)$/i.test(next.text)) continue;
    const unit = unitOf(item.field);
    if (unit && factorBetween(unit, "s") !== null) items.splice(at + 1, 1);
  }
}
