import type { ServerResponse } from "node:http";
import type { InvokeResult } from "../lambda/invocation.ts";
import type { HttpApiSpec } from "../template/deployment.ts";
import { jwtAuthorizer } from "./authorizer.ts";
import { corsHeaders, isPreflight, preflightHeaders } from "./cors.ts";
import { type HttpApiEvent, httpApiEvent } from "./event.ts";
import { type Incoming, type Part, readBody } from "./incoming.ts";
import { type IntegrationResponse, MalformedResponse, readIntegrationResponse } from "./integration-response.ts";
import { ProblemError } from "./problem.ts";
import { compileRoutes, type RouteMatch } from "./routes.ts";
import { tokenBucket } from "./throttle.ts";

export interface HttpApiOptions {
  invoke: (functionName: string, event: HttpApiEvent) => Promise<InvokeResult>;
  /** Told of what the client must not see and no function logs: why an answer became a 5xx. */
  onError: (message: string) => void;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
export const maxPayloadBytes = 10 * 1024 * 1024;
const maxHeaderBytes = 10_240;

/** Plays API Gateway's HTTP API: CORS, throttling, routes, JWT authorizer, payload format 2.0, limits. */
export function httpApi(api: HttpApiSpec, { invoke, onError }: HttpApiOptions): Part {
  if (api.stage !== "$default") throw new Error(`HTTP API stage "${api.stage}" is not supported, only $default`);
  const routes = compileRoutes(api.routes);
  const authorize = jwtAuthorizer();
  const takeToken = tokenBucket(api.throttling);

  async function answer(incoming: Incoming): Promise<IntegrationResponse> {
    const { headers } = incoming.message;
    if (headerBytes(incoming) > maxHeaderBytes) {
      throw new ProblemError({ status: 431, detail: `Request line and headers exceed ${maxHeaderBytes} bytes.` });
    }
    if (!takeToken()) {
      throw new ProblemError({ status: 429, detail: "Too many requests. Try again in a moment." });
    }
    const match = routeOf(incoming);
    const { authorizer } = match.route;
    const jwt = authorizer && (await authorize(headers.authorization, authorizer));
    const body = await readBody(incoming.message, maxPayloadBytes);
    return await integrate(match, httpApiEvent(api, incoming, match, body, jwt));
  }

  function routeOf({ method, path }: Incoming): RouteMatch {
    try {
      decodeURIComponent(path);
    } catch (cause) {
      throw new ProblemError({ status: 400, detail: "The path has an escape that does not decode." }, { cause });
    }
    const match = routes.match(method, path);
    if (match === undefined) {
      throw new ProblemError({ status: 404, message: "Not Found", detail: `There is no ${method} here.` });
    }
    return match;
  }

  async function integrate({ route }: RouteMatch, event: HttpApiEvent): Promise<IntegrationResponse> {
    const { functionName, timeoutMs } = route;
    try {
      // As on AWS, a function that is too slow for the API goes on; only nobody listens any more.
      const invocation = await withTimeout(invoke(functionName, event), timeoutMs);
      if (invocation.outcome !== "success") throw new FailedInvocation(invocation);
      return readIntegrationResponse(invocation.payload);
    } catch (error) {
      const problem = integrationProblem(error, timeoutMs);
      // A function that failed is in the log already.
      if (!(error instanceof FailedInvocation && error.outcome === "error"))
        onError(`${functionName} ${event.requestContext.requestId}: ${describe(problem.cause)}`);
      throw problem;
    }
  }

  return {
    claims: ({ path }) => routes.owns(path),
    async handle(incoming, response) {
      const { headers } = incoming.message;
      response.setHeader("apigw-requestid", incoming.id);
      if (api.cors !== undefined && isPreflight(incoming)) {
        response.writeHead(204, preflightHeaders(api.cors, headers)).end();
        return;
      }
      for (const [name, value] of Object.entries(corsHeaders(api.cors, headers))) response.setHeader(name, value);
      writeIntegrationResponse(incoming, response, await answer(incoming), api.cors !== undefined);
    },
  };
}

/** With CORS configured, API Gateway ignores the CORS headers of the integration. */
function writeIntegrationResponse(
  { method }: Incoming,
  response: ServerResponse,
  { status, headers, cookies, body }: IntegrationResponse,
  hasCors: boolean,
): void {
  for (const [name, value] of Object.entries(headers)) {
    if (name === "content-length" || name === "transfer-encoding" || name === "connection") continue;
    if (hasCors && name.startsWith("access-control-")) continue;
    response.setHeader(name, name === "vary" ? [response.getHeader("vary"), value].flat().join(", ") : value);
  }
  if (cookies.length > 0) response.setHeader("set-cookie", cookies);
  response.statusCode = status;
  const isBodiless = status === 204 || status === 304 || status < 200;
  if (!isBodiless) response.setHeader("content-length", body.length);
  response.end(isBodiless || method === "HEAD" ? undefined : body);
}

/** The size that API Gateway's header quota counts: the request line and the header values. */
function headerBytes({ message }: Incoming): number {
  const line = `${message.method} ${message.url} HTTP/${message.httpVersion}`;
  return message.rawHeaders.reduce((sum, text) => sum + Buffer.byteLength(text), Buffer.byteLength(line));
}

class FailedInvocation extends Error {
  readonly outcome: "error" | "throttled";
  readonly errorType: string;

  constructor({ outcome, error }: Exclude<InvokeResult, { outcome: "success" }>) {
    super(`${error.errorType}: ${error.errorMessage}`);
    this.name = "FailedInvocation";
    this.outcome = outcome;
    this.errorType = error.errorType;
  }
}

class IntegrationTimeout extends Error {
  override name = "IntegrationTimeout";
}

async function withTimeout<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new IntegrationTimeout(`no answer within ${timeoutMs} ms`)), timeoutMs);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** An HTTP API answers 503 when the integration is slow or throttled, and 500 when it failed or made no sense. */
function integrationProblem(error: unknown, timeoutMs: number): ProblemError {
  const cause = error;
  if (error instanceof IntegrationTimeout) {
    return new ProblemError({ status: 503, detail: `No answer within ${timeoutMs / 1000} s.` }, { cause });
  }
  if (error instanceof FailedInvocation && error.outcome === "throttled") {
    return new ProblemError({ status: 503, detail: "Too much is going on. Try again in a moment." }, { cause });
  }
  if (error instanceof FailedInvocation && error.errorType === "RequestEntityTooLargeException") {
    // Lambda takes 6 MB, less than API Gateway does.
    return new ProblemError(
      { status: 413, message: "Request Entity Too Large", detail: "The body is too large." },
      { cause },
    );
  }
  return new ProblemError({ status: 500, detail: "Something went wrong on our side." }, { cause });
}

function describe(cause: unknown): string {
  if (cause instanceof MalformedResponse) return `malformed response: ${cause.message}`;
  return cause instanceof Error ? cause.message : String(cause);
}
