import { DuckDBInstance } from "@duckdb/node-api";
import { quoteLiteral } from "../functions/shared/engine/engine.ts";

/**
 * The yardstick of ingest: CSV to Parquet as anyone would do it with DuckDB alone. Prints the milliseconds from opening
 * DuckDB to the finished file; the start of Node.js does not count.
 *
 *     node bench/convert-with-duckdb.ts <csv> <parquet>
 */
const [csv = "", parquet = ""] = process.argv.slice(2);
const start = performance.now();
const connection = await (await DuckDBInstance.create(":memory:")).connect();
await connection.run(
  `COPY (FROM read_csv(${quoteLiteral(csv)})) TO ${quoteLiteral(parquet)} (FORMAT parquet, COMPRESSION zstd)`,
);
console.log(JSON.stringify({ totalMs: performance.now() - start }));
