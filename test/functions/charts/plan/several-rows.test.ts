import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { planOffline } from "../../../../functions/charts/plan/offline/plan-offline.ts";
import { type Answer, testAnswers } from "./answers.ts";
import { fixtures, LoadedTable } from "./loaded-table.ts";

/** What is said of customers, captains and tickets of which each has several rows, or of months of which each has many. */
const answers: [file: string, answers: Answer[]][] = [
  [
    "repairs",
    [
      [
        "customers who never came to the harbour workshop",
        "SELECT DISTINCT customer_id FROM data WHERE customer_id NOT IN (SELECT customer_id FROM data WHERE workshop = 'Harbour')",
      ],
      [
        "who hasn't come since may 2024",
        "SELECT customer_id FROM data GROUP BY 1 HAVING max(reported_at) < '2024-05-01'",
        /“who” is read as customer id/,
      ],
      [
        "how many customers have not been here since may 2024",
        "SELECT count(*) FROM (SELECT customer_id FROM data GROUP BY 1 HAVING max(reported_at) < '2024-05-01')",
      ],
      [
        "which customers had both brakes and gears",
        `SELECT customer_id FROM data GROUP BY 1
         HAVING bool_or(category = 'Brakes') AND bool_or(category = 'Gears')`,
      ],
      [
        "highest revenue month",
        "SELECT date_trunc('month', reported_at)::DATE, sum(revenue) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 1",
      ],
      [
        "lowest monthly revenue",
        "SELECT date_trunc('month', reported_at)::DATE, sum(revenue) FROM data GROUP BY 1 ORDER BY 2 LIMIT 1",
      ],
    ],
  ],
  [
    "crossings",
    [
      [
        "captains who never sailed to birch pier",
        "SELECT captain FROM data GROUP BY 1 HAVING NOT bool_or(to_port = 'Birch Pier')",
      ],
      ["tickets without bicycles", "SELECT ticket_no FROM data GROUP BY 1 HAVING NOT bool_or(fare_class = 'Bicycle')"],
    ],
  ],
  [
    "lines",
    [
      [
        "average number of orders per customer",
        "SELECT avg(n) FROM (SELECT customer, count(DISTINCT order_no) AS n FROM data GROUP BY 1)",
      ],
      [
        "how many items per order on average",
        "SELECT avg(n) FROM (SELECT order_no, count(DISTINCT item) AS n FROM data GROUP BY 1)",
      ],
      [
        "orders per month on average",
        "SELECT avg(n) FROM (SELECT date_trunc('month', order_date), count(DISTINCT order_no) AS n FROM data GROUP BY 1)",
      ],
    ],
  ],
  [
    "cashbook",
    [
      [
        "months over 1500",
        "SELECT date_trunc('month', day)::DATE FROM data GROUP BY 1 HAVING sum(amount) > 1500",
        /“1500” is compared with amount/,
      ],
    ],
  ],
];

for (const [file, asked] of answers)
  suite(`several rows each, in ${file}`, () => {
    let table: LoadedTable;

    before(async () => {
      table = await LoadedTable.load(join(fixtures, `${file}.csv`), file);
    });

    after(() => table.remove());

    testAnswers(() => table, asked);
  });

suite("the title of a top within each group", () => {
  let table: LoadedTable;

  before(async () => {
    table = await LoadedTable.load(join(fixtures, "lines.csv"), "lines");
  });

  after(() => table.remove());

  for (const [question, title] of [
    ["top item for each customer by revenue", "Total qty times unit price by item, top 1 of each customer"],
    ["top customer each quarter by revenue", "Total qty times unit price by customer, top 1 of each Quarter"],
  ] as const)
    test(question, () => {
      assert.equal(planOffline({ question, type: undefined, tables: [table.plannable] }).title, title);
    });
});
