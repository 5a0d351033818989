import type { Problem, ProblemKind } from "../../contract/index.ts";

/**
 * An error whose message is meant for the person who made the request. It is thrown where the fact is known and becomes
 * `application/problem+json` in one place, the HTTP middleware; every other error becomes a 500 that says nothing.
 */
export abstract class PublicError extends Error {
  abstract readonly status: number;
  abstract readonly title: string;
  readonly kind: ProblemKind | undefined = undefined;
  /** Members of the problem beyond the standard ones. */
  details(): Partial<Pick<Problem, "errors" | "suggestions">> {
    return {};
  }
}

export class InvalidInput extends PublicError {
  readonly status = 400;
  readonly title = "The request is not valid";
  readonly errors: { path: string; message: string }[];
  constructor(errors: { path: string; message: string }[], options?: ErrorOptions) {
    super(errors.map(({ path, message }) => (path ? `${path} ${message}` : message)).join("; "), options);
    this.errors = errors;
  }
  override details() {
    return { errors: this.errors };
  }
}

export class Unauthorized extends PublicError {
  readonly status = 401;
  readonly title = "Sign in first";
}

export class Forbidden extends PublicError {
  readonly status = 403;
  readonly title = "Your role does not allow this";
}

export class NotFound extends PublicError {
  readonly status = 404;
  readonly title = "Not found";
}

/** The thing exists but is not in a state that allows the request. */
export class Conflict extends PublicError {
  readonly status = 409;
  readonly title = "Not possible right now";
  override readonly kind: ProblemKind | undefined;
  constructor(message: string, options: ErrorOptions & { kind?: ProblemKind } = {}) {
    super(message, options);
    this.kind = options.kind;
  }
}

export class TooManyRequests extends PublicError {
  readonly status = 429;
  readonly title = "A limit is reached";
}

/** The question can't be answered from the data; `suggestions` are questions that can. */
export class Unanswerable extends PublicError {
  readonly status = 422;
  readonly title = "This question can't be answered from the data";
  override readonly kind = "unanswerable";
  readonly suggestions: string[];
  constructor(message: string, suggestions: string[], options?: ErrorOptions) {
    super(message, options);
    this.suggestions = suggestions;
  }
  override details() {
    return { suggestions: this.suggestions };
  }
}

export class UnsafeSql extends PublicError {
  readonly status = 422;
  readonly title = "The SQL is not one safe SELECT";
  override readonly kind = "unsafe-sql";
}

/** DuckDB refused the query; its own message is the detail. */
export class SqlError extends PublicError {
  readonly status = 422;
  readonly title = "The SQL failed";
  override readonly kind = "sql-error";
}

export class QueryLimit extends PublicError {
  readonly status = 422;
  readonly title = "The query needs too much time or memory";
  override readonly kind = "query-limit";
}

export function queryTooSlow(timeoutMs: number, options?: ErrorOptions): QueryLimit {
  return new QueryLimit(`The query was stopped after ${timeoutMs / 1000} seconds: filter or group earlier`, options);
}

/** Something this service needs does not answer; asking again later may work. */
export class Unavailable extends PublicError {
  readonly status = 503;
  readonly title = "Not available right now";
}
