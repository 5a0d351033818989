import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { profileTable } from "../../../functions/ingest/profile.ts";

suite("the profile of a table", () => {
  let folder: string;
  let connection: DuckDBConnection;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "profile-"));
    connection = await (await DuckDBInstance.create(":memory:")).connect();
  });
  after(async () => {
    connection.closeSync();
    await rm(folder, { recursive: true });
  });

  /** Profiles by name of column; row groups are small, so that a few thousand rows make several. */
  async function profilesOf(select: string) {
    const path = join(folder, "data.parquet");
    await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 2048)`);
    const { rowCount, columns } = await profileTable([connection], path, () => {});
    return {
      rowCount,
      of: Object.fromEntries(columns.map(({ name, profile }) => [name, profile])),
      roles: Object.fromEntries(columns.map(({ name, role }) => [name, role])),
    };
  }

  test("counts, ranges and frequent values are exact over several row groups", async () => {
    const { rowCount, of } = await profilesOf(
      `SELECT i AS id, CASE WHEN i % 4 > 0 THEN 'p' || (i % 3) END AS few, i % 2 = 0 AS flag,
         CASE WHEN i < 3000 THEN NULL ELSE 'late' END AS late, i / 4 AS quarter FROM range(10000) t(i)`,
    );
    assert.equal(rowCount, 10_000);
    assert.deepEqual(of.few, {
      nullCount: 2500,
      distinctCount: 3,
      min: "p0",
      max: "p2",
      topValues: [0, 1, 2].map((value) => ({ value: `p${value}`, count: 2500 })),
    });
    assert.deepEqual(
      [of.late?.nullCount, of.late?.distinctCount, of.late?.min, of.late?.max],
      [3000, 1, "late", "late"],
    );
    assert.deepEqual([of.flag?.distinctCount, of.flag?.min, of.flag?.max], [2, false, true]);
    assert.deepEqual([of.id?.min, of.id?.max, of.id?.mean], [0, 9999, 4999.5]);
  });

  test("bounds of numbers are right over several row groups, with and without what is no number", async () => {
    const { of } = await profilesOf(
      `SELECT 9 - i AS falling, i / 3.0::DOUBLE AS thirds, i * 1e18::DOUBLE AS huge, i * 900719925474099 AS long,
         CASE WHEN i = 7 THEN 'nan'::DOUBLE ELSE i END AS perhaps, NULL::BIGINT AS none FROM range(10000) t(i)`,
    );
    const bounds = (name: string) => [of[name]?.min, of[name]?.max];
    assert.deepEqual(bounds("falling"), [-9990, 9]);
    assert.deepEqual(bounds("thirds"), [0, 3333]);
    assert.deepEqual(bounds("huge"), [0, 9.999e21]);
    assert.deepEqual(bounds("long"), [0, "9006298534815515901"]);
    assert.equal(of.perhaps?.min, 0);
    assert.deepEqual(bounds("none"), [null, null]);
  });

  test("a column that numbers the rows through is an identifier, one that ranks them is not", async () => {
    const { roles } = await profilesOf(
      "SELECT i + 1 AS respondent, i + 1 AS rank, i % 5 AS stars FROM range(500) t(i)",
    );
    assert.deepEqual(roles, { respondent: "identifier", rank: "measure", stars: "measure" });
  });

  test("text is in the order of its bytes and its first 200 letters are kept, however long it is", async () => {
    const { of } = await profilesOf(
      `SELECT repeat('é', i) AS accents, repeat('😀', 300) || i AS faces, CASE WHEN i < 20 THEN repeat('z', 20000) ELSE 'y' END AS endless,
         ['b', 'B', 'é', ''][1 + i % 4] AS mixed, chr(0) || i AS zero FROM range(1, 5000) t(i)`,
    );
    assert.deepEqual([of.accents?.min, of.accents?.max], ["é", "é".repeat(200)]);
    assert.equal(of.faces?.max, "😀".repeat(200));
    assert.equal(of.endless?.max, "z".repeat(200));
    assert.deepEqual([of.mixed?.min, of.mixed?.max], ["", "é"]);
    assert.equal(of.zero?.min, "\u00001");
  });

  test("a table without rows or values has a profile", async () => {
    const empty = await profilesOf("SELECT 1 AS number, 'x' AS text WHERE false");
    const nothing = { nullCount: 0, distinctCount: 0, min: null, max: null, topValues: [] };
    assert.equal(empty.rowCount, 0);
    assert.deepEqual(empty.of, { number: { ...nothing, mean: null }, text: nothing });
    const nulls = await profilesOf("SELECT NULL::VARCHAR AS text, NULL::BOOLEAN AS flag FROM range(10)");
    assert.deepEqual(nulls.of.text, { ...nothing, nullCount: 10 });
    assert.deepEqual(nulls.of.flag, { ...nothing, nullCount: 10 });
  });

  test("names of columns may hold anything", async () => {
    const { of } = await profilesOf(`SELECT 'a' AS "one, ""two"".three", 'b' AS "one" FROM range(3)`);
    assert.deepEqual([of['one, "two".three']?.max, of.one?.max], ["a", "b"]);
  });

  test("a large table's histograms, quartiles and frequent values are those of all its parts, however it is sorted", async () => {
    const rows = 480_000;
    const { of } = await profilesOf(
      `SELECT i AS id, DATE '2000-01-01' + (i // 480)::INTEGER AS day, 'c' || lpad((i // 100)::VARCHAR, 5, '0') AS customer,
         'k' || (hash(i) % 30000) AS code FROM range(${rows}) t(i)`,
    );
    const near = (found: unknown, expected: number, share: number) =>
      assert.ok(Math.abs(Number(found) - expected) < expected * share, `${found} instead of about ${expected}`);
    for (const { count } of [...(of.id?.histogram ?? []), ...(of.day?.histogram ?? []).slice(0, -1)])
      near(count, rows / 20, 0.15);
    for (const [index, quartile] of (of.id?.quartiles ?? []).entries()) near(quartile, ((index + 1) * rows) / 4, 0.05);
    near(of.customer?.distinctCount, 4_800, 0.05);
    near(of.code?.distinctCount, 30_000, 0.1);
    near(of.id?.distinctCount, rows, 0.01);
    // 4,800 customers of 100 rows each: none is more frequent than the others.
    for (const { count } of of.customer?.topValues ?? []) assert.ok(count < 500, `${count} of 100`);
    assert.deepEqual(of.id?.estimated, ["distinctCount", "quartiles", "histogram"]);
    assert.deepEqual(of.customer?.estimated, ["distinctCount", "topValues"]);
  });

  test("a wide table has exact profiles as a narrow one has", async () => {
    const columns = Array.from({ length: 120 }, (_, index) => `(i + ${index}) % 7 AS c${index}`).join(", ");
    const { of } = await profilesOf(`SELECT ${columns} FROM range(700) t(i)`);
    assert.equal(Object.keys(of).length, 120);
    for (const profile of Object.values(of)) {
      assert.deepEqual(
        [profile.distinctCount, profile.max, profile.histogram?.length, profile.topValues.length],
        [7, 6, 7, 7],
      );
      assert.equal(profile.estimated, undefined);
    }
  });
});
