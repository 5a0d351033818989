import { join } from "node:path";
import { type DuckDBConnection, type DuckDBInstance, version as engineVersion } from "@duckdb/node-api";
import type { QueryResult } from "../../../contract/index.ts";
import { confine, openEngine, quoteIdentifier, quoteLiteral } from "../../shared/engine/engine.ts";
import { QueryLimit, SqlError, UnsafeSql } from "../../shared/errors.ts";
import type { ParquetCache, ParquetObject } from "./parquet-cache.ts";
import { type ResultLimits, readResult } from "./query-result.ts";
import { assertSafeSelect } from "./safe-select.ts";

/** A table of a query: its name in SQL and where its rows are. */
export interface QueryTable {
  name: string;
  parquet: ParquetObject;
}

export interface QueryEngineOptions {
  cache: ParquetCache;
  /** A folder for what DuckDB spills. */
  folder: string;
  memoryMb: number;
  maxSpillMb: number;
  timeoutMs: number;
}

/** Tables opened for queries. */
export interface OpenTables {
  /** Throws `UnsafeSql`, `SqlError` or `QueryLimit` unless `sql` is one safe SELECT that DuckDB can run on these tables. */
  check(sql: string): Promise<void>;
  /** Runs one safe SELECT. Throws as `check` does, and when it takes too much time or memory. */
  run(sql: string, limits: ResultLimits): Promise<QueryResult>;
}

interface Session {
  instance: DuckDBInstance;
  paths: string[];
}

/** Most sets of tables that a warm function keeps open. */
const maxSessions = 4;

/**
 * Runs untrusted SQL, one request at a time. Each set of tables has a DuckDB of its own that can read their Parquet copies
 * and nothing else; as only SELECTs reach it, no request leaves anything behind for the next.
 */
export class QueryEngine {
  static readonly version = engineVersion();
  private readonly sessions = new Map<string, Session>();
  private readonly options: QueryEngineOptions;

  constructor(options: QueryEngineOptions) {
    this.options = options;
  }

  async open(tables: QueryTable[]): Promise<OpenTables> {
    const key = JSON.stringify(tables.map(({ name, parquet }) => [name, parquet.key, parquet.eTag]));
    const session = this.sessions.get(key) ?? (await this.start(tables));
    this.sessions.delete(key);
    this.sessions.set(key, session);
    await this.tidy(session);
    return {
      check: async (sql) => {
        await assertSafeSelect(sql);
        await this.withConnection(session, (connection) => connection.prepare(sql));
      },
      run: async (sql, limits) => {
        await assertSafeSelect(sql);
        return this.withConnection(session, async (connection) => readResult(await connection.stream(sql), limits));
      },
    };
  }

  private async start(tables: QueryTable[]): Promise<Session> {
    const paths = await Promise.all(tables.map(({ parquet }) => this.options.cache.fetch(parquet)));
    const { memoryMb, maxSpillMb, folder } = this.options;
    const instance = await openEngine({ memoryMb, maxSpillMb, spillFolder: join(folder, "spill") });
    const connection = await instance.connect();
    for (const [index, { name }] of tables.entries()) {
      const path = quoteLiteral(paths[index] ?? "");
      await connection.run(`CREATE VIEW ${quoteIdentifier(name)} AS FROM read_parquet(${path})`);
    }
    await connection.run(confine(paths));
    connection.closeSync();
    return { instance, paths };
  }

  /** Closes the sessions used longest ago, and those whose copies had to go. */
  private async tidy(current: Session): Promise<void> {
    for (const [key, session] of this.sessions) {
      if (this.sessions.size <= maxSessions) break;
      this.close(key, session);
    }
    const gone = await this.options.cache.evict(new Set(current.paths));
    for (const [key, session] of this.sessions) {
      if (session.paths.some((path) => gone.includes(path))) this.close(key, session);
    }
  }

  private close(key: string, session: Session): void {
    this.sessions.delete(key);
    session.instance.closeSync();
  }

  private async withConnection<Result>(
    { instance }: Session,
    use: (connection: DuckDBConnection) => Promise<Result>,
  ): Promise<Result> {
    const connection = await instance.connect();
    const timer = setTimeout(() => connection.interrupt(), this.options.timeoutMs);
    try {
      return await use(connection);
    } catch (error) {
      throw explain(error, this.options.timeoutMs);
    } finally {
      clearTimeout(timer);
      connection.closeSync();
    }
  }
}

/** DuckDB's error as one of ours, told by the words it begins with. */
function explain(error: unknown, timeoutMs: number): unknown {
  if (!(error instanceof Error)) return error;
  const [, kind] = /^([\w ]+) Error: /.exec(error.message) ?? [];
  const options = { cause: error };
  switch (kind) {
    case undefined:
    case "INTERNAL":
    case "FATAL":
      return error;
    case "INTERRUPT":
      return new QueryLimit(
        `The query was stopped after ${timeoutMs / 1000} seconds: filter or group earlier`,
        options,
      );
    case "Out of Memory":
      return new QueryLimit("The query needs more memory than it may use: filter or group earlier", options);
    case "Permission":
      return new UnsafeSql("Only the dataset's own tables can be read", options);
    default:
      return new SqlError(error.message, options);
  }
}
