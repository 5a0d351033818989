import type { Field, Table } from "../../link/fields.ts";
import type { Item } from "../../link/items.ts";
import type { Comparison } from "../../query.ts";
import { computedField } from "../computed-field.ts";
import { valueItem } from "../ratios/rates.ts";

/** The rows in which one column stands so to another, as if the question had named a value of a column of yes and no. */
export function comparedItem(table: Table, one: Field, comparison: Comparison, other: Field, text: string): Item {
  const condition = { kind: "compare-columns", column: one.id, comparison, other: other.id } as const;
  const field = computedField(
    table,
    `${one.name} ${comparison} ${other.name}`,
    { kind: "cases", cases: [{ name: "Yes", when: [condition] }], otherwise: "No" },
    { role: "dimension", numeric: false, distinct: 2, flag: { yes: "Yes", no: "No" } },
  );
  return valueItem(field, "Yes", text);
}
