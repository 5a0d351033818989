import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, mock, suite, test } from "node:test";
import { ParquetCache } from "../../../../functions/charts/query/parquet-cache.ts";
import { Conflict } from "../../../../functions/shared/errors.ts";

suite("local copies of Parquet", () => {
  let folder: string;
  let downloads: string[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "cache-"));
    downloads = [];
  });
  afterEach(async () => {
    mock.timers.reset();
    await rm(folder, { recursive: true });
  });

  /** Objects are of 100 bytes, unless there are none. */
  const storage = {
    async download(key: string, eTag: string, path: string, onBytes: (bytes: number) => void = () => {}) {
      downloads.push(`${key} ${eTag}`);
      await writeFile(path, "x".repeat(50));
      onBytes(50);
      if (key === "gone") return false;
      if (key === "broken") throw new Error("The line is cut");
      await writeFile(path, "x".repeat(100));
      onBytes(50);
      return true;
    },
  };

  function cache({ maxBytes = 1000, maxIdleMs = 3_600_000 } = {}): ParquetCache {
    return new ParquetCache(join(folder, "parquet"), storage, { maxBytes, maxIdleMs });
  }
  const files = () => readdirSync(join(folder, "parquet"));

  test("requests at the same time share one", async () => {
    const copies = cache();
    const leases = await Promise.all([1, 2, 3].map(() => copies.fetch({ key: "a", eTag: "1" })));
    assert.equal(new Set(leases.map(({ path }) => path)).size, 1);
    assert.deepEqual(downloads, ["a 1"]);
  });

  test("a new version is another, and the old one stays for whoever still reads it", async () => {
    const copies = cache({ maxBytes: 100 });
    const old = await copies.fetch({ key: "v1", eTag: "1" });
    const next = await copies.fetch({ key: "v2", eTag: "2" });
    assert.deepEqual(await copies.evict(), []);
    assert.ok(existsSync(old.path) && existsSync(next.path));
    old.release();
    assert.deepEqual(await copies.evict(), [old.path]);
    assert.ok(!existsSync(old.path) && existsSync(next.path));
  });

  test("what was used longest ago goes first when they outgrow the budget", async () => {
    const copies = cache({ maxBytes: 250 });
    const paths: Record<string, string> = {};
    for (const key of ["a", "b", "a", "c"]) {
      const lease = await copies.fetch({ key, eTag: "1" });
      paths[key] = lease.path;
      lease.release();
    }
    assert.deepEqual(await copies.evict(), [paths.b]);
    assert.deepEqual(downloads, ["a 1", "b 1", "c 1"]);
    const again = await copies.fetch({ key: "b", eTag: "1" });
    assert.notEqual(again.path, paths.b);
    assert.ok(existsSync(again.path));
  });

  test("nothing stays unused for longer than an hour", async () => {
    mock.timers.enable({ apis: ["Date"], now: 0 });
    const copies = cache();
    const held = await copies.fetch({ key: "held", eTag: "1" });
    (await copies.fetch({ key: "idle", eTag: "1" })).release();
    mock.timers.tick(3_599_000);
    assert.deepEqual(await copies.evict(), []);
    mock.timers.tick(2_000);
    assert.equal((await copies.evict()).length, 1);
    assert.ok(existsSync(held.path));
    held.release();
    mock.timers.tick(3_601_000);
    assert.deepEqual(await copies.evict(), [held.path]);
    assert.deepEqual(files(), []);
  });

  test("what can't be fetched leaves nothing behind and is asked for again", async () => {
    const copies = cache();
    await assert.rejects(copies.fetch({ key: "gone", eTag: "1" }), Conflict);
    for (const attempt of [1, 2]) {
      await assert.rejects(copies.fetch({ key: "broken", eTag: "1" }), /line is cut/, String(attempt));
    }
    assert.deepEqual(files(), []);
    assert.deepEqual(await copies.evict(), []);
    assert.deepEqual(downloads, ["gone 1", "broken 1", "broken 1"]);
  });

  test("what a process that died has left is gone", () => {
    mkdirSync(join(folder, "parquet"));
    writeFileSync(join(folder, "parquet", "7.parquet"), "left");
    cache();
    assert.ok(!existsSync(join(folder, "parquet", "7.parquet")));
  });
});
