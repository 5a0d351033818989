import type { Field } from "../../link/fields.ts";
import { type Item, type ItemOf, operatorOf } from "../../link/items.ts";
import type { Reading } from "../../read/reading.ts";
import { computedField } from "../computed-field.ts";

/** A number of each row that can be added up, averaged or compared. */
export const isMeasure = (item: Item | undefined): item is Item & ItemOf<"column"> =>
  item?.kind === "column" && item.field.numeric && item.field.role === "measure";

/** Something that a total can be divided by. */
export const divides = (item: Item | undefined): item is Item & ItemOf<"column"> =>
  isMeasure(item) && !item.field.discrete && !item.field.quotient;

/** The total of one column by that of another. */
export function quotientField(reading: Reading, of: Field, by: Field, name: string, factor: number): Field {
  const percent = name.endsWith("%)");
  const times = percent ? ", in percent" : factor === 1 ? "" : `, times ${factor}`;
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

/** The difference of two columns, row by row. */
export function differenceField({ table, assumptions }: Reading, one: Field, other: Field, name: string): Field {
  if (!name.includes("minus")) assumptions.add(`${name} is ${one.name} minus ${other.name}.`);
  const edge = (field: Field) => Number(field.column.profile.max);
  const missing = one.column.profile.nullCount + other.column.profile.nullCount;
  const sparse = missing > 0 && Math.abs(missing - table.table.rowCount) <= table.table.rowCount * 0.1;
  return computedField(
    table,
    name,
    { kind: "difference", column: one.id, less: other.id, sparse },
    {
      additive: (one.additive || other.additive) && !one.intensive && !other.intensive,
      min: -edge(other),
      max: edge(one),
    },
  );
}

const isStop = (item: Item | undefined) => item?.kind === "stop" || operatorOf(item)?.op === "in";

/** The index of the next item that means something; articles and "of" are passed over. */
export function after(items: Item[], at: number): number {
  let next = at + 1;
  while (isStop(items[next])) next++;
  return next;
}
