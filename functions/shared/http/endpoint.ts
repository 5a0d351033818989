import type { Method, Route } from "@middy/http-router";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { z } from "zod";
import type { Operation } from "../../../contract/index.ts";
import { type Caller, identifyCaller, type Member, requireMember } from "../../workspaces/access.ts";
import { readConfiguration } from "../configuration.ts";
import { InvalidInput, NotFound } from "../errors.ts";
import { connectMongo } from "../mongo.ts";
import { attachment } from "../object-storage.ts";

const { mongodbSecret } = readConfiguration("mongodbSecret");

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** A request after its door: everything parsed, the caller known and allowed. */
export interface EndpointRequest<O extends Operation> {
  params: Parsed<O["params"]>;
  query: Parsed<O["query"]>;
  body: Parsed<O["body"]>;
  caller: O["access"] extends "public" ? undefined : O["access"] extends "signed-in" ? Caller : Member;
}

type Event = APIGatewayProxyEventV2;
type Response = APIGatewayProxyStructuredResultV2;
export type EndpointRoute = Route<Event, Response>;

/** The route that answers `operation` with the JSON that `respond` resolves to. */
export function endpoint<const O extends Operation>(
  operation: O,
  respond: (request: EndpointRequest<O>) => Promise<O["answer"] extends z.ZodType ? z.output<O["answer"]> : void>,
): EndpointRoute {
  return route(operation, async (request) => {
    const answer: unknown = await respond(request);
    if (answer === undefined) return { statusCode: operation.status };
    return {
      statusCode: operation.status,
      headers: { "content-type": "application/json; charset=utf-8" },
      body: JSON.stringify(answer),
    };
  });
}

/** Like `endpoint`, for an operation whose answer is a file. */
export function fileEndpoint<const O extends Operation>(
  operation: O,
  respond: (
    request: EndpointRequest<O>,
  ) => Promise<{ fileName: string; contentType: string; content: string | Uint8Array }>,
): EndpointRoute {
  return route(operation, async (request) => {
    const { fileName, contentType, content } = await respond(request);
    const headers = { "content-type": contentType, "content-disposition": attachment(fileName) };
    if (typeof content === "string") return { statusCode: operation.status, headers, body: content };
    const body = Buffer.from(content).toString("base64");
    return { statusCode: operation.status, headers, body, isBase64Encoded: true };
  });
}

function route<O extends Operation>(
  operation: O,
  respond: (request: EndpointRequest<O>) => Promise<Response>,
): EndpointRoute {
  const handler = async (event: Event): Promise<Response> => {
    // The caller comes first: whoever may not see a thing must not learn what is wrong with a request about it.
    const caller = await admit(operation, event);
    const request = {
      params: parseParams(operation.params, event.pathParameters ?? {}),
      query: parse(operation.query, event.queryStringParameters ?? {}),
      body: parse(operation.body, event.body),
      caller,
    };
    // Holds by construction: each member was parsed with the schema that its type is inferred from.
    return respond(request as EndpointRequest<O>);
  };
  return { method: operation.method satisfies Method, path: operation.path, handler };
}

async function admit(operation: Operation, event: Event): Promise<Caller | Member | undefined> {
  if (operation.access === "public") return undefined;
  const caller = identifyCaller(event);
  await connectMongo(mongodbSecret);
  if (operation.access === "signed-in") return caller;
  return requireMember(caller, event.pathParameters?.workspaceId, operation.access);
}

/** Ids are opaque to callers: one that can't be is one that is not there. */
function parseParams(schema: z.ZodType | undefined, input: unknown): unknown {
  const parsed = schema?.safeParse(input);
  if (parsed && !parsed.success) throw new NotFound("There is nothing with this id", { cause: parsed.error });
  return parsed?.data;
}

function parse(schema: z.ZodType | undefined, input: unknown): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new InvalidInput(
    parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message })),
    { cause: parsed.error },
  );
}
