import { chargedColumn } from "./charged-columns.ts";
import type { Field, Table } from "./fields.ts";
import { impliedColumn, sideOf } from "./implied-columns.ts";

/** What a table tells of each row above all, where the question names no measure: "top customers", "who sold more". */
export interface MainMeasure {
  field: Field;
  /** Whether more of it is better for whoever keeps the table: money taken in, or goods, and not money spent. */
  good: boolean;
  /** What else could be meant, besides the number of rows. */
  others: Field[];
}

/** Money taken in; else what is charged; else the number of pieces; else the only money. Null: the rows themselves. */
export function mainMeasure(table: Table): MainMeasure | null {
  const adds = ({ additive, intensive, formula }: Field) => (additive || !intensive) && !formula;
  const taken = [impliedColumn("revenue", table)?.field, chargedColumn(table)].find(
    (one) => one && !isTariff(one, table),
  );
  const pieces = impliedColumn("units", table)?.field;
  const spent = impliedColumn("cost", table);
  const good = [taken, pieces].find((field) => field && adds(field));
  const only =
    spent?.alternatives.length === 0 && spent.field.additive && !isTariff(spent.field, table) ? spent.field : undefined;
  const field = good ?? only;
  if (!field) return null;
  const others = table.fields.filter(
    (other) => other !== field && other.role === "measure" && other.additive && !other.formula,
  );
  return { field, good: field === good, others };
}

/** What is charged by a list of few prices, or mostly not at all, tells less of rows than their number does. */
function isTariff(field: Field, { table: { rowCount } }: Table): boolean {
  return sideOf(field) !== "in" && rowCount >= 100 && field.column.profile.distinctCount < rowCount * 0.1;
}
