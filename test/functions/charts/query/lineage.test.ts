import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { type Lineage, lineageOf } from "../../../../functions/charts/query/lineage.ts";
import { parseSelect } from "../../../../functions/charts/query/select-tree.ts";

async function lineage(sql: string): Promise<Lineage> {
  return lineageOf(await parseSelect(sql));
}

/** The result's columns as "table.column", with their grain. */
async function outputs(sql: string): Promise<(string | null)[] | null> {
  const found = (await lineage(sql)).outputs;
  return (
    found?.map(
      (origin) => origin && `${origin.table ?? "?"}.${origin.column}${origin.grain ? ` ${origin.grain}` : ""}`,
    ) ?? null
  );
}

suite("where a SELECT has its data from", () => {
  test("values, sums and extremes are their column's, also one for each of several; counts and ratios are nobody's", async () => {
    assert.deepEqual(
      await outputs(
        `SELECT City, sum(d.Price) AS total, round(avg("Price"), 2), max(Price) - min(Price), count(*), count(Price),
           sum(Price) / count(*), sum(Price) / sum(Rate), sum(CASE WHEN a > 1 THEN Price END), Price::DOUBLE, coalesce(Price, 0), Price * 2
         FROM data d GROUP BY ALL`,
      ),
      [
        "data.City",
        "data.Price",
        "data.Price",
        "data.Price",
        null,
        null,
        "data.Price",
        null,
        "data.Price",
        "data.Price",
        "data.Price",
        null,
      ],
    );
  });

  test("through queries within, by name", async () => {
    assert.deepEqual(
      await outputs(
        `WITH months AS (SELECT date_trunc('month', day)::DATE AS m, sum(price) AS total FROM data GROUP BY 1)
         SELECT m, total, avg(total) OVER (), (SELECT max(total) FROM months) FROM months
         UNION ALL SELECT NULL, 1, 2, 3`,
      ),
      ["data.day month", "data.price", "data.price", "data.price"],
    );
    assert.deepEqual(await outputs("SELECT x FROM (SELECT price AS x, 1 AS price FROM data) AS inner_one"), [
      "data.price",
    ]);
  });

  test("of a join by the name before the dot, else of some table", async () => {
    assert.deepEqual(
      await outputs("SELECT b.price, price, o.city FROM data AS d JOIN other AS b USING (id) JOIN third o ON true"),
      ["other.price", "?.price", "third.city"],
    );
  });

  test("a star makes columns that are not known", async () => {
    assert.equal(await outputs("SELECT * FROM data"), null);
    assert.equal(await outputs("SELECT COLUMNS('a.*') FROM data"), null);
  });

  test("columns count as used where they are, and not where a result's column has their name", async () => {
    assert.deepEqual((await lineage("SELECT count(*) AS amount FROM data ORDER BY amount")).uses, []);
    assert.deepEqual((await lineage("SELECT count(*) AS n FROM data WHERE Id = 1 ORDER BY amount")).uses.sort(), [
      "amount",
      "id",
    ]);
    assert.deepEqual((await lineage("SELECT 'amount' AS id, width FROM data JOIN b USING (k)")).uses.sort(), [
      "k",
      "width",
    ]);
  });

  test("a star over a table uses all of its columns, a count and a star over named columns do not", async () => {
    const usesAll = async (sql: string) => (await lineage(sql)).usesAll;
    for (const sql of [
      "SELECT * FROM data",
      "FROM data",
      "SELECT d.* FROM data d",
      "SELECT COLUMNS(*) FROM data",
      "SELECT max(COLUMNS('a')) FROM data",
      "SELECT data FROM data",
      "SELECT count(*) FROM (SELECT * FROM data)",
      "SELECT * FROM (PIVOT data ON a IN (1, 2) USING count(*))",
    ])
      assert.equal(await usesAll(sql), true, sql);
    for (const sql of [
      "SELECT count(*) FROM data",
      "SELECT * FROM (SELECT a FROM data) AS t",
      "WITH t AS (SELECT a FROM data) SELECT * FROM (SELECT * FROM t)",
    ])
      assert.equal(await usesAll(sql), false, sql);
  });

  test("functions that differ each time are named", async () => {
    assert.deepEqual((await lineage("SELECT random(), current_date, now() FROM data")).volatile.sort(), [
      "current_date",
      "now",
      "random",
    ]);
    assert.deepEqual((await lineage("SELECT date_trunc('year', day) FROM data")).volatile, []);
  });

  test("a part of the rows that is taken by chance, too, unless its seed is given", async () => {
    assert.deepEqual((await lineage("SELECT * FROM data USING SAMPLE 10 ROWS")).volatile, ["a sample by chance"]);
    assert.deepEqual((await lineage("SELECT * FROM data USING SAMPLE 10% (bernoulli, 42)")).volatile, []);
  });

  test("the bounds of bins, and what a constant is added to, are still of their column", async () => {
    assert.deepEqual(
      await outputs("SELECT floor((price - 3) / 10) * 10 + 3, floor(price / 10) * 20, price + 1, year(day) FROM data"),
      ["data.price", null, "data.price", "data.day year"],
    );
  });

  test("averages and extremes are told from what groups have together", async () => {
    const averages = async (sql: string) => (await lineage(sql)).averages;
    for (const sql of [
      "SELECT g, avg(x) FROM data GROUP BY g",
      "SELECT g, round(median(x), 1)::INT FROM data GROUP BY g",
    ])
      assert.equal(await averages(sql), true, sql);
    for (const sql of [
      "SELECT g, sum(x) FROM data GROUP BY g LIMIT 5",
      "SELECT g, x FROM data",
      "SELECT g, 100 * count(*) / sum(count(*)) OVER () FROM data GROUP BY g",
    ])
      assert.equal(await averages(sql), false, sql);
  });

  test("sums and counts of all groups add up, and nothing else does", async () => {
    const additive = async (sql: string) => (await lineage(sql)).additive;
    for (const sql of [
      "SELECT g, sum(x) AS s FROM data GROUP BY g ORDER BY s DESC",
      "SELECT g, count(*) FROM data WHERE y > 1 GROUP BY ALL",
      "SELECT year(d) AS y, upper(g), round(sum(x), 2), count(z)::INT FROM data GROUP BY 1, 2",
      "SELECT g, coalesce(sum(x), 0) FROM data JOIN o USING (k) GROUP BY g",
    ])
      assert.equal(await additive(sql), true, sql);
    for (const sql of [
      "SELECT g, sum(x) FROM data GROUP BY g LIMIT 10",
      "SELECT g, sum(x) FROM data GROUP BY g HAVING sum(x) > 1",
      "SELECT DISTINCT g, sum(x) FROM data GROUP BY g",
      "SELECT g, sum(x) FROM data GROUP BY ROLLUP (g)",
      "SELECT g, avg(x) FROM data GROUP BY g",
      "SELECT g, sum(x), max(x) FROM data GROUP BY g",
      "SELECT g, count(DISTINCT x) FROM data GROUP BY g",
      "SELECT g, sum(x) / count(*) FROM data GROUP BY g",
      "SELECT g, sum(sum(x)) OVER (ORDER BY g) FROM data GROUP BY g",
      "SELECT g, sum(x) - 1 FROM data GROUP BY g",
      "SELECT g, x FROM data",
      "SELECT sum(x) FROM data",
    ])
      assert.equal(await additive(sql), false, sql);
  });
});
