import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { planOffline } from "../../../../functions/charts/plan/offline/plan-offline.ts";
import { fixtures, LoadedTable } from "./loaded-table.ts";

/** A question, the columns that its answer shows, and how many rows. */
type Listed = [question: string, columns: string[], rows: number];

const rental = ["rental Ref", "picked Up On", "renter sex", "country code", "amount"];

const listed: Record<string, Listed[]> = {
  rentals: [
    // Who or what, when, and what it is worth, of many columns.
    ["cancelled rentals", rental, 14],
    ["rentals with an amount over 800", rental, 9],
    // What a row was chosen by stands beside it, computed or not.
    ["rentals with more than 1 child", [...rental.slice(0, 4), "num Children", "amount"], 20],
    ["rentals longer than 5 days", [...rental, "Days from picked Up On to returned On"], 10],
    // Which there are, each once.
    ["list depots", ["depot"], 2],
    ["show the devices", ["device"], 2],
    // What is asked for by name is all that is wanted.
    ["show the rental ref of cancelled rentals", ["rental Ref"], 14],
  ],
  staff: [
    ["remote staff", ["full name", "team", "hired", "salary", "manager"], 5],
    ["who has left", ["full name", "team", "left on", "salary", "manager"], 2],
    ["who is not remote", ["full name", "team", "hired", "salary", "manager"], 7],
  ],
  // A table of few columns is shown whole.
  movies: [
    [
      "movies of 2019",
      ["Title", "Release Date", "Genre", "Director", "IMDB Rating", "worldwide Gross", "Running Time (min)", "Studio"],
      3,
    ],
  ],
};

suite("a list of rows shows what a person knows them by", () => {
  const tables = new Map<string, LoadedTable>();
  before(async () => {
    for (const name of Object.keys(listed))
      tables.set(name, await LoadedTable.load(join(fixtures, `${name}.csv`), name));
  });
  after(async () => {
    for (const table of tables.values()) await table.remove();
  });

  for (const [name, questions] of Object.entries(listed))
    for (const [question, columns, rows] of questions)
      test(question, async () => {
        const table = tables.get(name);
        assert.ok(table);
        const { sql, type } = planOffline({ question, type: undefined, tables: [table.plannable] });
        assert.deepEqual(await table.columns(sql), columns, sql);
        assert.equal((await table.rows(sql)).length, rows, sql);
        assert.equal(type, "table");
      });
});
