import assert from "node:assert/strict";
import { type Problem, type ProblemKind, problem } from "../../contract/index.ts";

export interface ExpectedProblem {
  status: number;
  kind?: ProblemKind;
}

/** A problem with the members that only some have at hand. */
export interface Refusal extends Problem {
  errors: NonNullable<Problem["errors"]>;
  suggestions: string[];
}

/**
 * Every answer that is no success is `application/problem+json` with the contract's members, whoever gave it: the
 * functions or the gateway. A server error tells nothing of its inside.
 */
export async function assertProblem(response: Response, { status, kind }: ExpectedProblem): Promise<Refusal> {
  const text = await response.text();
  const context = `${response.url}: ${response.status} ${text.slice(0, 500)}`;
  assert.equal(response.status, status, context);
  assert.match(response.headers.get("content-type") ?? "", /^application\/problem\+json\b/, context);
  const said = problem.parse(JSON.parse(text));
  assert.equal(said.status, status, context);
  assert.ok(said.title.length > 0 && said.detail.length > 0 && said.requestId.length > 0, context);
  assert.equal(said.type, kind ? `https://quantibi.dev/problems/${kind}` : "about:blank", context);
  assert.doesNotMatch(text, /node_modules|\bat \/|mongodb:\/\/|Mongo\w*Error|\/tmp\//, context);
  return { errors: [], suggestions: [], ...said };
}
