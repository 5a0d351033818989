import { readdirSync, readFileSync } from "node:fs";

/**
 * The most memory that this process and those it has started have each held, in MB, added up: at worst they did so at the
 * same time. Undefined where there is no Linux to ask.
 */
export function peakMemoryMb(): number | undefined {
  try {
    const tasks = readdirSync("/proc/self/task");
    const children = tasks.flatMap((task) =>
      readFileSync(`/proc/self/task/${task}/children`, "utf8").split(" ").filter(Boolean),
    );
    const peaks = ["self", ...children].map((pid) => peakOf(pid));
    return Math.round(peaks.reduce((sum, kilobytes) => sum + kilobytes, 0) / 1024);
  } catch (error) {
    // A kernel without these files, or a process that has just ended: nothing depends on the number.
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}

function peakOf(pid: string): number {
  const [, kilobytes = "0"] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes);
}
