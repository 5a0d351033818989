import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { FunctionSpec } from "../template/deployment.ts";
import { bytesIn } from "./ephemeral-storage.ts";
import type { Ending, Instance } from "./instance.ts";
import { instancePool } from "./instance-pool.ts";
import {
  type FunctionError,
  type FunctionLogLine,
  type Invoke,
  type InvokeResult,
  REQUEST_PAYLOAD_LIMIT,
  RESPONSE_PAYLOAD_LIMIT,
} from "./invocation.ts";
import { endingError, requestTooLarge, responseTooLarge, throttledError } from "./platform-error.ts";
import { memoryOfTree } from "./process-tree.ts";

const INIT_TIMEOUT_MS = 10_000;
const MEMORY_CHECK_MS = 250;
const MEGABYTE = 1024 * 1024;

export interface FunctionsOptions {
  functions: FunctionSpec[];
  /** What the platform adds to every function: endpoints, credentials, region. Wins over the template's variables. */
  environment: Record<string, string>;
  /** A folder of which `instances/` belongs to these functions; it is emptied at start. */
  tmpDir: string;
  log(line: FunctionLogLine): void;
  /** Instances per function without reserved concurrency; 10, as in a new AWS account. */
  concurrency?: number | undefined;
  /** How long an unused instance is kept; 5 minutes. */
  idleMs?: number | undefined;
}

export interface Functions {
  /** Rejects for a name that no function has, when aborted, and after `close`; everything else is in the result. */
  invoke: Invoke;
  /** Kills all instances. */
  close(): Promise<void>;
}

/** Serves invocations of the functions, each instance in a process of its own, started when needed. */
export async function startFunctions(options: FunctionsOptions): Promise<Functions> {
  const { functions, log } = options;
  const tmpDir = join(options.tmpDir, "instances");
  await rm(tmpDir, { recursive: true, force: true });
  const runners = new Map(functions.map((spec) => [spec.name, functionRunner(spec, { ...options, tmpDir })]));
  let isClosing = false;

  return {
    async invoke(functionName, payload, { signal } = {}) {
      const runner = runners.get(functionName);
      if (runner === undefined) throw new Error(`There is no function named ${functionName}`);
      if (isClosing) throw new Error("The functions are being stopped");
      signal?.throwIfAborted();
      const result = await runner.run(payload, signal);
      if (result.outcome === "error") {
        const { errorType, errorMessage, trace = [] } = result.error;
        const message = [`${errorType}: ${errorMessage}`, ...trace.slice(1)].join("\n");
        log({ functionName, requestId: result.requestId, level: "error", message });
      }
      return result;
    },
    async close() {
      isClosing = true;
      await Promise.all([...runners.values()].map((runner) => runner.close()));
      await rm(tmpDir, { recursive: true, force: true });
    },
  };
}

interface FunctionRunner {
  run(payload: unknown, signal: AbortSignal | undefined): Promise<InvokeResult>;
  close(): Promise<void>;
}

