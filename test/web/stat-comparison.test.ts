import assert from "node:assert/strict";
import { test } from "node:test";
import { statComparison } from "../../web/src/charts/stat-comparison.ts";

function compared(value: number, before: number, options = {}, label = "2018") {
  const result = { columns: [], rows: [[value]], rowCount: 1, truncated: false };
  const comparison = { label, value: before, sql: "SELECT" };
  const data = { labels: ["n"], datasets: [{ label: "n", data: [value] }] };
  return statComparison({ result: { ...result, comparison }, data, options }, "en")?.text;
}

test("a value is more, less or the same than that of the period before", () => {
  assert.equal(compared(112, 100), "12% more than in 2018 (100)");
  assert.equal(compared(1.5, 3, {}, "Q4 2018"), "50% less than in Q4 2018 (3)");
  assert.equal(compared(3, 3, {}, "the 7 days before"), "the same as the 7 days before (3)");
  assert.equal(compared(102.5, 100), "2.5% more than in 2018 (100)");
  assert.equal(compared(5, 0), "5 more than in 2018 (0)");
});

test("shares differ by points, and money is written as such", () => {
  const percent = { quantibi: { format: { style: "percent", maximumFractionDigits: 1 } } };
  assert.equal(compared(0.3, 0.25, percent), "5 points more than in 2018 (25%)");
  const money = { quantibi: { format: { style: "currency", currency: "USD", maximumFractionDigits: 0 } } };
  assert.equal(compared(1500, 1000, money), "50% more than in 2018 ($1,000)");
});

test("a value alone is compared with nothing", () => {
  const result = { columns: [], rows: [[1]], rowCount: 1, truncated: false };
  const data = { labels: ["n"], datasets: [{ label: "n", data: [1] }] };
  assert.equal(statComparison({ result, data, options: {} }), undefined);
});
