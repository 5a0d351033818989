import assert from "node:assert/strict";
import { before, suite, test } from "node:test";
import { loadImage } from "@napi-rs/canvas";
import { type Chart, type Dataset, operations } from "../../../contract/index.ts";
import { movies } from "../fixtures.ts";
import type { Person } from "../person.ts";
import type { Stack } from "../stack.ts";

/** Charts: the right numbers, all that lets a person check them, and what can be done with them afterwards. */
export function charts(stack: Stack): void {
  suite("charts", () => {
    let ann: Person;
    let films: Dataset;
    before(async () => {
      ann = await stack.signIn("ann@charts.example");
      films = await ann.upload("movies.csv", movies);
    });

    async function exported(chart: Chart, format: string) {
      const response = await ann.send(operations.exportChart, { params: { chartId: chart.id }, query: { format } });
      assert.equal(response.status, 200);
      const { headers } = response;
      return {
        type: headers.get("content-type"),
        disposition: headers.get("content-disposition") ?? "",
        text: await response.text(),
      };
    }

    test("SQL becomes a chart with its rows, ready for Chart.js", async () => {
      const sql = "SELECT genre, sum(budget) AS budget, avg(rating) AS rating FROM data GROUP BY genre ORDER BY genre";
      const chart = await ann.query(films, sql);
      assert.equal(chart.question, null);
      assert.equal(chart.planner, "sql");
      assert.equal(chart.sql, sql);
      assert.deepEqual(chart.tables, [{ datasetId: films.id, name: "data" }]);
      assert.deepEqual(
        chart.result.columns.map(({ name }) => name),
        ["genre", "budget", "rating"],
      );
      assert.deepEqual(
        chart.result.rows.map(([genre, budget, rating]) => [genre, budget, Number(rating).toFixed(4)]),
        [
          ["Adventure", 355_000_000, "7.0667"],
          ["Comedy", 28_000_000, "6.4000"],
          ["Drama", 35_000_000, "7.8667"],
          ["Thriller", 37_500_000, "7.2000"],
        ],
      );
      assert.deepEqual([chart.result.rowCount, chart.result.truncated], [4, false]);
      assert.equal(chart.type, "bar");
      assert.deepEqual(chart.data.labels, ["Adventure", "Comedy", "Drama", "Thriller"]);
      assert.deepEqual(
        chart.data.datasets.map(({ label }) => label),
        ["budget", "rating"],
      );
      assert.deepEqual(chart.data.datasets[0]?.data, [355_000_000, 28_000_000, 35_000_000, 37_500_000]);
      assert.deepEqual(chart.warnings, []);
    });

    test("a number alone is a stat, time is a line, text is a table, and a wanted type is heeded", async () => {
      const typeOf = async (sql: string) => (await ann.query(films, sql)).type;
      assert.equal(await typeOf("SELECT max(rating) AS best FROM data"), "stat");
      assert.equal(await typeOf("SELECT released, rating FROM data ORDER BY 1"), "line");
      assert.equal(await typeOf("SELECT title, director FROM data"), "table");
      const body = { datasetIds: [films.id], sql: "SELECT genre, count(*) AS n FROM data GROUP BY 1", type: "pie" };
      assert.equal((await ann.ok(operations.createChart, { body })).type, "pie");
    });

    test("values arrive as the contract says", async () => {
      const { result } = await ann.query(
        films,
        `SELECT 9007199254740991 AS safe, 9007199254740993 AS big, 170141183460469231731687303715884105727::HUGEINT AS huge,
           DATE '2024-02-29' AS day, TIMESTAMP '2024-02-29 13:45:30.25' AS at, TIMESTAMPTZ '2024-02-29 13:45:30+02' AS zoned,
           12.50::DECIMAL(10,2) AS price, 12345678901234567890.12::DECIMAL(30,2) AS exact, 0.1::DOUBLE AS tenth,
           'NaN'::DOUBLE AS nan, NULL AS nothing, true AS yes, 'text "quoted"' AS words, [1, 2] AS list`,
      );
      assert.deepEqual(Object.fromEntries(result.columns.map(({ name }, index) => [name, result.rows[0]?.[index]])), {
        safe: 9007199254740991,
        big: "9007199254740993",
        huge: "170141183460469231731687303715884105727",
        day: "2024-02-29",
        at: "2024-02-29T13:45:30.25",
        zoned: "2024-02-29T11:45:30.000Z",
        price: 12.5,
        exact: "12345678901234567890.12",
        tenth: 0.1,
        nan: null,
        nothing: null,
        yes: true,
        words: 'text "quoted"',
        list: "[1, 2]",
      });
    });

    test("two datasets can be joined, each by the name that the chart tells", async () => {
      const people = await ann.upload("Film Directors.csv", "director,country\nLin Zhao,China\nSam Fenn,Ireland\n");
      const sql = `SELECT country, sum(votes) AS votes FROM data JOIN film_directors USING (director) GROUP BY 1 ORDER BY 1`;
      const body = { datasetIds: [films.id, people.id], sql };
      const chart = await ann.ok(operations.createChart, { body });
      assert.deepEqual(
        chart.tables.map(({ name }) => name),
        ["data", "film_directors"],
      );
      assert.deepEqual(chart.result.rows, [
        ["China", 38_110],
        ["Ireland", 26_840],
      ]);
      assert.equal(chart.receipt.datasetVersions.length, 2);
    });

    test("the receipt says how the numbers were made, and replaying it makes them again", async () => {
      const chart = await ann.ask(films, "total box office by director");
      const { receipt } = chart;
      const [version] = receipt.datasetVersions;
      assert.deepEqual([version?.datasetId, version?.version], [films.id, 1]);
      assert.match(version?.eTag ?? "", /^[0-9a-f]{32}$/);
      assert.equal(receipt.engine, "duckdb");
      assert.match(receipt.engineVersion, /^v?\d+\.\d+\.\d+/);
      assert.deepEqual(
        [receipt.planner, receipt.model, receipt.promptHash, receipt.costUsd],
        ["offline", null, null, 0],
      );
      const { planMs, fetchMs, queryMs, totalMs } = receipt.timings;
      assert.ok(Math.min(planMs, fetchMs, queryMs) >= 0 && planMs + fetchMs + queryMs <= totalMs + 1);
      assert.equal(receipt.sql, chart.sql);
      const replayed = await ann.query(films, receipt.sql);
      assert.deepEqual(replayed.result, chart.result);
      assert.deepEqual(replayed.receipt.datasetVersions, receipt.datasetVersions);
      assert.deepEqual(chart.result.rows[0], ["Mary Okafor", 711_100_000]);
    });

    test("numbers are written as the file wrote them, and one of a period has the period before to compare with", async () => {
      const days = Array.from({ length: 24 }, (_, month) => {
        const day = `${2022 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;
        return `${day}-03,$${100 + month}.50\n${day}-28,$1.00\n`;
      });
      const sales = await ann.upload("sales.csv", `day,amount\n${days.join("")}`);
      const chart = await ann.ask(sales, "total amount in 2023");
      const total = 12 * 101.5 + 12 * 12 + 66;
      assert.deepEqual([chart.type, chart.result.rows], ["stat", [[total]]]);
      const { label, value, sql } = chart.result.comparison ?? assert.fail("nothing to compare with");
      assert.deepEqual([label, value], ["2022", total - 144]);
      assert.deepEqual((await ann.query(sales, sql)).result.rows, [[value]]);
      const format = { style: "currency", currency: "USD", maximumFractionDigits: 0 };
      assert.deepEqual(chart.result.columns[0]?.format, format);
      assert.deepEqual(chart.options, { quantibi: { format } });
      assert.equal((await ann.ask(sales, "total amount in 2022")).result.comparison, undefined);
      // From 29 September on, to the end of the data.
      const last = (await ann.ask(sales, "total amount in the last 3 months")).result;
      assert.deepEqual(
        [last.rows, last.comparison?.value, last.comparison?.label],
        [[[370.5]], 361.5, "the 91 days before"],
      );
      const quarters = await ann.ask(sales, "total amount by quarter as a line");
      assert.equal(quarters.result.columns[0]?.grain, "quarter");
    });

    test("replaying the receipt of SQL that was changed makes the same rows", async () => {
      const chart = await ann.ask(films, "number of movies by genre");
      const sql = "SELECT genre, count(*) AS n, avg(rating) AS r FROM data GROUP BY genre ORDER BY n LIMIT 3";
      const params = { chartId: chart.id };
      const changed = await ann.ok(operations.updateChart, { params, body: { sql } });
      assert.deepEqual(changed.receipt.datasetVersions, chart.receipt.datasetVersions);
      for (let again = 0; again < 3; again += 1) {
        assert.deepEqual((await ann.query(films, changed.receipt.sql)).result, changed.result);
      }
    });

    test("of many groups of SQL that adds up, the rest is one, whoever wrote the SQL", async () => {
      const sql = (measure: string) =>
        `SELECT 'g' || (range % 40) AS g, ${measure} AS n FROM range(4000) GROUP BY ALL ORDER BY n DESC, g`;
      const sums = await ann.query(films, sql("sum(range)"));
      assert.deepEqual([sums.data.labels.length, sums.data.labels[24]], [25, "Other"]);
      const drawn = sums.data.datasets[0]?.data.reduce<number>((sum, value) => sum + Number(value), 0);
      assert.equal(drawn, (3999 * 4000) / 2);
      const means = await ann.query(films, sql("avg(range)"));
      assert.deepEqual([means.data.labels.length, means.data.labels.includes("Other")], [25, false]);
    });

    test("chance and the clock are run, and the chart says so", async () => {
      const chart = await ann.query(films, "SELECT title, random() AS chance FROM data");
      assert.match(chart.warnings.join(), /The SQL uses random, so the same query gives other rows another time/);
    });

    test("title, type and SQL can be changed, each on its own", async () => {
      const chart = await ann.ask(films, "number of movies by genre");
      const params = { chartId: chart.id };
      const titled = await ann.ok(operations.updateChart, { params, body: { title: "Films per genre" } });
      assert.deepEqual({ ...titled, title: chart.title, updatedAt: chart.updatedAt }, chart);
      const pie = await ann.ok(operations.updateChart, { params, body: { type: "pie" } });
      assert.deepEqual([pie.title, pie.type, pie.sql], ["Films per genre", "pie", chart.sql]);
      assert.deepEqual(pie.result, chart.result);
      const sql = "SELECT genre, max(votes) AS votes FROM data GROUP BY 1 ORDER BY 2 DESC";
      const changed = await ann.ok(operations.updateChart, { params, body: { sql } });
      assert.deepEqual([changed.title, changed.type, changed.planner], ["Films per genre", "bar", "sql"]);
      assert.match(changed.warnings.join(), /parts of a whole, and averages or extremes are none/);
      assert.deepEqual(changed.result.rows[0], ["Adventure", 61_200]);
      assert.equal(changed.receipt.sql, sql);
      assert.deepEqual(changed.data.datasets[0]?.data, [61_200, 22_900, 20_770, 10_260]);
      assert.deepEqual(await ann.ok(operations.getChart, { params }), changed);
    });

    test("a chart of SQL is called after its columns until somebody gives it a title", async () => {
      const chart = await ann.query(films, "SELECT genre, sum(votes) FROM data GROUP BY 1");
      assert.equal(chart.title, "Total votes by genre");
      const params = { chartId: chart.id };
      const sql = "SELECT director, avg(rating) FROM data GROUP BY 1";
      const changed = await ann.ok(operations.updateChart, { params, body: { sql } });
      assert.equal(changed.title, "Average rating by director");
      await ann.ok(operations.updateChart, { params, body: { title: "Who is liked" } });
      assert.equal((await ann.ok(operations.updateChart, { params, body: { sql: chart.sql } })).title, "Who is liked");
      assert.equal((await ann.ok(operations.refreshChart, { params })).title, "Who is liked");
    });

    test("a question can follow up on a chart, step by step", async () => {
      const first = await ann.ask(films, "number of movies by genre");
      assert.equal(first.parentChartId, null);
      const follow = (parent: Chart, question: string) =>
        ann.ok(operations.createChart, { body: { datasetIds: [films.id], question, parentChartId: parent.id } });
      const recent = await follow(first, "only 2018");
      assert.equal(recent.parentChartId, first.id);
      assert.deepEqual(recent.result.rows, [
        ["Adventure", 1],
        ["Drama", 1],
        ["Thriller", 1],
      ]);
      const pie = await follow(recent, "as a pie");
      assert.deepEqual([pie.type, pie.result.rows], ["pie", recent.result.rows]);
      assert.match(pie.title, /2018/);
      const votes = await follow(pie, "what about total votes?");
      assert.deepEqual([votes.type, votes.result.rows[0]], ["pie", ["Adventure", 55_010]]);

      const written = await ann.query(films, "SELECT genre, sum(votes) AS votes FROM data GROUP BY 1 ORDER BY 1");
      const top = await follow(written, "top 2");
      assert.deepEqual(top.result.rows, [
        ["Adventure", 156_330],
        ["Drama", 58_490],
      ]);
    });

    test("a follow-up needs a chart of one's own workspace and a question", async () => {
      const ben = await stack.signIn("ben@charts.example");
      const chart = await ann.ask(films, "number of movies by genre");
      const theirs = await ben.upload("movies.csv", movies);
      const missing = { status: 404 };
      for (const parentChartId of [chart.id, "0".repeat(24), "nonsense"]) {
        const body = { datasetIds: [theirs.id], question: "only 2018", parentChartId };
        await ben.refused(operations.createChart, { body }, missing);
      }
      const sql = { datasetIds: [films.id], sql: "SELECT 1", parentChartId: chart.id };
      await ann.refused(operations.createChart, { body: sql }, { status: 400 });
    });

    test("SQL that fails leaves the chart as it was", async () => {
      const chart = await ann.query(films, "SELECT count(*) AS n FROM data");
      const params = { chartId: chart.id };
      const refuse = (sql: string, kind: "sql-error" | "unsafe-sql") =>
        ann.refused(operations.updateChart, { params, body: { title: "Broken", sql } }, { status: 422, kind });
      await refuse("SELECT nope FROM data", "sql-error");
      await refuse("DROP VIEW data", "unsafe-sql");
      await ann.refused(operations.updateChart, { params, body: {} }, { status: 400 });
      await ann.refused(operations.updateChart, { params, body: { planner: "openai" } }, { status: 400 });
      assert.deepEqual(await ann.ok(operations.getChart, { params }), chart);
    });

    test("refreshing runs the same SQL again", async () => {
      const chart = await ann.ask(films, "average rating by genre");
      const refreshed = await ann.ok(operations.refreshChart, { params: { chartId: chart.id } });
      assert.deepEqual(refreshed.result, chart.result);
      assert.deepEqual([refreshed.sql, refreshed.title, refreshed.planner], [chart.sql, chart.title, "offline"]);
      assert.ok(refreshed.updatedAt >= chart.updatedAt);
    });

    test("CSV export follows RFC 4180", async () => {
      const chart = await ann.query(
        films,
        `SELECT title, 'two' || chr(10) || 'lines' AS "a, b", budget, rating, released FROM data WHERE genre = 'Comedy' ORDER BY rating`,
      );
      const { type, disposition, text } = await exported(chart, "csv");
      assert.equal(type, "text/csv; charset=utf-8");
      assert.match(disposition, /^attachment; filename=".+\.csv"; filename\*=UTF-8''.+\.csv$/);
      assert.equal(
        text,
        [
          'title,"a, b",budget,rating,released',
          '"""Hello"", She Lied","two\nlines",15000000,5.9,2017-08-04',
          'Café Nowhere,"two\nlines",,6.4,2019-02-14',
          'Mr. Pell\'s Garden,"two\nlines",13000000,6.9,2021-04-30',
          "",
        ].join("\r\n"),
      );
    });

    test("CSV export marks texts that a spreadsheet would run, and numbers stay numbers", async () => {
      const texts = ["=cmd|' /C calc'!A0", "+1-2", "@SUM(A1)", "-x", "'=1", "＝1+1", "-12.5", "a=b", ""];
      const list = texts.map((text) => `'${text.replaceAll("'", "''")}'`).join(", ");
      const chart = await ann.query(
        films,
        `SELECT unnest([${list}]) AS words, -5 AS n, '-9007199254740993'::BIGINT AS big`,
      );
      const { text } = await exported(chart, "csv");
      assert.deepEqual(text.split("\r\n").slice(1, -1), [
        "'=cmd|' /C calc'!A0,-5,-9007199254740993",
        "'+1-2,-5,-9007199254740993",
        "'@SUM(A1),-5,-9007199254740993",
        "'-x,-5,-9007199254740993",
        "''=1,-5,-9007199254740993",
        "'＝1+1,-5,-9007199254740993",
        "-12.5,-5,-9007199254740993",
        "a=b,-5,-9007199254740993",
        ",-5,-9007199254740993",
      ]);
      const records: { words: string }[] = JSON.parse((await exported(chart, "json")).text);
      assert.deepEqual(
        records.map(({ words }) => words),
        texts,
      );
    });

    test("sums and growth along time say which month the data have a part of, and averages need not", async () => {
      const days = Array.from({ length: 100 }, (_, at) =>
        new Date(Date.UTC(2024, 0, 1 + at)).toISOString().slice(0, 10),
      );
      const takings = await ann.upload(
        "takings.csv",
        ["day,amount", ...days.map((day, at) => `${day},${at}`)].join("\n"),
      );
      const part = ["Apr 2024 is not complete: the data end on Apr 9, 2024."];
      assert.deepEqual((await ann.ask(takings, "total amount per month")).warnings, part);
      assert.deepEqual((await ann.ask(takings, "growth of total amount per month")).warnings, part);
      assert.deepEqual((await ann.ask(takings, "average amount per month")).warnings, []);
    });

    test("PNG export is the picture of the chart, of every type", async () => {
      const chart = await ann.ask(films, "number of movies by genre");
      const params = { chartId: chart.id };
      for (const type of ["bar", "pie", "table"]) {
        await ann.ok(operations.updateChart, { params, body: { type } });
        const response = await ann.send(operations.exportChart, { params, query: { format: "png" } });
        assert.equal(response.status, 200);
        assert.equal(response.headers.get("content-type"), "image/png");
        assert.match(response.headers.get("content-disposition") ?? "", /^attachment; filename=".+\.png"/);
        const image = await loadImage(Buffer.from(await response.arrayBuffer()));
        assert.equal(image.width, 1920);
        assert.ok(image.height > 300);
      }
    });

    test("JSON export is a list of records", async () => {
      const chart = await ann.query(
        films,
        "SELECT title, budget FROM data WHERE genre = 'Comedy' ORDER BY rating LIMIT 2",
      );
      await ann.ok(operations.updateChart, { params: { chartId: chart.id }, body: { title: 'Ciné / "Top" 2' } });
      const { type, disposition, text } = await exported(chart, "json");
      assert.match(type ?? "", /^application\/json/);
      assert.ok(disposition.includes(`filename*=UTF-8''Cin%C3%A9`), disposition);
      assert.deepEqual(JSON.parse(text), [
        { title: '"Hello", She Lied', budget: 15_000_000 },
        { title: "Café Nowhere", budget: null },
      ]);
    });

    test("a format that is not offered is refused", async () => {
      const chart = await ann.query(films, "SELECT 1 AS one");
      const params = { chartId: chart.id };
      await ann.refused(operations.exportChart, { params, query: { format: "xlsx" } }, { status: 400 });
      await ann.refused(operations.exportChart, { params }, { status: 400 });
    });

    test("ten million rows are cut, and say so; an export of them is refused rather than cut", async () => {
      const chart = await ann.query(films, "SELECT range AS n FROM range(10000000)");
      assert.equal(chart.result.truncated, true);
      assert.equal(chart.result.rows.length, chart.result.rowCount);
      assert.deepEqual(chart.result.rows.slice(0, 2), [[0], [1]]);
      assert.match(chart.warnings.join(), /more rows than a chart keeps/);
      const call = { params: { chartId: chart.id }, query: { format: "csv" } };
      await ann.refused(operations.exportChart, call, { status: 422, kind: "query-limit" });
    });

    test("an export holds all rows where the chart could keep only the first", async () => {
      const chart = await ann.query(films, "SELECT range AS n FROM range(20000)");
      assert.equal(chart.result.truncated, true);
      const { text } = await exported(chart, "csv");
      assert.equal(text.split("\r\n").length, 20_002);
      assert.equal(text.split("\r\n")[20_000], "19999");
    });

    test("the list is newest first and in pages; a deleted chart is gone", async () => {
      const lister = await stack.signIn("lister@charts.example");
      const dataset = await lister.upload("n.csv", "n\n1\n2\n");
      const ids: string[] = [];
      for (const number of [1, 2, 3]) ids.unshift((await lister.query(dataset, `SELECT ${number} AS n`)).id);
      const first = await lister.ok(operations.listCharts, { query: { limit: 2 } });
      const cursor = first.nextCursor ?? assert.fail("there is no second page");
      const second = await lister.ok(operations.listCharts, { query: { limit: 2, cursor } });
      assert.deepEqual(
        [...first.items, ...second.items].map(({ id }) => id),
        ids,
      );
      assert.equal(second.nextCursor, null);
      const params = { chartId: ids[0] ?? "" };
      await lister.done(operations.deleteChart, { params });
      await lister.refused(operations.getChart, { params }, { status: 404 });
      await lister.refused(operations.deleteChart, { params }, { status: 404 });
      assert.equal((await lister.ok(operations.listCharts)).items.length, 2);
    });
  });
}
