import { spawn } from "node:child_process";
import { delimiter, dirname } from "node:path";

/** A build step that failed; `output` is what the compiler said. */
export class BuildFailed extends Error {
  readonly output: string;

  constructor(step: string, output: string) {
    super(`${step} failed`);
    this.name = "BuildFailed";
    this.output = output;
  }
}

export interface ChildOptions {
  step: string;
  cwd: string;
  environment?: Record<string, string>;
  signal?: AbortSignal | undefined;
}

/**
 * Runs a shell command line to its end with this very Node first on the PATH.
 * Throws {@link BuildFailed} with its output unless it exits with 0, and the signal's reason when that stopped it.
 */
export async function runChild(commandLine: string, options: ChildOptions): Promise<void> {
  const { step, cwd, environment, signal } = options;
  const path = [dirname(process.execPath), process.env.PATH].filter((part) => part !== undefined).join(delimiter);
  const child = spawn(commandLine, {
    shell: true,
    cwd,
    env: { ...process.env, ...environment, PATH: path },
    stdio: ["ignore", "pipe", "pipe"],
    // A process group of its own, so that what the shell started can be stopped with it.
    detached: true,
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output += text));
  const stop = () => stopGroup(child.pid);
  signal?.addEventListener("abort", stop);
  if (signal?.aborted) stop();
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  signal?.removeEventListener("abort", stop);
  signal?.throwIfAborted();
  if (code !== 0) throw new BuildFailed(step, output.trim());
}

function stopGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGTERM");
  } catch (error) {
    // It has ended by itself.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
