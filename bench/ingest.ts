import { stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { inFreshProcess } from "./in-fresh-process.ts";
import type { Ingested, Product } from "./product.ts";
import type { Measurement } from "./report.ts";
import { median } from "./statistics.ts";

const total = z.object({ totalMs: z.number() });
const parts = total.extend({ openMs: z.number(), detectMs: z.number(), convertMs: z.number(), profileMs: z.number() });

/** Times the yardstick, for files that are large enough for it to matter. */
const goal = 1.3;
const goalFromBytes = 100_000_000;

/**
 * What every upload costs whatever its size: a file of one row, from its first byte to its dataset being ready, in a function
 * that is warm.
 */
export async function measureFixedCost(product: Product, csv: string, rounds: number) {
  await product.ingest(csv);
  const runs: Ingested[] = [];
  for (let round = 0; round < rounds; round += 1) runs.push(await product.ingest(csv));
  const of = (part: "uploadMs" | "waitMs" | "workMs" | "totalMs") => median(runs.map((run) => run[part]));
  const fixedMs = of("totalMs");
  const measurements: Measurement[] = [
    { name: "one row: upload to ready", value: fixedMs, unit: "ms" },
    { name: "of it: upload", value: of("uploadMs"), unit: "ms" },
    { name: "of it: event and queue", value: of("waitMs"), unit: "ms" },
    { name: "of it: function", value: of("workMs"), unit: "ms" },
  ];
  return { fixedMs, measurements };
}

export interface IngestOptions {
  product: Product;
  csv: string;
  label: string;
  fixedMs: number;
  /** What the ingest function has. */
  memoryMb: number;
  folder: string;
  rounds: number;
}

/** Ingest of a file against DuckDB alone, which converts the same file in a fresh process each time. */
export async function measureIngest({ product, csv, label, fixedMs, memoryMb, folder, rounds }: IngestOptions) {
  const convertWithDuckDb = new URL("convert-with-duckdb.ts", import.meta.url);
  const convertWithIngest = new URL("convert-with-ingest.ts", import.meta.url);
  const raw: number[] = [];
  const inProcess: z.infer<typeof parts>[] = [];
  const runs: Ingested[] = [];
  for (let round = 0; round < rounds; round += 1) {
    raw.push((await inFreshProcess(convertWithDuckDb, [csv, join(folder, "yardstick.parquet")], total)).totalMs);
    runs.push(await product.ingest(csv));
    inProcess.push(await inFreshProcess(convertWithIngest, [csv, String(memoryMb)], parts));
  }
  const [last] = runs.slice(-1);
  if (last === undefined) throw new Error("There was no round");
  const of = (part: "uploadMs" | "waitMs" | "workMs" | "totalMs") => median(runs.map((run) => run[part]));
  const inside = (part: keyof z.infer<typeof parts>) => median(inProcess.map((run) => run[part]));
  const yardstick = median(raw);
  const { size } = await stat(csv);
  const reading = inside("totalMs") / yardstick;
  const measurements: Measurement[] = [
    {
      ...compared(`${label}: reading, both in a fresh process`, inside("totalMs"), yardstick),
      ...(size >= goalFromBytes * 0.9 && { goal: `≤ ${goal}×`, met: reading <= goal }),
    },
    { name: "of it: open DuckDB", value: inside("openMs"), unit: "ms" },
    { name: "of it: detect", value: inside("detectMs"), unit: "ms" },
    { name: "of it: convert", value: inside("convertMs"), unit: "ms" },
    { name: "of it: profile", value: inside("profileMs"), unit: "ms" },
    compared(`${label}: upload to ready`, of("totalMs"), yardstick),
    compared("less the fixed cost", of("totalMs") - fixedMs, yardstick),
    { name: "of it: upload", value: of("uploadMs"), unit: "ms" },
    { name: "of it: event and queue", value: of("waitMs"), unit: "ms" },
    { name: "of it: function", value: of("workMs"), unit: "ms" },
    {
      name: "of it: not reading (download, store, database)",
      value: Math.max(0, of("workMs") - inside("totalMs")),
      unit: "ms",
    },
  ];
  return { measurements, ingested: last };
}

function compared(name: string, value: number, yardstick: number): Measurement {
  return { name, value, unit: "ms", yardstick, ratio: `${(value / yardstick).toFixed(2)}×` };
}
