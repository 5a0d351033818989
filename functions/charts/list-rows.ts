import { maxDatasetColumns, type RowsQuery, type TableRows } from "../../contract/index.ts";
import { quoteIdentifier } from "../shared/engine/engine.ts";
import { InvalidInput } from "../shared/errors.ts";
import { findTables } from "./dataset-tables.ts";
import { type ChartMaking, chartLimits } from "./run-chart.ts";

/** Every dataset can be looked at, however wide. */
const rowsLimits = { ...chartLimits, maxColumns: maxDatasetColumns };

/**
 * A page of a dataset's rows, in the order of its file, which costs the same wherever it is (Parquet's row groups before it are
 * skipped), or by a column, with rows of the same value in the order of the file, so that none is on two pages.
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
  );
  using opened = await engine.open(tables);
  const { result } = await opened.run(sql, rowsLimits);
  return { columns: result.columns, rows: result.rows, rowCount };
}

function selectRows({ limit, offset, sort, order }: RowsQuery, names: string[]): string {
  const page = `LIMIT ${limit} OFFSET ${offset}`;
  if (sort === undefined) return `SELECT * FROM data ${page}`;
  if (!names.includes(sort)) throw new InvalidInput([{ path: "sort", message: `there is no column ${sort}` }]);
  const place = quoteIdentifier(unusedName(names));
  return `SELECT * EXCLUDE (${place}) FROM (SELECT *, row_number() OVER () AS ${place} FROM data) AS numbered
    ORDER BY ${quoteIdentifier(sort)} ${order} NULLS LAST, ${place} ${page}`;
}

function unusedName(names: readonly string[]): string {
  let name = "place";
  while (names.some((one) => one.toLowerCase() === name)) name += "_";
  return name;
}
