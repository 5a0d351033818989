import { isCountable } from "../../language/row-words.ts";
import type { Field, Table } from "../../link/fields.ts";
import { type Item, operatorOf } from "../../link/items.ts";
import type { Reading } from "../../read/reading.ts";
import { columnItem, computedField, textOf } from "../computed-field.ts";
import { countedText } from "./per-period.ts";
import { isMeasure } from "./quotients.ts";

/**
 * "average number of orders per customer", "how many visits per member on average": how many there are, by how many there are
 * of whom, rather than the number of each.
 */
export function takePerThing(reading: Reading): void {
  const { items, table, assumptions } = reading;
  const average = items.findIndex((item) => {
    const operator = operatorOf(item);
    return operator?.op === "aggregate" && operator.aggregate === "avg";
  });
  const per = items.findIndex((item) => operatorOf(item)?.op === "group" && /^(per|for each|each)$/i.test(item.text));
  const by = items[per + 1];
  if (average < 0 || per < 0 || by?.kind !== "column" || !isThing(by.field) || items.some(isMeasure)) return;
  const counted = countedBefore(items, per, by.field);
  if (!counted) return;
  const name = `${counted.of?.name ?? "Number of rows"} per ${by.field.name}`;
  const each =
    counted.of === null ? countedText(null) : `${countedText(counted.of)} of each ${by.field.name}, in total,`;
  assumptions.add(`${name} is the ${each} divided by the number of different ${by.field.name}.`);
  const quotient = {
    of: pairOf(table, counted.of, by.field),
    by: by.field,
    aggregate: "count-distinct",
    factor: 1,
  } as const;
  const text = textOf(items, counted.from, per + 2);
  const field = computedField(table, name, undefined, { quotient });
  items.splice(counted.from, per + 2 - counted.from, columnItem(field, text));
  const rest = items.findIndex((item) => operatorOf(item)?.op === "aggregate" && /average|avg|mean/i.test(item.text));
  if (rest >= 0) items.splice(rest, 1);
}

/** An item that is on several orders counts for each of them. */
function pairOf(table: Table, of: Field | null, by: Field): Field | null {
  if (of === null) return null;
  const formula = { kind: "pair", column: of.id, by: by.id } as const;
  return computedField(table, `${of.name} of ${by.name}`, formula, { role: "dimension", numeric: false });
}

const isThing = ({ numeric, role, unique, flag }: Field) =>
  !unique && flag === null && (role === "identifier" || (role === "dimension" && !numeric));

/** What there is a number of. `from`: where the words for it begin. */
function countedBefore(items: Item[], per: number, by: Field): { of: Field | null; from: number } | null {
  let from = per - 1;
  while (items[from]?.kind === "stop") from--;
  const item = items[from];
  const counts = items[from - 1];
  const counting = operatorOf(counts)?.op === "count";
  const before = counting ? from - 1 : from;
  // "average rental per depot" may be how much each rental brings.
  if (!counting && !isCountable(item?.text ?? "")) return null;
  if (item?.kind === "rows") return { of: null, from: before };
  if (item?.kind !== "column" || item.field === by) return null;
  if (item.field.unique) return { of: null, from: before };
  return isThing(item.field) ? { of: item.field, from: before } : null;
}
