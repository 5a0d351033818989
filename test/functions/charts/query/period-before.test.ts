import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { withComparison } from "../../../../functions/charts/comparison.ts";
import { followingDay, periodBefore } from "../../../../functions/charts/query/period-before.ts";
import { parseSelect, type TreeNode, writeSelect } from "../../../../functions/charts/query/select-tree.ts";

/** @param last the last day of the data */
async function before(condition: string, last = "2021-12-31") {
  let asked: TreeNode | undefined;
  const found = await periodBefore(
    await parseSelect(`SELECT sum(x) AS total FROM data WHERE ${condition}`),
    async (lastDay) => {
      asked = lastDay;
      return followingDay(last);
    },
  );
  if (asked) assert.equal(await writeSelect(asked), 'SELECT max("day") FROM "data"');
  return found && { label: found.label, days: found.days, sql: await writeSelect(found.select) };
}
const between = (from: string, to: string) => before(`day >= DATE '${from}' AND day < DATE '${to}'`);

suite("the period before", () => {
  test("a year, a quarter, a month or some days is as long, and ends where it begins", async () => {
    for (const [from, to, start, label] of [
      ["2019-01-01", "2020-01-01", "2018-01-01", "2018"],
      ["2019-01-01", "2019-04-01", "2018-10-01", "Q4 2018"],
      ["2019-03-01", "2019-04-01", "2019-02-01", "Feb 2019"],
      ["2018-01-01", "2020-01-01", "2016-01-01", "2016–2017"],
      ["2019-02-01", "2019-04-01", "2018-12-01", "the 2 months before"],
      ["2019-03-04", "2019-03-05", "2019-03-03", "the day before"],
      ["2019-03-04", "2019-03-11", "2019-02-25", "the 7 days before"],
    ] as const) {
      const found = await between(from, to);
      assert.deepEqual([found?.label, found?.days], [label, [start, from, to]]);
    }
  });

  test("of one that goes on to the end of the data ends where it begins, too", async () => {
    for (const [from, last, start, label] of [
      ["2019-10-01", "2019-12-31", "2019-07-01", "Q3 2019"],
      ["2019-12-16", "2020-03-15", "2019-09-16", "the 3 months before"],
      ["2019-01-01", "2019-01-10", "2018-12-22", "the 10 days before"],
      ["2019-05-16", "2019-06-15", "2019-04-16", "the month before"],
    ] as const) {
      const found = await before(`day >= DATE '${from}' AND x > 0`, last);
      assert.deepEqual([found?.label, found?.days], [label, [start, from, followingDay(last)]]);
    }
    const alone = await before("day >= DATE '2021-10-01'");
    assert.equal(
      alone?.sql,
      'SELECT sum(x) AS total FROM "data" WHERE (("day" >= CAST(\'2021-07-01\' AS DATE)) AND ("day" < CAST(\'2021-10-01\' AS DATE)))',
    );
  });

  test("is asked for with everything else as it was", async () => {
    const found = await before(
      `region = 'It''s; DROP' AND "day" >= TIMESTAMP '2019-01-01 00:00:00' AND "day" < TIMESTAMP '2020-01-01'`,
    );
    assert.equal(
      found?.sql,
      "SELECT sum(x) AS total FROM \"data\" WHERE ((region = 'It''s; DROP') AND (\"day\" >= CAST('2018-01-01' AS TIMESTAMP)) AND (\"day\" < CAST('2019-01-01' AS TIMESTAMP)))",
    );
  });

  test("is not made up where there is no one period", async () => {
    for (const condition of [
      "day < DATE '2019-01-01'",
      "day >= DATE '2022-01-01'",
      "x > 1",
      "day >= DATE '2019-01-01' AND other < DATE '2020-01-01'",
      "day >= DATE '2019-01-01' OR day < DATE '2020-01-01'",
      "day >= DATE '2019-01-01' AND day < DATE '2020-01-01' AND day < DATE '2019-06-01'",
      "day >= DATE '2020-01-01' AND day < DATE '2019-01-01'",
      "x >= 1 AND x < 2",
      "day >= DATE '2019-01-01' AND day < DATE '2020-01-01' AND x < 9007199254740993",
    ])
      assert.equal(await before(condition), undefined, condition);
  });

  test("is compared with only where the data covers both periods", () => {
    const result = { columns: [{ name: "total", type: "DOUBLE" }], rows: [[3]], rowCount: 1, truncated: false };
    const value = {
      column: "day",
      days: ["2018-01-01", "2019-01-01", "2020-01-01"] as [string, string, string],
      label: "2018",
      sql: "SELECT",
      value: 2,
    };
    const within = (min: string, max: string, distinctCount = 1) => {
      const profile = { nullCount: 0, distinctCount, min, max, topValues: [] };
      const columns = [{ name: "Day", label: null, description: null, type: "DATE", profile }];
      return withComparison(result, value, [{ dataset: { columns } }]).comparison?.value;
    };
    assert.equal(within("2017-03-05", "2019-12-26"), 2);
    assert.equal(within("2018-01-06", "2024-01-01"), 2);
    assert.equal(within("2018-06-01", "2024-01-01"), undefined);
    assert.equal(within("2017-01-01", "2019-09-30"), undefined);
    assert.equal(
      within("2017-01-01", "2019-12-01", 36),
      2,
      "monthly figures, each dated the first, cover their months",
    );
  });
});
