import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { type Answer, converse, testAnswers } from "./answers.ts";
import { fixtures, LoadedTable } from "./loaded-table.ts";

const night = "(hour(reported_at) >= 22 OR hour(reported_at) < 6)";
const morning = "hour(reported_at) BETWEEN 6 AND 11";

/** Of repairs that were reported up to 10 July 2024. */
const aboutRepairs: Answer[] = [
  ["how many repairs on mondays", "SELECT count(*) FROM data WHERE strftime(reported_at, '%a') = 'Mon'"],
  [
    "revenue on weekday mornings by workshop",
    `SELECT workshop, sum(revenue) FROM data WHERE isodow(reported_at) < 6 AND ${morning} GROUP BY 1`,
    /“mornings” is taken as from 6:00 to 12:00/,
  ],
  ["how many repairs at night", `SELECT count(*) FROM data WHERE ${night}`],
  [
    "morning vs afternoon repairs",
    `SELECT if(${morning}, 'Morning', 'Afternoon'), count(*) FROM data WHERE hour(reported_at) BETWEEN 6 AND 17 GROUP BY 1`,
  ],
  [
    "how many repairs between 9am and 5pm",
    "SELECT count(*) FROM data WHERE hour(reported_at) >= 9 AND hour(reported_at) < 17",
  ],
  [
    "revenue after 1 pm by workshop",
    "SELECT workshop, sum(revenue) FROM data WHERE hour(reported_at) >= 13 GROUP BY 1",
  ],
  [
    ["revenue in summer by workshop", "only 2023", "and in winter?"],
    "SELECT workshop, sum(revenue) FROM data WHERE month(reported_at) IN (12, 1, 2) AND year(reported_at) = 2023 GROUP BY 1",
    /December, January, February/,
  ],
  [
    "revenue by season",
    "SELECT CASE month(reported_at) % 12 // 3 WHEN 0 THEN 'Winter' WHEN 1 THEN 'Spring' WHEN 2 THEN 'Summer' ELSE 'Autumn' END, sum(revenue) FROM data GROUP BY 1",
  ],
  [
    "revenue per half-year",
    "SELECT year(reported_at) || ' H' || (month(reported_at) + 5) // 6, sum(revenue) FROM data GROUP BY 1",
  ],
  ...["did revenue go down", "is revenue getting smaller", "has revenue dropped", "is revenue up or down"].map(
    (question): Answer => [
      question,
      "SELECT CAST(date_trunc('month', reported_at) AS DATE), sum(revenue) FROM data GROUP BY 1",
      /is answered by how it went over time/,
    ],
  ),
  [
    "busiest hour",
    "SELECT hour(reported_at), count(*) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 1",
    /hour of the day/,
  ],
  [
    "when did Mill have its highest revenue",
    "SELECT CAST(date_trunc('month', reported_at) AS DATE), sum(revenue) FROM data WHERE workshop = 'Mill' GROUP BY 1 ORDER BY 2 DESC LIMIT 1",
  ],
  [
    "month with the highest revenue",
    "SELECT CAST(date_trunc('month', reported_at) AS DATE), sum(revenue) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 1",
  ],
  ["how many repairs last monday", "SELECT count(*) FROM data WHERE CAST(reported_at AS DATE) = '2024-07-08'"],
  ["total revenue last year", "SELECT sum(revenue) FROM data WHERE year(reported_at) = 2023", /last reported at/],
  [
    "total revenue last quarter",
    "SELECT sum(revenue) FROM data WHERE reported_at BETWEEN '2024-04-01' AND '2024-07-01'",
  ],
  ["total revenue past year", "SELECT sum(revenue) FROM data WHERE reported_at >= '2023-07-11'"],
  [
    "revenue this year vs last year",
    `SELECT '2023-01-01 to 2023-07-10', sum(revenue) FROM data WHERE reported_at >= '2023-01-01' AND reported_at < '2023-07-11'
     UNION ALL SELECT '2024-01-01 to 2024-07-10', sum(revenue) FROM data WHERE reported_at >= '2024-01-01'`,
    /both as far as the data goes, which ends on 2024-07-10/,
  ],
  [
    "repairs last 3 months compared with the previous 3 months",
    `SELECT '2024-01-11 to 2024-04-10', count(*) FROM data WHERE reported_at >= '2024-01-11' AND reported_at < '2024-04-11'
     UNION ALL SELECT '2024-04-11 to 2024-07-10', count(*) FROM data WHERE reported_at >= '2024-04-11'`,
  ],
  [
    "repairs last 3 months compared with before",
    `SELECT '2023-04-11 to 2023-07-10', count(*) FROM data WHERE reported_at >= '2023-04-11' AND reported_at < '2023-07-11'
     UNION ALL SELECT '2024-04-11 to 2024-07-10', count(*) FROM data WHERE reported_at >= '2024-04-11'`,
    /the same of the year before/,
  ],
  [
    ["revenue this year", "compare with last year", "by workshop"],
    `SELECT workshop, '2023-01-01 to 2023-07-10', sum(revenue) FROM data WHERE reported_at >= '2023-01-01' AND reported_at < '2023-07-11' GROUP BY 1
     UNION ALL SELECT workshop, '2024-01-01 to 2024-07-10', sum(revenue) FROM data WHERE reported_at >= '2024-01-01' GROUP BY 1`,
  ],
  [
    ["revenue this month", "same month last year"],
    "SELECT sum(revenue) FROM data WHERE reported_at >= '2023-07-01' AND reported_at < '2023-07-11'",
  ],
];

suite("parts of the calendar and periods counted from the end of the data", () => {
  let repairs: LoadedTable;
  let orders: LoadedTable;
  before(async () => {
    repairs = await LoadedTable.load(join(fixtures, "repairs.csv"), "Repairs");
    orders = await LoadedTable.load(join(fixtures, "orders.csv"), "Orders");
  });
  after(async () => {
    await repairs.remove();
    await orders.remove();
  });

  testAnswers(() => repairs, aboutRepairs);

  testAnswers(
    () => orders,
    [
      [
        "sales in summer 2021",
        "SELECT sum(salesAmount) FROM data WHERE month(order_date) IN (6, 7, 8) AND year(order_date) = 2021",
      ],
    ],
  );

  test("seasons and parts of the day stand in their order, not that of their values", async () => {
    const seasons = await repairs.rows(converse(repairs, ["revenue by season"]).sql);
    assert.deepEqual(
      seasons.map(([season]) => season),
      ["Winter", "Spring", "Summer", "Autumn"],
    );
  });

  test("a time of day is refused where the data tells only days", () => {
    assert.throws(() => converse(orders, ["sales in the morning"]), /tells no time of day/);
  });

  test("two periods that are not of a kind are refused", () => {
    assert.throws(() => converse(repairs, ["revenue last week and last month"]), /are two times/);
  });

  test("two periods are two bars, whose names tell their days", () => {
    const { type, title } = converse(repairs, ["revenue this year vs last year"]);
    assert.equal(type, "bar");
    assert.equal(title, "Total revenue by Period");
  });
});