function functionRunner(spec: FunctionSpec, options: FunctionsOptions): FunctionRunner {
  const { environment, tmpDir, log, concurrency = 10, idleMs = 5 * 60_000 } = options;
  const limit = spec.reservedConcurrency ?? concurrency;
  const logError = ({ errorType, errorMessage }: FunctionError) =>
    log({ functionName: spec.name, level: "error", message: `${errorType}: ${errorMessage}` });
  const pool = instancePool({
    spec,
    environment,
    tmpDir,
    log,
    limit,
    idleMs,
    onUnexpectedEnd: (ending) => logError(endingError(ending, spec, "between two invocations")),
  });

  /** An instance whose handler is loaded, and when the invocation must be over. */
  async function prepare(onStart: (instance: Instance) => void) {
    const acquired = await pool.acquire();
    if (acquired === undefined) return undefined;
    const { instance, isNew } = acquired;
    onStart(instance);
    if (!isNew) return { instance, deadlineMs: deadline() };
    const init = await within(instance, instance.initialized, INIT_TIMEOUT_MS);
    if (init.kind === "ready") return { instance, deadlineMs: deadline() };
    if (isDeliberate(init)) return { ending: init };
    // Lambda loads the function a second time, now on the invocation's own time.
    logError(endingError(init, spec, "during initialization"));
    const deadlineMs = deadline();
    const second = await pool.replace();
    onStart(second);
    const again = await within(second, second.initialized, deadlineMs - Date.now());
    return again.kind === "ready" ? { instance: second, deadlineMs } : { ending: again };
  }

  const deadline = () => Date.now() + spec.timeoutSeconds * 1000;

  async function invoke(
    requestId: string,
    payload: string,
    signal: AbortSignal | undefined,
    onStart: (instance: Instance) => void,
  ): Promise<InvokeResult> {
    const failed = (error: FunctionError): InvokeResult => ({ outcome: "error", requestId, error });
    const ended = (ending: Ending) => {
      if (ending.reason === "aborted") throw signal?.reason;
      if (ending.reason === "shutdown") throw new Error(`${spec.name} was stopped during an invocation`);
      return failed(endingError(ending, spec, requestId));
    };
    const prepared = await prepare(onStart);
    if (prepared === undefined) return { outcome: "throttled", requestId, error: throttledError(spec, limit) };
    if (prepared.ending !== undefined) return ended(prepared.ending);
    const { instance, deadlineMs } = prepared;
    const stopWatching = watchMemory(instance, spec);
    const answering = instance.invoke({ requestId, payload, deadlineMs });
    const answer = await within(instance, answering, deadlineMs - Date.now()).finally(stopWatching);
    if (answer.kind === "ended") return ended(answer);
    if ((await bytesIn(instance.tmpDir)) > spec.ephemeralStorageMb * MEGABYTE) {
      return ended(await instance.stop("storage"));
    }
    pool.release(instance);
    if (answer.kind === "failure") return failed(answer.error);
    if (Buffer.byteLength(answer.payload) > RESPONSE_PAYLOAD_LIMIT) return failed(responseTooLarge());
    return { outcome: "success", requestId, payload: JSON.parse(answer.payload) };
  }

  return {
    async run(payload, signal) {
      const requestId = randomUUID();
      const body = JSON.stringify(payload ?? null);
      const bytes = Buffer.byteLength(body);
      if (bytes > REQUEST_PAYLOAD_LIMIT) return { outcome: "error", requestId, error: requestTooLarge(bytes) };
      let current: Instance | undefined;
      const abort = () => void current?.stop("aborted");
      signal?.addEventListener("abort", abort);
      try {
        return await invoke(requestId, body, signal, (instance) => {
          current = instance;
          if (signal?.aborted) abort();
        });
      } finally {
        signal?.removeEventListener("abort", abort);
      }
    },
    close: () => pool.close(),
  };
}

/** Waits for the outcome, and stops the instance if it takes longer; the outcome is then that it ended. */
async function within<T>(instance: Instance, outcome: Promise<T>, ms: number): Promise<T> {
  const timer = setTimeout(() => void instance.stop("timeout"), ms);
  try {
    return await outcome;
  } finally {
    clearTimeout(timer);
  }
}

function isDeliberate({ reason }: Ending): boolean {
  return reason === "aborted" || reason === "shutdown";
}

/** Stops the instance when its processes hold more than the function's memory. */
function watchMemory(instance: Instance, spec: FunctionSpec): () => void {
  const { pid } = instance;
  if (pid === undefined) return () => {};
  let isChecking = false;
  const timer = setInterval(async () => {
    if (isChecking) return;
    isChecking = true;
    const bytes = await memoryOfTree(pid);
    if (bytes !== undefined && bytes > spec.memoryMb * MEGABYTE) void instance.stop("memory");
    isChecking = false;
  }, MEMORY_CHECK_MS);
  return () => clearInterval(timer);
}
