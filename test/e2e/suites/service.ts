import assert from "node:assert/strict";
import { before, suite, test } from "node:test";
import { z } from "zod";
import { operations } from "../../../contract/index.ts";
import packageJson from "../../../package.json" with { type: "json" };
import { movies } from "../fixtures.ts";
import type { Person } from "../person.ts";
import { assertProblem } from "../problem.ts";
import type { Stack } from "../stack.ts";

const operationObject = z.looseObject({
  operationId: z.string(),
  summary: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
  parameters: z.array(
    z.object({ name: z.string(), in: z.enum(["path", "query"]), required: z.boolean(), schema: z.looseObject({}) }),
  ),
  requestBody: z
    .object({ required: z.boolean(), content: z.record(z.string(), z.object({ schema: z.looseObject({}) })) })
    .optional(),
  responses: z.record(z.string(), z.looseObject({ description: z.string() })),
});

const document = z.looseObject({
  openapi: z.string().regex(/^3\.1\.\d+$/),
  info: z.looseObject({ title: z.literal("QuantiBI"), version: z.string() }),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  paths: z.record(z.string(), z.record(z.enum(["get", "post", "patch", "delete"]), operationObject.optional())),
  components: z.looseObject({
    securitySchemes: z.record(z.string(), z.looseObject({ type: z.string() })),
    schemas: z.record(z.string(), z.looseObject({})),
  }),
});

/** What anyone may ask: health and the description of the API, which must be true. */
export function service(stack: Stack): void {
  suite("the service", () => {
    let ann: Person;
    let description: z.infer<typeof document>;
    before(async () => {
      ann = await stack.signIn("ann@service.example");
      description = document.parse(await (await fetch(`${stack.url}/api/openapi.json`)).json());
    });

    function described() {
      return Object.entries(description.paths).flatMap(([path, methods]) =>
        Object.entries(methods).flatMap(([method, operation]) => (operation ? [{ path, method, operation }] : [])),
      );
    }

    test("says that it is well, and its version, to anyone", async () => {
      const response = await fetch(`${stack.url}/api/health`);
      assert.equal(response.status, 200);
      assert.deepEqual(await response.json(), { status: "ok", version: packageJson.version });
    });

    test("describes every operation once, with its path parameters and a problem as the alternative", () => {
      const calls = described();
      assert.equal(calls.length, Object.keys(operations).length);
      assert.equal(new Set(calls.map(({ operation }) => operation.operationId)).size, calls.length);
      for (const { path, operation } of calls) {
        const inPath = operation.parameters.filter((parameter) => parameter.in === "path");
        const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
        assert.deepEqual(inPath.map(({ name }) => name).sort(), named.sort(), path);
        assert.ok(
          inPath.every(({ required }) => required),
          path,
        );
        assert.ok(
          Object.keys(operation.responses).some((status) => status.startsWith("2")),
          path,
        );
        assert.deepEqual(operation.responses.default?.content, {
          "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } },
        });
      }
    });

    test("describes with references that lead somewhere and security that is declared", () => {
      const references = [...JSON.stringify(description).matchAll(/"\$ref":"([^"]+)"/g)].map(([, to]) => to ?? "");
      assert.ok(references.length > 0);
      for (const reference of new Set(references)) {
        const target = reference
          .replace(/^#\//, "")
          .split("/")
          .reduce<unknown>((place, name) => z.record(z.string(), z.unknown()).parse(place)[name], description);
        assert.ok(target, `${reference} leads nowhere`);
      }
      const isOpen = described().filter(({ operation }) => operation.security?.length === 0);
      assert.deepEqual(isOpen.map(({ path }) => path).sort(), ["/api/health", "/api/openapi.json"]);
      const schemes = description.security.flatMap((requirement) => Object.keys(requirement));
      assert.ok(schemes.every((scheme) => scheme in description.components.securitySchemes));
    });

    test("answers every operation that it describes with a status that it describes", async () => {
      const dataset = await ann.upload("movies.csv", movies);
      const chart = await ann.ask(dataset, "average rating by genre");
      const report = { title: "Films", chartIds: [chart.id] };
      const repetition = { every: "day", hour: 7, timeZone: "UTC" } as const;
      const ids = {
        workspaceId: ann.workspaceId,
        datasetId: dataset.id,
        chartId: chart.id,
        reportId: (await ann.ok(operations.createReport, { body: report })).id,
        scheduleId: (await ann.ok(operations.createReportSchedule, { body: { ...report, repetition } })).id,
      };
      const bodies: Record<string, unknown> = {
        createWorkspace: { name: "A second one" },
        createDataset: { fileName: "more.csv", fileSize: 10 },
        createVersion: { fileName: "newer.csv", fileSize: 10 },
        updateDataset: { name: "Films" },
        createChart: { datasetIds: [dataset.id], sql: "SELECT 1 AS one" },
        updateChart: { title: "Ratings" },
        createReport: report,
        createReportSchedule: { ...report, repetition },
        updateReportSchedule: { paused: true },
      };
      const inOrder = described().sort((one, other) => rank(one) - rank(other));
      for (const { path, method, operation } of inOrder) {
        const address = path.replace(/\{(\w+)\}/g, (_, name: keyof typeof ids) => ids[name]);
        const body = bodies[operation.operationId];
        assert.equal(body !== undefined, operation.requestBody !== undefined, operation.operationId);
        const query = operation.operationId === "exportChart" ? "?format=csv" : "";
        const response = await ann.fetch(method.toUpperCase(), address + query, {
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        const text = await response.text();
        // What is well asked but not possible right now, such as to retry a report that has not failed, is a problem.
        const expected = String(response.status) in operation.responses || response.status === 409;
        assert.ok(expected, `${operation.operationId}: ${response.status} ${text}`);
      }

      /** Deletions come last, that of the dataset after that of the chart. */
      function rank({ method, operation }: { method: string; operation: { operationId: string } }): number {
        if (method !== "delete") return 0;
        return operation.operationId === "deleteDataset" ? 2 : 1;
      }
    });

    test("tells a stranger nothing, not even which paths there are", async () => {
      for (const path of ["/api/me", "/api/nothing", "/api/workspaces/x/y/z"]) {
        await assertProblem(await fetch(stack.url + path), { status: 401 });
      }
    });

    test("answers a path or a method that it does not have with 404, as a problem", async () => {
      for (const [method, path] of [
        ["GET", "/api"],
        ["GET", "/api/nothing"],
        ["GET", "/api/workspaces/x/y/z"],
        ["PUT", "/api/me"],
        ["POST", "/api/me"],
        ["DELETE", "/api/workspaces"],
        ["PATCH", `/api/workspaces/${ann.workspaceId}/charts`],
        ["PUT", `/api/workspaces/${ann.workspaceId}/datasets/0123456789abcdef01234567/rows`],
      ] as const) {
        await assertProblem(await ann.fetch(method, path), { status: 404 });
      }
    });
  });
}
