import { randomBytes } from "node:crypto";
import { account } from "../account.ts";
import type { HttpApiSpec } from "../template/deployment.ts";
import type { Incoming } from "./incoming.ts";
import type { RouteMatch } from "./routes.ts";

/** What the JWT authorizer hands to the function: every claim as a string, and null where the route asks for no scopes. */
export interface JwtContext {
  claims: Record<string, string>;
  scopes: string[] | null;
}

/** The payload of an HTTP API's Lambda proxy integration, format 2.0; absent keys are left out, as AWS does. */
export interface HttpApiEvent {
  version: "2.0";
  routeKey: string;
  rawPath: string;
  rawQueryString: string;
  cookies?: string[];
  headers: Record<string, string>;
  queryStringParameters?: Record<string, string>;
  requestContext: {
    accountId: string;
    apiId: string;
    authorizer?: { jwt: JwtContext };
    domainName: string;
    domainPrefix: string;
    http: { method: string; path: string; protocol: string; sourceIp: string; userAgent: string };
    requestId: string;
    routeKey: string;
    stage: string;
    time: string;
    timeEpoch: number;
  };
  pathParameters?: Record<string, string>;
  body?: string;
  isBase64Encoded: boolean;
}

/**
 * The event for a request that `match` takes.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function httpApiEvent(
  api: Pick<HttpApiSpec, "id" | "stage">,
  incoming: Incoming,
  match: RouteMatch,
  body: Buffer,
  jwt: JwtContext | undefined,
): HttpApiEvent {
  const { message, id, method, query, receivedAt } = incoming;
  // HTTP APIs, unlike REST APIs, hand the path on decoded; the query string stays as it came.
  const path = decodeURIComponent(incoming.path);
  const domainName = (message.headers.host ?? "localhost").replace(/:\d+$/, "");
  const cookies = message.headers.cookie?.split(/; */).filter((cookie) => cookie !== "");
  const isBase64Encoded = body.length > 0 && !isText(message.headers["content-type"]);
  return {
    version: "2.0",
    routeKey: match.route.routeKey,
    rawPath: path,
    rawQueryString: query,
    ...(cookies === undefined || cookies.length === 0 ? {} : { cookies }),
    headers: eventHeaders(incoming),
    ...(query === "" ? {} : { queryStringParameters: queryParameters(query) }),
    requestContext: {
      accountId: account.id,
      apiId: api.id,
      ...(jwt === undefined ? {} : { authorizer: { jwt } }),
      domainName,
      domainPrefix: domainName.split(".")[0] ?? domainName,
      http: {
        method,
        path,
        protocol: `HTTP/${message.httpVersion}`,
        sourceIp: message.socket.remoteAddress ?? "127.0.0.1",
        userAgent: message.headers["user-agent"] ?? "",
      },
      requestId: id,
      routeKey: match.route.routeKey,
      stage: api.stage,
      time: commonLogTime(receivedAt),
      timeEpoch: receivedAt.getTime(),
    },
    ...(match.pathParameters === undefined ? {} : { pathParameters: match.pathParameters }),
    ...(body.length === 0 ? {} : { body: body.toString(isBase64Encoded ? "base64" : "utf8") }),
    isBase64Encoded,
  };
}

/**
 * AWS documents that binary bodies are base64-encoded, but not which those are; seen on AWS, text is `text/*` and
 * `application/{json,javascript,xml}` and nothing else, so that a form, a `+json` type or a missing type comes encoded.
 */
function isText(contentType: string | undefined): boolean {
  const type = contentType?.split(";")[0]?.trim().toLowerCase() ?? "";
  return type.startsWith("text/") || /^application\/(json|javascript|xml)$/.test(type);
}

const hopByHop = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

function eventHeaders({ message }: Incoming): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, values] of Object.entries(message.headersDistinct)) {
    // Cookies travel in their own field.
    if (values !== undefined && name !== "cookie" && !hopByHop.has(name)) headers[name] = values.join(",");
  }
  headers["x-amzn-trace-id"] ??= traceId();
  const from = message.socket.remoteAddress ?? "127.0.0.1";
  headers["x-forwarded-for"] = [headers["x-forwarded-for"], from].filter((value) => value !== undefined).join(", ");
  headers["x-forwarded-port"] = String(message.socket.localPort ?? "");
  headers["x-forwarded-proto"] = "http";
  return headers;
}

/** `Root=1-<seconds, hex>-<96 random bits, hex>`: X-Ray's format. */
function traceId(): string {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${randomBytes(12).toString("hex")}`;
}

function queryParameters(query: string): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    const before = parameters[name];
    parameters[name] = before === undefined ? value : `${before},${value}`;
  }
  return parameters;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `12/Mar/2020:19:03:58 +0000`, Apache's common log format. */
function commonLogTime(time: Date): string {
  const [date = "", clock = ""] = time.toISOString().split("T");
  const [year, month, day] = date.split("-");
  return `${day}/${months[Number(month) - 1]}/${year}:${clock.slice(0, 8)} +0000`;
}
