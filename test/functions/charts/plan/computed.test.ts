import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { planOffline } from "../../../../functions/charts/plan/offline/plan-offline.ts";
import { Unanswerable } from "../../../../functions/shared/errors.ts";
import { type Answer, converse, testAnswers } from "./answers.ts";
import { fixtures, LoadedTable } from "./loaded-table.ts";

const hours = "epoch(fixed_at - reported_at) / 3600";
const age = "date_sub('year', customer_birth_date, DATE '2024-07-12')";

const aboutRepairs: [kind: string, answers: Answer[]][] = [
  [
    "durations",
    [
      [
        "how long does it take to fix a repair by workshop",
        `SELECT workshop, avg(${hours}) FROM data GROUP BY 1`,
        /from reported at to fixed at, in hours; 4 rows have no fixed at/,
      ],
      ["average repair time in days by category", `SELECT category, avg(${hours}) / 24 FROM data GROUP BY 1`],
      ["median time to fix by workshop", `SELECT workshop, median(${hours}) FROM data GROUP BY 1`],
      ["turnaround by workshop in minutes", `SELECT workshop, avg(${hours}) * 60 FROM data GROUP BY 1`],
      ["how many hours does it take to fix", `SELECT avg(${hours}) FROM data`],
      ["hours between report and fix by category", `SELECT category, avg(${hours}) FROM data GROUP BY 1`],
      ["repairs that took longer than 30 hours to fix", `SELECT repair_id FROM data WHERE ${hours} > 30`],
      ["how many repairs were fixed within a day", `SELECT count(*) FROM data WHERE ${hours} <= 24`],
      [
        "% of repairs fixed within 12 hours by workshop",
        `SELECT workshop, 100 * avg(coalesce(${hours} <= 12, false)::INT) FROM data GROUP BY 1`,
      ],
      ["how many repairs took longer than 2 days", `SELECT count(*) FROM data WHERE ${hours} > 48`],
      [
        "unfixed repairs older than 30 days",
        "SELECT repair_id FROM data WHERE fixed_at IS NULL AND epoch(DATE '2024-07-12' - reported_at) / 86400 > 30",
        /Age is counted from reported at to 2024-07-12/,
      ],
      ["which workshop fixes fastest", `SELECT workshop, avg(${hours}) FROM data GROUP BY 1 ORDER BY 2 LIMIT 1`],
      ["slowest 3 repairs", `SELECT repair_id, ${hours} FROM data ORDER BY 2 DESC NULLS LAST LIMIT 3`],
      [
        ["average repair time by workshop", "only gears", "by category instead"],
        `SELECT category, avg(${hours}) FROM data WHERE category = 'Gears' GROUP BY 1`,
      ],
    ],
  ],
  [
    "ages",
    [
      [
        "average customer age by category",
        `SELECT category, avg(${age}) FROM data GROUP BY 1`,
        /on 2024-07-12 \(the last fixed at\)/,
      ],
      [
        "repairs of customers older than 60 by workshop",
        `SELECT workshop, count(*) FROM data WHERE ${age} > 60 GROUP BY 1`,
      ],
      [
        "average customer age when reported by workshop",
        "SELECT workshop, avg(date_sub('year', customer_birth_date, CAST(reported_at AS DATE))) FROM data GROUP BY 1",
      ],
      [
        "repairs in 20-year age groups",
        `SELECT ${age} // 20 * 20 || '–' || ${age} // 20 * 20 + 19, count(*) FROM data GROUP BY 1`,
        /steps of 20/,
      ],
      [
        "revenue in bands of 250",
        "SELECT revenue // 250 * 250 || '–' || revenue // 250 * 250 + 249, count(*) FROM data GROUP BY 1",
      ],
      [
        "repairs by age group",
        `SELECT ${age} // 10 * 10 || '–' || ${age} // 10 * 10 + 9, count(*) FROM data GROUP BY 1`,
      ],
    ],
  ],
  [
    "quotients and differences",
    [
      ["parts per repair by category", "SELECT category, sum(parts) / count(*) FROM data GROUP BY 1"],
      ["revenue per kg by category", "SELECT category, sum(revenue) / sum(weight_kg) FROM data GROUP BY 1"],
      [
        "revenue per customer by workshop",
        "SELECT workshop, sum(revenue) / count(DISTINCT customer_id) FROM data GROUP BY 1",
      ],
      ["revenue per workshop", "SELECT workshop, sum(revenue) FROM data GROUP BY 1"],
      [
        "cost per thousand parts by workshop",
        "SELECT workshop, 1000 * sum(cost) / sum(parts) FROM data GROUP BY 1",
        /times 1000/,
      ],
      ["revenue per part", "SELECT sum(revenue) / sum(parts) FROM data"],
      [
        "cost vs revenue by month",
        "SELECT CAST(date_trunc('month', reported_at) AS DATE), sum(cost), sum(revenue) FROM data GROUP BY 1",
      ],
      ["top 3 repairs by revenue per kg", "SELECT repair_id, revenue / weight_kg FROM data ORDER BY 2 DESC LIMIT 3"],
      ["ratio of cost to revenue by workshop", "SELECT workshop, sum(cost) / sum(revenue) FROM data GROUP BY 1"],
      ["cost as a percentage of revenue", "SELECT 100 * sum(cost) / sum(revenue) FROM data"],
      ["difference between revenue and cost by category", "SELECT category, sum(revenue - cost) FROM data GROUP BY 1"],
      [
        "profit by category",
        "SELECT category, sum(revenue) - sum(cost) FROM data GROUP BY 1",
        /Profit is revenue minus cost/,
      ],
      [
        "profit margin by year",
        "SELECT year(reported_at), 100 * (sum(revenue) - sum(cost)) / sum(revenue) FROM data GROUP BY 1",
      ],
    ],
  ],
  [
    "rates",
    [
      ["reopening rate by workshop", "SELECT workshop, 100 * avg(reopened) FROM data GROUP BY 1"],
      ["pass rate by category", "SELECT category, 100 * avg((inspection = 'Passed')::INT) FROM data GROUP BY 1"],
      [
        "booking rate by workshop",
        "SELECT workshop, 100 * sum(bookings) / sum(visits) FROM data GROUP BY 1",
        /bookings in percent of visits/,
      ],
      [
        "percentage of repairs with warranty by workshop",
        "SELECT workshop, 100 * avg((warranty = 'Yes')::INT) FROM data GROUP BY 1",
      ],
      [
        "pass rate 2023 vs 2024",
        "SELECT year(reported_at), 100 * avg((inspection = 'Passed')::INT) FROM data WHERE year(reported_at) IN (2023, 2024) GROUP BY 1",
      ],
      ["share of gears", "SELECT 100 * avg((category = 'Gears')::INT) FROM data"],
    ],
  ],
  [
    "units",
    [
      [
        "average call time in minutes by workshop",
        "SELECT workshop, avg(call_sec) / 60 FROM data GROUP BY 1",
        /divided by 60/,
      ],
      ["total revenue in thousands", "SELECT sum(revenue) / 1000 FROM data"],
      ["total weight in tons", "SELECT sum(weight_kg) / 1000 FROM data"],
    ],
  ],
  [
    "groupings",
    [
      [
        "repairs in revenue bands",
        "SELECT revenue // 200 * 200 || '–' || revenue // 200 * 200 + 199, count(*) FROM data GROUP BY 1",
      ],
      ["repairs by decade of model year", "SELECT model_year // 10 * 10 || 's', count(*) FROM data GROUP BY 1"],
      [
        "weekday vs weekend revenue",
        "SELECT if(isodow(reported_at) > 5, 'Weekend', 'Weekday'), sum(revenue) FROM data GROUP BY 1",
      ],
      ["how many repairs on weekends", "SELECT count(*) FROM data WHERE isodow(reported_at) > 5"],
      [
        "revenue 2023 vs 2024 by month",
        "SELECT strftime(reported_at, '%b'), year(reported_at), sum(revenue) FROM data WHERE year(reported_at) IN (2023, 2024) GROUP BY 1, 2",
      ],
      ["repairs by month", "SELECT CAST(date_trunc('month', reported_at) AS DATE), count(*) FROM data GROUP BY 1"],
    ],
  ],
  [
    "changes",
    [
      [
        "how did revenue change from March 2023 to May 2023",
        "SELECT CAST(date_trunc('month', reported_at) AS DATE), sum(revenue) FROM data WHERE strftime(reported_at, '%Y-%m') IN ('2023-03', '2023-05') GROUP BY 1",
      ],
      [
        "change in revenue from October to February",
        "SELECT CAST(date_trunc('month', reported_at) AS DATE), sum(revenue) FROM data WHERE strftime(reported_at, '%Y-%m') IN ('2023-10', '2024-02') GROUP BY 1",
        /those of 2023 and 2024/,
      ],
      [
        "improvement from 2023 to 2024 for gears",
        "SELECT year(reported_at), sum(revenue) FROM data WHERE category = 'Gears' AND year(reported_at) IN (2023, 2024) GROUP BY 1",
        /that of revenue, since the question names no measure/,
      ],
    ],
  ],
];

