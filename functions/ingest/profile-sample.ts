import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteLiteral } from "../shared/engine/engine.ts";

/** The sample: so many stretches of rows, evenly spread over the file, each within one of its row groups. */
const stretches = 5;
const stretchRows = 6_144;
/** Rows of a row group, as DuckDB writes them. */
const groupRows = 122_880;

/** An even sample of the rows as a table in memory, from few row groups, so that the others are not unpacked. */
export async function sampleRows(
  connection: DuckDBConnection,
  parquetPath: string,
  rowCount: number,
): Promise<{ from: string; rows: number }> {
  const groups = Math.floor(rowCount / groupRows);
  const taken = Array.from({ length: Math.min(stretches, groups) }, (_, index) =>
    Math.floor((index * Math.max(1, groups - 1)) / Math.max(1, Math.min(stretches, groups) - 1)),
  );
  const ranges = [...new Set(taken)].map(
    (group) => `file_row_number BETWEEN ${group * groupRows} AND ${group * groupRows + stretchRows - 1}`,
  );
  await connection.run(
    `CREATE TEMP TABLE profile_sample AS SELECT * EXCLUDE (file_row_number)
     FROM read_parquet(${quoteLiteral(parquetPath)}, file_row_number = true) WHERE ${ranges.join(" OR ")}`,
  );
  const counted = await connection.runAndReadAll("SELECT count(*) FROM profile_sample");
  const rows = Number(counted.getRows()[0]?.[0]);
  return { from: "profile_sample", rows };
}

/**
 * Distinct values of a whole from those of a sample: where nearly each value of the sample is its own, so it will go on; where
 * values repeat, most of them have been seen.
 */
export function extrapolate(distinct: number, filled: number, all: number): number {
  if (filled === 0) return 0;
  const unique = distinct / filled;
  return Math.min(all, Math.round(unique > 0.97 ? all : distinct * (all / filled) ** unique));
}
