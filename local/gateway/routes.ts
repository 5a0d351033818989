import type { RouteSpec } from "../template/deployment.ts";

/** A route that a request matched; `pathParameters` are decoded and absent when the route has none. */
export interface RouteMatch {
  route: RouteSpec;
  pathParameters: Record<string, string> | undefined;
}

/** The routes of an HTTP API, ready to be matched. */
export interface RouteTable {
  /** The most specific route for the request, or undefined: API Gateway then answers 404. */
  match(method: string, path: string): RouteMatch | undefined;
  /** Whether a path belongs to the API at all: below the first segment of some route, or anything if a route takes anything. */
  owns(path: string): boolean;
}

type Segment = { kind: "literal"; text: string } | { kind: "parameter" | "greedy"; name: string };

interface CompiledRoute {
  route: RouteSpec;
  method: string;
  segments: Segment[];
}

/**
 * Compiles route keys (`GET /pets/{id}`, `ANY /{proxy+}`, `$default`). Of several matches the most specific wins: first those
 * without a greedy parameter; then, segment by segment, a literal before a parameter; then a named method before `ANY`;
 * `$default` is last.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-develop-routes.evaluation
 * Throws for a route key that API Gateway would not take.
 */
export function compileRoutes(routes: readonly RouteSpec[]): RouteTable {
  const fallback = routes.find((route) => route.routeKey === "$default");
  const compiled = routes.filter((route) => route !== fallback).map(compileRoute);
  compiled.sort(moreSpecificFirst);

  return {
    match(method, path) {
      const parts = segmentsOf(path);
      for (const candidate of compiled) {
        if (candidate.method !== "ANY" && candidate.method !== method) continue;
        const values = matchSegments(candidate.segments, parts);
        if (values === undefined) continue;
        const pathParameters = Object.keys(values).length === 0 ? undefined : values;
        return { route: candidate.route, pathParameters };
      }
      return fallback === undefined ? undefined : { route: fallback, pathParameters: undefined };
    },
    owns(path) {
      if (fallback !== undefined) return true;
      const first = segmentsOf(path)[0];
      return compiled.some(({ segments }) => {
        const root = segments[0];
        if (root === undefined) return path === "/";
        return root.kind === "literal" ? root.text === first : first !== "";
      });
    },
  };
}

function compileRoute(route: RouteSpec): CompiledRoute {
  const [, method, path] = /^([A-Z]+) (\/\S*)$/.exec(route.routeKey) ?? [];
  if (method === undefined || path === undefined) throw new Error(`Not a route key: ${route.routeKey}`);
  const parts = path === "/" ? [] : segmentsOf(path);
  const segments = parts.map((text, index): Segment => {
    const [, name, plus] = /^\{([^{}+]+)(\+?)\}$/.exec(text) ?? [];
    if (name === undefined) return { kind: "literal", text };
    if (plus === "+" && index !== parts.length - 1) {
      throw new Error(`A greedy parameter must come last: ${route.routeKey}`);
    }
    return { kind: plus === "+" ? "greedy" : "parameter", name };
  });
  return { route, method, segments };
}

function segmentsOf(path: string): string[] {
  return path.slice(1).split("/");
}

const rank = { literal: 0, parameter: 1, greedy: 2 };

function isGreedy({ segments }: CompiledRoute): boolean {
  return segments.at(-1)?.kind === "greedy";
}

function moreSpecificFirst(a: CompiledRoute, b: CompiledRoute): number {
  if (isGreedy(a) !== isGreedy(b)) return Number(isGreedy(a)) - Number(isGreedy(b));
  const shared = Math.min(a.segments.length, b.segments.length);
  for (let index = 0; index < shared; index += 1) {
    const left = a.segments[index];
    const right = b.segments[index];
    if (left !== undefined && right !== undefined && left.kind !== right.kind)
      return rank[left.kind] - rank[right.kind];
  }
  return b.segments.length - a.segments.length || Number(a.method === "ANY") - Number(b.method === "ANY");
}

/** Throws URIError for a path whose escapes do not decode. */
function matchSegments(segments: Segment[], parts: string[]): Record<string, string> | undefined {
  const values: Record<string, string> = {};
  if (segments.length === 0) return parts.length === 1 && parts[0] === "" ? values : undefined;
  if (segments.at(-1)?.kind !== "greedy" && parts.length !== segments.length) return undefined;
  for (const [index, segment] of segments.entries()) {
    const part = parts[index];
    if (part === undefined) return undefined;
    if (segment.kind === "literal") {
      if (decodeURIComponent(part) !== segment.text) return undefined;
    } else {
      const value = segment.kind === "greedy" ? parts.slice(index).join("/") : part;
      if (value === "") return undefined;
      values[segment.name] = decodeURIComponent(value);
    }
  }
  return values;
}
