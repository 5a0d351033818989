import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { planOffline } from "../../../../functions/charts/plan/offline/plan-offline.ts";
import { suggestQuestions } from "../../../../functions/charts/plan/offline/suggest/suggest.ts";
import { Unanswerable } from "../../../../functions/shared/errors.ts";
import { fixtures, LoadedTable } from "./loaded-table.ts";

/** Questions that are refused, with those that are offered first instead. */
const refused = {
  visits: [
    ["profit by department", ["Total charges usd by department"]],
    ["admissions by planet", []],
    ["number of children admitted", ["Number of rows by Month"]],
    ["average cholesterol of cardiology patients", ["Average charges usd where department is Cardiology"]],
  ],
  staff: [
    ["average stipend by team", ["Average spent by team"]],
    ["which city is best", ["Average salary by city, top 1", "Total spent by city, top 1"]],
    ["sick days vs wellbeing", []],
  ],
  orders: [
    ["urgent orders by region", ["Number of rows by region"]],
    ["sales in narnia by region", ["Total sales Amount by region"]],
    ["sales by country", []],
  ],
  rentals: [
    ["average temprature by depot", ["Average outside temp c by depot"]],
    ["which depot breaks most", ["Total amount by depot, top 1"]],
    ["which campaign brings most rentals", ["Number of rows by source Channel, top 1"]],
  ],
  matches: [["attendence per tournament", []]],
} as const;

suite("a refused question is offered in words that the table has", () => {
  const tables = new Map<string, LoadedTable>();
  before(async () => {
    for (const name of Object.keys(refused))
      tables.set(name, await LoadedTable.load(join(fixtures, `${name}.csv`), name));
  });
  after(async () => {
    for (const table of tables.values()) await table.remove();
  });
  const table = (name: string) => {
    const found = tables.get(name);
    assert.ok(found);
    return found;
  };

  function suggestions(name: string, question: string): string[] {
    try {
      planOffline({ question, type: undefined, tables: [table(name).plannable] });
    } catch (error) {
      assert.ok(error instanceof Unanswerable, String(error));
      return error.suggestions;
    }
    throw new Error(`“${question}” was answered`);
  }

  for (const [name, questions] of Object.entries(refused))
    for (const [question, expected] of questions)
      test(question, async () => {
        const offered = suggestions(name, question);
        const general = suggestQuestions(table(name).plannable);
        const own = offered.filter((one) => !general.includes(one));
        assert.deepEqual(own.slice(0, expected.length || undefined), [...expected]);
        assert.deepEqual(offered.slice(0, own.length), own, "they come before those of the table");
        assert.ok(offered.length <= 5);
        for (const one of offered) {
          const { sql } = planOffline({ question: one, type: undefined, tables: [table(name).plannable] });
          await table(name).check(sql);
        }
      });

  test("a follow-up is offered in other words too", () => {
    const question = "total charges by department";
    const { plannable } = table("visits");
    const { title, type, sql } = planOffline({ question, type: undefined, tables: [plannable] });
    const earlier = [{ question, title, type, sql, columns: [] }];
    assert.throws(
      () => planOffline({ question: "only cardio department", type: undefined, earlier, tables: [plannable] }),
      (error) => error instanceof Unanswerable && error.suggestions[0] === "only Cardiology department",
    );
  });
});
