import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { planOffline } from "../../../../functions/charts/plan/offline/plan-offline.ts";
import type { EarlierChart, Plan } from "../../../../functions/charts/plan/planner.ts";
import { Unanswerable } from "../../../../functions/shared/errors.ts";
import { fixtures, LoadedTable } from "./loaded-table.ts";

/** A question, or questions that follow one another, and SQL written by hand that gives the rows it wants. */
type Answer = [questions: string | string[], sql: string];

const aboutOrders: Answer[] = [
  ["best region", "SELECT region, sum(salesAmount) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 1"],
  // Periods.
  [
    "total sales in Q3 2021",
    `SELECT sum(salesAmount) FROM data WHERE order_date BETWEEN '2021-07-01' AND '2021-09-30'`,
  ],
  [
    "sales in the second half of 2021",
    `SELECT sum(salesAmount) FROM data WHERE order_date BETWEEN '2021-07-01' AND '2021-12-31'`,
  ],
  ["total sales H1 2022", `SELECT sum(salesAmount) FROM data WHERE order_date BETWEEN '2022-01-01' AND '2022-06-30'`],
  [
    "sales between march and june 2021",
    `SELECT sum(salesAmount) FROM data WHERE order_date BETWEEN '2021-03-01' AND '2021-06-30'`,
  ],
  ["how much did Evergreen pay", `SELECT sum(salesAmount) FROM data WHERE customer = 'Evergreen'`],
  ["total sales since august", `SELECT sum(salesAmount) FROM data WHERE order_date >= '2022-08-01'`],
  ["total sales in 2021 and 2022", `SELECT year(order_date), sum(salesAmount) FROM data GROUP BY 1`],
  ["compare sales 2021 vs 2022", `SELECT year(order_date), sum(salesAmount) FROM data GROUP BY 1`],
  ["number of orders last month", `SELECT count(*) FROM data WHERE order_date BETWEEN '2022-09-01' AND '2022-09-30'`],
  ["total sales this year", `SELECT sum(salesAmount) FROM data WHERE order_date >= '2022-01-01'`],
  ["total sales not in 2021", `SELECT sum(salesAmount) FROM data WHERE order_date >= '2022-01-01'`],
  // Shares, running totals, growth.
  [
    "sales in percent by region",
    `SELECT region, 100 * sum(salesAmount) / (SELECT sum(salesAmount) FROM data) FROM data GROUP BY 1`,
  ],
  [
    "share of returned orders by product category",
    `SELECT "product category", 100 * avg(is_returned::INT) FROM data GROUP BY 1`,
  ],
  [
    "what percentage of orders are from the North",
    `SELECT 100 * avg((region IS NOT DISTINCT FROM 'North')::INT) FROM data`,
  ],
  [
    "running total of sales by quarter",
    `SELECT q, sum(s) OVER (ORDER BY q) FROM (SELECT CAST(date_trunc('quarter', order_date) AS DATE) AS q, sum(salesAmount) AS s FROM data GROUP BY 1)`,
  ],
  [
    "sales growth year over year",
    `SELECT y, 100 * (s / lag(s) OVER (ORDER BY y) - 1) FROM (SELECT year(order_date) AS y, sum(salesAmount) AS s FROM data GROUP BY 1)`,
  ],
  // Several measures, tops of groups, conditions on groups.
  ["minimum and maximum quantity by region", `SELECT region, min(Quantity), max(Quantity) FROM data GROUP BY 1`],
  ["range of sales by region", `SELECT region, max(salesAmount), min(salesAmount) FROM data GROUP BY 1`],
  ["sales and quantity by region", `SELECT region, sum(salesAmount), sum(Quantity) FROM data GROUP BY 1`],
  [
    "top 2 customers in each product category by sales",
    `SELECT * FROM (SELECT customer, "product category" AS c, sum(salesAmount) AS s FROM data GROUP BY 1, 2) QUALIFY row_number() OVER (PARTITION BY c ORDER BY s DESC) <= 2`,
  ],
  [
    "customers with sales over 5000",
    `SELECT customer, sum(salesAmount) FROM data GROUP BY 1 HAVING sum(salesAmount) > 5000`,
  ],
  [
    "customers with more than 10 orders by number of orders",
    `SELECT customer, count(*) FROM data GROUP BY 1 HAVING count(*) > 10`,
  ],
  // Values with signs, several at once, negated.
  ["sales for Cedar & Co", `SELECT sum(salesAmount) FROM data WHERE customer = 'Cedar & Co'`],
  ["north vs south sales", `SELECT region, sum(salesAmount) FROM data WHERE region IN ('North', 'South') GROUP BY 1`],
  [
    "orders per region excluding north and south",
    `SELECT region, count(*) FROM data WHERE region NOT IN ('North', 'South') GROUP BY 1`,
  ],
  ["biggest customer by sales", `SELECT customer, sum(salesAmount) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 1`],
  // Follow-ups.
  [["total sales by region", "only 2022", "remove the filter"], `SELECT region, sum(salesAmount) FROM data GROUP BY 1`],
  [
    ["total sales by region", "as percentages"],
    `SELECT region, 100 * sum(salesAmount) / (SELECT sum(salesAmount) FROM data) FROM data GROUP BY 1`,
  ],
  [["total sales by region", "and quantity"], `SELECT region, sum(salesAmount), sum(Quantity) FROM data GROUP BY 1`],
];

