import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { type Answer, converse, testAnswers } from "./answers.ts";
import { fixtures, LoadedTable } from "./loaded-table.ts";

const late = "delivered_at::DATE > promised_on";
const delay = "date_diff('day', promised_on, delivered_at::DATE)";

/** Of shipments that are ordered, dispatched and delivered at some time of the day, and promised for a day. */
const aboutShipments: Answer[] = [
  ["how many shipments were late", `SELECT count(*) FROM data WHERE ${late}`],
  [
    "on-time rate by carrier",
    `SELECT carrier, 100 * avg(if(${late}, 0, 1)) FROM data WHERE delivered_at IS NOT NULL GROUP BY 1`,
    /share is that of the rows whose delivered at is known/,
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
];

suite("lengths of time, delays, and the time from one row to the next", () => {
  let shipments: LoadedTable;
  before(async () => {
    shipments = await LoadedTable.load(join(fixtures, "shipments.csv"), "Shipments");
  });
  after(async () => {
    await shipments.remove();
  });

  testAnswers(() => shipments, aboutShipments);

  test("a delay can be that of all, or of those that were late alone", () => {
    const [doubt] = converse(shipments, ["average delay by carrier"]).doubts;
    assert.deepEqual(doubt?.alternatives, [
      { label: "only of those that were late", question: "average days late by carrier" },
    ]);
  });
});
