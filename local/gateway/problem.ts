import type { ServerResponse } from "node:http";
import { STATUS_CODES } from "node:http";

/** What a problem says beyond its status. `errors` name the fields of a body that were refused. */
export interface Problem {
  status: number;
  detail: string;
  /** What AWS would put in `message` where API Gateway itself answers, for example `Unauthorized`. */
  message?: string;
  errors?: { path: string; message: string }[];
  headers?: Record<string, string>;
}

/** A request that the gateway itself refuses; whoever catches it answers with `problem`. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.detail, options);
    this.name = "ProblemError";
    this.problem = problem;
  }
}

/** The `application/problem+json` document (RFC 9457) for `problem`, with AWS's `message` beside it. */
export function problemDocument(problem: Problem, requestId: string): string {
  const title = STATUS_CODES[problem.status] ?? "Error";
  const { status, detail, errors } = problem;
  return JSON.stringify({
    type: "about:blank",
    title,
    status,
    detail,
    requestId,
    ...(errors === undefined ? {} : { errors }),
    message: problem.message ?? title,
  });
}

/** Answers with `problem` as `application/problem+json`; docs/decisions/0003-gateway-errors.md says why not as AWS does. */
export function sendProblem(response: ServerResponse, problem: Problem, requestId: string): void {
  const body = problemDocument(problem, requestId);
  response.writeHead(problem.status, {
    ...problem.headers,
    "content-type": "application/problem+json",
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
  });
  response.end(body);
}
