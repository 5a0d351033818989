import { DuckDBInstance } from "@duckdb/node-api";
import { quoteLiteral } from "../functions/shared/engine/engine.ts";

/**
 * The yardstick of ingest: CSV to Parquet as anyone would do it with DuckDB alone. Prints the milliseconds from opening
 * DuckDB to the finished file, by the clock and of the processors, and the peak of the process's memory; the start of Node.js
 * does not count as time.
 *
 *     node bench/convert-with-duckdb.ts <csv> <parquet>
 */
const [csv = "", parquet = ""] = process.argv.slice(2);
const start = performance.now();
const cpu = process.cpuUsage();
const connection = await (await DuckDBInstance.create(":memory:")).connect();
await connection.run(
  `COPY (FROM read_csv(${quoteLiteral(csv)})) TO ${quoteLiteral(parquet)} (FORMAT parquet, COMPRESSION zstd)`,
);
const { user, system } = process.cpuUsage(cpu);
const peakMb = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ totalMs: performance.now() - start, cpuMs: (user + system) / 1000, peakMb }));
