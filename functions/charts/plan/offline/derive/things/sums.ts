import type { Field, Table } from "../../link/fields.ts";
import type { Item, ItemOf } from "../../link/items.ts";
import type { Reading } from "../../read/reading.ts";
import { columnItem, computedField, textOf } from "../computed-field.ts";
import { isMeasure } from "../ratios/quotients.ts";

/** How a sum of columns is called, and can be asked for. */
export const sumName = (members: Field[]) => members.map(({ name }) => name).join(" plus ");

/** Columns added up, row by row; what a row does not have is nothing, where it has another of them. */
export function sumField(table: Table, members: Field[]): Field {
  const edge = (end: "min" | "max") => members.reduce((sum, { column }) => sum + Number(column.profile[end] ?? 0), 0);
  const sparse = members.some(({ column }) => column.profile.nullCount > 0);
  const formula = { kind: "sum", columns: members.map(({ id }) => id), sparse } as const;
  return computedField(table, sumName(members), formula, { additive: true, min: edge("min"), max: edge("max") });
}

const isPart = (item: Item | undefined): item is Item & ItemOf<"column"> =>
  isMeasure(item) && !item.field.intensive && !item.field.formula;

/** "adults plus kids", "food + drinks" */
export function takeSums({ items, table }: Reading): void {
  for (let at = 0; at < items.length; at++) {
    const members: Field[] = [];
    let to = at;
    for (let item = items[to]; isPart(item); item = items[to]) {
      members.push(item.field);
      to++;
      if (!/^(plus|\+)$/i.test(items[to]?.text ?? "") || !isPart(items[to + 1])) break;
      to++;
    }
    if (members.length < 2 || new Set(members).size < members.length) continue;
    items.splice(at, to - at, columnItem(sumField(table, members), textOf(items, at, to)));
  }
}
