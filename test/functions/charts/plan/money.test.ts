import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { type Answer, converse, testAnswers } from "./answers.ts";
import { fixtures, LoadedTable } from "./loaded-table.ts";

const month = "CAST(date_trunc('month', booked) AS DATE)";
const income = "sum(amount) FILTER (WHERE amount > 0)";
const expenses = "-sum(amount) FILTER (WHERE amount < 0)";

/** Money that goes is below zero. */
const signed: Answer[] = [
  ["income vs expenses", `SELECT ${income}, ${expenses} FROM data`, /money that goes is below zero/],
  ["income vs expenses by month", `SELECT ${month}, ${income}, ${expenses} FROM data GROUP BY 1`],
  [
    "how much did we spend on food in 2023",
    "SELECT -sum(amount) FROM data WHERE category = 'Food' AND year(booked) = 2023",
  ],
  ["net by account", "SELECT account, sum(amount) FROM data GROUP BY 1"],
  [
    "balance over time",
    `SELECT m, sum(s) OVER (ORDER BY m) FROM (SELECT ${month} AS m, sum(amount) AS s FROM data GROUP BY 1)`,
    /what was there before is not known/,
  ],
  [
    "average monthly spending",
    `SELECT ${expenses} / count(DISTINCT ${month}) FROM data`,
    /number of months that have any/,
  ],
  ["most expensive month", `SELECT ${month}, ${expenses} FROM data GROUP BY 1 ORDER BY 2 DESC NULLS LAST LIMIT 1`],
  ["wages last 6 months", "SELECT sum(amount) FROM data WHERE category = 'Wages' AND booked >= '2023-06-12'"],
  [
    ["income vs expenses by month", "only 2023", "by account instead"],
    `SELECT account, ${income}, ${expenses} FROM data WHERE year(booked) = 2023 GROUP BY 1`,
  ],
];

/** A column says which way the money goes. */
const typed: Answer[] = [
  [
    "income vs expenses by ensemble",
    `SELECT ensemble, sum(amount) FILTER (WHERE kind = 'Income'), sum(amount) FILTER (WHERE kind = 'Expense') FROM data GROUP BY 1`,
    /kind says which way/,
  ],
  ["net by ensemble", `SELECT ensemble, sum(if(kind = 'Income', amount, -amount)) FROM data GROUP BY 1`],
  ["income minus expenses", `SELECT sum(if(kind = 'Income', amount, -amount)) FROM data`],
  ["how many expenses", "SELECT count(*) FROM data WHERE kind = 'Expense'"],
  ["tickets in 2022", "SELECT sum(amount) FROM data WHERE item = 'Tickets' AND year(day) = 2022"],
];

/** Money that comes and money that goes each have a column, and each row has one of them. */
const paired: Answer[] = [
  ["income vs expenses by team", "SELECT team, sum(money_in), sum(money_out) FROM data GROUP BY 1"],
  [
    "what did we spend on travel",
    "SELECT sum(money_out) FROM data WHERE entry = 'Travel'",
    /“spend” is read as money out/,
  ],
  ["net by team", "SELECT team, coalesce(sum(money_in), 0) - coalesce(sum(money_out), 0) FROM data GROUP BY 1"],
  ["fees in 2022", "SELECT sum(money_in) FROM data WHERE entry = 'Fees' AND year(date) = 2022"],
  [
    ["profit per quarter", "only the women"],
    `SELECT CAST(date_trunc('quarter', date) AS DATE), coalesce(sum(money_in), 0) - coalesce(sum(money_out), 0)
     FROM data WHERE team = 'Women' GROUP BY 1`,
  ],
];

suite("money that comes and goes", () => {
  let ledger: LoadedTable;
  let cashbook: LoadedTable;
  let club: LoadedTable;
  let orders: LoadedTable;
  before(async () => {
    club = await LoadedTable.load(join(fixtures, "club.csv"), "Club");
    ledger = await LoadedTable.load(join(fixtures, "ledger.csv"), "Ledger");
    cashbook = await LoadedTable.load(join(fixtures, "cashbook.csv"), "Cashbook");
    orders = await LoadedTable.load(join(fixtures, "orders.csv"), "Orders");
  });
  after(async () => {
    for (const table of [ledger, cashbook, club, orders]) await table.remove();
  });

  testAnswers(() => ledger, signed);
  testAnswers(() => cashbook, typed);
  testAnswers(() => club, paired);
  testAnswers(
    () => orders,
    [
      ["average orders per month", "SELECT count(*) / count(DISTINCT date_trunc('month', order_date)) FROM data"],
      [
        "average monthly sales by region",
        "SELECT region, sum(salesAmount) / count(DISTINCT date_trunc('month', order_date)) FROM data GROUP BY 1",
      ],
      [
        "average sales by month",
        "SELECT CAST(date_trunc('month', order_date) AS DATE), avg(salesAmount) FROM data GROUP BY 1",
      ],
    ],
  );

  test("the biggest of some rows is refused where what goes is below zero", () => {
    assert.throws(() => converse(ledger, ["biggest rent"]), /ask for the biggest expense or income/);
  });

  test("a balance without steps of time is where it stands", () => {
    const { type, assumptions } = converse(ledger, ["what is the balance"]);
    assert.equal(type, "stat");
    assert.match(assumptions.join(" "), /counts from nothing/);
  });
});
