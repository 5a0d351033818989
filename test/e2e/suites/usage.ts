import assert from "node:assert/strict";
import { before, suite, test } from "node:test";
import { type Dataset, operations, type Usage, type UsageLimits } from "../../../contract/index.ts";
import type { Reply, ScriptedOpenai } from "../../openai/scripted-server.ts";
import { movies } from "../fixtures.ts";
import type { Person } from "../person.ts";
import type { Stack } from "../stack.ts";

/** Low enough to be reached here, and high enough for what else is done on the stack. */
export const limits: UsageLimits = { charts: 60, reports: 1, modelTokens: 200_000, storedBytes: 100_000 };

/** What a workspace uses is counted when it is used, and ends where the limits are. */
export function usage(stack: Stack, openaiOf: () => ScriptedOpenai): void {
  suite("and what it takes", () => {
    let ann: Person;
    let films: Dataset;
    before(async () => {
      ann = await stack.signIn("ann@usage.example");
      films = await ann.upload("movies.csv", movies);
    });

    const counting = {
      content: { sql: "SELECT genre, count(*) AS n FROM data GROUP BY ALL ORDER BY genre" },
    } satisfies Reply;
    const body = () => ({ datasetIds: [films.id], question: "number of movies by genre" });
    const used = (person = ann): Promise<Usage> => person.ok(operations.readUsage);
    /** 1000 tokens of gpt-4o-mini read and 100 written, in US dollars. */
    const costOfOne = 0.00021;

    test("begins at nothing but what is stored", async () => {
      const { storedBytes, month, ...rest } = await used();
      assert.equal(month, new Date().toISOString().slice(0, 7));
      assert.ok(storedBytes > movies.length && storedBytes < limits.storedBytes, String(storedBytes));
      assert.deepEqual(rest, {
        charts: 0,
        reports: 0,
        modelTokens: 0,
        estimatedCostUsd: 0,
        unpricedTokens: 0,
        limits,
      });
    });

    test("counts charts, and the model's tokens whether they were of use or not", async () => {
      openaiOf().script(counting);
      const chart = await ann.ok(operations.createChart, { body: body() });
      assert.ok(Math.abs((chart.receipt.costUsd ?? 0) - costOfOne) < 1e-9);
      assert.partialDeepStrictEqual(await used(), { charts: 1, modelTokens: 1100, estimatedCostUsd: costOfOne });

      openaiOf().script({ content: { answerable: false, reason: "No.", sql: "" } });
      await ann.refused(operations.createChart, { body: body() }, { status: 422, kind: "unanswerable" });
      assert.partialDeepStrictEqual(await used(), { charts: 1, modelTokens: 2200, estimatedCostUsd: 0.00042 });

      openaiOf().script({ content: { sql: "SELECT nothing FROM nowhere" } });
      assert.equal((await ann.ok(operations.createChart, { body: body() })).planner, "offline");
      assert.partialDeepStrictEqual(await used(), { charts: 2, modelTokens: 5500, estimatedCostUsd: 0.00105 });
    });

    test("a workspace that has used up the model's tokens is answered without the model", async () => {
      openaiOf().script({ ...counting, promptTokens: limits.modelTokens });
      await ann.ok(operations.createChart, { body: body() });
      openaiOf().script(counting);
      const chart = await ann.ok(operations.createChart, { body: body() });
      assert.equal(openaiOf().asked.length, 0);
      assert.equal(chart.planner, "offline");
      assert.match(chart.warnings.join(), /used up the language model's tokens of this month/);
    });

    test("of charts that are asked for at once no more are made than may be", async () => {
      const left = 2;
      const { charts } = await used();
      for (let made = charts; made < limits.charts - left; made += 1) await ann.query(films, "SELECT 1 AS one");
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => ann.send(operations.createChart, { body: body() })),
      );
      assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 201, 429, 429, 429, 429, 429, 429]);
      const { detail } = await ann.refused(operations.createChart, { body: body() }, { status: 429 });
      assert.match(detail, /has made the 60 charts that it may make in a month/);
      assert.equal((await used()).charts, limits.charts);
    });

    test("reports have a limit of their own", async () => {
      const chartIds = (await ann.ok(operations.listCharts)).items.slice(0, 1).map(({ id }) => id);
      const report = { title: "Films", chartIds };
      await ann.refused(operations.createReport, { body: { ...report, chartIds: ["0".repeat(24)] } }, { status: 400 });
      await ann.ok(operations.createReport, { body: report });
      await ann.refused(operations.createReport, { body: report }, { status: 429 });
      assert.equal((await used()).reports, 1);
    });

    test("files that there is no room for are refused before they are sent", async () => {
      const announced = { fileName: "large.csv", fileSize: 60_000 };
      const { dataset } = await ann.ok(operations.createDataset, { body: announced });
      const { detail } = await ann.refused(operations.createDataset, { body: announced }, { status: 429 });
      assert.match(detail, /leaves no room for this file/);
      const params = { datasetId: films.id };
      await ann.refused(operations.createVersion, { params, body: announced }, { status: 429 });
      await ann.done(operations.deleteDataset, { params: { datasetId: dataset.id } });
      await ann.ok(operations.createDataset, { body: announced });
    });

    test("is of one workspace and one month", async () => {
      const bob = await stack.signIn("bob@usage.example");
      assert.partialDeepStrictEqual(await used(bob), { charts: 0, storedBytes: 0, modelTokens: 0 });
      const query = { month: "2020-02" };
      assert.partialDeepStrictEqual(await ann.ok(operations.readUsage, { query }), { ...query, charts: 0 });
      await ann.refused(operations.readUsage, { query: { month: "2020-13" } }, { status: 400 });
      await bob.refused(operations.readUsage, { params: { workspaceId: ann.workspaceId } }, { status: 404 });
    });
  });
}
