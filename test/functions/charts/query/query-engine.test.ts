import assert from "node:assert/strict";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { DuckDBInstance } from "@duckdb/node-api";
import { ParquetCache } from "../../../../functions/charts/query/parquet-cache.ts";
import { QueryEngine } from "../../../../functions/charts/query/query-engine.ts";
import { quoteLiteral } from "../../../../functions/shared/engine/engine.ts";
import { PublicError } from "../../../../functions/shared/errors.ts";

const limits = { maxRows: 5_000, maxBytes: 2_000_000 };
const processFile = join(import.meta.dirname, "../../../../functions/charts/query/query-process.ts");

suite("the process that runs SQL", () => {
  let folder: string;
  let engine: QueryEngine;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "engine-"));
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    // Objects, by their keys. The large one has more rows than one thread reads at a time.
    for (const [key, sql] of [
      ["v1", "SELECT 1 AS version"],
      ["v2", "SELECT 2 AS version"],
      ["days", "SELECT DATE '2024-01-01' + range::INT AS day, range AS x FROM range(366)"],
      ["large", "SELECT hash(range) % 20000 AS k, sqrt(range) * 1.1 AS x FROM range(1000000)"],
    ] as const)
      await connection.run(`COPY (${sql}) TO ${quoteLiteral(join(folder, key))} (FORMAT parquet)`);
    const storage = {
      async download(key: string, _eTag: string, path: string, onBytes: (bytes: number) => void = () => {}) {
        onBytes(1000);
        await copyFile(join(folder, key), path);
        return true;
      },
    };
    engine = new QueryEngine({
      cache: new ParquetCache(join(folder, "parquet"), storage, { maxBytes: 1000, maxIdleMs: 3_600_000 }),
      processFile,
      processEnvironment: {},
      memoryMb: 2048,
      spillFolder: join(folder, "spill"),
      maxSpillMb: 128,
      timeoutMs: 20_000,
    });
  });
  after(async () => {
    engine.close();
    await rm(folder, { recursive: true });
  });

  async function rows(key: string, sql: string, timeoutMs?: number) {
    using opened = await engine.open([{ name: "data", parquet: { key, eTag: "1" } }]);
    return (await opened.run(sql, { ...limits, ...(timeoutMs !== undefined && { timeoutMs }) })).result.rows;
  }

  test("tells the value of the period before, also of one that goes on to the end of the data", async () => {
    using opened = await engine.open([{ name: "data", parquet: { key: "days", eTag: "1" } }]);
    const before = async (sql: string) => {
      const found = (await opened.run(sql, limits)).before;
      return found && [found.label, found.value];
    };
    const december = "day >= DATE '2024-12-01'";
    assert.deepEqual(await before(`SELECT min(x) FROM data WHERE ${december} AND day < DATE '2025-01-01'`), [
      "Nov 2024",
      305,
    ]);
    assert.deepEqual(await before(`SELECT min(x) FROM data WHERE ${december}`), ["Nov 2024", 305]);
    assert.deepEqual(
      await before(
        `SELECT max(x) AS m FROM data d WHERE d.${december} GROUP BY day HAVING m > 3 ORDER BY m DESC LIMIT 1`,
      ),
      ["Nov 2024", 334],
    );
    assert.deepEqual(await before(`WITH t AS (SELECT * FROM data) SELECT min(x) FROM t WHERE ${december}`), [
      "Nov 2024",
      305,
    ]);
    assert.equal(await before("SELECT day AS d FROM data WHERE d >= DATE '2024-12-31'"), undefined);
  });

  test("gives the same rows in the same order to the last digit each time, ties and sums of fractions included", async () => {
    for (const sql of [
      "SELECT k, count(*) AS n FROM data GROUP BY k ORDER BY n DESC LIMIT 30",
      "SELECT k % 7 AS g, sum(x), avg(x), stddev(x) FROM data GROUP BY g",
      "SELECT k, x FROM data WHERE k < 100 ORDER BY k LIMIT 200",
      "SELECT k, sum(x) OVER (PARTITION BY k % 3 ORDER BY k) AS s FROM data LIMIT 100",
    ]) {
      const first = await rows("large", sql);
      for (let again = 0; again < 3; again += 1) assert.deepEqual(await rows("large", sql), first, sql);
    }
  });

  test("keeps a version for those who have opened it while the next one is read", async () => {
    using old = await engine.open([{ name: "data", parquet: { key: "v1", eTag: "1" } }]);
    assert.deepEqual(await rows("v2", "SELECT version FROM data"), [[2]]);
    assert.deepEqual((await old.run("SELECT version FROM data", limits)).result.rows, [[1]]);
    assert.deepEqual(await rows("v1", "SELECT version FROM data"), [[1]]);
  });

  test("answers requests that come together, whatever becomes of one of them", async () => {
    const [slow, ...others] = await Promise.allSettled([
      rows("v1", "SELECT count(*) FROM range(1000000) a, range(1000000) b", 300),
      rows("v1", "SELECT version FROM data"),
      rows("v1", "SELECT nope FROM data"),
      rows("v2", "SELECT version FROM data"),
    ]);
    assert.ok(slow.status === "rejected" && slow.reason instanceof PublicError && slow.reason.kind === "query-limit");
    assert.match(slow.reason.message, /stopped after 0.3 seconds/);
    assert.deepEqual(
      others.map((one) => (one.status === "fulfilled" ? one.value : one.reason.kind)),
      [[[1]], "sql-error", [[2]]],
    );
  });

  test("is another after a query that broke it, and says that it was the query", async () => {
    const nested = "SELECT json_structure(repeat('[', 1000000) || repeat(']', 1000000)) AS j";
    await assert.rejects(rows("v1", nested), { kind: "query-limit", message: /could not cope/ });
    assert.deepEqual(await rows("v1", "SELECT version FROM data"), [[1]]);
  });

  for (const [what, sql] of [
    ["a long sum", `SELECT ${"1+".repeat(9_990)}1`],
    ["lists in lists", `SELECT ${"[".repeat(9_000)}1${"]".repeat(9_000)}`],
    ["queries in queries", `SELECT ${"(SELECT ".repeat(2_000)}1${")".repeat(2_000)}`],
    ["a cube of 24 columns", `SELECT count(*) FROM data GROUP BY CUBE(${Array(24).fill("version").join(", ")})`],
  ] as const) {
    test(`refuses ${what} without harm`, async () => {
      await assert.rejects(rows("v1", sql), { kind: "sql-error" });
    });
  }

  for (const [what, sql] of [
    ["a wide result", `SELECT ${"*,".repeat(4_000)}* FROM data`],
    ["a wide format", "SELECT printf('%1000000000d', 1)"],
    ["long lists", "SELECT range(1000000000)"],
    [
      "text that doubles",
      "WITH RECURSIVE t(s) AS (SELECT 'a' UNION ALL SELECT s || s FROM t) SELECT max(length(s)) FROM t",
    ],
    ["lists of texts", "SELECT list_transform(range(100000), lambda x: repeat('x', 100000))"],
  ] as const) {
    test(`ends ${what} and goes on`, async () => {
      await assert.rejects(rows("v1", sql, 5_000), { kind: "query-limit" });
      assert.deepEqual(await rows("v1", "SELECT version FROM data"), [[1]]);
    });
  }
});
