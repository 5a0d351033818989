/** An error as Lambda returns it in the payload of a failed invocation. */
export interface FunctionError {
  errorType: string;
  errorMessage: string;
  trace?: string[] | undefined;
}

/**
 * What came of an invocation.
 * - `success`: the handler's value, after a round trip through JSON.
 * - `error`: the handler threw, timed out, crashed, ran out of memory, or could not be loaded.
 * - `throttled`: every permitted instance was busy; nothing ran, and the caller may try again.
 */
export type InvokeResult =
  | { outcome: "success"; requestId: string; payload: unknown }
  | { outcome: "error"; requestId: string; error: FunctionError }
  | { outcome: "throttled"; requestId: string; error: FunctionError };

/** One line of a function's output, or one that the platform says about it. */
export interface FunctionLogLine {
  functionName: string;
  requestId?: string | undefined;
  /** `info` is stdout, `error` is stderr or a failure reported by the platform. */
  level: "info" | "error";
  message: string;
}

/** Runs a function by its name and waits for its answer. */
export type Invoke = (functionName: string, payload: unknown, options?: InvokeOptions) => Promise<InvokeResult>;

export interface InvokeOptions {
  /** Kills the instance when aborted; `invoke` then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** 6 MB, in bytes: what a synchronous invocation may carry (Lambda quotas). */
export const REQUEST_PAYLOAD_LIMIT = 6 * 1024 * 1024;

/** 6 MB plus 100 bytes: the limit that Lambda's own error message states for responses. */
export const RESPONSE_PAYLOAD_LIMIT = REQUEST_PAYLOAD_LIMIT + 100;
