import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DuckDBInstance } from "@duckdb/node-api";
import { doubtfulCells } from "../../../functions/ingest/types/doubtful-cells.ts";

describe("cells that a cast would read otherwise than they stand there", () => {
  const letters = ["0", "1", "9", ".", "_", "e", "x", "b", "f", "-", "+", " "];
  const alphabet = `unnest([${letters.map((letter) => `'${letter}'`).join(", ")}])`;
  const longer = [
    "0xfffff",
    "0xffffff",
    "0b111111111",
    "1234567890123456",
    "99999.6",
    "123e2",
    "1e15",
    "12_345",
    "-05",
    "- 5",
  ];

  it("are found among all texts of up to five of the letters that numbers are written with", async () => {
    const doubtful = doubtfulCells.BIGINT?.("text", "value") ?? "false";
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    const result = await connection.runAndReadAll(
      `WITH one AS (SELECT ${alphabet} AS letter),
         texts AS (SELECT a.letter || b.letter || c.letter || d.letter || e.letter AS text FROM one a, one b, one c, one d, one e
           UNION ALL SELECT a.letter || b.letter || c.letter || d.letter FROM one a, one b, one c, one d
           UNION ALL SELECT a.letter || b.letter || c.letter FROM one a, one b, one c
           UNION ALL SELECT a.letter || b.letter FROM one a, one b
           UNION ALL SELECT letter FROM one
           UNION ALL SELECT unnest([${longer.map((text) => `'${text}'`).join(", ")}])),
         cells AS (SELECT text, TRY_CAST(text AS BIGINT) AS value FROM texts)
       SELECT text, value::VARCHAR AS value, regexp_full_match(text, '-?[1-9][0-9]{0,14}|0') AS plain, ${doubtful} AS doubtful
       FROM cells WHERE value IS NOT NULL`,
    );
    const cells = result.getRowObjectsJson();
    assert.ok(cells.length > 5_000, String(cells.length));
    assert.ok(cells.filter(({ plain }) => plain === true).length > 200);
    assert.deepEqual(
      cells.filter(({ plain, doubtful }) => plain === doubtful),
      [],
    );
    connection.closeSync();
    instance.closeSync();
  });
});
