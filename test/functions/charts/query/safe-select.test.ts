import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { DuckDBInstance } from "@duckdb/node-api";
import { assertSafe } from "../../../../functions/charts/query/safe-select.ts";
import { parseSelect } from "../../../../functions/charts/query/select-tree.ts";
import { quoteIdentifier } from "../../../../functions/shared/engine/engine.ts";
import { SqlError, UnsafeSql } from "../../../../functions/shared/errors.ts";

async function functionsWhere(condition: string): Promise<string[]> {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const rows = await connection.runAndReadAll(
    `SELECT DISTINCT function_name FROM duckdb_functions() WHERE ${condition} ORDER BY 1`,
  );
  connection.closeSync();
  return rows.getRows().map(([name]) => String(name));
}

async function isAllowed(sql: string): Promise<boolean> {
  try {
    assertSafe(await parseSelect(sql));
    return true;
  } catch (error) {
    if (error instanceof UnsafeSql) return false;
    throw error;
  }
}

// Whoever brings another DuckDB sees here what it brings.
suite("of DuckDB's functions", () => {
  test("those in FROM that only make rows are allowed, and no other", async () => {
    const names = await functionsWhere("function_type IN ('table', 'table_macro', 'pragma')");
    assert.ok(names.length > 100);
    const allowed: string[] = [];
    for (const name of names) if (await isAllowed(`SELECT * FROM ${quoteIdentifier(name)}('x')`)) allowed.push(name);
    assert.deepEqual(allowed, ["generate_series", "json_each", "json_tree", "range", "repeat_row", "unnest"]);
  });

  test("those with an effect are refused, but for chance", async () => {
    const allowed: string[] = [];
    for (const name of await functionsWhere("function_type = 'scalar' AND has_side_effects"))
      if (await isAllowed(`SELECT ${quoteIdentifier(name)}('x')`)) allowed.push(name);
    assert.deepEqual(allowed, ["error", "gen_random_uuid", "random", "uuid", "uuidv4", "uuidv7"]);
  });

  test("those that tell of the engine are refused wherever they stand and however they are written", async () => {
    for (const call of [
      "getenv('HOME')",
      "main.\"GETENV\"('HOME')",
      "current_setting('x')",
      "version()",
      "sleep_ms(1)",
    ]) {
      for (const sql of [
        `SELECT ${call}`,
        `SELECT 1 FROM data ORDER BY ${call}`,
        `SELECT count(*) FILTER (WHERE ${call} IS NULL) FROM data`,
        `SELECT sum(n) OVER (PARTITION BY ${call}) FROM data`,
        `SELECT list_transform([1], lambda x: ${call}) FROM data`,
        `SELECT * REPLACE (${call} AS n) FROM data`,
        `SELECT 1 FROM data LIMIT (SELECT ${call})`,
        `WITH t AS (SELECT ${call}) SELECT * FROM t`,
      ])
        assert.equal(await isAllowed(sql), false, sql);
    }
  });

  test("SQL with a character of code 0, at which DuckDB would stop reading, is none", async () => {
    await assert.rejects(parseSelect("SELECT 1\0; DROP VIEW data"), SqlError);
  });
});
