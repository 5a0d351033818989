import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import type { Unanswerable } from "../../../../functions/shared/errors.ts";
import { type Answer, converse, testAnswers } from "./answers.ts";
import { fixtures, LoadedTable } from "./loaded-table.ts";

const late = "delivered_at::DATE > promised_on";
const delay = "date_diff('day', promised_on, delivered_at::DATE)";

const hours = (from: string, to: string) => `epoch(${to} - ${from}) / 3600`;

/** Of shipments that are ordered, dispatched and delivered at some time of the day, and promised for a day. */
const aboutShipments: Answer[] = [
  ["how many shipments were late", `SELECT count(*) FROM data WHERE ${late}`],
  [
    "on-time rate by carrier",
    `SELECT carrier, 100 * avg(if(${late}, 0, 1)) FROM data WHERE delivered_at IS NOT NULL GROUP BY 1`,
    /100 % is the number of rows of each carrier where delivered at is known/,
  ],
  ["delay by region", `SELECT region, avg(${delay}) FROM data GROUP BY 1`, /early counts as less than nothing/],
  ["how many days late on average", `SELECT avg(${delay}) FROM data WHERE ${late}`],
  ["how many shipments are more than 2 days late", `SELECT count(*) FROM data WHERE ${delay} > 2`],
  [
    "days between shipments by region",
    `SELECT region, avg(gap) FROM (SELECT *, epoch(ordered_at - lag(ordered_at) OVER (PARTITION BY customer ORDER BY ordered_at)) / 86400 AS gap FROM data) GROUP BY 1`,
    /to the next of the same customer; the first has none/,
  ],
  [
    "longest time between orders from North",
    `SELECT max(gap) FROM (SELECT epoch(ordered_at - lag(ordered_at) OVER (PARTITION BY customer ORDER BY ordered_at)) / 86400 AS gap FROM data WHERE region = 'North')`,
  ],
  ["how long do customers wait for delivery", `SELECT avg(${hours("ordered_at", "delivered_at")}) FROM data`],
  ["how long until we ship", `SELECT avg(${hours("ordered_at", "dispatched_at")}) FROM data`],
  [
    "how long does each carrier take",
    `SELECT carrier, avg(${hours("ordered_at", "delivered_at")}) FROM data GROUP BY 1`,
  ],
  ["time between dispatched and delivered", `SELECT avg(${hours("dispatched_at", "delivered_at")}) FROM data`],
  [
    "longest wait for delivery by region",
    `SELECT region, max(${hours("ordered_at", "delivered_at")}) FROM data GROUP BY 1`,
  ],
  [
    "days since the last order per customer",
    `SELECT customer, min(date_diff('day', ordered_at::DATE, (SELECT greatest(max(ordered_at), max(dispatched_at), max(delivered_at))::DATE FROM data))) FROM data GROUP BY 1`,
    /the last (ordered|dispatched) at/,
  ],
  [
    "slowest carrier",
    `SELECT carrier, avg(${hours("ordered_at", "delivered_at")}) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 1`,
    /read by the average/,
  ],
  [
    "which region is fastest",
    `SELECT region, avg(${hours("ordered_at", "delivered_at")}) FROM data GROUP BY 1 ORDER BY 2 LIMIT 1`,
  ],
  [
    "how many shipments were dispatched the same day",
    "SELECT count(*) FROM data WHERE ordered_at::DATE = dispatched_at::DATE",
  ],
  ["how many shipments missed the deadline", `SELECT count(*) FROM data WHERE ${late}`],
  ["how long does it take to deliver a shipment", `SELECT avg(${hours("ordered_at", "delivered_at")}) FROM data`],
  [
    "shipments still waiting for delivery by carrier",
    "SELECT carrier, count(*) FROM data WHERE delivered_at IS NULL GROUP BY 1",
  ],
  ["average wait by region", `SELECT region, avg(${hours("ordered_at", "dispatched_at")}) FROM data GROUP BY 1`],
  [
    "next-day delivery by carrier",
    "SELECT carrier, count(*) FROM data WHERE delivered_at::DATE = ordered_at::DATE + 1 GROUP BY 1",
  ],
  ["shipments by hour", "SELECT hour(ordered_at), count(*) FROM data GROUP BY 1", /those of the day, over all days/],
  [
    "how many shipments between 6 and 8 am",
    "SELECT count(*) FROM data WHERE hour(ordered_at) >= 6 AND hour(ordered_at) < 8",
  ],
  [
    "total price today",
    "SELECT sum(price) FROM data WHERE ordered_at::DATE = (SELECT max(ordered_at)::DATE FROM data)",
    /“today” is read as the last ordered at in the data/,
  ],
];

const minutes = "epoch(fixed_at - reported_at) / 60";

/** Of repairs that are reported and fixed. */
const aboutRepairs: Answer[] = [
  ["how long does a brakes repair take", `SELECT avg(${minutes}) / 60 FROM data WHERE category = 'Brakes'`],
  [
    "average age of customers by workshop when reported",
    "SELECT workshop, avg(date_sub('year', customer_birth_date, reported_at::DATE)) FROM data GROUP BY 1",
    /on reported at/,
  ],
  ["average repair length by workshop", `SELECT workshop, avg(${minutes}) / 60 FROM data GROUP BY 1`],
  ["total downtime by workshop in hours", `SELECT workshop, sum(${minutes}) / 60 FROM data GROUP BY 1`],
];

