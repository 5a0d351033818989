import { join } from "node:path";
import { after, before, suite } from "node:test";
import { type Answer, testAnswers } from "./answers.ts";
import { fixtures, LoadedTable } from "./loaded-table.ts";

/** What so many of a thing are worth, where no column tells it. */
const answers: [file: string, answers: Answer[]][] = [
  [
    "lines",
    [
      [
        "revenue by customer",
        "SELECT customer, sum(qty * unit_price) FROM data GROUP BY 1",
        /“revenue” is read as qty times unit price, before discount pct is taken off/,
      ],
      [
        "profit margin by item",
        "SELECT item, 100 * sum(qty * (unit_price - unit_cost)) / sum(qty * unit_price) FROM data GROUP BY 1",
      ],
      [
        "most profitable customer",
        "SELECT customer, sum(qty * (unit_price - unit_cost)) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 1",
      ],
      ["average order value", "SELECT sum(qty * unit_price) / count(DISTINCT order_no) FROM data"],
      [
        "revenue share of the top 2 customers",
        `SELECT customer, 100 * sum(qty * unit_price) / (SELECT sum(qty * unit_price) FROM data)
         FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 2`,
      ],
      [
        "share of cancelled orders by customer",
        `SELECT customer, 100 * count(DISTINCT order_no) FILTER (WHERE status = 'cancelled') / count(DISTINCT order_no)
         FROM data GROUP BY 1`,
      ],
    ],
  ],
  [
    "stock",
    [
      ["stock value by warehouse", "SELECT whse, sum(qty_on_hand * unit_cost) FROM data GROUP BY 1"],
      ["value of the stock", "SELECT sum(qty_on_hand * unit_cost) FROM data"],
    ],
  ],
];

for (const [file, asked] of answers)
  suite(`what ${file} are worth`, () => {
    let table: LoadedTable;

    before(async () => {
      table = await LoadedTable.load(join(fixtures, `${file}.csv`), file);
    });

    after(() => table.remove());

    testAnswers(() => table, asked);
  });
