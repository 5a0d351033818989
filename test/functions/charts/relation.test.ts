import assert from "node:assert/strict";
import { test } from "node:test";
import type { QueryResult } from "../../../contract/index.ts";
import { relationOf } from "../../../functions/charts/relation.ts";

function points(pairs: (number | null)[][], truncated = false): QueryResult {
  const columns = ["size", "rent"].map((name) => ({ name, type: "DOUBLE" }));
  return { columns, rows: pairs, rowCount: pairs.length, truncated };
}

const steps = Array.from({ length: 40 }, (_, step) => step);

test("two measures that rise together are said to, with the coefficient, the number of points, and no cause", () => {
  const result = points([...steps.map((step) => [step, 2 * step + (step % 5)]), [null, 7]]);
  assert.equal(
    relationOf("scatter", result),
    "Where `size` is higher, `rent` tends to be higher too: a strong correlation (r = 1 over 40 points), which says nothing of the cause.",
  );
});

test("one that falls as the other rises", () => {
  const result = points(
    steps.map((step) => [step, -step - 9 * (step % 4)]),
    true,
  );
  assert.match(relationOf("scatter", result) ?? "", /tends to be lower: .*r = −0\.\d+ over the first 40 points/);
});

test("measures that have nothing to do with each other are not related", () => {
  const result = points(steps.map((step) => [step, step % 2]));
  assert.match(
    relationOf("scatter", result) ?? "",
    /^No clear relation between `size` and `rent`: r = −?0\.\d+ over 40/,
  );
});

test("few points, one value all over and other charts say nothing", () => {
  assert.equal(relationOf("scatter", points([[1, 2]])), null);
  assert.equal(relationOf("scatter", points(steps.map((step) => [step, 3]))), null);
  assert.equal(relationOf("bar", points(steps.map((step) => [step, step]))), null);
});
