import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { Product } from "./product.ts";
import { writeSampleCsv } from "./sample-data.ts";
import { median } from "./statistics.ts";

/**
 * A report of ten charts over HTTP, as a person waits for it: cold, with the first report of a new worker, and warm. The
 * steps are the worker's own account. Run it with `node bench/reports.ts`.
 */
const goalMs = 3_000;
const rounds = 7;
const sampleBytes = 20_000_000;

const queries = [
  "SELECT region, sum(amount) AS total_amount FROM data GROUP BY ALL ORDER BY 2 DESC",
  "SELECT product, sum(amount) AS total_amount FROM data GROUP BY ALL ORDER BY 2 DESC",
  "SELECT date_trunc('month', order_date)::DATE AS month, sum(amount) AS total_amount FROM data GROUP BY ALL ORDER BY 1",
  "SELECT date_trunc('month', order_date)::DATE AS month, avg(amount) AS average_amount FROM data GROUP BY ALL ORDER BY 1",
  "SELECT date_trunc('month', order_date)::DATE AS month, region, count(*) AS orders FROM data GROUP BY ALL ORDER BY 1, 2",
  "SELECT quantity, count(*) AS orders FROM data GROUP BY ALL ORDER BY 1",
  "SELECT region, product, sum(quantity) AS units FROM data GROUP BY ALL ORDER BY 1, 2",
  "SELECT amount, quantity FROM data WHERE amount IS NOT NULL ORDER BY order_id LIMIT 500",
  "SELECT sum(amount) AS total_amount FROM data",
  "SELECT order_id, order_date, region, product, amount FROM data ORDER BY amount DESC NULLS LAST LIMIT 50",
];

const account = z.object({
  cold_start: z.boolean(),
  peakMemoryMb: z.number().optional(),
  timings: z.record(z.string(), z.number()),
});

const dataDir = await mkdtemp(join(tmpdir(), "quantibi-bench-reports-"));
const product = await Product.start(dataDir);
try {
  const sample = await writeSampleCsv(join(dataDir, "orders.csv"), sampleBytes);
  const { dataset } = await product.ingest(sample.path);
  const ids: string[] = [];
  for (const sql of queries) ids.push((await product.chartFromSql(dataset.id, sql)).chart.id);
  const cold = await product.report("Orders", ids);
  // Several workers may start before one is asked twice.
  for (let round = 0; round < 3; round += 1) await product.report("Orders", ids);
  const warm: number[] = [];
  for (let round = 0; round < rounds; round += 1) warm.push((await product.report("Orders", ids)).ms);
  const accounts = await workersAccounts(join(dataDir, "logs", "quantibi.log"));
  const [first] = accounts;
  const warmSteps = accounts.filter(({ cold_start }) => !cold_start).slice(-rounds);
  const step = (name: string) => Math.round(median(warmSteps.map(({ timings }) => timings[name] ?? 0)));
  const names = ["sectionsMs", "htmlMs", "browserMs", "drawMs", "pdfMs", "storeMs"];
  console.log(`Ten charts of ${dataset.rowCount} rows: ${cold.report.pageCount} pages, ${cold.report.pdfBytes} bytes`);
  console.log(
    `cold  ${Math.round(cold.ms)} ms  (${names.map((name) => `${name} ${first?.timings[name]}`).join(", ")})`,
  );
  console.log(
    `warm  ${Math.round(median(warm))} ms, median of ${rounds}  (${names.map((name) => `${name} ${step(name)}`).join(", ")})`,
  );
  console.log(
    `peak memory of the worker, its DuckDB and its Chromium: ${Math.max(...accounts.map(({ peakMemoryMb = 0 }) => peakMemoryMb))} MB`,
  );
  if (median(warm) > goalMs) {
    console.log(`The goal is ${goalMs} ms`);
    process.exitCode = 1;
  }
} finally {
  await product.stop();
  await rm(dataDir, { recursive: true, force: true });
}

async function workersAccounts(logFile: string): Promise<z.infer<typeof account>[]> {
  const lines = (await readFile(logFile, "utf8")).split("\n").filter((line) => line.includes('"Made a report"'));
  return lines.map((line) => account.parse(JSON.parse(line.slice(line.indexOf("{")))));
}
