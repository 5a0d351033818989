import assert from "node:assert/strict";
import { before, suite, test } from "node:test";
import { type Operation, operations } from "../../../contract/index.ts";
import { movies } from "../fixtures.ts";
import type { Person } from "../person.ts";
import type { Stack } from "../stack.ts";

const nobody = "0123456789abcdef01234567";

/** What one person has does not exist for another, whichever way they ask. */
export function tenants(stack: Stack): void {
  suite("tenants", () => {
    let ann: Person;
    let bob: Person;
    let ids: { workspaceId: string; datasetId: string; chartId: string; reportId: string; scheduleId: string };
    let bobsDatasetId: string;
    before(async () => {
      [ann, bob] = await Promise.all([stack.signIn("ann@tenants.example"), stack.signIn("bob@tenants.example")]);
      const [dataset, bobs] = await Promise.all([
        ann.upload("movies.csv", movies),
        bob.upload("mine.csv", "a,b\n1,2\n"),
      ]);
      const chart = await ann.ask(dataset, "average rating by genre");
      const report = { title: "Films", chartIds: [chart.id] };
      const repetition = { every: "day", hour: 7, timeZone: "UTC" } as const;
      ids = {
        workspaceId: ann.workspaceId,
        datasetId: dataset.id,
        chartId: chart.id,
        reportId: (await ann.ok(operations.createReport, { body: report })).id,
        scheduleId: (await ann.ok(operations.createReportSchedule, { body: { ...report, repetition } })).id,
      };
      bobsDatasetId = bobs.id;
    });

    const calls = Object.entries<Operation>(operations).filter(([, { path }]) => path.includes("{workspaceId}"));
    const bodies = (datasetId: string): Record<string, unknown> => ({
      createReport: { title: "Taken over", chartIds: [ids.chartId] },
      createReportSchedule: {
        title: "Taken over",
        chartIds: [ids.chartId],
        repetition: { every: "day", hour: 7, timeZone: "UTC" },
      },
      updateReportSchedule: { paused: true },
      createDataset: { fileName: "a.csv", fileSize: 10 },
      createVersion: { fileName: "a.csv", fileSize: 10 },
      updateDataset: { name: "Taken over" },
      createChart: { datasetIds: [datasetId], sql: "SELECT * FROM data" },
      updateChart: { title: "Taken over" },
    });

    for (const [name, operation] of calls) {
      test(`${name} answers 404 in another person's workspace, as it does in one that never was`, async () => {
        const call = { params: ids, query: { format: "csv" }, body: bodies(ids.datasetId)[name] };
        const foreign = await bob.refused(operation, call, { status: 404 });
        const missing = { ...call, params: { ...ids, workspaceId: nobody } };
        const { detail } = await bob.refused(operation, missing, { status: 404 });
        assert.equal(foreign.detail, detail);
      });
    }

    for (const [name, operation] of calls.filter(([, { path }]) =>
      /\{(dataset|chart|report|schedule)Id\}/.test(path),
    )) {
      test(`${name} answers 404 for another person's id in one's own workspace`, async () => {
        const params = { ...ids, workspaceId: bob.workspaceId };
        await bob.refused(
          operation,
          { params, query: { format: "csv" }, body: bodies(ids.datasetId)[name] },
          { status: 404 },
        );
      });
    }

    test("a chart can't be made from another person's dataset, not even beside one's own", async () => {
      for (const datasetIds of [[ids.datasetId], [bobsDatasetId, ids.datasetId]]) {
        const body = { datasetIds, sql: "SELECT * FROM data" };
        await bob.refused(operations.createChart, { body }, { status: 404 });
      }
    });

    test("lists hold one's own things only", async () => {
      const datasets = await bob.ok(operations.listDatasets);
      assert.deepEqual(
        datasets.items.map(({ id }) => id),
        [bobsDatasetId],
      );
      assert.deepEqual((await bob.ok(operations.listCharts)).items, []);
      assert.deepEqual(
        (await bob.ok(operations.listWorkspaces)).items.map(({ id }) => id),
        [bob.workspaceId],
      );
      // A cursor is only a place in one's own list.
      const beyond = await bob.ok(operations.listDatasets, { query: { cursor: ids.datasetId } });
      assert.ok(beyond.items.every(({ workspaceId }) => workspaceId === bob.workspaceId));
    });

    test("what was tried changed nothing for its owner", async () => {
      const dataset = await ann.ok(operations.getDataset, { params: ids });
      assert.equal(dataset.name, "movies");
      const chart = await ann.ok(operations.getChart, { params: ids });
      assert.notEqual(chart.title, "Taken over");
      assert.equal((await ann.ok(operations.listRows, { params: ids })).rows.length, 12);
    });
  });
}