const aboutStaff: Answer[] = [
  // What rows are called.
  ["headcount per team", `SELECT team, count(*) FROM data GROUP BY 1`],
  ["people hired since 2021 by team", `SELECT team, count(*) FROM data WHERE hired >= '2021-01-01' GROUP BY 1`],
  ["how many employees in Lyon", `SELECT count(*) FROM data WHERE city = 'Lyon'`],
  ["hires per year", `SELECT year(hired), count(*) FROM data GROUP BY 1`],
  // Yes and no, there and not there.
  ["how many remote workers", `SELECT count(*) FROM data WHERE remote = 'Yes'`],
  ["share of remote staff by team", `SELECT team, 100 * avg((remote = 'Yes')::INT) FROM data GROUP BY 1`],
  ["staff without a bonus by team", `SELECT team, count(*) FROM data WHERE bonus = 0 GROUP BY 1`],
  // Nobody has two names.
  ["who earns the most", `SELECT full_name, salary FROM data ORDER BY 2 DESC LIMIT 1`],
  [
    "top 2 earners in each team",
    `SELECT full_name, team, salary FROM data QUALIFY row_number() OVER (PARTITION BY team ORDER BY salary DESC) <= 2`,
  ],
  [
    "employees earning above the average by team",
    `SELECT team, count(*) FROM data WHERE salary > (SELECT avg(salary) FROM data) GROUP BY 1`,
  ],
  [
    "average salary of people in oslo vs rome",
    `SELECT city, avg(salary) FROM data WHERE city IN ('Oslo', 'Rome') GROUP BY 1`,
  ],
  ["teams where spent is over budget", `SELECT DISTINCT team FROM data WHERE spent > budget`],
  ["total sick days by team", `SELECT team, sum(sick_days) FROM data GROUP BY 1`],
  ["salary and bonus per year", `SELECT year(hired), avg(salary), avg(bonus) FROM data GROUP BY 1`],
  ["eva frost's salary", `SELECT avg(salary) FROM data WHERE full_name = 'Eva Frost'`],
  ["median salary by city, highest first", `SELECT city, median(salary) FROM data GROUP BY 1`],
];

/** What an answer would mislead about, and what of it the refusal names. */
const refused: [table: "orders" | "staff", question: string, missing: string][] = [
  ["orders", "total revenue by planet", "planet"],
  ["orders", "total profit by region", "profit"],
  ["orders", "profit of Acme Ltd by month", "profit"],
  ["orders", "best orders", "best"],
  ["orders", "difference between sales and weight", "weight"],
  ["orders", "change in sales by region", "change"],
  ["orders", "customers that complained", "complained"],
  ["orders", "sales target by region", "target"],
  ["orders", "sales more than by region", "more than"],
  ["staff", "conversion rate by team", "rate"],
  ["staff", "oldest employee", "oldest"],
  ["staff", "overtime by team", "overtime"],
  ["staff", "traffic by city", "traffic"],
  ["staff", "vacation days by team", "vacation"],
];

suite("questions as people type them, against SQL written by hand", () => {
  let orders: LoadedTable;
  let staff: LoadedTable;
  before(async () => {
    orders = await LoadedTable.load(join(fixtures, "orders.csv"), "Orders");
    staff = await LoadedTable.load(join(fixtures, "staff.csv"), "Staff");
  });
  after(async () => {
    await orders.remove();
    await staff.remove();
  });

  function talk(table: LoadedTable, questions: string[]): Plan {
    const earlier: EarlierChart[] = [];
    let plan: Plan | undefined;
    for (const question of questions) {
      plan = planOffline({ question, type: undefined, earlier, tables: [table.plannable] });
      earlier.push({ question, title: plan.title, type: plan.type, sql: plan.sql, columns: [] });
    }
    assert.ok(plan);
    return plan;
  }

  for (const [name, answers] of [
    ["orders", aboutOrders],
    ["staff", aboutStaff],
  ] as const)
    suite(name, () => {
      for (const [asked, sql] of answers) {
        const questions = [asked].flat();
        test(questions.join(" → "), async () => {
          const table = name === "orders" ? orders : staff;
          const plan = talk(table, questions);
          const wanted = await table.unordered(sql);
          assert.ok(wanted.length > 0, "the SQL written by hand finds nothing");
          assert.deepEqual(await table.unordered(plan.sql), wanted, plan.sql);
        });
      }
    });

  suite("what the data can't tell is refused, and the refusal says what it is", () => {
    for (const [name, question, missing] of refused)
      test(question, () => {
        const table = name === "orders" ? orders : staff;
        assert.throws(
          () => planOffline({ question, type: undefined, tables: [table.plannable] }),
          (error) => error instanceof Unanswerable && error.message.includes(missing) && error.suggestions.length >= 3,
        );
      });
  });

  suite("another word for a column is told", () => {
    for (const [question, said] of [
      ["average pay by team", /“pay” is read as salary/],
      ["total earnings by city", /“earnings” is read as salary/],
    ] as const)
      test(question, () => {
        const { assumptions } = planOffline({ question, type: undefined, tables: [staff.plannable] });
        assert.match(assumptions.join(" "), said);
      });
  });

  test("growth and shares are no sums that a chart may add up", () => {
    for (const question of ["sales growth by year", "sales in percent by region", "running total of sales by month"])
      assert.equal(planOffline({ question, type: undefined, tables: [orders.plannable] }).additive, false, question);
  });
});
