import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { planOffline } from "../../../../functions/charts/plan/offline/plan-offline.ts";
import { Unanswerable } from "../../../../functions/shared/errors.ts";
import { type Answer, testAnswers } from "./answers.ts";
import { fixtures, LoadedTable } from "./loaded-table.ts";

/** Questions as people type them, about sales of tickets of which each has several rows. */
const aboutCrossings: [kind: string, answers: Answer[]][] = [
  [
    "who has most of something has the largest total",
    [
      [
        "who gets the most tips",
        "SELECT captain, sum(tip) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 1",
        /as what there is most of/,
      ],
      [
        "which captain makes the most money",
        "SELECT captain, sum(price_eur) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 1",
      ],
      [
        "which captain sells the most bicycle tickets",
        "SELECT captain, sum(qty) FROM data WHERE fare_class = 'Bicycle' GROUP BY 1 ORDER BY 2 DESC LIMIT 1",
      ],
      [
        "how many bicycles did we sell in 2023",
        "SELECT sum(qty) FROM data WHERE fare_class = 'Bicycle' AND year(sailed_at) = 2023",
      ],
    ],
  ],
  [
    "each step of time has a top of its own",
    [
      [
        "top captain each year by tips",
        `FROM (SELECT year(sailed_at) AS year, captain, sum(tip) AS tips FROM data GROUP BY 1, 2)
         QUALIFY row_number() OVER (PARTITION BY year ORDER BY tips DESC) = 1`,
      ],
    ],
  ],
  [
    "things of several rows are counted once, and averaged over their totals",
    [
      [
        "average bill by captain",
        "SELECT captain, sum(price_eur) / count(DISTINCT ticket_no) FROM data GROUP BY 1",
        /the total of price eur divided by the number of different ticket no/,
      ],
      ["average ticket value", "SELECT sum(price_eur) / count(DISTINCT ticket_no) FROM data"],
      ["tickets by captain", "SELECT captain, count(DISTINCT ticket_no) FROM data GROUP BY 1"],
      ["how many bicycle tickets", "SELECT count(DISTINCT ticket_no) FROM data WHERE fare_class = 'Bicycle'"],
    ],
  ],
];

const overrun = `"Actual Cost €" - "Budget €"`;

/** About works that were planned, and rated. */
const aboutWorks: [kind: string, answers: Answer[]][] = [
  [
    "a plan and what came of it are compared",
    [
      ["over budget works", `SELECT "Work ID" FROM data WHERE ${overrun} > 0`, /Actual Cost € > Budget €/],
      ["how many works are under budget", `SELECT count(*) FROM data WHERE ${overrun} < 0`],
      ["share of works over budget by trade", `SELECT "Trade", 100 * avg((${overrun} > 0)::INT) FROM data GROUP BY 1`],
      ["works more than 2000 over budget", `SELECT "Work ID" FROM data WHERE ${overrun} > 2000`],
      [
        "which trade is most over budget",
        `SELECT "Trade", sum(${overrun}) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 1`,
      ],
      ["cost overrun by trade", `SELECT "Trade", sum(${overrun}) FROM data GROUP BY 1`],
      ["remaining budget by site", `SELECT "Site", -sum(${overrun}) FROM data GROUP BY 1`],
      ["budget vs actual difference by trade", `SELECT "Trade", sum(${overrun}) FROM data GROUP BY 1`],
      ["budget vs actual by site", `SELECT "Site", sum("Budget €"), sum("Actual Cost €") FROM data GROUP BY 1`],
    ],
  ],
];

const quarter = (from: string, before: string) =>
  `sum(qty) FILTER (WHERE sailed_at >= DATE '${from}' AND sailed_at < DATE '${before}')`;

aboutCrossings.push([
  "groups grow from the first whole period to the last",
  [
    [
      "which captain grows fastest",
      `SELECT captain, 100 * (${quarter("2023-07-01", "2023-10-01")} / ${quarter("2023-01-01", "2023-04-01")} - 1) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 1`,
      /from 2023-Q1 to 2023-Q3, the first and the last whole quarter in sailed at/,
    ],
    [
      "top 2 fare classes by growth in qty",
      `SELECT fare_class, 100 * (${quarter("2023-07-01", "2023-10-01")} / ${quarter("2023-01-01", "2023-04-01")} - 1) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 2`,
    ],
  ],
]);

aboutCrossings.push([
  "where something begins and ends",
  [
    [
      "crossings from birch pier to cedar dock by captain",
      "SELECT captain, count(*) FROM data WHERE from_port = 'Birch Pier' AND to_port = 'Cedar Dock' GROUP BY 1",
    ],
    ["how many crossings end at birch pier", "SELECT count(*) FROM data WHERE to_port = 'Birch Pier'"],
    [
      "which port do most crossings start from",
      "SELECT from_port, count(*) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 1",
    ],
    ["most common destination", "SELECT to_port, count(*) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 1", /as to port/],
    ["crossings by start port", "SELECT from_port, count(*) FROM data GROUP BY 1"],
    ["how many round trips", "SELECT count(*) FROM data WHERE from_port = to_port", /from port = to port/],
    ["crossings per route", "SELECT from_port, to_port, count(*) FROM data GROUP BY 1, 2"],
  ],
]);

