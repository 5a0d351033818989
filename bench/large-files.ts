import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { inFreshProcess } from "./in-fresh-process.ts";
import { writeSampleCsv } from "./sample-data.ts";
import { median } from "./statistics.ts";

/**
 * Reading CSV files by size: what ingest does with a file once it has it, against DuckDB alone, in time by the clock, time of the
 * processors and peak memory. Each run has a process of its own, and both take turns, so that a machine that slows down slows
 * both; on a shared machine the time of the processors is the one to compare.
 *
 *     node bench/large-files.ts [MB …] [--rounds=5]
 */
const rounds = Number(process.argv.find((one) => one.startsWith("--rounds="))?.slice(9) ?? 5);
const given = process.argv.slice(2).filter((one) => !one.startsWith("--"));
const sizes = given.length > 0 ? given.map(Number) : [10, 100, 1000];
const memoryMb = 3008;
const run = z.object({ totalMs: z.number(), cpuMs: z.number(), peakMb: z.number() });
type Run = z.infer<typeof run>;

const folder = await mkdtemp(join(tmpdir(), "bench-large-"));
try {
  const table: Record<string, string>[] = [];
  for (const size of sizes) {
    const csv = join(folder, "orders.csv");
    await writeSampleCsv(csv, size * 1_000_000);
    const duckdb: Run[] = [];
    const ingest: Run[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const yardstick = [csv, join(folder, "yardstick.parquet")];
      duckdb.push(await inFreshProcess(new URL("convert-with-duckdb.ts", import.meta.url), yardstick, run));
      ingest.push(
        await inFreshProcess(new URL("convert-with-ingest.ts", import.meta.url), [csv, String(memoryMb)], run),
      );
    }
    const ratio = (part: keyof Run) =>
      median(ingest.map((one, index) => one[part] / (duckdb[index]?.[part] ?? Number.NaN))).toFixed(2);
    const written = (runs: Run[], part: keyof Run, unit: string) =>
      `${Math.round(median(runs.map((one) => one[part]))).toLocaleString("en")} ${unit}`;
    table.push({
      file: `${size} MB`,
      "ingest / DuckDB": `${written(ingest, "totalMs", "ms")} / ${written(duckdb, "totalMs", "ms")}`,
      ratio: `${ratio("totalMs")}×`,
      processors: `${written(ingest, "cpuMs", "ms")} / ${written(duckdb, "cpuMs", "ms")}`,
      "ratio of processors": `${ratio("cpuMs")}×`,
      "peak memory": `${written(ingest, "peakMb", "MB")} / ${written(duckdb, "peakMb", "MB")}`,
    });
    await rm(csv);
  }
  console.table(table);
} finally {
  await rm(folder, { recursive: true, force: true });
}
