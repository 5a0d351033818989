import { DuckDBInstance } from "@duckdb/node-api";

/** The part of a function's memory that DuckDB may use; Node.js, results and what DuckDB does not count take the rest. */
const memoryShare = 0.6;

export interface EngineOptions {
  /** The function's memory, in MB. */
  memoryMb: number;
  /** Where DuckDB may write what does not fit into memory. */
  spillFolder: string;
  /** Most that it may write there, in MB. */
  maxSpillMb: number;
  /** As many as there are processors unless given. */
  threads?: number;
}

/** A DuckDB of its own, in memory, within the limits of the function that it runs in. The caller closes it. */
export function openEngine({ memoryMb, spillFolder, maxSpillMb, threads }: EngineOptions): Promise<DuckDBInstance> {
  return DuckDBInstance.create(":memory:", {
    memory_limit: `${Math.floor(memoryMb * memoryShare)}MB`,
    ...(threads !== undefined && { threads: String(threads) }),
    temp_directory: spillFolder,
    max_temp_directory_size: `${maxSpillMb}MB`,
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
  });
}

/** SQL that gives up, for good, everything but reading `paths` and spilling, and the right to change any setting. */
export function confine(paths: string[]): string {
  return `SET allowed_paths = [${paths.map(quoteLiteral).join(", ")}]; SET enable_external_access = false; SET lock_configuration = true`;
}

export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
