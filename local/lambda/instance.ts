import { type ChildProcess, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { z } from "zod";
import type { FunctionSpec } from "../template/deployment.ts";
import { instanceEnvironment } from "./environment.ts";
import type { FunctionError, FunctionLogLine } from "./invocation.ts";

const bootstrap = join(import.meta.dirname, "bootstrap.mjs");

const functionError = z.object({
  errorType: z.string(),
  errorMessage: z.string(),
  trace: z.array(z.string()).optional(),
});
const childMessage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready") }),
  z.object({ type: z.literal("response"), requestId: z.string(), payload: z.string() }),
  z.object({ type: z.literal("failure"), requestId: z.string(), error: functionError }),
  z.object({ type: z.literal("fault"), error: functionError }),
]);

/** Why the platform ended an instance. */
export type StopReason = "timeout" | "memory" | "storage" | "idle" | "aborted" | "shutdown";

/** How an instance ended: by the platform, by an uncaught error, or by exiting on its own. */
export interface Ending {
  kind: "ended";
  reason: StopReason | undefined;
  fault: FunctionError | undefined;
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface InstanceRequest {
  requestId: string;
  /** JSON. */
  payload: string;
  /** Milliseconds since the epoch. */
  deadlineMs: number;
}

type Answer = { kind: "response"; payload: string } | { kind: "failure"; error: FunctionError } | Ending;

/** One process that runs a function, one invocation at a time. */
export interface Instance {
  readonly pid: number | undefined;
  /** False as soon as the process is going away. */
  readonly usable: boolean;
  readonly tmpDir: string;
  /** Settles when the handler is loaded, or when the instance ended before that. */
  readonly initialized: Promise<{ kind: "ready" } | Ending>;
  /** Settles once the process is gone and its folder removed. */
  readonly ended: Promise<Ending>;
  invoke(request: InstanceRequest): Promise<Answer>;
  /** Kills the process and everything that it started; the first reason given stands. */
  stop(reason: StopReason): Promise<Ending>;
}

export interface InstanceOptions {
  spec: FunctionSpec;
  environment: Record<string, string>;
  tmpDir: string;
  log(line: FunctionLogLine): void;
}

/** Starts a process for the function and begins to load its handler. */
export async function startInstance({ spec, environment, tmpDir, log }: InstanceOptions): Promise<Instance> {
  await mkdir(tmpDir, { recursive: true });
  const ownTmpDir = mkdtempSync(join(tmpDir, `${spec.name.slice(0, 64)}-`));
  const logStreamName = `${new Date().toISOString().slice(0, 10).replaceAll("-", "/")}/[$LATEST]${randomBytes(16).toString("hex")}`;
  const child = fork(bootstrap, spec.layerDirs, {
    cwd: spec.codeDir,
    env: instanceEnvironment(spec, environment, { logStreamName, tmpDir: ownTmpDir }),
    // The shares of the heap that Lambda's own runtime gives to Node.js.
    execArgv: [
      `--max-old-space-size=${Math.floor(spec.memoryMb * 0.9)}`,
      `--max-semi-space-size=${Math.max(1, Math.floor(spec.memoryMb * 0.05))}`,
    ],
    serialization: "advanced", // JSON inside JSON would escape a payload of megabytes twice.
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    detached: true, // A process group of its own, so that what the function starts can be killed with it.
  });

  let requestId: string | undefined;
  let reason: StopReason | undefined;
  let fault: FunctionError | undefined;
  let isEnded = false;
  const ready = Promise.withResolvers<{ kind: "ready" }>();
  const ended = Promise.withResolvers<Ending>();
  let answer = Promise.withResolvers<Answer>();

  const forward = (stream: Readable | null, level: FunctionLogLine["level"]) => {
    if (stream === null) return;
    createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on("line", (message) =>
      log({ functionName: spec.name, requestId, level, message }),
    );
  };
  forward(child.stdout, "info");
  forward(child.stderr, "error");

  child.on("message", (raw) => {
    const message = childMessage.parse(raw);
    if (message.type === "ready") ready.resolve({ kind: "ready" });
    if (message.type === "fault") fault = message.error;
    // An answer to an earlier request can only come from a handler that was already given up.
    if (message.type === "response" && message.requestId === requestId) {
      answer.resolve({ kind: "response", payload: message.payload });
    }
    if (message.type === "failure" && message.requestId === requestId) {
      answer.resolve({ kind: "failure", error: message.error });
    }
  });

  const end = (code: number | null, signal: NodeJS.Signals | null) => {
    if (isEnded) return;
    isEnded = true;
    killGroup(child);
    rmSync(ownTmpDir, { recursive: true, force: true, maxRetries: 5 });
    ended.resolve({ kind: "ended", reason, fault, code, signal });
  };
  // `close` comes after the last line of output, unless a grandchild still holds the pipe.
  child.once("exit", (code, signal) => {
    killGroup(child);
    const patience = setTimeout(() => end(code, signal), 1000);
    child.once("close", () => {
      clearTimeout(patience);
      end(code, signal);
    });
  });
  child.once("error", (cause) => {
    fault ??= { errorType: "Runtime.InvalidEntrypoint", errorMessage: cause.message };
    if (child.pid === undefined) end(null, null);
  });

  return {
    pid: child.pid,
    get usable() {
      return !isEnded && reason === undefined && fault === undefined && child.connected;
    },
    tmpDir: ownTmpDir,
    initialized: Promise.race([ready.promise, ended.promise]),
    ended: ended.promise,
    invoke(request) {
      requestId = request.requestId;
      answer = Promise.withResolvers<Answer>();
      const message = { ...request, invokedFunctionArn: spec.arn, traceId: traceId() };
      // A failure to send means that the process is ending, which `ended` reports.
      if (child.connected) child.send(message, () => {});
      return Promise.race([answer.promise, ended.promise]);
    },
    stop(why) {
      if (!isEnded) {
        reason ??= why;
        killGroup(child);
      }
      return ended.promise;
    },
  };
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

/** An X-Ray trace header that says "not sampled": there is no daemon to send to. */
function traceId(): string {
  const time = Math.floor(Date.now() / 1000).toString(16);
  const random = randomBytes(12).toString("hex");
  return `Root=1-${time}-${random};Parent=${randomBytes(8).toString("hex")};Sampled=0`;
}
