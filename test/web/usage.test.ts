import assert from "node:assert/strict";
import { test } from "node:test";
import type { Usage } from "../../contract/index.ts";
import { formatMonth, lastMonths } from "../../web/src/usage/months.ts";
import { costOf, metersOf } from "../../web/src/usage/usage-words.ts";

const month: Usage = {
  month: "2026-11",
  charts: 95,
  reports: 10,
  storedBytes: 1_500_000,
  modelTokens: 1000,
  estimatedCostUsd: 1.234,
  unpricedTokens: 0,
  limits: { charts: 100, reports: 10, storedBytes: 1e10, modelTokens: 2000 },
};

test("what is used stands beside its limit, and what follows from a limit that is reached", () => {
  const meters = metersOf(month, "en");
  assert.deepEqual(
    meters.map(({ name, used, limit, state }) => [name, used, limit, state]),
    [
      ["Charts", "95", "100", "nearly"],
      ["Reports", "10", "10", "reached"],
      ["Tokens of the language model", "1,000", "2,000", "fine"],
      ["Stored", "1.5 MB", "10 GB", "fine"],
    ],
  );
  assert.match(meters[1]?.note ?? "", /^Limit reached: no more/);
  assert.equal(meters[2]?.share, 0.5);
});

test("a limit of nothing is reached by nothing", () => {
  const [charts] = metersOf({ ...month, charts: 0, limits: { ...month.limits, charts: 0 } }, "en");
  assert.deepEqual([charts?.share, charts?.state], [1, "reached"]);
});

test("a cost is told as far as it is known", () => {
  assert.equal(costOf(month, "en").amount, "$1.23");
  assert.equal(costOf({ ...month, estimatedCostUsd: 0.0002 }, "en").amount, "less than $0.01");
  assert.equal(costOf({ ...month, estimatedCostUsd: 0, unpricedTokens: 1000 }, "en").amount, "not known");
  const some = costOf({ ...month, unpricedTokens: 250 }, "en");
  assert.equal(some.amount, "$1.23 and more");
  assert.match(some.note, /250 tokens \(25%\) of models whose price is not known/);
  assert.equal(costOf({ ...month, modelTokens: 0, estimatedCostUsd: 0 }, "en").amount, "$0.00");
});

test("months are those of UTC, the newest first", () => {
  assert.deepEqual(lastMonths(new Date("2026-02-28T23:30:00-05:00"), 4), ["2026-03", "2026-02", "2026-01", "2025-12"]);
  assert.equal(formatMonth("2026-03", "en"), "March 2026");
});
