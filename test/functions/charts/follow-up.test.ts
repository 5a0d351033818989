import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import type { Cell, ChartType } from "../../../contract/index.ts";
import { planOffline } from "../../../functions/charts/plan/offline/plan-offline.ts";
import type { EarlierChart, Plan } from "../../../functions/charts/plan/planner.ts";
import { Unanswerable } from "../../../functions/shared/errors.ts";
import { fixtures, LoadedTable } from "./plan/loaded-table.ts";

suite("a conversation, planned without a model", () => {
  let movies: LoadedTable;
  let orders: LoadedTable;
  before(async () => {
    movies = await LoadedTable.load(join(fixtures, "movies.csv"), "movies.csv");
    orders = await LoadedTable.load(join(fixtures, "orders.csv"), "orders.csv");
  });
  after(async () => {
    await movies.remove();
    await orders.remove();
  });

  function planned(table: LoadedTable, question: string, earlier: EarlierChart[], type?: ChartType): Plan {
    return planOffline({ question, type, earlier, tables: [table.plannable] });
  }

  /** Asks one question after the other and gives the plan of the last. */
  function talk(table: LoadedTable, ...questions: string[]): Plan {
    const earlier: EarlierChart[] = [];
    let plan: Plan | undefined;
    for (const question of questions) {
      plan = planned(table, question, earlier);
      const { title, type, sql } = plan;
      earlier.push({ question, title, type, sql, columns: [] });
    }
    assert.ok(plan);
    return plan;
  }

  /** The last of the questions must give the rows that one question with all of it gives. */
  async function same(table: LoadedTable, questions: string[], whole: string): Promise<void> {
    const rows = await table.rows(talk(table, ...questions).sql);
    assert.deepEqual(rows, await table.rows(planned(table, whole, []).sql), questions.join(" → "));
    assert.ok(rows.length > 0, questions.join(" → "));
  }

  const sales = "total sales by region";

  test("filters by period and by value come on top of one another", async () => {
    await same(orders, [sales, "only 2022"], "total sales by region in 2022");
    await same(orders, [sales, "only the north"], "total sales by region where region is North");
    await same(orders, [sales, "without Furniture"], "total sales by region without Furniture");
    await same(
      orders,
      [sales, "since 2022", "without Furniture"],
      "total sales by region since 2022 without Furniture",
    );
    await same(orders, [sales, "where quantity is over 2"], "total sales by region where quantity is over 2");
  });

  test("a filter takes the place of one on the same column; exclusions gather", async () => {
    await same(orders, [sales, "only 2021", "only 2022"], "total sales by region in 2022");
    const without = talk(orders, sales, "without Furniture", "without Technology");
    assert.match(without.sql, /"product category" NOT IN \('Furniture', 'Technology'\)/);
    assert.doesNotMatch(without.sql, /AND/);
    const left = talk(orders, sales, "only North or South", "without North");
    assert.match(left.sql, /"region" = 'South'/);
    const both = talk(orders, sales, "only the north", "also the south");
    assert.match(both.sql, /"region" IN \('North', 'South'\)/);
  });

  test("words for leaving out do so, and true or false chooses rows", async () => {
    await same(orders, [sales, "remove the south"], "total sales by region without South");
    assert.match(talk(orders, sales, "only returned ones").sql, /WHERE "is_returned" = true/);
    assert.match(talk(orders, sales, "excluding the returned").sql, /WHERE "is_returned" = false/);
    const partly = talk(orders, sales, "over 500 in 2022");
    assert.match(partly.assumptions.join(" "), /“500” was not understood/);
  });

  test("another dimension takes the place of the one there is, or comes on top with “too”", async () => {
    const byCategory = "total sales by product category";
    await same(orders, [sales, "by product category instead"], byCategory);
    await same(orders, [sales, "by product category"], byCategory);
    await same(orders, [sales, "per product category too"], "total sales by region and product category");
    await same(orders, [sales, "and by product category"], "total sales by region and product category");
  });

  test("a step of time replaces groups, or the step there is", async () => {
    await same(orders, [sales, "by month"], "total sales by month");
    await same(orders, ["total sales by month", "show it by quarter"], "total sales by quarter");
    const split = talk(orders, "total sales by month", "per region too", "by year");
    assert.deepEqual(
      [split.type, /year\("order_date"\)/.test(split.sql), /"region"/.test(split.sql)],
      ["line", true, true],
    );
  });

  test("another aggregate or measure takes the place of the one there is", async () => {
    await same(orders, [sales, "and the average?"], "average sales by region");
    await same(orders, [sales, "median instead"], "median sales by region");
    await same(orders, [sales, "what about quantity?"], "total quantity by region");
    await same(orders, ["average sales by region", "what about quantity?"], "average quantity by region");
    await same(orders, [sales, "how many?"], "number of orders by region");
    const both = talk(orders, sales, "quantity too");
    assert.match(both.sql, /sum\("salesAmount"\).*sum\("Quantity"\)/);
  });

  test("type, number and order of the groups change nothing else", async () => {
    const pie = talk(orders, sales, "as a pie");
    assert.deepEqual([pie.type, pie.sql], ["pie", planned(orders, sales, []).sql]);
    assert.equal(planned(orders, "only 2022", [earlierOf(sales, pie)], undefined).type, "pie");
    await same(orders, ["total sales by customer", "top 3"], "top 3 customers by total sales");
    const sorted = await orders.rows(talk(orders, sales, "sort by name").sql);
    const names = sorted.map(([name]) => name).filter((name) => name !== null);
    assert.deepEqual(names, [...names].sort());
  });

  function earlierOf(question: string, { title, type, sql }: Plan): EarlierChart {
    return { question, title, type, sql, columns: [] };
  }

  test("a long conversation is told as a whole, and how its last question was read", () => {
    const plan = talk(orders, sales, "only 2022", "without Furniture", "by customer instead", "and the average?");
    assert.equal(
      plan.title,
      "Average sales Amount by customer where order date in 2022, product category is not Furniture",
    );
    assert.match(plan.explanation, /^Mean of `sales Amount` for each `customer`/);
    assert.deepEqual(plan.assumptions, [
      "“and the average?” is read as a follow-up to “total sales by region”: Average sales Amount.",
    ]);
  });

  test("lists, points and histograms become groups where a follow-up asks for them", async () => {
    await same(movies, ["title and imdb rating", "by genre instead"], "average imdb rating by genre");
    await same(movies, ["distribution of imdb rating", "by genre"], "average imdb rating by genre");
    const points = talk(movies, "running time vs imdb rating", "without Drama");
    assert.equal(points.type, "scatter");
    const bins = talk(movies, "distribution of imdb rating", "only Drama");
    assert.equal(bins.type, "histogram");
    const drama = (await movies.rows(bins.sql)).reduce((sum: number, [, count]: Cell[]) => sum + Number(count), 0);
    assert.equal(drama, 3, "of the four dramas one has no rating");
  });

  test("the type of chart can be changed in many words, and what does not suit says so", async () => {
    for (const [words, type] of [
      ["back to bars", "bar"],
      ["switch it to a line", "line"],
      ["turn that into a doughnut", "doughnut"],
      ["as an area", "area"],
      ["change to a table", "table"],
    ] as const) {
      const plan = talk(orders, sales, "as a pie", words);
      assert.deepEqual([plan.type, plan.sql], [type, planned(orders, sales, []).sql], words);
      assert.deepEqual(plan.doubts, []);
    }
    const bubble = talk(orders, sales, "as a bubble");
    assert.match(bubble.doubts.map(({ text }) => text).join(), /does not make a bubble, so it is shown as a bar/);
  });

  test("the period before or after takes the place of the one that was asked for", async () => {
    const may = "total sales by region in may 2022";
    await same(orders, [may, "the month before"], "total sales by region in april 2022");
    await same(orders, [may, "the month before", "and the month before that?"], "total sales by region in march 2022");
    await same(orders, [may, "a year earlier"], "total sales by region in may 2021");
    await same(orders, ["total sales in 2021", "next year"], "total sales in 2022");
    await same(orders, ["total sales in q2 2022", "previous quarter"], "total sales in q1 2022");
    await same(orders, ["total sales this year", "the year before"], "total sales in 2021");
    assert.throws(() => talk(orders, sales, "the month before"), Unanswerable);
  });

  test("limits go when all is asked for, and groups when the total is", async () => {
    const first = "top 2 customers by total sales in 2021";
    await same(orders, [first, "show all"], "total sales by customer");
    await same(orders, [first, "all customers"], "total sales by customer in 2021");
    await same(orders, [first, "all years"], "top 2 customers by total sales");
    await same(orders, ["total sales by region in 2021", "not only 2021"], sales);
    await same(orders, ["total sales by region in 2021", "and in total?"], "total sales in 2021");
    await same(orders, ["average sales by region", "and the total?"], sales);
    await same(orders, ["average sales by region", "overall"], "average sales");
  });

  test("what was said of a period goes with it", () => {
    const plan = talk(orders, "total sales by region in 2023", "all years");
    assert.doesNotMatch(plan.assumptions.join(" "), /nothing at the time/);
  });

  test("the order is turned, the first are those that are shown first, and a number of steps is measured", async () => {
    await same(orders, [sales, "the other way round"], "total sales by region, lowest first");
    await same(orders, [sales, "only the first 2"], "top 2 regions by total sales");
    assert.match(talk(orders, sales, "and the discount?").sql, /avg\("discount_pct"\)/);
  });

  test("a whole question that keeps no condition of the chart it is asked of says so where it is seen", () => {
    const plan = talk(orders, "total sales by region in 2022", "what is the highest quantity?");
    assert.match(plan.doubts.map(({ text }) => text).join(), /complete by itself/);
    assert.match(talk(orders, "total sales by region in 2022", "growth").sql, /2022-01-01/);
  });

  test("a question that is complete stays itself, and says so", async () => {
    await same(orders, [sales, "number of orders by customer"], "number of orders by customer");
    const plan = talk(orders, sales, "only 2022", "what is the highest quantity?");
    assert.doesNotMatch(plan.sql, /2022/);
    assert.match(plan.assumptions.join(" "), /complete by itself/);
  });

  test("what changes nothing, or what the data lacks, is no answer", () => {
    assert.throws(() => talk(orders, sales, "hello there"), Unanswerable);
    assert.throws(() => talk(orders, sales, "by flurbs instead"), Unanswerable);
  });

  test("of SQL the type and the number of rows can change; any other question is answered by itself", async () => {
    const sql = "SELECT region, sum(Quantity) AS items FROM data WHERE region IS NOT NULL GROUP BY 1 ORDER BY 1;";
    const columns = [
      { name: "region", type: "VARCHAR" },
      { name: "items", type: "HUGEINT" },
    ];
    const written: EarlierChart = { question: null, title: "Items", type: "bar", sql, columns };
    const all = await orders.rows(sql.replace(";", ""));
    const pie = planned(orders, "as a pie", [written]);
    assert.deepEqual([pie.type, await orders.rows(pie.sql)], ["pie", all]);
    const top = planned(orders, "top 2", [written]);
    const highest = [...all].sort(([, one], [, other]) => Number(other) - Number(one)).slice(0, 2);
    assert.deepEqual(await orders.rows(top.sql), highest);
    assert.deepEqual([top.type, top.title, top.additive], ["bar", "Items", false]);
    const own = planned(orders, "total sales by customer", [written]);
    assert.match(own.assumptions.join(" "), /made from SQL/);
    assert.throws(() => planned(orders, "flurbs", [written]), Unanswerable);
  });

  test("only sums and counts of all groups add up", () => {
    const additive = (question: string) => planned(orders, question, []).additive;
    assert.equal(additive(sales), true);
    assert.equal(additive("number of orders by customer"), true);
    assert.equal(additive("average sales by region"), false);
    assert.equal(additive("top 3 customers by total sales"), false);
  });

  test("weekdays and months of the year come in the calendar's order", async () => {
    const week = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const days = (await orders.rows(planned(orders, "total sales by weekday", []).sql)).map(([day]) => day);
    assert.deepEqual(
      days,
      week.filter((day) => days.includes(day)),
    );
    const split = await orders.rows(planned(orders, "total sales by weekday and region", []).sql);
    const seen = [...new Set(split.map(([day]) => day))];
    assert.deepEqual(
      seen,
      week.filter((day) => seen.includes(day)),
    );
  });
});
