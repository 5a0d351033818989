import assert from "node:assert/strict";
import { test } from "node:test";
import type { ChartType, QueryResult } from "../../../contract/index.ts";
import { titleOfResult } from "../../../functions/charts/title-of-result.ts";

function title(type: ChartType, ...columns: QueryResult["columns"]): string {
  return titleOfResult({ type, result: { columns, rows: [], rowCount: 0, truncated: false } });
}
const text = (name: string) => ({ name, type: "VARCHAR" });
const number = (name: string) => ({ name, type: "DOUBLE" });
const month = (name: string) => ({ name, type: "DATE", grain: "month" as const });

test("a chart of SQL is called after what its result measures, and by what", () => {
  assert.equal(title("bar", text("region"), number("sum(amount)")), "Total amount by region");
  assert.equal(title("bar", text("region"), number('avg("unit_price")')), "Average unit price by region");
  assert.equal(title("bar", text("region"), number("count_star()")), "Number of rows by region");
  assert.equal(
    title("bar", text("region"), number("count(DISTINCT customer)")),
    "Number of different values of customer by region",
  );
  assert.equal(
    title("line", month(`CAST(date_trunc('month', "day") AS DATE)`), text("region"), number("total_amount")),
    "Total amount by month and region",
  );
  assert.equal(title("line", month("Ordered"), number("sum(sales.amount)")), "Total amount by Ordered");
  assert.equal(title("scatter", number("weight"), number("horse_power")), "Horse power against weight");
  assert.equal(title("stat", number("max(price)")), "Maximum price");
});

test("a list is called after its columns, the first few of many", () => {
  assert.equal(title("table", text("name"), text("city"), number("age")), "Name, city and age");
  const many = "abcdef".split("").map(text);
  assert.equal(title("table", ...many), "A, b, c and more");
  assert.ok([...title("table", text("x".repeat(5_000)))].length <= 120);
});
