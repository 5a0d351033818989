import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { DuckDBInstance } from "@duckdb/node-api";
import { readUpload } from "../read-upload.ts";
import { refused } from "../refused.ts";

let file: Buffer;

before(async () => {
  const folder = await mkdtemp(join(tmpdir(), "parquet-test-"));
  after(() => rm(folder, { recursive: true }));
  const path = join(folder, "orders.parquet");
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(
    `COPY (SELECT i AS id, DATE '2024-01-31' AS day, 1.25::DECIMAL(9,2) AS price, {'city': 'Bonn', 'geo': {'lat': i}} AS place,
       [i, 2] AS list, 'text'::BLOB AS raw, CASE WHEN i = 1 THEN 'x' ELSE '7' END AS code, i AS "ID" FROM range(3) AS t(i)) TO '${path}' (FORMAT parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
  file = await readFile(path);
});

test("types stay as they are, nested values are flattened one level or become JSON", async () => {
  const { format, types, rows } = await readUpload(file);
  assert.equal(format, "parquet");
  assert.deepEqual(types, {
    id: "BIGINT",
    day: "DATE",
    price: "DECIMAL(9,2)",
    "place.city": "VARCHAR",
    "place.geo": "VARCHAR",
    list: "VARCHAR",
    raw: "VARCHAR",
    code: "VARCHAR",
    ID_1: "BIGINT",
  });
  assert.deepEqual(rows[1], [1, "2024-01-31", 1.25, "Bonn", '{"lat":1}', "[1,2]", "text", "x", 1]);
});

test("where a person chose another type, cells that do not fit are rejects", async () => {
  const { types, rows, rejects } = await readUpload(file, { chosen: { code: "BIGINT" } });
  assert.equal(types.code, "BIGINT");
  assert.deepEqual(
    rows.map((row) => row[7]),
    [7, null, 7],
  );
  assert.deepEqual(
    rejects.map(({ row, column, value }) => [row, column, value]),
    [[2, "code", "x"]],
  );
});

test("a file that was cut off or damaged is refused", async () => {
  await assert.rejects(readUpload(file.subarray(0, file.length - 50)), refused("damaged-parquet"));
  const damaged = Buffer.from(file);
  damaged.fill(0xff, 8, 200);
  await assert.rejects(readUpload(damaged), refused("damaged-parquet"));
  const footer = Buffer.from(file);
  footer.fill(0x7f, file.length - 300, file.length - 200);
  await assert.rejects(readUpload(footer), refused("damaged-parquet"));
});
