import { setTimeout as sleep } from "node:timers/promises";
import type { FunctionSpec } from "../template/deployment.ts";
import type { FunctionLogLine, Invoke } from "./invocation.ts";

export interface AsynchronousOptions {
  functions: FunctionSpec[];
  invoke: Invoke;
  log(line: FunctionLogLine): void;
  /** Before the first and the second retry after an error: one minute, then two, as Lambda waits. */
  retryDelaysMs?: number[] | undefined;
  /** Between attempts while the function is throttled; a second. */
  throttleDelayMs?: number | undefined;
}

export interface AsynchronousInvocations {
  /** Takes the event and returns; the function runs later, again after an error as often as its spec says. */
  invoke(functionName: string, event: unknown): void;
  /** Gives up all events that are waiting or running, and says so in the log. */
  close(): Promise<void>;
}

/**
 * Invokes functions with events for which nobody waits
 * (https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html). Lambda keeps such events in a
 * durable queue; here they are lost when the runner stops.
 */
export function invokeAsynchronously(options: AsynchronousOptions): AsynchronousInvocations {
  const { functions, invoke, log, retryDelaysMs = [60_000, 120_000], throttleDelayMs = 1_000 } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const pending = new Set<Promise<void>>();

  async function deliver(functionName: string, event: unknown, retries: number): Promise<void> {
    for (let attempt = 0; ; ) {
      const result = await invoke(functionName, event, { signal });
      if (result.outcome === "success") return;
      if (result.outcome === "throttled") {
        await sleep(throttleDelayMs, undefined, { signal });
        continue;
      }
      const delayMs = retryDelaysMs[attempt];
      if (attempt >= retries || delayMs === undefined) {
        const message = `an event is dropped after ${attempt + 1} attempts: ${result.error.errorMessage}`;
        return log({ functionName, requestId: result.requestId, level: "error", message });
      }
      attempt += 1;
      await sleep(delayMs, undefined, { signal });
    }
  }

  return {
    invoke(functionName, event) {
      const spec = functions.find(({ name }) => name === functionName);
      if (spec === undefined) throw new Error(`There is no function named ${functionName}`);
      const work = deliver(functionName, event, spec.asynchronousRetries)
        .catch((error) => log({ functionName, level: "error", message: `an event is dropped: ${error}` }))
        .finally(() => pending.delete(work));
      pending.add(work);
    },
    async close() {
      stopping.abort(new Error("The runner is being stopped"));
      await Promise.all(pending);
    },
  };
}
