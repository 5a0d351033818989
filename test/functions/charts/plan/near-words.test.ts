import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { planOffline } from "../../../../functions/charts/plan/offline/plan-offline.ts";
import { Unanswerable } from "../../../../functions/shared/errors.ts";
import { type Answer, converse, testAnswers } from "./answers.ts";
import { fixtures, LoadedTable } from "./loaded-table.ts";

/** Questions in everyday words that no header has, where only one thing of the table is near to them. */
const answers: Record<string, Answer[]> = {
  stays: [
    ["guests per room", "SELECT Room, sum(Adults + Kids) FROM data GROUP BY 1", /“guests” is read as Adults plus Kids/],
    ["adults plus kids by room", "SELECT Room, sum(Adults + Kids) FROM data GROUP BY 1"],
    ["stays by channel", 'SELECT "Booked via", count(*) FROM data GROUP BY 1', /“channel” is read as Booked via/],
    ["payment method split", 'SELECT "Paid by", count(*) FROM data GROUP BY 1'],
    ["nights sold by room", "SELECT Room, sum(Nights) FROM data GROUP BY 1"],
    ["happiness by room", "SELECT Room, avg(Stars) FROM data GROUP BY 1"],
    ["average party size", "SELECT avg(Adults + Kids) FROM data"],
    ["how many guests stayed in 2024", "SELECT sum(Adults + Kids) FROM data WHERE year(Arrival) = 2024"],
    ["revenue by chanel", 'SELECT "Booked via", sum("Total (€)") FROM data GROUP BY 1'],
    ["returning vs the rest", 'SELECT "Returning?", count(*) FROM data GROUP BY 1'],
    [
      ["guests per room", "only 2024"],
      "SELECT Room, sum(Adults + Kids) FROM data WHERE year(Arrival) = 2024 GROUP BY 1",
    ],
  ],
  bakes: [
    ["waste by product", 'SELECT Product, sum("Thrown away") FROM data GROUP BY 1', /“waste” is read as Thrown away/],
    ["which oven wastes the most", 'SELECT Oven, sum("Thrown away") FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 1'],
    ["lost money per oven", 'SELECT Oven, sum("Lost (£)") FROM data GROUP BY 1'],
    ["causes of waste", 'SELECT "Reason binned", sum("Thrown away") FROM data GROUP BY 1'],
    ["output by baker", "SELECT Baker, sum(Made) FROM data GROUP BY 1"],
    ["who makes the most", "SELECT Baker, sum(Made) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 1"],
  ],
  gifts: [
    ["donations by method", 'SELECT How, sum("Amt (GBP)") FROM data GROUP BY 1'],
    ["who donated the most", 'SELECT Supporter, sum("Amt (GBP)") FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 1'],
    ["who gave most often", "SELECT Supporter, count(*) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 1"],
    ["how much did we raise per appeal", 'SELECT Campaign, sum("Amt (GBP)") FROM data GROUP BY 1'],
    ["biggest donation", 'SELECT max("Amt (GBP)") FROM data'],
    ["number of donors", "SELECT count(DISTINCT Supporter) FROM data"],
  ],
  workshops: [
    ["attendance by class", "SELECT Class, sum(Attendees) FROM data GROUP BY 1"],
    ["average turnout per venue", "SELECT Space, avg(Attendees) FROM data GROUP BY 1"],
    ["first timers per class", 'SELECT Class, sum("New faces") FROM data GROUP BY 1'],
    ["who teaches the most", 'SELECT "Led by", count(*) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 1'],
    ["takings by teacher", 'SELECT "Led by", sum("Ticket £") FROM data GROUP BY 1'],
    [
      "how many were cancelled",
      "SELECT count(*) FROM data WHERE State = 'Called off'",
      /“cancelled” is read as State Called off/,
    ],
  ],
};

/** Names of several words as people write them. */
answers.hires = [
  ["no shows by source", 'SELECT Source, sum("No-shows") FROM data GROUP BY 1'],
  ["how many no shows in september", 'SELECT sum("No-shows") FROM data WHERE month("Out") = 9'],
  ["total fee of walk ins", `SELECT sum("Fee (£)") FROM data WHERE Source = 'Walk-in'`],
];

/** What the tables do not have, however near something of them may be. */
const absent: Record<string, string[]> = {
  stays: ["how many cancellations", "breakfasts by room", "noise by room", "occupancy rate", "staff costs"],
  bakes: ["profit by product", "customers by product", "sales by baker", "electricity by oven"],
  gifts: ["complaints by campaign", "volunteers by campaign"],
  workshops: ["satisfaction by class", "refunds by class", "hourly wage by teacher"],
};

for (const [name, asked] of Object.entries(answers))
  suite(`words near to what ${name} have`, () => {
    let table: LoadedTable;
    before(async () => {
      table = await LoadedTable.load(join(fixtures, `${name}.csv`), name);
    });
    after(() => table.remove());
    testAnswers(() => table, asked);

    test("how they are read is a doubt", () => {
      for (const [question, , said] of asked)
        if (said)
          assert.match(
            converse(table, [question].flat())
              .doubts.map(({ text }) => text)
              .join(" "),
            said,
          );
    });

    for (const question of absent[name] ?? [])
      test(`${question} is refused`, () => {
        assert.throws(() => planOffline({ question, type: undefined, tables: [table.plannable] }), Unanswerable);
      });
  });

suite("beside what a word is near to", () => {
  let table: LoadedTable;
  before(async () => {
    table = await LoadedTable.load(join(fixtures, "stays.csv"), "stays");
  });
  after(() => table.remove());

  test("stand the parts of a sum, each to be asked for by itself", async () => {
    const [doubt] = converse(table, ["guests per room"]).doubts;
    assert.deepEqual(
      doubt?.alternatives.map(({ label }) => label),
      ["Adults", "Kids"],
    );
    const [alone] = doubt?.alternatives ?? [];
    assert.deepEqual(
      await table.unordered(converse(table, [alone?.question ?? ""]).sql),
      await table.unordered("SELECT Room, sum(Adults) FROM data GROUP BY 1"),
    );
  });
});
