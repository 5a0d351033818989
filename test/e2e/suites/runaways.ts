import assert from "node:assert/strict";
import { before, suite, test } from "node:test";
import { type Dataset, operations } from "../../../contract/index.ts";
import { movies } from "../fixtures.ts";
import type { Person } from "../person.ts";
import type { Stack } from "../stack.ts";

/** Queries that would run for an hour or fill the machine end in time with an answer, and harm nobody else's. */
export function runaways(stack: Stack): void {
  suite("runaway queries", () => {
    let ann: Person;
    let bob: Person;
    let films: Dataset;
    before(async () => {
      [ann, bob] = await Promise.all([stack.signIn("ann@runaways.example"), stack.signIn("bob@runaways.example")]);
      films = await ann.upload("movies.csv", movies);
    });

    async function limited(sql: string) {
      const body = { datasetIds: [films.id], sql };
      const { detail } = await ann.refused(operations.createChart, { body }, { status: 422, kind: "query-limit" });
      assert.match(detail, /stopped after 15 seconds|more memory/, sql);
    }

    test("without end: a cross join, a recursion, and a function that can't be interrupted", async () => {
      let ended = false;
      const endless = Promise.all([
        limited("SELECT count(*) FROM range(1000000) a, range(1000000) b"),
        limited("WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT max(n) FROM t"),
        limited("SELECT levenshtein(repeat('a', 600000), repeat(title, 60000)) AS d FROM data"),
      ]).finally(() => {
        ended = true;
      });
      // Meanwhile others are served.
      await Promise.all([fetch(`${stack.url}/api/health`), bob.ok(operations.listDatasets)]);
      assert.equal(ended, false);
      await endless;
    });

    suite("that need more memory than there is", { concurrency: 2 }, () => {
      for (const sql of [
        "SELECT string_agg(range::VARCHAR, ',') AS s FROM range(10000000000)",
        "SELECT list_sum(list_transform(range(200000000), lambda x: x * 2)) AS n",
        "SELECT repeat('x' || range, 100000000) AS s FROM range(100)",
        "SELECT length(string_agg(repeat('x', 1000000), '')) AS n FROM range(10000)",
      ]) {
        test(sql, () => limited(sql));
      }
    });

    test("long text is cut in the result, not sent whole", async () => {
      const { result } = await ann.query(films, "SELECT repeat('x', 1000000) AS s FROM range(10)");
      for (const [text] of result.rows) assert.ok(String(text).length <= 10_001);
    });

    test("a pattern that is a trap for other engines is none", async () => {
      const sql = "SELECT count(*) AS n FROM range(1000) WHERE regexp_matches(repeat('a', 1000), '(a+)+b')";
      assert.deepEqual((await ann.query(films, sql)).result.rows, [[0]]);
    });

    test("SQL nested beyond reason is refused", async () => {
      const sql = `SELECT ${"1+(".repeat(4900)}1${")".repeat(4900)}`;
      const expected = { status: 422, kind: "sql-error" } as const;
      await ann.refused(operations.createChart, { body: { datasetIds: [films.id], sql } }, expected);
    });

    test("afterwards questions are answered as before", async () => {
      const chart = await ann.ask(films, "average rating by genre");
      assert.equal(chart.result.rows.length, 4);
    });
  });
}
