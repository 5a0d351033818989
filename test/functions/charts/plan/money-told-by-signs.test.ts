import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { planOffline } from "../../../../functions/charts/plan/offline/plan-offline.ts";
import { Unanswerable } from "../../../../functions/shared/errors.ts";
import { type Answer, testAnswers } from "./answers.ts";
import { fixtures, LoadedTable } from "./loaded-table.ts";

const aboutFirewood: Answer[] = [
  ["sales by customer", 'SELECT Customer, sum("Net (€)") FROM data GROUP BY 1', /“sales” is read as Net/],
  ["top 5 customers", 'SELECT Customer, sum("Net (€)") FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 5'],
  ["average order value by kind", 'SELECT Kind, avg("Net (€)") FROM data GROUP BY 1'],
  ["how many deliveries over €300", 'SELECT count(*) FROM data WHERE "Net (€)" > 300', /“€300” is compared with Net/],
  [
    "delivered first try rate per driver, best first",
    `SELECT Driver, 100.0 * count(*) FILTER (WHERE "Delivered 1st try" = 'Yes') / count(*) FROM data GROUP BY 1`,
  ],
];

const aboutPermits: Answer[] = [
  ["delegated vs board", "SELECT Level, count(*) FROM data GROUP BY 1"],
  ["top 2 officers", "SELECT Officer, count(*) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 2"],
  ["total fees by officer", 'SELECT Officer, sum("Fee (£)") FROM data GROUP BY 1'],
];

suite("money that only its sign tells, and money by a list of prices", () => {
  let firewood: LoadedTable;
  let permits: LoadedTable;
  before(async () => {
    firewood = await LoadedTable.load(join(fixtures, "firewood.csv"), "deliveries");
    permits = await LoadedTable.load(join(fixtures, "permits.csv"), "permits");
  });
  after(() => Promise.all([firewood.remove(), permits.remove()]));

  suite("of deliveries", () => testAnswers(() => firewood, aboutFirewood));
  suite("of permits", () => testAnswers(() => permits, aboutPermits));

  test("what began in a season is not all that is of one", () => {
    for (const question of ["which customers have not ordered since summer 2024", "orders since summer"])
      assert.throws(() => planOffline({ question, type: undefined, tables: [firewood.plannable] }), Unanswerable);
  });

  test("the longest of rows that tell two lengths of time is refused, and each is offered", () => {
    assert.throws(
      () => planOffline({ question: "longest delivery", type: undefined, tables: [firewood.plannable] }),
      (error: unknown) => error instanceof Unanswerable && error.suggestions.some((one) => /Unload/.test(one)),
    );
  });
});
