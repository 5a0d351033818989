import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { planOffline } from "../../../../functions/charts/plan/offline/plan-offline.ts";
import { Unanswerable } from "../../../../functions/shared/errors.ts";
import { type Answer, testAnswers } from "./answers.ts";
import { fixtures, LoadedTable } from "./loaded-table.ts";

const days: Answer[] = [
  ["top 5 days by total covers", "SELECT Date, sum(Covers) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 5"],
  ["days with more than 150 covers", "SELECT Date, sum(Covers) FROM data GROUP BY 1 HAVING sum(Covers) > 150"],
  ["covers by day", "SELECT Day, sum(Covers) FROM data GROUP BY 1"],
];

suite("days of the calendar, where a column has those of the week", () => {
  let table: LoadedTable;
  before(async () => {
    table = await LoadedTable.load(join(fixtures, "services.csv"), "services");
  });
  after(() => table.remove());
  testAnswers(() => table, days);
});

suite("what is left of what was used", () => {
  let table: LoadedTable;
  before(async () => {
    table = await LoadedTable.load(join(fixtures, "callouts.csv"), "callouts");
  });
  after(() => table.remove());
  for (const question of [
    "how many taps are still in stock",
    "stock by type",
    "how many taps do we have left",
    "how many taps do we still have",
  ])
    test(`${question} is refused`, () => {
      assert.throws(() => planOffline({ question, type: undefined, tables: [table.plannable] }), Unanswerable);
    });
});
