import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { type Dataset, operations, type Usage } from "../../../contract/index.ts";
import { type Reply, ScriptedOpenai } from "../../openai/scripted-server.ts";
import { movies } from "../fixtures.ts";
import type { Person } from "../person.ts";
import { Stack } from "../stack.ts";

/** What a workspace uses is counted when it is used, and ends where the limits are. */
export function usage(): void {
  suite("usage", () => {
    const stack = new Stack();
    let openai: ScriptedOpenai;
    let ann: Person;
    let films: Dataset;
    before(async () => {
      openai = await ScriptedOpenai.start();
      await stack.start({
        OPENAI_API_KEY: "sk-of-the-usage-test",
        OPENAI_BASE_URL: openai.baseUrl,
        OPENAI_MODEL: "house-model",
        OPENAI_PRICE: "1,10",
        CHARTS_PER_MONTH: "5",
        REPORTS_PER_MONTH: "1",
        MODEL_TOKENS_PER_MONTH: "5000",
        STORED_BYTES: "50000",
      });
      ann = await stack.signIn("ann@usage.example");
      films = await ann.upload("movies.csv", movies);
    });
    after(async () => {
      await stack.remove();
      await openai.close();
    });

    const counting: Reply = { content: { sql: "SELECT genre, count(*) AS n FROM data GROUP BY ALL ORDER BY genre" } };
    const body = () => ({ datasetIds: [films.id], question: "number of movies by genre" });
    const used = (person = ann): Promise<Usage> => person.ok(operations.readUsage);
    /** 1000 tokens read at 1 dollar and 100 written at 10 dollars per million. */
    const costOfOne = 0.002;

    test("begins at nothing but what is stored", async () => {
      const { storedBytes, month, ...rest } = await used();
      assert.equal(month, new Date().toISOString().slice(0, 7));
      assert.ok(storedBytes > movies.length && storedBytes < 50_000, String(storedBytes));
      assert.deepEqual(rest, {
        charts: 0,
        reports: 0,
        modelTokens: 0,
        estimatedCostUsd: 0,
        unpricedTokens: 0,
        limits: { charts: 5, reports: 1, modelTokens: 5000, storedBytes: 50_000 },
      });
    });

    test("counts charts, and the model's tokens whether they were of use or not", async () => {
      openai.script(counting);
      const chart = await ann.ok(operations.createChart, { body: body() });
      assert.equal(chart.receipt.costUsd, costOfOne);
      assert.partialDeepStrictEqual(await used(), { charts: 1, modelTokens: 1100, estimatedCostUsd: costOfOne });

      openai.script({ content: { answerable: false, reason: "No.", sql: "" } });
      await ann.refused(operations.createChart, { body: body() }, { status: 422, kind: "unanswerable" });
      assert.partialDeepStrictEqual(await used(), { charts: 1, modelTokens: 2200, estimatedCostUsd: 2 * costOfOne });

      openai.script({ content: { sql: "SELECT nothing FROM nowhere" } });
      assert.equal((await ann.ok(operations.createChart, { body: body() })).planner, "offline");
      assert.partialDeepStrictEqual(await used(), { charts: 2, modelTokens: 5500, estimatedCostUsd: 5 * costOfOne });
    });

    test("a workspace that has used up the model's tokens is answered without the model", async () => {
      openai.script(counting);
      const chart = await ann.ok(operations.createChart, { body: body() });
      assert.equal(openai.asked.length, 0);
      assert.equal(chart.planner, "offline");
      assert.match(chart.warnings.join(), /used up the language model's tokens of this month/);
    });

    test("of charts that are asked for at once no more are made than may be", async () => {
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => ann.send(operations.createChart, { body: body() })),
      );
      assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 201, 429, 429, 429, 429, 429, 429]);
      const { detail } = await ann.refused(operations.createChart, { body: body() }, { status: 429 });
      assert.match(detail, /has made the 5 charts that it may make in a month/);
      assert.equal((await used()).charts, 5);
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
      const announced = { fileName: "large.csv", fileSize: 30_000 };
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
