import assert from "node:assert/strict";
import { before, suite, test } from "node:test";
import { operations } from "../../../contract/index.ts";
import type { Person } from "../person.ts";
import { assertProblem } from "../problem.ts";
import type { Stack } from "../stack.ts";

/** Requests that say something wrong are told what and where. */
export function requests(stack: Stack): void {
  suite("requests that are not valid", () => {
    let ann: Person;
    let params: { datasetId: string };
    before(async () => {
      ann = await stack.signIn("ann@requests.example");
      params = { datasetId: (await ann.announce("a.csv", 10)).dataset.id };
    });

    async function paths(operation: Parameters<Person["refused"]>[0], call: Parameters<Person["refused"]>[1]) {
      const { errors } = await ann.refused(operation, call, { status: 400 });
      assert.ok(errors.length > 0 && errors.every(({ message }) => message !== ""));
      return errors.map(({ path }) => path).sort();
    }

    for (const [name, text] of [
      ["cut off", '{"name": "x"'],
      ["not JSON", "name=x"],
      ["JSON with a comment", '{"name": "x"} // mine'],
      ["binary", "\u0000\u0001\u0002"],
    ]) {
      test(`a body that is ${name}`, async () => {
        const response = await ann.fetch("POST", "/api/workspaces", { body: text ?? "" });
        const { errors } = await assertProblem(response, { status: 400 });
        assert.match(errors[0]?.message ?? "", /JSON/);
      });
    }

    for (const body of [undefined, "null", "[]", "17", '"text"']) {
      test(`a body that is ${body ?? "missing"} instead of an object`, async () => {
        const response = await ann.fetch("POST", "/api/workspaces", body === undefined ? {} : { body });
        await assertProblem(response, { status: 400 });
      });
    }

    test("a member that is unknown, missing, or of another type", async () => {
      const workspace = operations.createWorkspace;
      assert.deepEqual(await paths(workspace, { body: {} }), ["name"]);
      assert.deepEqual(await paths(workspace, { body: { name: 5 } }), ["name"]);
      assert.deepEqual(await paths(workspace, { body: { name: "  " } }), ["name"]);
      assert.deepEqual(await paths(workspace, { body: { name: "x".repeat(101) } }), ["name"]);
      const { detail } = await ann.refused(workspace, { body: { name: "x", owner: "me" } }, { status: 400 });
      assert.match(detail, /owner/);
      const create = operations.createDataset;
      assert.deepEqual(await paths(create, { body: { fileName: 1, fileSize: "10" } }), ["fileName", "fileSize"]);
      assert.deepEqual(await paths(create, { body: { fileName: "a.csv", fileSize: 1.5 } }), ["fileSize"]);
      assert.deepEqual(await paths(operations.updateDataset, { params, body: { columns: "all" } }), ["columns"]);
      await ann.refused(operations.updateDataset, { params, body: {} }, { status: 400 });
      await ann.refused(operations.updateDataset, { params, body: { status: "ready" } }, { status: 400 });
    });

    test("a prototype in disguise is an unknown member like any other", async () => {
      const body = '{"name": "x", "__proto__": {"role": "owner"}, "constructor": {"prototype": {"a": 1}}}';
      const response = await ann.fetch("POST", "/api/workspaces", { body });
      await assertProblem(response, { status: 400 });
    });

    test("operators of the database are text or refused, never executed", async () => {
      await ann.refused(operations.createWorkspace, { body: { name: { $gt: "" } } }, { status: 400 });
      await ann.refused(
        operations.createChart,
        { body: { datasetIds: [{ $ne: null }], sql: "SELECT 1" } },
        { status: 400 },
      );
      await ann.refused(operations.listDatasets, { query: { cursor: '{"$gt":""}' } }, { status: 400 });
    });

    test("a page that can't be", async () => {
      for (const limit of ["0", "101", "-1", "ten", "2.5"]) {
        assert.deepEqual(await paths(operations.listDatasets, { query: { limit } }), ["limit"]);
      }
      for (const cursor of ["next", "0123"]) {
        assert.deepEqual(await paths(operations.listCharts, { query: { cursor } }), ["cursor"]);
      }
      for (const limit of ["0", "1001", "all"]) {
        assert.deepEqual(await paths(operations.listRows, { params, query: { limit } }), ["limit"]);
      }
      assert.deepEqual(await paths(operations.listRows, { params, query: { offset: "-1" } }), ["offset"]);
      assert.deepEqual(await paths(operations.listRows, { params, query: { order: "up" } }), ["order"]);
    });

    test("a chart of nothing, of too much, of both or of an unknown type", async () => {
      const [id] = [params.datasetId];
      const create = operations.createChart;
      assert.deepEqual(await paths(create, { body: { question: "how many" } }), ["datasetIds"]);
      assert.deepEqual(await paths(create, { body: { datasetIds: [], question: "how many" } }), ["datasetIds"]);
      const six = Array.from({ length: 6 }, (_, index) => `${id.slice(0, 23)}${index}`);
      assert.deepEqual(await paths(create, { body: { datasetIds: six, question: "how many" } }), ["datasetIds"]);
      await ann.refused(create, { body: { datasetIds: [id] } }, { status: 400 });
      await ann.refused(create, { body: { datasetIds: [id], question: "x", sql: "SELECT 1" } }, { status: 400 });
      assert.deepEqual(await paths(create, { body: { datasetIds: [id], question: "   " } }), ["question"]);
      assert.deepEqual(await paths(create, { body: { datasetIds: [id], question: "x".repeat(1001) } }), ["question"]);
      assert.deepEqual(await paths(create, { body: { datasetIds: [id], sql: `SELECT ${"1,".repeat(10_001)}1` } }), [
        "sql",
      ]);
      assert.deepEqual(await paths(create, { body: { datasetIds: [id], question: "x", type: "treemap" } }), ["type"]);
    });

    test("an id that is none is not found, or not valid, but never a fault", async () => {
      for (const datasetId of ["x", "0123456789ABCDEF01234567", "..%2f", "'; DROP TABLE data"]) {
        const response = await ann.send(operations.getDataset, { params: { datasetId } });
        await assertProblem(response, { status: response.status === 404 ? 404 : 400 });
      }
      await ann.refused(operations.listDatasets, { params: { workspaceId: "mine" } }, { status: 404 });
      const response = await ann.send(operations.createChart, { body: { datasetIds: ["../etc"], question: "x" } });
      await assertProblem(response, { status: response.status === 404 ? 404 : 400 });
    });

    test("a body beyond what the API takes", async () => {
      const body = JSON.stringify({ name: "x".repeat(11_000_000) });
      await assertProblem(await ann.fetch("POST", "/api/workspaces", { body }), { status: 413 });
    });
  });
}
