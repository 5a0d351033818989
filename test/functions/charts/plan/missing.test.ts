import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import type { Cell } from "../../../../contract/index.ts";
import { planOffline } from "../../../../functions/charts/plan/offline/plan-offline.ts";
import { Unanswerable } from "../../../../functions/shared/errors.ts";
import { fixtures, LoadedTable } from "./loaded-table.ts";

suite("words that nothing in the table explains", () => {
  let movies: LoadedTable;
  let orders: LoadedTable;
  before(async () => {
    movies = await LoadedTable.load(join(fixtures, "movies.csv"), "Movies");
    orders = await LoadedTable.load(join(fixtures, "orders.csv"), "Orders");
  });
  after(async () => {
    await movies.remove();
    await orders.remove();
  });

  const plan = (table: LoadedTable, question: string) =>
    planOffline({ question, type: undefined, tables: [table.plannable] });

  suite("are not left out where they are what the question is about", () => {
    for (const [question, missing] of [
      ["average rating by country", "country"],
      ["average gross per employee", "employee"],
      ["genre vs language", "language"],
      ["profit by month", "profit"],
      ["average rating of horror movies", "horror"],
      ["total gross of Marvel movies", "Marvel"],
      ["rating in narnia", "narnia"],
      ["gross for drama in france", "france"],
      ["gross by genre for female directors", "female"],
      ["top 5 actors by gross", "actors"],
      ["gross by colour", "colour"],
    ] as const)
      test(question, () => {
        assert.throws(
          () => plan(movies, question),
          (error) => error instanceof Unanswerable && error.message.includes(`“${missing}”`),
        );
      });

    for (const question of [
      "moving average of sales by month",
      "forecast of sales",
      "standard deviation of sales by region",
    ])
      test(question, () => {
        assert.throws(() => plan(orders, question), /can't be computed/);
      });
  });

  test("first times and days without rows are not what all rows and days are", () => {
    assert.throws(() => plan(movies, "first time directors by genre"), /“first time” can't be computed/);
    assert.throws(() => plan(orders, "how many days were we closed"), /Nothing in the data tells what is “closed”/);
  });

  test("are named in the assumptions where they change nothing", () => {
    const { type, assumptions } = plan(movies, "a nice overview of gross by genre please");
    assert.equal(type, "bar");
    assert.match(assumptions.join(" "), /“overview” was not understood/);
  });

  test("a time outside the data is answered with nothing, and it is said where the data ends", () => {
    assert.match(plan(orders, "sales in 2030").assumptions.join(" "), /goes from 2021-01-14 to 2022-10-23/);
  });

  suite("nearly the words of the data", () => {
    const answers: [table: () => LoadedTable, question: string, rows: Cell[][], assumption: RegExp | null][] = [
      [() => movies, "average rating of comdy movies", [[6.5]], /“comdy” is read as Genre Comedy/],
      [() => orders, "how many orders from Acme", [[5]], /“Acme” is read as customer Acme Ltd/],
      [
        () => orders,
        "revenue by product",
        [
          ["Technology", 9892.5],
          ["Office Supplies", 9286.5],
          ["Furniture", 8006.5],
        ],
        null,
      ],
      [
        () => orders,
        "returned orders by region",
        [
          ["East", 5],
          ["North", 5],
        ],
        null,
      ],
      [() => orders, "how many orders not returned", [[50]], null],
      [() => movies, "worst rated movie", [["Bright Side", 5.2]], null],
      [() => movies, "highest grossing director", [["Li Wei", 880_000_000]], null],
      [
        () => movies,
        "show movies by genre",
        [
          ["Drama", 4],
          ["Action", 3],
          ["Comedy", 3],
          ["Thriller", 2],
        ],
        null,
      ],
    ];
    for (const [table, question, rows, assumption] of answers)
      test(question, async () => {
        const { sql, assumptions } = plan(table(), question);
        assert.deepEqual(await table().rows(sql), rows, sql);
        if (assumption) assert.match(assumptions.join(" "), assumption);
      });
  });

  test("weekdays are not weeks", async () => {
    const { sql } = plan(orders, "number of orders by day of week");
    assert.deepEqual(
      (await orders.rows(sql)).map(([day]) => day),
      ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    );
  });

  test("a list of rows shows their columns", async () => {
    const rows = await movies.rows(plan(movies, "show me the movies").sql);
    assert.equal(rows.length, 12);
    assert.equal(rows[0]?.length, 8);
  });
});
