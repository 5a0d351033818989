import { z } from "zod";
import { type Operation, operations, problem } from "../../contract/index.ts";

/** The API as an OpenAPI 3.1 document, whose schemas are JSON Schema as zod writes it. */
export function describeApi(version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [operationId, operation] of Object.entries<Operation>(operations)) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method.toLowerCase()]: describe(operationId, operation),
    };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "QuantiBI",
      version,
      description: "Upload a table, ask a question, get a chart that can be checked.",
    },
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" } },
      schemas: { Problem: jsonSchema(problem, "output") },
    },
  };
}

function describe(operationId: string, { summary, access, status, params, query, body, answer }: Operation) {
  return {
    operationId,
    summary,
    ...(access === "public" && { security: [] }),
    parameters: [...parameters("path", params), ...parameters("query", query)],
    ...(body && {
      requestBody: { required: true, content: { "application/json": { schema: jsonSchema(body, "input") } } },
    }),
    responses: {
      [status]: {
        description: "Done",
        ...(answer && { content: { "application/json": { schema: jsonSchema(answer, "output") } } }),
      },
      default: {
        description: "A problem",
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    },
  };
}

function parameters(place: "path" | "query", schema: z.ZodType | undefined) {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).map(([name, member]) => ({
    name,
    in: place,
    required: place === "path" || !member.safeParse(undefined).success,
    schema: jsonSchema(member, "input"),
  }));
}

function jsonSchema(schema: z.ZodType, io: "input" | "output"): Record<string, unknown> {
  const { $schema: _dialect, ...described } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return described;
}
