import { type ChildProcess, fork } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { QueryLimit, queryTooSlow, SqlError, UnsafeSql } from "../../shared/errors.ts";
import type { Lease, ParquetCache, ParquetObject } from "./parquet-cache.ts";
import { type EngineSettings, type Limits, type LocalTable, type Reply, type Request, reply } from "./protocol.ts";
import type { Ran } from "./query-sessions.ts";

/** A table of a query: its name in SQL and where its rows are. */
export interface QueryTable {
  name: string;
  parquet: ParquetObject;
}

export interface QueryEngineOptions extends EngineSettings {
  cache: Pick<ParquetCache, "fetch" | "evict">;
  /** The module of `query-process.ts`. */
  processFile: string;
  /** What the process finds in its environment. */
  processEnvironment: Record<string, string>;
  timeoutMs: number;
}

/** Limits of one run; the engine's own time holds where none is given or it is shorter. */
export type RunLimits = Pick<Limits, "maxRows" | "maxBytes"> & Partial<Pick<Limits, "timeoutMs">>;

/** Tables opened for queries, whose files stay until they are closed. */
export interface OpenTables extends Disposable {
  /** Throws `UnsafeSql`, `SqlError` or `QueryLimit` unless `sql` is one safe SELECT that DuckDB could run on these tables. */
  check(sql: string): Promise<void>;
  /** Runs one safe SELECT. Throws as `check` does. */
  run(sql: string, limits: RunLimits): Promise<Ran & { engineVersion: string }>;
}

type Question = Omit<Extract<Request, { id: number }>, "id">;
type Answer = Exclude<Reply, { kind: "refused" }>;

/** How long a query may go on after its interrupt before its process is killed. */
const graceMs = 1_500;

/**
 * The part of the function's memory that the query process may hold. DuckDB's own limit is lower, but it does not count
 * everything (lists, long texts); whoever goes beyond must end here, because Lambda would end the whole function.
 */
const memoryShare = 0.8;
const memoryCheckMs = 100;

/**
 * Runs untrusted SQL in a process of its own, one request at a time: whatever a query does there, it ends in time, takes
 * nothing but its process with it, and finds no credentials.
 */
export class QueryEngine {
  private readonly options: QueryEngineOptions;
  private process: ChildProcess | undefined;
  private lastId = 0;
  /** Settles when the request before has ended. */
  private before: Promise<unknown> = Promise.resolve();

  constructor(options: QueryEngineOptions) {
    this.options = options;
    // Now rather than with the first query, so that it starts while the function does.
    this.process = this.start();
  }

  /** The caller closes them, with `using`. */
  async open(tables: QueryTable[]): Promise<OpenTables> {
    const { cache, timeoutMs } = this.options;
    // Before fetching, so that what is too much or too old makes room, and after, for what has been fetched.
    await this.evict();
    const leases: Lease[] = [];
    const release = () => {
      for (const lease of leases.splice(0)) lease.release();
    };
    const local: LocalTable[] = [];
    try {
      for (const { name, parquet } of tables) {
        const lease = await cache.fetch(parquet);
        leases.push(lease);
        local.push({ name, path: lease.path });
      }
      await this.evict();
    } catch (error) {
      release();
      throw error;
    }
    return {
      check: async (sql) => {
        await this.ask({ kind: "check", tables: local, sql, limits: { maxRows: 0, maxBytes: 0, timeoutMs } });
      },
      run: async (sql, { maxRows, maxBytes, timeoutMs: wanted = timeoutMs }) => {
        const limits = { maxRows, maxBytes, timeoutMs: Math.min(wanted, timeoutMs) };
        const answer = await this.ask({ kind: "run", tables: local, sql, limits });
        if (answer.kind !== "result") throw new Error(`The query process answered ${answer.kind} to run`);
        return answer;
      },
      [Symbol.dispose]: release,
    };
  }

  close(): void {
    this.process?.kill("SIGKILL");
  }

  private async evict(): Promise<void> {
    const gone = await this.options.cache.evict();
    if (gone.length > 0) this.process?.send({ kind: "forget", paths: gone } satisfies Request);
  }

  /** One at a time: what is killed for one request must not be another's, and none waits on another's time. */
  private ask(question: Question): Promise<Answer> {
    const answer = this.before.then(() => this.askNow(question));
    this.before = answer.catch(() => {});
    return answer;
  }

  private askNow(question: Question): Promise<Answer> {
    this.lastId += 1;
    const id = this.lastId;
    const child = this.process ?? this.start();
    this.process = child;
    return new Promise((resolve, reject) => {
      const { memoryMb } = this.options;
      const { timeoutMs } = question.limits;
      const timer = setTimeout(() => end(() => reject(queryTooSlow(timeoutMs)), true), timeoutMs + graceMs);
      const watch = setInterval(() => {
        if (residentMb(child.pid) > memoryMb * memoryShare) end(() => reject(tooMuchMemory()), true);
      }, memoryCheckMs);
      const end = (settle: () => void, kill = false) => {
        clearTimeout(timer);
        clearInterval(watch);
        child.off("message", onMessage).off("exit", onExit);
        if (kill) {
          child.kill("SIGKILL");
          this.process = undefined;
        }
        settle();
      };
      const onExit = (code: number | null, signal: string | null) => {
        const cause = new Error(`The query process ended with ${signal ?? code}`);
        // What kills a process from outside is, as a rule, the memory that a query took.
        const problem = signal === "SIGKILL" ? tooMuchMemory({ cause }) : brokeEngine({ cause });
        end(() => reject(problem));
      };
      const onMessage = (message: unknown) => {
        const answer = reply.parse(message);
        if (answer.id === id) end(() => (answer.kind === "refused" ? reject(asError(answer)) : resolve(answer)));
      };
      child.on("message", onMessage).on("exit", onExit);
      child.send({ ...question, id } satisfies Request, (error) => error && end(() => reject(error), true));
    });
  }

  private start(): ChildProcess {
    const { processFile, processEnvironment, memoryMb, spillFolder, maxSpillMb } = this.options;
    const settings: EngineSettings = { memoryMb, spillFolder, maxSpillMb };
    // What a killed predecessor has left there.
    rmSync(spillFolder, { recursive: true, force: true });
    const child = fork(processFile, [JSON.stringify(settings)], { env: processEnvironment, execArgv: [] });
    // Between requests, nothing waits for it: it must not keep a function alive that has nothing to do.
    child.unref();
    child.channel?.unref();
    child.on("exit", () => {
      if (this.process === child) this.process = undefined;
    });
    return child;
  }
}

function tooMuchMemory(options?: ErrorOptions): QueryLimit {
  return new QueryLimit("The query needs more memory than it may use: filter or group earlier", options);
}

function brokeEngine(options: ErrorOptions): QueryLimit {
  return new QueryLimit("The engine could not cope with this query: make it simpler", options);
}

/** What a process holds in memory; 0 when it is gone, or where there is no /proc, which Lambda has. */
function residentMb(pid: number | undefined): number {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Number(kilobytes ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function asError({ reason, message }: Extract<Reply, { kind: "refused" }>): Error {
  switch (reason) {
    case "unsafe-sql":
      return new UnsafeSql(message);
    case "sql-error":
      return new SqlError(message);
    case "query-limit":
      return new QueryLimit(message);
    case "fault":
      return new Error(`The query process failed: ${message}`);
  }
}
