import { maxDatasetColumns, type TableRows } from "../../contract/index.ts";
import { findTables } from "./dataset-tables.ts";
import { type ChartMaking, chartLimits } from "./run-chart.ts";

/** Every dataset can be looked at, however wide. */
const rowsLimits = { ...chartLimits, maxColumns: maxDatasetColumns };

/** The first rows of a dataset, in the order of its file. */
export async function listRows(
  workspaceId: string,
  datasetId: string,
  limit: number,
  { engine }: Pick<ChartMaking, "engine">,
): Promise<TableRows> {
  using opened = await engine.open(await findTables(workspaceId, [datasetId]));
  const { result } = await opened.run(`SELECT * FROM data LIMIT ${limit}`, rowsLimits);
  return { columns: result.columns, rows: result.rows };
}
