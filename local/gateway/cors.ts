import type { IncomingHttpHeaders } from "node:http";
import type { CorsRule } from "../template/deployment.ts";
import type { Incoming } from "./incoming.ts";

/** Whether API Gateway answers this request itself: a CORS preflight. */
export function isPreflight({ method, message }: Incoming): boolean {
  const { headers } = message;
  return method === "OPTIONS" && headers.origin !== undefined && "access-control-request-method" in headers;
}

/** The headers of the 204 to a preflight; none when the origin is not allowed, and the browser then refuses. */
export function preflightHeaders(rule: CorsRule, headers: IncomingHttpHeaders): Record<string, string> {
  const allowOrigin = allowedOrigin(rule, headers.origin);
  if (allowOrigin === undefined) return {};
  return {
    "access-control-allow-origin": allowOrigin,
    ...list("access-control-allow-methods", rule.allowedMethods),
    ...list("access-control-allow-headers", rule.allowedHeaders),
    ...(rule.maxAgeSeconds === undefined ? {} : { "access-control-max-age": String(rule.maxAgeSeconds) }),
    vary: "Origin",
  };
}

/** The headers that API Gateway adds to any other response to a cross-origin request. */
export function corsHeaders(rule: CorsRule | undefined, headers: IncomingHttpHeaders): Record<string, string> {
  const allowOrigin = rule && allowedOrigin(rule, headers.origin);
  if (rule === undefined || allowOrigin === undefined) return {};
  return {
    "access-control-allow-origin": allowOrigin,
    ...list("access-control-expose-headers", rule.exposedHeaders),
    vary: "Origin",
  };
}

function allowedOrigin(rule: CorsRule, origin: string | undefined): string | undefined {
  if (origin === undefined) return undefined;
  if (rule.allowedOrigins.includes("*")) return "*";
  // API Gateway knows `https://*` and `http://*` besides whole origins.
  const scheme = origin.replace(/:\/\/.*$/, "://*");
  return rule.allowedOrigins.includes(origin) || rule.allowedOrigins.includes(scheme) ? origin : undefined;
}

function list(name: string, values: readonly string[]): Record<string, string> {
  return values.length === 0 ? {} : { [name]: values.join(",") };
}
