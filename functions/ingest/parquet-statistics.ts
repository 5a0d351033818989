import type { DuckDBConnection } from "@duckdb/node-api";
import type { Cell } from "../../contract/index.ts";
import { quoteLiteral } from "../shared/engine/engine.ts";
import { toCell } from "../shared/engine/json-values.ts";
import type { ConvertedColumn } from "./convert.ts";

export interface ColumnStatistics {
  nullCount: number;
  /** Undefined where the file does not tell, as for long texts. */
  min?: Cell;
  max?: Cell;
}

/** Nulls and bounds of columns as a Parquet file's own metadata has them, which costs no pass over the rows. */
export async function readStatistics(
  connection: DuckDBConnection,
  parquetPath: string,
  columns: readonly ConvertedColumn[],
): Promise<Map<string, ColumnStatistics>> {
  const rows = (
    await connection.runAndReadAll(
      `SELECT column_id, sum(stats_null_count)::BIGINT,
         bool_and((min_is_exact AND max_is_exact AND stats_min_value IS NOT NULL) OR stats_null_count = num_values),
         bool_and(stats_null_count IS NOT NULL)
       FROM parquet_metadata(${quoteLiteral(parquetPath)}) GROUP BY column_id`,
    )
  ).getRows();
  const found = new Map<string, ColumnStatistics>();
  for (const [id, nulls, bounded, counted] of rows) {
    const column = columns[Number(id)];
    if (!column || counted !== true) continue;
    const statistics: ColumnStatistics = { nullCount: Number(nulls) };
    found.set(column.name, statistics);
    if (bounded !== true || !/^(BIGINT|DOUBLE|DATE|TIMESTAMP|VARCHAR)$/.test(column.type)) continue;
    const [[min = null, max = null] = []] = (
      await connection.runAndReadAll(
        `SELECT min(CAST(stats_min_value AS ${column.type})), max(CAST(stats_max_value AS ${column.type}))
         FROM parquet_metadata(${quoteLiteral(parquetPath)}) WHERE column_id = ${Number(id)}`,
      )
    ).getRows();
    if (min === null || max === null) continue;
    statistics.min = toCell(min);
    statistics.max = toCell(max);
  }
  return found;
}
