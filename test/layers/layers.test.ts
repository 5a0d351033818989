import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

async function versionIn(packageJson: string, name: string): Promise<unknown> {
  const { dependencies } = JSON.parse(await readFile(new URL(packageJson, import.meta.url), "utf8"));
  return dependencies[name];
}

for (const [layer, name] of [
  ["duckdb", "@duckdb/node-api"],
  ["canvas", "@napi-rs/canvas"],
] as const) {
  test(`the layer holds the ${name} that functions are typed and tested against`, async () => {
    const layered = await versionIn(`../../layers/${layer}/package.json`, name);
    assert.ok(layered);
    assert.equal(layered, await versionIn("../../package.json", name));
  });
}
