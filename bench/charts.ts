import assert from "node:assert/strict";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { Dataset } from "../contract/index.ts";
import { quoteLiteral } from "../functions/shared/engine/engine.ts";
import { toCell } from "../functions/shared/engine/json-values.ts";
import { parquetKey } from "../functions/shared/object-keys.ts";
import { account } from "../local/account.ts";
import type { Ingested, Product } from "./product.ts";
import type { Measurement } from "./report.ts";
import { alternate, median, quantile, timed } from "./statistics.ts";

/** Questions of three weights, as SQL. All have an order, so that answers can be compared. */
const queries = {
  "sum by region": "SELECT region, sum(quantity) AS units FROM data GROUP BY region ORDER BY region",
  "average by month, filtered":
    "SELECT date_trunc('month', order_date) AS month, round(avg(amount), 6) AS average FROM data WHERE region = 'North' GROUP BY ALL ORDER BY month",
  "ten largest postcodes":
    "SELECT postcode, count(*) AS orders FROM data GROUP BY postcode ORDER BY orders DESC, postcode LIMIT 10",
};
const [firstQuery] = Object.values(queries);

const goals = { overheadMs: 15, speedup: 20 };

/** A warm chart over HTTP against the same SQL in one open DuckDB connection on the same Parquet file. */
export async function measureWarmCharts(
  product: Product,
  { dataset, storageUrl }: Ingested,
  folder: string,
  rounds: number,
) {
  const parquet = join(folder, "charts.parquet");
  const { workspaceId, id: datasetId, version } = dataset;
  await download(storageUrl, dataset, parquetKey({ workspaceId, datasetId, version }), parquet);
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(`CREATE VIEW data AS FROM read_parquet(${quoteLiteral(parquet)})`);
  const measurements: Measurement[] = [];
  for (const [name, sql] of Object.entries(queries)) {
    const inside: number[] = [];
    assert.deepEqual((await product.chartFromSql(datasetId, sql)).chart.result.rows, await rowsOf(connection, sql));
    const { chart, raw } = await alternate(
      {
        chart: async () => {
          const made = await product.chartFromSql(datasetId, sql);
          inside.push(made.chart.receipt.timings.queryMs);
          return made.ms;
        },
        raw: async () => (await timed(() => rowsOf(connection, sql))).ms,
      },
      { rounds, warmUp: 10 },
    );
    const more = median(chart) - median(raw);
    measurements.push(
      {
        name,
        value: median(chart),
        unit: "ms",
        p95: quantile(chart, 0.95),
        yardstick: median(raw),
        ratio: `+${more.toFixed(1)} ms`,
        goal: `≤ +${goals.overheadMs} ms`,
        met: more <= goals.overheadMs,
      },
      { name: "of it: query, by the receipt", value: median(inside.slice(10)), unit: "ms" },
    );
  }
  connection.closeSync();
  return measurements;
}

/** A warm chart over HTTP against fetching the CSV from object storage and reading it, for each request. */
export async function measureNaive(
  product: Product,
  { dataset, storageUrl }: Ingested,
  folder: string,
  rounds: number,
) {
  if (firstQuery === undefined) throw new Error("There is no query");
  const sql = firstQuery;
  const { chart, naive } = await alternate(
    {
      chart: async () => (await product.chartFromSql(dataset.id, sql)).ms,
      naive: async () => (await timed(() => downloadAndParse(storageUrl, dataset, sql, join(folder, "naive.csv")))).ms,
    },
    { rounds, warmUp: 1 },
  );
  const speedup = median(naive) / median(chart);
  const measurement: Measurement = {
    name: "sum by region, against download and parse",
    value: median(chart),
    unit: "ms",
    yardstick: median(naive),
    ratio: `${speedup.toFixed(0)}× faster`,
    goal: `≥ ${goals.speedup}×`,
    met: speedup >= goals.speedup,
  };
  return [measurement];
}

/** The first chart of a new function instance: QuantiBI is started again for each, and signing in has warmed the API. */
export async function measureColdStart(restart: () => Promise<Product>, dataset: Dataset, rounds: number) {
  if (firstQuery === undefined) throw new Error("There is no query");
  const first: number[] = [];
  const inside: { fetchMs: number; totalMs: number }[] = [];
  const second: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const product = await restart();
    const { ms, chart } = await product.chartFromSql(dataset.id, firstQuery);
    first.push(ms);
    inside.push(chart.receipt.timings);
    second.push((await product.chartFromSql(dataset.id, firstQuery)).ms);
    await product.stop();
  }
  const measurements: Measurement[] = [
    { name: "first chart of a new instance", value: median(first), unit: "ms", p95: quantile(first, 0.95) },
    { name: "of it: fetch Parquet, open DuckDB", value: median(inside.map(({ fetchMs }) => fetchMs)), unit: "ms" },
    {
      name: "of it: process, modules, database, HTTP",
      value: median(first.map((ms, index) => ms - (inside[index]?.totalMs ?? 0))),
      unit: "ms",
    },
    { name: "second chart", value: median(second), unit: "ms" },
  ];
  return measurements;
}

async function rowsOf(connection: DuckDBConnection, sql: string) {
  return (await connection.runAndReadAll(sql)).getRows().map((row) => row.map(toCell));
}

async function downloadAndParse(storageUrl: string, dataset: Dataset, sql: string, path: string): Promise<void> {
  await download(storageUrl, dataset, dataset.s3Key, path);
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(`CREATE VIEW data AS FROM read_csv(${quoteLiteral(path)})`);
  await rowsOf(connection, sql);
  connection.closeSync();
  instance.closeSync();
  await rm(path);
}

async function download(storageUrl: string, { s3Bucket }: Dataset, key: string, path: string): Promise<void> {
  const { region, credentials } = account;
  const client = new S3Client({ endpoint: storageUrl, region, credentials, forcePathStyle: true });
  const { Body } = await client.send(new GetObjectCommand({ Bucket: s3Bucket, Key: key }));
  if (!(Body instanceof Readable)) throw new Error("Object storage answered without a body");
  await pipeline(Body, createWriteStream(path));
  client.destroy();
}