aboutWorks.push([
  "what one of many costs is an average",
  [
    [
      "what does a roof work cost",
      `SELECT avg("Actual Cost €") FROM data WHERE "Trade" = 'Roof'`,
      /asked of one of many/,
    ],
    ["average duration of a work id", `SELECT avg("Duration (min)") FROM data`],
    ["sites with more than 20 work ids", `SELECT "Site" FROM data GROUP BY 1 HAVING count(*) > 20`],
  ],
]);

aboutWorks.push([
  "scores and percentages are averaged",
  [
    ["percent complete by site", `SELECT "Site", avg("% Complete") FROM data GROUP BY 1`],
    [
      "satisfaction of those who did not renew",
      `SELECT avg("Satisfaction (1-5)") FROM data WHERE "Renewed" = 'No'`,
      /averaged/,
    ],
  ],
]);

aboutCrossings.push([
  "what is written is counted where it is there",
  [
    ["number of comments", "SELECT count(comment) FROM data", /31 have none/],
    [
      "most common comment",
      "SELECT comment, count(*) FROM data WHERE comment IS NOT NULL GROUP BY 1 ORDER BY 2 DESC LIMIT 1",
      /31 rows without comment are left out/,
    ],
    ["how do people pay", "SELECT payment_method, count(*) FROM data GROUP BY 1", /by payment method/],
  ],
]);

aboutWorks.push([
  "how far and how long is asked of groups, and so averaged",
  [
    ["average working time by trade", `SELECT "Trade", avg("Duration (min)") FROM data GROUP BY 1`, /as Duration/],
    ["how long do roof works take", `SELECT avg("Duration (min)") FROM data WHERE "Trade" = 'Roof'`],
    ["how satisfied are roof customers", `SELECT avg("Satisfaction (1-5)") FROM data WHERE "Trade" = 'Roof'`],
    [
      "correlation between ease of use and satisfaction",
      `SELECT "Ease of Use (1-5)", avg("Satisfaction (1-5)") FROM data GROUP BY 1`,
    ],
  ],
]);

aboutCrossings.push([
  "what is cheap is so on average",
  [
    [
      "cheapest fare class",
      "SELECT fare_class, avg(price_eur) FROM data GROUP BY 1 ORDER BY 2 LIMIT 1",
      /price eur is averaged/,
    ],
  ],
]);

const promoted = `"Likelihood to Recommend (0-10)"`;
aboutWorks.push([
  "surveys are read by the scores that are known for them",
  [
    [
      "nps by trade",
      `SELECT "Trade", 100 * (avg((${promoted} >= 9)::INT) - avg((${promoted} <= 6)::INT)) FROM data GROUP BY 1`,
      /from 9 less that up to 6/,
    ],
    ["promoters by site", `SELECT "Site", count(*) FROM data WHERE ${promoted} >= 9 GROUP BY 1`],
    ["share of detractors", `SELECT 100 * avg((${promoted} <= 6)::INT) FROM data`],
    [
      "unhappy customers by trade",
      `SELECT "Trade", count(*) FROM data WHERE "Satisfaction (1-5)" <= 2 GROUP BY 1`,
      /is 1 or 2/,
    ],
    [
      "renewal rate of unhappy customers",
      `SELECT 100 * avg(("Renewed" = 'Yes')::INT) FROM data WHERE "Satisfaction (1-5)" <= 2`,
    ],
    ["most satisfied trade", `SELECT "Trade", avg("Satisfaction (1-5)") FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 1`],
    ["works by hall", `SELECT "Site", count(*) FROM data GROUP BY 1`, /“hall” is read as Site/],
  ],
]);

suite("what people ask", () => {
  let crossings: LoadedTable;
  let works: LoadedTable;
  before(async () => {
    crossings = await LoadedTable.load(join(fixtures, "crossings.csv"), "Crossings");
    works = await LoadedTable.load(join(fixtures, "works.csv"), "Works");
  });
  after(async () => {
    await crossings.remove();
    await works.remove();
  });

  for (const [kind, answers] of aboutCrossings) suite(kind, () => testAnswers(() => crossings, answers));

  for (const [kind, answers] of aboutWorks) suite(kind, () => testAnswers(() => works, answers));

  const refused: [table: () => LoadedTable, question: string, why: RegExp][] = [
    [() => works, "works 20% over budget", /percent/],
    [() => works, "what do works complain about", /complain about/],
    [() => works, "how far are works by trade", /far/],
    [() => works, "fastest growing trade", /not clear of what the change is asked/],
    [() => works, "fastest growing works", /what groups/],
    [() => crossings, "price over target by captain", /target/],
  ];
  for (const [table, question, why] of refused)
    test(`${question} is refused`, () => {
      assert.throws(
        () => planOffline({ question, type: undefined, tables: [table().plannable] }),
        (error) => error instanceof Unanswerable && why.test(error.message),
      );
    });
});
