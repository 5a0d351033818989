import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { planOffline } from "../../../../functions/charts/plan/offline/plan-offline.ts";
import { Unanswerable } from "../../../../functions/shared/errors.ts";
import { type Answer, converse, testAnswers } from "./answers.ts";
import { fixtures, LoadedTable } from "./loaded-table.ts";

/** Questions in words that the table does not have, of which each can only mean one thing in it. */
const likely: Answer[] = [
  [
    "revenue by customer",
    "SELECT acct_name, sum(Fee) FROM data GROUP BY 1",
    /“revenue” is read as Fee.*“customer” is read as acct name/,
  ],
  ["which skipper earns the most", "SELECT skipper, sum(Fee) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 1"],
  ["which skipper earns the least", "SELECT skipper, sum(Fee) FROM data GROUP BY 1 ORDER BY 2 LIMIT 1"],
  ["top 2 skippers by revenue", "SELECT skipper, sum(Fee) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 2"],
  ["income per town", "SELECT Location, sum(Fee) FROM data GROUP BY 1", /“town” is read as Location/],
  [
    ["revenue by month", "only luxury"],
    "SELECT CAST(date_trunc('month', sailed_on) AS DATE), sum(Fee) FROM data WHERE svc_lvl = 'luxury' GROUP BY 1",
  ],
  ["average waight by service level", "SELECT svc_lvl, avg(wt_kg) FROM data GROUP BY 1"],
  ["kilometres per skipper", "SELECT skipper, sum(dist_km) FROM data GROUP BY 1"],
  ["which boat sails most often", "SELECT boat, count(*) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 1"],
];

/** Questions about what the data does not have, however near something of it may be. */
const absent = [
  "profit by skipper",
  "profit margin",
  "average salary by skipper",
  "average age of skippers",
  "customer satisfaction by boat",
  "discount by location",
  "fuel consumption by boat",
  "expected revenue per country",
  "late fee revenue by boat",
  "conversion rate by location",
];

suite("words that can only mean one thing of a table", () => {
  let table: LoadedTable;
  before(async () => {
    table = await LoadedTable.load(join(fixtures, "charters.csv"), "charters");
  });
  after(() => table.remove());

  testAnswers(() => table, likely);

  test("how they are read is a doubt, with another reading beside it", () => {
    const { doubts } = converse(table, ["revenue by boat"]);
    assert.equal(doubts[0]?.text, "“revenue” is read as Fee.");
    const [other] = doubts[0]?.alternatives ?? [];
    assert.ok(other);
    assert.notEqual(converse(table, [other.question]).sql, converse(table, ["revenue by boat"]).sql);
  });

  for (const question of absent)
    test(`${question} is refused`, () => {
      assert.throws(() => planOffline({ question, type: undefined, tables: [table.plannable] }), Unanswerable);
    });
});
