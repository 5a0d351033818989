import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Cell, Column } from "../../../contract/index.ts";
import { withFormats } from "../../../functions/charts/column-formats.ts";
import { partialPeriodWarnings } from "../../../functions/charts/partial-periods.ts";
import { lineageOf } from "../../../functions/charts/query/lineage.ts";
import { parseSelect } from "../../../functions/charts/query/select-tree.ts";

/** What is said of sums by `step` of days from `min` to `max`. */
async function said(step: string, type: string, labels: Cell[], min: string, max: string, distinctCount = 900) {
  const profile = { nullCount: 0, distinctCount, min, max, topValues: [] };
  const columns: Column[] = [{ name: "Day", label: null, description: null, type: "DATE", profile }];
  const lineage = lineageOf(await parseSelect(`SELECT ${step} AS d, sum(x) AS total FROM data GROUP BY 1`));
  const rows = labels.map((label): Cell[] => [label, 1]);
  const plain = {
    columns: [
      { name: "d", type },
      { name: "total", type: "DOUBLE" },
    ],
    rows,
    rowCount: rows.length,
    truncated: false,
  };
  const tables = [{ name: "data", dataset: { columns } }];
  return partialPeriodWarnings(withFormats(plain, lineage, tables), lineage, tables);
}

suite("sums along time", () => {
  const monthly = "date_trunc('month', day)::DATE";
  const months = ["2023-10-01", "2023-11-01", "2023-12-01"];

  test("say which of their ends is not complete, and by what", async () => {
    assert.deepEqual(await said(monthly, "DATE", months, "2023-10-20", "2023-12-11"), [
      "Oct 2023 is not complete: the data begin on Oct 20, 2023.",
      "Dec 2023 is not complete: the data end on Dec 11, 2023.",
    ]);
    assert.deepEqual(await said("year(day)", "BIGINT", [2022, 2023], "2022-01-02", "2023-06-30"), [
      "2023 is not complete: the data end on Jun 30, 2023.",
    ]);
    assert.deepEqual(
      await said("date_trunc('week', day)", "DATE", ["2024-01-01", "2024-01-08"], "2024-01-01", "2024-01-10"),
      ["The week of Jan 8, 2024 is not complete: the data end on Jan 10, 2024."],
    );
  });

  test("say nothing of whole periods, of those that do not reach to the data's ends, and of one alone", async () => {
    assert.deepEqual(await said(monthly, "DATE", months, "2023-10-02", "2023-12-30"), []);
    assert.deepEqual(await said(monthly, "DATE", months, "2020-10-20", "2024-12-11"), []);
    assert.deepEqual(await said(monthly, "DATE", ["2023-12-01"], "2023-12-01", "2023-12-11"), []);
    assert.deepEqual(
      await said(monthly, "DATE", months, "2023-10-01", "2023-12-01", 3),
      [],
      "dated the first of a month",
    );
    const monthEnds = await said(monthly, "DATE", months, "2023-10-31", "2023-12-31", 3);
    assert.deepEqual(monthEnds, [], "dated the last of a month");
    assert.deepEqual(
      await said("year(day)", "BIGINT", [2016, 2021], "2016-03-11", "2021-10-22", 12),
      [],
      "twice a year",
    );
  });
});