suite("lengths of time, delays, and the time from one row to the next", () => {
  let shipments: LoadedTable;
  let repairs: LoadedTable;
  let staff: LoadedTable;
  let cargo: LoadedTable;
  let rentals: LoadedTable;
  before(async () => {
    shipments = await LoadedTable.load(join(fixtures, "shipments.csv"), "Shipments");
    repairs = await LoadedTable.load(join(fixtures, "repairs.csv"), "Repairs");
    staff = await LoadedTable.load(join(fixtures, "staff.csv"), "Staff");
    cargo = await LoadedTable.load(join(fixtures, "cargo.csv"), "Cargo");
    rentals = await LoadedTable.load(join(fixtures, "rentals.csv"), "Rentals");
  });
  after(async () => {
    await shipments.remove();
    await repairs.remove();
    await staff.remove();
    await cargo.remove();
    await rentals.remove();
  });

  testAnswers(() => shipments, aboutShipments);

  testAnswers(() => repairs, aboutRepairs);

  test("of several times that could be meant, the others are offered with all else that is asked", () => {
    const [doubt] = converse(shipments, ["average lead time of Swift by region"]).doubts;
    assert.match(doubt?.text ?? "", /from ordered at to delivered at/);
    assert.deepEqual(
      doubt?.alternatives.map(({ question }) => question),
      [
        "average time from ordered at to dispatched at of Swift by region",
        "average time from dispatched at to delivered at of Swift by region",
      ],
    );
    const [each] = converse(shipments, ["how long does each carrier take"]).doubts;
    assert.equal(each?.alternatives[0]?.question, "time from ordered at to dispatched at by carrier");
  });

  test("how old things are is told from the year they were made in, at the end of the data", async () => {
    const { sql, doubts } = converse(rentals, ["how old are the vans by depot"]);
    assert.deepEqual(
      await rentals.unordered(sql),
      await rentals.unordered(
        "SELECT depot, avg((SELECT max(year(greatest(pickedUpOn, returnedOn))) FROM data) - built_year) FROM data GROUP BY 1",
      ),
    );
    assert.match(doubts[0]?.text ?? "", /“vans” are taken to be the rows/);
  });

  test("where two times could equally be meant, the other is one click away", async () => {
    for (const [question, other, sql] of [
      [
        "tons per quarter",
        "tons per quarter of Loading Date",
        "SELECT date_trunc('quarter', \"Loading Date\")::DATE, sum(Tons) FROM data GROUP BY 1",
      ],
      [
        "total tons in 2023",
        "total tons Loading Date in 2023",
        'SELECT sum(Tons) FROM data WHERE year("Loading Date") = 2023',
      ],
      [
        "total tons in March 2024 by vessel",
        "total tons Loading Date in March 2024 by vessel",
        "SELECT Vessel, sum(Tons) FROM data WHERE \"Loading Date\" BETWEEN '2024-03-01' AND '2024-03-31' GROUP BY 1",
      ],
      [
        "total tons last month",
        "total tons Loading Date last month",
        "SELECT sum(Tons) FROM data WHERE date_trunc('month', \"Loading Date\") = (SELECT date_trunc('month', max(\"Loading Date\")) - INTERVAL 1 MONTH FROM data)",
      ],
    ] as const) {
      const [doubt] = converse(cargo, [question]).doubts;
      assert.equal(doubt?.text, "Time is taken from Posting Date, not from Loading Date.");
      assert.deepEqual(doubt?.alternatives, [{ label: "by Loading Date", question: other }]);
      assert.deepEqual(await cargo.unordered(converse(cargo, [other]).sql), await cargo.unordered(sql), other);
    }
    assert.deepEqual(converse(shipments, ["total price per month"]).doubts, []);
  });

  test("times that the data can't know are refused, with what they could be", () => {
    for (const [question, why, offered] of [
      ["total price before easter", /does not tell when “easter” is/, null],
      ["total price in fiscal year 2024", /fiscal year begins is not known/, "total price in 2024"],
      ["christmas shipments", /does not tell when “christmas” is/, "December shipments"],
    ] as const)
      assert.throws(
        () => converse(shipments, [question]),
        (error: Unanswerable) => why.test(error.message) && (!offered || error.suggestions.includes(offered)),
      );
  });

  test("an average per day tells of the days that have none", () => {
    const [doubt] = converse(cargo, ["loadings per day on average"]).doubts;
    assert.match(doubt?.text ?? "", /divided by the number of days that have any: \d+ of the \d+ days/);
  });

  test("two halves of a year are two bars", async () => {
    const { sql } = converse(cargo, ["tons in the first half of 2024 vs the second half of 2023"]);
    const half = 'year("Posting Date") || \' H\' || if(month("Posting Date") <= 6, 1, 2)';
    assert.deepEqual(
      await cargo.unordered(sql),
      await cargo.unordered(`SELECT ${half}, sum(Tons) FROM data WHERE ${half} IN ('2024 H1', '2023 H2') GROUP BY 1`),
    );
  });

  test("how often something happened is not the number of all rows", () => {
    assert.throws(() => converse(staff, ["how often do people come"]), /how often/);
  });

  test("who is gone has not waited until then", () => {
    assert.throws(() => converse(staff, ["waiting time by team"]), /waiting/);
  });

  test("a delay can be that of all, or of those that were late alone", () => {
    const [doubt] = converse(shipments, ["average delay by carrier"]).doubts;
    assert.deepEqual(doubt?.alternatives, [
      { label: "only of those that were late", question: "average days late by carrier" },
    ]);
  });

  test("rows are called after what happened, though a column tells when it did", async () => {
    const orders = await LoadedTable.load(join(fixtures, "shipments.csv"), "Orders");
    try {
      assert.equal(converse(orders, ["orders per carrier"]).title, "Number of rows by carrier");
    } finally {
      await orders.remove();
    }
  });
});
