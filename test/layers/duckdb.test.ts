import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

async function duckDbVersion(packageJson: string): Promise<unknown> {
  const { dependencies } = JSON.parse(await readFile(new URL(packageJson, import.meta.url), "utf8"));
  return dependencies["@duckdb/node-api"];
}

test("the layer holds the DuckDB that functions are typed and tested against", async () => {
  assert.equal(await duckDbVersion("../../layers/duckdb/package.json"), await duckDbVersion("../../package.json"));
});
