import type { ColumnFormat, QueryResult } from "../../contract/index.ts";
import type { DatasetDocument } from "../datasets/dataset-model.ts";
import type { Lineage, Origin } from "./query/lineage.ts";
import { toNumber } from "./render/cells.ts";
import { isNumeric } from "./render/column-kinds.ts";
import { valueFormat } from "./render/value-format.ts";

type Described = { name: string; dataset: Pick<DatasetDocument, "columns"> };

/**
 * The result with its columns' formats: how the file wrote the values that they hold or sum up, or what their own name says,
 * and the step that their times are cut to.
 */
export function withFormats(result: QueryResult, { outputs }: Lineage, tables: Described[]): QueryResult {
  const columns = result.columns.map((column, index) => {
    // What `*` makes has the name that it has in its table.
    const from = outputs ? (outputs[index] ?? null) : { table: null, column: column.name };
    if (from?.grain !== undefined) return { ...column, grain: from.grain };
    if (!isNumeric(column)) return column;
    const values = result.rows.map((row) => toNumber(row[index]));
    const format = valueFormat(column.name, values, from && formatOf(from, tables));
    return format ? { ...column, format } : column;
  });
  return { ...result, columns };
}

/** The format of a column of a table; undefined where there is no such column, or several that differ. */
function formatOf({ table, column }: Origin, tables: Described[]): ColumnFormat | undefined {
  const name = column.toLowerCase();
  const found = tables
    .filter((one) => table === null || one.name.toLowerCase() === table)
    .flatMap(({ dataset }) => dataset.columns.filter((one) => one.name.toLowerCase() === name));
  return found.length === 1 ? found[0]?.format : undefined;
}
