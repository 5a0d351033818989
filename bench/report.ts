import { execFileSync } from "node:child_process";
import { cpus, loadavg, totalmem } from "node:os";
import { version as duckDbVersion } from "@duckdb/node-api";

/** One line of the table. */
export interface Measurement {
  name: string;
  /** Milliseconds or bytes; of repeated runs, the median. */
  value: number;
  unit: "ms" | "bytes";
  /** The 95th percentile, where there were enough runs. */
  p95?: number;
  /** What the same thing took without QuantiBI, in the same unit. */
  yardstick?: number;
  /** What is held against the goal, worded, for example `1.31×`. */
  ratio?: string;
  goal?: string;
  met?: boolean;
}

export interface Section {
  title: string;
  measurements: Measurement[];
}

export interface Environment {
  commit: string;
  cpu: string;
  cores: number;
  memoryGb: number;
  node: string;
  duckDb: string;
  /** Processes that wanted a processor, on average over the last minute, before the first measurement. */
  loadBefore: number;
}

export function describeEnvironment(): Environment {
  return {
    commit: git("rev-parse", "--short", "HEAD") + (git("status", "--porcelain") === "" ? "" : "-modified"),
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1e9),
    node: process.version,
    duckDb: duckDbVersion(),
    loadBefore: Number((loadavg()[0] ?? 0).toFixed(2)),
  };
}

/** Prints the sections as one table. */
export function printReport(environment: Environment, sections: Section[]): void {
  const { commit, cpu, cores, memoryGb, node, duckDb, loadBefore } = environment;
  console.log(
    `\nQuantiBI ${commit} · ${cpu}, ${cores} cores, ${memoryGb} GB · Node.js ${node} · DuckDB ${duckDb} · load ${loadBefore}`,
  );
  const header = ["", "measured", "p95", "yardstick", "ratio", "goal", ""];
  const rows = sections.flatMap(({ title, measurements }) => [
    [title, "", "", "", "", "", ""],
    ...measurements.map(cells),
  ]);
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ");
  for (const row of [header, ...rows]) console.log(line(row).trimEnd());
}

function cells({ name, value, unit, p95, yardstick, ratio = "", goal = "", met }: Measurement): string[] {
  const show = (amount: number | undefined) => (amount === undefined ? "" : withUnit(amount, unit));
  const verdict = met === undefined ? "" : met ? "met" : "MISSED";
  return [`  ${name}`, show(value), show(p95), show(yardstick), ratio, goal, verdict];
}

function withUnit(amount: number, unit: Measurement["unit"]): string {
  if (unit === "ms") return amount < 100 ? `${amount.toFixed(1)} ms` : `${Math.round(amount)} ms`;
  return amount < 1e6 ? `${(amount / 1e3).toFixed(0)} kB` : `${(amount / 1e6).toFixed(2)} MB`;
}

function git(...parameters: string[]): string {
  return execFileSync("git", parameters, { cwd: import.meta.dirname, encoding: "utf8" }).trim();
}
