import { maxDatasetColumns, type RowsQuery, type TableRows } from "../../contract/index.ts";
import { quoteIdentifier } from "../shared/engine/engine.ts";
import { InvalidInput } from "../shared/errors.ts";
import { findTables } from "./dataset-tables.ts";
import { type ChartMaking, chartLimits } from "./run-chart.ts";

/** Every dataset can be looked at, however wide. */
const rowsLimits = { ...chartLimits, maxColumns: maxDatasetColumns };

/**
 * A page of a dataset's rows, in the order of its file, which costs the same wherever it is (Parquet's row groups before it are
 * skipped), or by a column, with rows of the same value in the order of the file, so that none is on two pages. Of a sorted
 * table, pages near either end are the quickest.
 */
export async function listRows(
  workspaceId: string,
  datasetId: string,
  query: RowsQuery,
  { engine }: Pick<ChartMaking, "engine">,
): Promise<TableRows> {
  const tables = await findTables(workspaceId, [datasetId]);
  const { columns = [], rowCount = 0 } = tables[0]?.plannable ?? {};
  const sql = selectRows(
    query,
    columns.map(({ name }) => name),
    rowCount,
  );
  using opened = await engine.open(tables);
  const { result } = await opened.run(sql, rowsLimits);
  return { columns: result.columns, rows: result.rows, rowCount };
}

function selectRows({ limit, offset, sort, order }: RowsQuery, names: string[], rowCount: number): string {
  if (sort === undefined) return `SELECT * FROM data LIMIT ${limit} OFFSET ${offset}`;
  if (!names.includes(sort)) throw new InvalidInput([{ path: "sort", message: `there is no column ${sort}` }]);
  const place = quoteIdentifier(unusedName(names));
  const column = quoteIdentifier(sort);
  const count = Math.max(0, Math.min(limit, rowCount - offset));
  // What is beyond the middle is sooner counted from the end.
  const isFar = offset * 2 > rowCount;
  const skipped = isFar ? Math.max(0, rowCount - offset - count) : offset;
  const direction = isFar
    ? `${order === "asc" ? "desc" : "asc"} NULLS FIRST, ${place} desc`
    : `${order} NULLS LAST, ${place}`;
  // Only the column itself is sorted as a whole.
  return `SELECT numbered.* EXCLUDE (${place}) FROM (SELECT *, row_number() OVER () AS ${place} FROM data) AS numbered
    SEMI JOIN (SELECT ${place} FROM (SELECT ${column}, row_number() OVER () AS ${place} FROM data) AS keys
      ORDER BY ${column} ${direction} LIMIT ${count} OFFSET ${skipped}) AS page USING (${place})
    ORDER BY ${column} ${order} NULLS LAST, ${place}`;
}

function unusedName(names: readonly string[]): string {
  let name = "place";
  while (names.some((one) => one.toLowerCase() === name)) name += "_";
  return name;
}
