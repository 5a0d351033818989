import assert from "node:assert/strict";
import { resolve } from "node:path";
import { test } from "node:test";
import { readConfig } from "../../local/config.ts";

test("without variables there are defaults, and an empty variable is none", () => {
  const { port, dataDir, mongodbUri } = readConfig({ PORT: "", MONGODB_URI: " " });
  assert.deepEqual({ port, dataDir, mongodbUri }, { port: 3000, dataDir: resolve(".quantibi"), mongodbUri: undefined });
});

test("what is set is taken", () => {
  const config = readConfig({
    PORT: "0",
    QUANTIBI_DATA_DIR: "/data",
    MONGODB_URI: "mongodb://localhost/q",
    OPENAI_API_KEY: "k",
    OPENAI_BASE_URL: "http://localhost:11434/v1",
    OPENAI_MODEL: "m",
    CHARTS_PER_MONTH: "7",
  });
  assert.deepEqual(config, {
    port: 0,
    dataDir: "/data",
    mongodbUri: "mongodb://localhost/q",
    openaiApiKey: "k",
    settings: { openaiBaseUrl: "http://localhost:11434/v1", openaiModel: "m", chartsPerMonth: "7" },
  });
});

test("all that is wrong is named at once", () => {
  assert.throws(() => readConfig({ PORT: "70000", MONGODB_URI: "postgres://x", OPENAI_BASE_URL: "nope" }), {
    name: "StartError",
    message: /PORT: .*MONGODB_URI: must start with mongodb.*OPENAI_BASE_URL: /,
  });
});
