import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier, quoteLiteral } from "../shared/engine/engine.ts";

/** About so many rows: a bin of twenty is then off by some three per cent. */
const sampleRows = 20_000;

/**
 * Makes a table in memory of rows out of all parts of a Parquet file, the same ones each time. They are picked by a hash of
 * their place, so that the rows of a sorted or periodic column are as evenly represented as those of any other. It is salted:
 * in a column of row numbers, `approx_count_distinct` would find the hashes of all that are picked alike.
 */
export async function createSample(
  connection: DuckDBConnection,
  parquetPath: string,
  rowCount: number,
  name: string,
): Promise<void> {
  const nth = Math.max(1, Math.floor(rowCount / sampleRows));
  await connection.run(
    `CREATE OR REPLACE TABLE ${name} AS SELECT * EXCLUDE (file_row_number)
     FROM read_parquet(${quoteLiteral(parquetPath)}, file_row_number = true) WHERE hash(file_row_number, 1) % ${nth} = 0`,
  );
}

/**
 * How many different values the whole has, from a random sample: those seen, and, by how many were seen once and twice, those
 * that were not (Chao, Nonparametric estimation of the number of classes in a population, 1984).
 */
export async function estimateDistinct(
  connection: DuckDBConnection,
  from: string,
  name: string,
  all: number,
): Promise<number> {
  const column = quoteIdentifier(name);
  const result = await connection.runAndReadAll(
    `SELECT count(*), count(*) FILTER (times = 1), count(*) FILTER (times = 2)
     FROM (SELECT count(*) AS times FROM ${from} WHERE ${column} IS NOT NULL GROUP BY ${column})`,
  );
  const [seen = 0, once = 0, twice = 0] = (result.getRows()[0] ?? []).map(Number);
  const unseen = twice > 0 ? once ** 2 / (2 * twice) : (once * (once - 1)) / 2;
  return Math.min(all, Math.round(seen + unseen));
}
