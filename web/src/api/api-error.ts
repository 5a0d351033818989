import { type Problem, type ProblemKind, problem, problemKinds } from "../../../contract/index.ts";

/** What went wrong with a call: a problem the API names, one known by its status alone, or no answer at all. */
export type ErrorKind = ProblemKind | "unauthorized" | "not-found" | "refused" | "server" | "network";

/** A call that did not succeed. `message` is fit to be read by the person at the screen. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly kind: ErrorKind;
  /** HTTP status; 0 where there was no answer. */
  readonly status: number;
  readonly suggestions: readonly string[];
  /** What to quote when asking for help. */
  readonly requestId: string | undefined;

  constructor(
    kind: ErrorKind,
    message: string,
    more: { status?: number; suggestions?: string[] | undefined; requestId?: string | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause });
    this.kind = kind;
    this.status = more.status ?? 0;
    this.suggestions = more.suggestions ?? [];
    this.requestId = more.requestId;
  }

  /** Whether the same call could succeed when made again. */
  get isTransient(): boolean {
    return this.kind === "network" || this.kind === "server" || this.status === 429;
  }
}

/** The error in an answer that is not 2xx: problem+json (RFC 9457), a gateway's own `{message}`, or anything else. */
export function apiErrorFrom(status: number, body: string): ApiError {
  const json = parseJson(body);
  const parsed = problem.safeParse(json);
  if (!parsed.success)
    return new ApiError(kindOfStatus(status), gatewayMessage(json) ?? textOfStatus(status), { status });
  const { suggestions, requestId } = parsed.data;
  return new ApiError(kindOf(parsed.data), textOf(parsed.data), { status, suggestions, requestId });
}

function kindOf({ type, status }: Problem): ErrorKind {
  return problemKinds.find((kind) => type.endsWith(`/${kind}`)) ?? kindOfStatus(status);
}

function kindOfStatus(status: number): ErrorKind {
  if (status === 401) return "unauthorized";
  if (status === 404) return "not-found";
  return status >= 500 ? "server" : "refused";
}

function textOf({ detail, title, errors }: Problem): string {
  const first = errors?.[0];
  if (first && !detail.includes(first.message)) return `${detail || title} (${first.path}: ${first.message})`;
  return detail || title;
}

function gatewayMessage(json: unknown): string | undefined {
  if (typeof json !== "object" || json === null || !("message" in json)) return undefined;
  return typeof json.message === "string" && json.message !== "" ? json.message : undefined;
}

function textOfStatus(status: number): string {
  if (status === 413) return "That is more than one request can carry.";
  if (status === 429) return "Too many requests at once. Wait a moment and try again.";
  if (status === 503 || status === 504) return "The service took too long to answer.";
  return status >= 500 ? "Something went wrong on our side." : `The request was refused (HTTP ${status}).`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
