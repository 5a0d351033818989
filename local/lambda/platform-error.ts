import type { FunctionSpec } from "../template/deployment.ts";
import type { Ending, StopReason } from "./instance.ts";
import { type FunctionError, REQUEST_PAYLOAD_LIMIT, RESPONSE_PAYLOAD_LIMIT } from "./invocation.ts";

const SIGNAL_NAMES: Partial<Record<NodeJS.Signals, string>> = {
  SIGABRT: "aborted",
  SIGKILL: "killed",
  SIGSEGV: "segmentation fault",
  SIGTERM: "terminated",
};

/** The error that Lambda reports for an instance that ended before it answered. */
export function endingError(ending: Ending, spec: FunctionSpec, requestId: string): FunctionError {
  const { reason, fault, code, signal } = ending;
  const report = (errorType: string, message: string): FunctionError => ({
    errorType,
    errorMessage: `RequestId: ${requestId} Error: ${message}`,
  });
  const reports: Partial<Record<StopReason, FunctionError>> = {
    timeout: report("Sandbox.Timedout", `Task timed out after ${spec.timeoutSeconds.toFixed(2)} seconds`),
    memory: report("Runtime.OutOfMemory", "Runtime exited with error: signal: killed"),
    // Lambda's file system would have been full (ENOSPC) in the middle of the invocation.
    storage: report("Sandbox.StorageExceeded", `More than ${spec.ephemeralStorageMb} MB in ephemeral storage`),
  };
  const known = reason === undefined ? undefined : reports[reason];
  if (known !== undefined) return known;
  if (fault !== undefined) return fault;
  if (signal !== null) {
    return report("Runtime.ExitError", `Runtime exited with error: signal: ${SIGNAL_NAMES[signal] ?? signal}`);
  }
  if (code === 0) return report("Runtime.ExitError", "Runtime exited without providing a reason");
  return report("Runtime.ExitError", `Runtime exited with error: exit status ${code}`);
}

export function throttledError({ name }: FunctionSpec, limit: number): FunctionError {
  const errorMessage = `Rate Exceeded: ${name} already runs ${limit} invocations at a time`;
  return { errorType: "TooManyRequestsException", errorMessage };
}

export function requestTooLarge(bytes: number): FunctionError {
  const errorMessage = `${bytes} byte payload is too large for the RequestResponse invocation type (limit ${REQUEST_PAYLOAD_LIMIT} bytes)`;
  return { errorType: "RequestEntityTooLargeException", errorMessage };
}

export function responseTooLarge(): FunctionError {
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${RESPONSE_PAYLOAD_LIMIT} bytes).`;
  return { errorType: "Function.ResponseSizeTooLarge", errorMessage };
}
