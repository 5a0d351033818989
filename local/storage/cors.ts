import type { ServerResponse } from "node:http";
import type { CorsRule } from "../template/deployment.ts";
import { S3Error } from "./error.ts";
import type { S3Request } from "./s3-request.ts";

const VARY = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";

/** Adds what the bucket's rules grant to a request from a browser: nothing, when no rule fits its origin and method. */
export function setCorsHeaders(request: S3Request, response: ServerResponse, rules: CorsRule[]): void {
  const origin = request.headers.get("origin");
  if (origin === undefined) return;
  const rule = rules.find((candidate) => allows(candidate, origin, request.method));
  if (rule !== undefined) setHeaders(response, rule, origin);
}

/** Answers `OPTIONS`: 200 when a rule allows what the browser is about to send. Throws `AccessForbidden` otherwise. */
export function answerPreflight(request: S3Request, response: ServerResponse, rules: CorsRule[]): void {
  const origin = request.headers.get("origin");
  if (origin === undefined) {
    throw new S3Error("BadRequest", "Insufficient information. Origin request header needed.");
  }
  const method = request.headers.get("access-control-request-method");
  if (method === undefined) {
    throw new S3Error("BadRequest", "Invalid Access-Control-Request-Method: null");
  }
  if (rules.length === 0) throw forbidden("CORSResponse: CORS is not enabled for this bucket.", method);
  const requestedHeaders = (request.headers.get("access-control-request-headers") ?? "")
    .split(",")
    .map((header) => header.trim().toLowerCase())
    .filter((header) => header !== "");
  const rule = rules.find(
    (candidate) =>
      allows(candidate, origin, method) &&
      requestedHeaders.every((header) =>
        candidate.allowedHeaders.some((pattern) => fits(pattern.toLowerCase(), header)),
      ),
  );
  if (rule === undefined) {
    throw forbidden(
      "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
      method,
    );
  }
  setHeaders(response, rule, origin);
  if (requestedHeaders.length > 0) response.setHeader("access-control-allow-headers", requestedHeaders.join(", "));
  response.writeHead(200, { "content-length": 0 }).end();
}

function setHeaders(response: ServerResponse, rule: CorsRule, origin: string): void {
  if (rule.allowedOrigins.includes("*")) {
    response.setHeader("access-control-allow-origin", "*");
  } else {
    response.setHeader("access-control-allow-origin", origin);
    response.setHeader("access-control-allow-credentials", "true");
  }
  response.setHeader("access-control-allow-methods", rule.allowedMethods.join(", "));
  if (rule.exposedHeaders.length > 0) {
    response.setHeader("access-control-expose-headers", rule.exposedHeaders.join(", "));
  }
  if (rule.maxAgeSeconds !== undefined) response.setHeader("access-control-max-age", rule.maxAgeSeconds);
  response.setHeader("vary", VARY);
}

function allows(rule: CorsRule, origin: string, method: string): boolean {
  return rule.allowedMethods.includes(method) && rule.allowedOrigins.some((pattern) => fits(pattern, origin));
}

/** A pattern has at most one `*`, which stands for any characters. */
function fits(pattern: string, value: string): boolean {
  const star = pattern.indexOf("*");
  if (star < 0) return pattern === value;
  const [start, end] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return value.length >= start.length + end.length && value.startsWith(start) && value.endsWith(end);
}

function forbidden(message: string, method: string): S3Error {
  return new S3Error("AccessForbidden", message, { Method: method, ResourceType: "OBJECT" });
}