/** What has no columns that it could be computed from. */
const refused = [
  "delivery time by workshop",
  "response time by workshop",
  "average time to first reply",
  "tenure by workshop",
  "revenue per square meter",
  "ratio of revenue to distance",
  "refund rate by workshop",
  "bounce rate by category",
  "parts in hours by workshop",
  "mortality rate by workshop",
];

suite("what is computed from the columns that are there, against SQL written by hand", () => {
  let repairs: LoadedTable;
  before(async () => {
    repairs = await LoadedTable.load(join(fixtures, "repairs.csv"), "Repairs");
  });
  after(() => repairs.remove());

  const talk = (questions: string[]) => converse(repairs, questions);

  for (const [kind, answers] of aboutRepairs) suite(kind, () => testAnswers(() => repairs, answers));

  suite("is refused where the columns for it are not there", () => {
    for (const question of refused)
      test(question, () => {
        assert.throws(
          () => talk([question]),
          (error) => error instanceof Unanswerable && error.suggestions.length >= 3,
        );
      });
  });

  test("bands stand in the order of their numbers", async () => {
    const bands = await repairs.rows(talk(["repairs by revenue bands"]).sql);
    const lows = bands.map(([band]) => Number(String(band).split("–")[0]));
    assert.deepEqual(
      lows,
      lows.toSorted((one, other) => one - other),
    );
  });

  test("a change is two bars, and quotients are no sums that a chart may add up", () => {
    assert.equal(talk(["how did revenue change from March 2023 to May 2023"]).type, "bar");
    for (const question of ["revenue per kg by category", "profit margin by category", "average age by category"])
      assert.equal(talk([question]).additive, false, question);
    assert.equal(talk(["profit by category"]).additive, true);
  });

  test("titles say what was computed", () => {
    assert.equal(
      talk(["average repair time by workshop"]).title,
      "Average hours from reported at to fixed at by workshop",
    );
    assert.equal(talk(["revenue per kg by category"]).title, "revenue per kg by category");
  });
});

suite("steps of time that a column of years can't tell", () => {
  test("are refused rather than shown by year", async () => {
    const staff = await LoadedTable.load(join(fixtures, "staff.csv"), "Staff");
    const columns = staff.plannable.columns.filter(({ type }) => type !== "DATE");
    const [first] = columns;
    assert.ok(first);
    const years = {
      ...first,
      name: "year",
      type: "BIGINT",
      profile: { ...first.profile, min: 2019, max: 2023, distinctCount: 5, nullCount: 0, topValues: [] },
    };
    const table = { ...staff.plannable, columns: [...columns, years] };
    assert.throws(
      () => planOffline({ question: "average salary by month", type: undefined, tables: [table] }),
      /only tells the year/,
    );
    await staff.remove();
  });
});
