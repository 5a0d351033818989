import assert from "node:assert/strict";
import { test } from "node:test";
import { receiptFacts } from "../../web/src/charts/receipt-text.ts";
import { ingestSteps } from "../../web/src/datasets/ingest-steps.ts";
import {
  datasetPath,
  newReportPath,
  parseRoute,
  reportPath,
  reportsPath,
  schedulePath,
  usagePath,
} from "../../web/src/routing/routes.ts";
import { parseSession } from "../../web/src/session/session.ts";
import { storageRefusal } from "../../web/src/uploads/storage-refusal.ts";

const id = "0123456789abcdef01234567";

test("addresses lead to pages, and unknown ones nowhere", () => {
  assert.deepEqual(parseRoute("/"), { page: "home" });
  assert.deepEqual(parseRoute(datasetPath(id)), { page: "dataset", datasetId: id });
  assert.deepEqual(parseRoute(reportsPath), { page: "reports" });
  assert.deepEqual(parseRoute(newReportPath), { page: "new-report" });
  assert.deepEqual(parseRoute(reportPath(id)), { page: "report", reportId: id });
  assert.deepEqual(parseRoute(schedulePath(id)), { page: "report-schedule", scheduleId: id });
  assert.deepEqual(parseRoute(usagePath), { page: "usage" });
  assert.deepEqual(parseRoute("/reports/everything"), { page: "unknown" });
  assert.deepEqual(parseRoute("/d/../etc"), { page: "unknown" });
  assert.deepEqual(parseRoute("/d/"), { page: "unknown" });
});

test("a stored session counts until it expires, and only when it is one", () => {
  const session = { accessToken: "t", email: "ada@example.com", expiresAt: 2000 };
  assert.deepEqual(parseSession(JSON.stringify(session), 1000), session);
  assert.equal(parseSession(JSON.stringify(session), 2000), null);
  assert.equal(parseSession("{", 1000), null);
  assert.equal(parseSession('{"accessToken":""}', 1000), null);
  assert.equal(parseSession(null, 1000), null);
});

test("the way of a file is told by the step it is at", () => {
  const states = (steps: { state: string }[]) => steps.map(({ state }) => state).join(" ");
  const sending = ingestSteps({ status: "awaiting-upload", progress: null }, 0.4);
  assert.equal(sending.fraction, 0.4);
  assert.equal(states(sending.steps), "current ahead ahead ahead ahead");
  const waiting = ingestSteps({ status: "awaiting-upload", progress: null }, null);
  assert.equal(waiting.fraction, 0);
  assert.equal(states(waiting.steps), "done current ahead ahead ahead");
  const converting = ingestSteps({ status: "ingesting", progress: { stage: "converting", fraction: 0.5 } }, null);
  assert.equal(converting.fraction, 0.5);
  assert.equal(states(converting.steps), "done done done current ahead");
});

test("the storage's refusals become sentences", () => {
  const xml = (code: string, message: string) => `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  assert.match(storageRefusal(400, xml("EntityTooLarge", "…")), /larger than announced/);
  assert.match(storageRefusal(403, xml("AccessDenied", "Invalid according to Policy: Policy expired.")), /too long/);
  assert.match(storageRefusal(403, xml("AccessDenied", "No.")), /refused the file: No\./);
  assert.match(storageRefusal(503, ""), /problem right now/);
  assert.match(storageRefusal(403, ""), /HTTP 403/);
});

test("a receipt says who planned, how long it took, and on which data", () => {
  const facts = receiptFacts(
    {
      datasetVersions: [{ datasetId: id, version: 2, eTag: '"abc"' }],
      sql: "SELECT 1",
      engine: "duckdb",
      engineVersion: "1.5.5",
      planner: "openai",
      model: "a-model",
      promptHash: "ff",
      timings: { planMs: 1200, fetchMs: 3, queryMs: 9, totalMs: 1212 },
      costUsd: 0.0012,
    },
    "en",
  );
  assert.deepEqual(facts, [
    ["Planned by", "a-model"],
    ["Time", "1.2 sec: 1.2 sec to plan, 3 ms to fetch, 9 ms to query"],
    ["Engine", "DuckDB 1.5.5"],
    ["Data", "version 2, ETag abc"],
    ["Prompt", "SHA-256 ff"],
    ["Cost", "$0.0012"],
  ]);
});
