import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { quoteLiteral } from "../shared/engine/engine.ts";

/** What the footer of a Parquet file says of a column, so that nobody has to read the column for it. */
export interface ColumnStatistics {
  nullCount: number;
  /** Of text, in the order of its bytes; undefined where the footer does not hold them whole, as for a very long text. */
  range: { min: string; max: string } | undefined;
  /** The same as numbers, of a column that holds such. */
  numbers: { min: number; max: number } | undefined;
}

const count = z.coerce.number();
const statistics = z.object({
  column: count,
  nulls: count,
  isWhole: z.boolean(),
  min: z.string().nullable(),
  max: z.string().nullable(),
  least: z.number().nullable(),
  greatest: z.number().nullable(),
});

/** The statistics of the columns of a Parquet file without nested ones, by position; a column may have none. */
export async function readStatistics(
  connection: DuckDBConnection,
  parquetPath: string,
): Promise<Map<number, ColumnStatistics>> {
  // One row for each column of each row group. A group of nulls has no smallest and no largest value.
  const result = await connection.runAndReadAll(
    `SELECT column_id AS "column", sum(stats_null_count) AS nulls,
       bool_and(stats_null_count = num_values OR coalesce(min_is_exact AND max_is_exact, false)) AS "isWhole",
       min(stats_min_value) AS min, max(stats_max_value) AS max,
       min(TRY_CAST(stats_min_value AS DOUBLE)) AS least, max(TRY_CAST(stats_max_value AS DOUBLE)) AS greatest
     FROM parquet_metadata(${quoteLiteral(parquetPath)})
     GROUP BY column_id HAVING count(stats_null_count) = count(*)`,
  );
  const rows = z.array(statistics).parse(result.getRowObjectsJson());
  return new Map(
    rows.map(({ column, nulls, isWhole, min, max, least, greatest }) => [
      column,
      {
        nullCount: nulls,
        range: isWhole && min !== null && max !== null ? { min, max } : undefined,
        numbers: isWhole && least !== null && greatest !== null ? { min: least, max: greatest } : undefined,
      },
    ]),
  );
}
