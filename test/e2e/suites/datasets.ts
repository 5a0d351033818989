import assert from "node:assert/strict";
import { before, suite, test } from "node:test";
import { type Dataset, operations } from "../../../contract/index.ts";
import { movies } from "../fixtures.ts";
import { type Person, sendFile } from "../person.ts";
import type { Stack } from "../stack.ts";

/** A dataset's life, from its announcement to its end. */
export function datasets(stack: Stack): void {
  suite("datasets", () => {
    let ann: Person;
    let films: Dataset;
    let params: { datasetId: string };
    before(async () => {
      ann = await stack.signIn("ann@datasets.example");
      films = await ann.upload("movies.csv", movies);
      params = { datasetId: films.id };
    });

    test("an upload becomes a table with typed and profiled columns", () => {
      assert.equal(films.status, "ready");
      assert.equal(films.error, null);
      assert.equal(films.progress, null);
      assert.deepEqual(films.rejects, { count: 0, rows: 0, sample: [] });
      assert.deepEqual([films.name, films.fileName, films.format, films.version], ["movies", "movies.csv", "csv", 1]);
      assert.equal(films.fileSize, Buffer.byteLength(movies));
      assert.equal(films.rowCount, 12);
      assert.deepEqual(
        films.columns.map(({ name, type }) => `${name} ${type}`),
        [
          "title VARCHAR",
          "genre VARCHAR",
          "director VARCHAR",
          "released DATE",
          "rating DOUBLE",
          "votes BIGINT",
          "budget BIGINT",
          "box_office BIGINT",
          "in_color BOOLEAN",
        ],
      );
      const profiles = new Map(films.columns.map(({ name, profile }) => [name, profile]));
      const { histogram = [], quartiles: _quartiles, ...budget } = profiles.get("budget") ?? {};
      assert.equal(
        histogram.reduce((sum, { count }) => sum + count, 0),
        11,
      );
      assert.deepEqual(budget, {
        nullCount: 1,
        distinctCount: 11,
        min: 8_500_000,
        max: 140_000_000,
        mean: 455_500_000 / 11,
        topValues: [...new Set(movies.split("\n").slice(1, -1).map(budgetOf))]
          .filter((budget) => budget !== 0)
          .sort((one, other) => one - other)
          .map((value) => ({ value, count: 1 })),
      });
      const released = profiles.get("released");
      assert.deepEqual([released?.min, released?.max, released?.nullCount], ["2016-03-11", "2021-10-22", 0]);
      assert.deepEqual(profiles.get("in_color")?.topValues, [
        { value: true, count: 10 },
        { value: false, count: 2 },
      ]);
      assert.equal(profiles.get("genre")?.distinctCount, 4);
    });

    test("its rows come in the order of the file, with every value as it was", async () => {
      const { columns, rows } = await ann.ok(operations.listRows, { params });
      assert.deepEqual(columns[3], { name: "released", type: "DATE" });
      assert.equal(rows.length, 12);
      assert.deepEqual(rows[1], [
        "Night Bus, Last Stop",
        "Thriller",
        "Jonas Weidner",
        "2016-10-28",
        6.8,
        9410,
        8_500_000,
        21_300_000,
        true,
      ]);
      assert.equal(rows[3]?.[0], '"Hello", She Lied');
      assert.deepEqual(rows[7]?.slice(0, 2).concat(rows[7]?.slice(6, 7)), ["Café Nowhere", "Comedy", null]);
      const few = await ann.ok(operations.listRows, { params, query: { limit: 2 } });
      assert.deepEqual(few.rows, rows.slice(0, 2));
    });

    test("its rows can be paged through, in the order of the file or of a column", async () => {
      const whole = await ann.ok(operations.listRows, { params });
      assert.equal(whole.rowCount, 12);
      const page = async (query: { limit: number; offset: number; sort?: string; order?: "asc" | "desc" }) =>
        (await ann.ok(operations.listRows, { params, query })).rows;
      assert.deepEqual(await page({ limit: 5, offset: 10 }), whole.rows.slice(10));
      assert.deepEqual(await page({ limit: 5, offset: 12 }), []);
      // Rows of one genre in the order of the file, whatever the direction.
      const genres = [...new Set(whole.rows.map(([, genre]) => String(genre)))].sort();
      for (const order of ["asc", "desc"] as const) {
        const sorted = (order === "asc" ? genres : genres.toReversed()).flatMap((genre) =>
          whole.rows.filter((row) => row[1] === genre),
        );
        const pages = await Promise.all([0, 5, 10].map((offset) => page({ limit: 5, offset, sort: "genre", order })));
        assert.deepEqual(pages.flat(), sorted);
        // Without a value, rows come last, from whichever end a page is counted.
        for (const { name: sort } of whole.columns) {
          const all = await page({ limit: 12, offset: 0, sort, order });
          const parts = await Promise.all([0, 5, 10].map((offset) => page({ limit: 5, offset, sort, order })));
          assert.deepEqual(parts.flat(), all, `${sort} ${order}`);
        }
      }
      const { errors } = await ann.refused(
        operations.listRows,
        { params, query: { sort: "no such column" } },
        { status: 400 },
      );
      assert.deepEqual(errors[0]?.path, "sort");
    });

    test("it suggests questions, and each can be answered", async () => {
      assert.ok(films.suggestions.length >= 3, String(films.suggestions));
      for (const question of films.suggestions) {
        const { result } = await ann.ask(films, question);
        assert.ok(result.rows.length > 0, question);
      }
    });

    test("its name and its columns' labels and descriptions can be changed, and taken back", async () => {
      const renamed = await ann.ok(operations.updateDataset, { params, body: { name: "Films we like" } });
      assert.equal(renamed.name, "Films we like");
      assert.equal(renamed.fileName, "movies.csv");
      const change = { name: "box_office", label: "Takings", description: "World-wide, in dollars" };
      const labelled = await ann.ok(operations.updateDataset, { params, body: { columns: [change] } });
      const column = (dataset: Dataset) => dataset.columns.find(({ name }) => name === "box_office");
      assert.deepEqual([column(labelled)?.label, column(labelled)?.description], ["Takings", "World-wide, in dollars"]);
      assert.deepEqual(await ann.ok(operations.getDataset, { params }), labelled);
      const byLabel = await ann.ask(films, "total takings by genre");
      assert.deepEqual(byLabel.result.rows[0], ["Adventure", 711_100_000]);
      const body = { columns: [{ name: "box_office", label: null, description: "" }] };
      const plain = await ann.ok(operations.updateDataset, { params, body });
      assert.deepEqual(column(plain), column(films));
    });

    test("a label for a column that is not there is refused and changes nothing", async () => {
      const body = {
        name: "Half done",
        columns: [
          { name: "box_office", label: "B" },
          { name: "nope", label: "N" },
        ],
      };
      const { errors } = await ann.refused(operations.updateDataset, { params, body }, { status: 400 });
      assert.deepEqual(
        errors.map(({ path }) => path),
        ["columns.1.name"],
      );
      assert.notEqual((await ann.ok(operations.getDataset, { params })).name, "Half done");
    });

    test("the list is newest first and comes in pages that stay in place while datasets come and go", async () => {
      const lister = await stack.signIn("lister@datasets.example");
      const ids: string[] = [];
      for (let index = 0; index < 5; index += 1) {
        ids.unshift((await lister.announce(`file-${index}.csv`, 10)).dataset.id);
      }
      const first = await lister.ok(operations.listDatasets, { query: { limit: 2 } });
      assert.ok(first.nextCursor !== null);
      await lister.announce("in-between.csv", 10);
      await lister.done(operations.deleteDataset, { params: { datasetId: ids[1] ?? "" } });
      const second = await lister.ok(operations.listDatasets, { query: { limit: 2, cursor: first.nextCursor } });
      assert.ok(second.nextCursor !== null);
      const third = await lister.ok(operations.listDatasets, { query: { limit: 2, cursor: second.nextCursor } });
      assert.equal(third.nextCursor, null);
      assert.deepEqual(
        [first, second, third].flatMap(({ items }) => items.map(({ id }) => id)),
        ids,
      );
      assert.equal((await lister.ok(operations.listDatasets, { query: { limit: 5 } })).nextCursor, null);
    });

    test("deleting it deletes its charts and every object of it", async () => {
      const { dataset, upload } = await ann.announce("short-lived.csv", Buffer.byteLength(movies));
      assert.equal((await sendFile(upload, new Blob([movies]))).status, 204);
      const { s3Key } = await ann.settled(dataset.id);
      const folder = s3Key.slice(0, s3Key.lastIndexOf("/v1/"));
      assert.deepEqual(await stack.objectKeys(upload.url, folder), [
        `${folder}/v1/data.parquet`,
        `${folder}/v1/original`,
        `${folder}/v1/rejects.ndjson`,
      ]);
      const chart = await ann.ask(dataset, "average rating by genre");
      const gone = { datasetId: dataset.id, chartId: chart.id };
      await ann.done(operations.deleteDataset, { params: gone });
      assert.deepEqual(await stack.objectKeys(upload.url, folder), []);
      await ann.refused(operations.getDataset, { params: gone }, { status: 404 });
      await ann.refused(operations.deleteDataset, { params: gone }, { status: 404 });
      await ann.refused(operations.updateDataset, { params: gone, body: { name: "x" } }, { status: 404 });
      await ann.refused(operations.listRows, { params: gone }, { status: 404 });
      await ann.refused(operations.getChart, { params: gone }, { status: 404 });
      await ann.refused(
        operations.createChart,
        { body: { datasetIds: [dataset.id], sql: "SELECT 1" } },
        { status: 404 },
      );
      const left = await ann.ok(operations.listDatasets);
      assert.ok(left.items.every(({ id }) => id !== dataset.id));
    });
  });
}

function budgetOf(line: string): number {
  return Number(line.split(",").at(-3));
}
