import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { QueryResult } from "../../../contract/index.ts";
import { confine, openEngine, quoteIdentifier, quoteLiteral } from "../../shared/engine/engine.ts";
import { QueryLimit, queryTooSlow, SqlError, UnsafeSql } from "../../shared/errors.ts";
import { type Lineage, lineageOf } from "./lineage.ts";
import { followingDay, periodBefore } from "./period-before.ts";
import type { EngineSettings, Limits, LocalTable, ValueBefore } from "./protocol.ts";
import { readResult } from "./query-result.ts";
import { assertSafe } from "./safe-select.ts";
import { parseSelect, type TreeNode, writeSelect } from "./select-tree.ts";

/** What came of a SELECT; `before` where it asks for one value of one period. */
export interface Ran {
  result: QueryResult;
  lineage: Lineage;
  before?: ValueBefore;
}

interface Session {
  instance: DuckDBInstance;
  paths: string[];
}

/** Most sets of tables that are kept open. */
const maxSessions = 4;

/**
 * Each set of tables has a DuckDB of its own, which can read their Parquet files and nothing else and stays open for the
 * next query: as only SELECTs reach it, none leaves anything behind. Queries run on one thread, so that the same query on the
 * same rows gives the same rows in the same order, to the last digit.
 */
export class QuerySessions {
  private readonly sessions = new Map<string, Session>();
  private readonly settings: EngineSettings;

  constructor(settings: EngineSettings) {
    this.settings = settings;
  }

  /** Throws `UnsafeSql`, `SqlError` or `QueryLimit` unless `sql` is one safe SELECT that DuckDB could run on these tables. */
  async check(tables: LocalTable[], sql: string, { timeoutMs }: Limits): Promise<void> {
    assertSafe(await parseSelect(sql));
    await this.connected(tables, timeoutMs, (connection) => connection.prepare(sql));
  }

  /** Runs one safe SELECT. Throws as `check` does. */
  async run(tables: LocalTable[], sql: string, limits: Limits): Promise<Ran> {
    const select = await parseSelect(sql);
    assertSafe(select);
    const run = (text: string) =>
      this.connected(tables, limits.timeoutMs, async (connection) => readResult(await connection.stream(text), limits));
    const result = await run(sql);
    const lineage = lineageOf(select);
    const isValue = result.rows.length === 1 && result.columns.length === 1;
    const dayAfter = async (lastDay: TreeNode) => {
      try {
        return followingDay((await run(await writeSelect(lastDay))).rows[0]?.[0]);
      } catch (error) {
        // The condition may be on a name that only the whole SELECT has; it then goes without a comparison.
        if (error instanceof SqlError) return undefined;
        throw error;
      }
    };
    const before = isValue ? await periodBefore(select, dayAfter) : undefined;
    if (!before) return { result, lineage };
    const { column, days, label } = before;
    const text = await writeSelect(before.select);
    const compared = await run(text);
    return { result, lineage, before: { column, days, label, sql: text, value: compared.rows[0]?.[0] ?? null } };
  }

  /** Closes what reads these files, so that the disk gets their space back. */
  forget(paths: string[]): void {
    for (const [key, session] of this.sessions) {
      if (session.paths.some((path) => paths.includes(path))) this.close(key, session);
    }
  }

  private async connected<Result>(
    tables: LocalTable[],
    timeoutMs: number,
    use: (connection: DuckDBConnection) => Promise<Result>,
  ): Promise<Result> {
    const { instance } = await this.open(tables);
    const connection = await instance.connect();
    const timer = setTimeout(() => connection.interrupt(), timeoutMs);
    try {
      return await use(connection);
    } catch (error) {
      throw explain(error, timeoutMs);
    } finally {
      clearTimeout(timer);
      connection.closeSync();
    }
  }

  private async open(tables: LocalTable[]): Promise<Session> {
    const key = JSON.stringify(tables);
    const session = this.sessions.get(key) ?? (await this.start(tables));
    // Put last: the order of the map is the order of use.
    this.sessions.delete(key);
    this.sessions.set(key, session);
    for (const [oldest, unused] of this.sessions) {
      if (this.sessions.size <= maxSessions) break;
      this.close(oldest, unused);
    }
    return session;
  }

  private async start(tables: LocalTable[]): Promise<Session> {
    const paths = tables.map(({ path }) => path);
    const instance = await openEngine({ ...this.settings, threads: 1 });
    const connection = await instance.connect();
    for (const { name, path } of tables) {
      await connection.run(`CREATE VIEW ${quoteIdentifier(name)} AS FROM read_parquet(${quoteLiteral(path)})`);
    }
    await connection.run(confine(paths));
    connection.closeSync();
    return { instance, paths };
  }

  private close(key: string, session: Session): void {
    this.sessions.delete(key);
    session.instance.closeSync();
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
    case "IO":
      return error;
    case "INTERRUPT":
      return queryTooSlow(timeoutMs, options);
    case "Out of Memory":
      return new QueryLimit("The query needs more memory than it may use: filter or group earlier", options);
    case "Permission":
      return new UnsafeSql("Only the dataset's own tables can be read", options);
    default:
      return new SqlError(error.message, options);
  }
}
