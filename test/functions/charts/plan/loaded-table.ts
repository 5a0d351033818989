import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import type { Cell } from "../../../../contract/index.ts";
import type { PlannableTable } from "../../../../functions/charts/plan/planner.ts";
import { QuerySessions } from "../../../../functions/charts/query/query-sessions.ts";
import { Ledger } from "../../../../functions/ingest/ledger.ts";
import { makeTable } from "../../../../functions/ingest/make-table.ts";
import { profileTable } from "../../../../functions/ingest/profile.ts";

/** The folder of the tables that the planners' tests ask about. */
export const fixtures = join(import.meta.dirname, "../../../fixtures/plan");

const limits = { maxRows: 5_000, maxColumns: 500, maxBytes: 2_000_000, timeoutMs: 15_000 };

/** A file as the product has it once it is read: its profile for the planner, its rows behind the door for untrusted SQL. */
export class LoadedTable {
  readonly plannable: PlannableTable;
  readonly #folder: string;
  readonly #parquet: string;
  readonly #sessions: QuerySessions;

  private constructor(folder: string, parquet: string, plannable: PlannableTable) {
    this.plannable = plannable;
    this.#folder = folder;
    this.#parquet = parquet;
    this.#sessions = new QuerySessions({ memoryMb: 512, spillFolder: join(folder, "spill"), maxSpillMb: 64 });
  }

  static async load(csv: string, label: string): Promise<LoadedTable> {
    const folder = await mkdtemp(join(tmpdir(), "plan-"));
    const parquet = join(folder, "data.parquet");
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    const path = join(folder, "original");
    await copyFile(csv, path);
    const ledger = new Ledger();
    const { columns } = await makeTable({
      connection,
      path,
      folder,
      parquetPath: parquet,
      options: {},
      chosen: () => new Map(),
      ledger,
      onProgress: () => {},
      signal: AbortSignal.timeout(60_000),
    });
    const profiled = await profileTable([connection], parquet, () => {}, { columns, ledger });
    connection.closeSync();
    return new LoadedTable(folder, parquet, { name: "data", label, ...profiled });
  }

  /** Throws unless `sql` is one safe SELECT that DuckDB could run on the table. */
  async check(sql: string): Promise<void> {
    await this.#sessions.check(this.#tables, sql, limits);
  }

  /** The rows of one safe SELECT; numbers are rounded to four digits. */
  async rows(sql: string): Promise<Cell[][]> {
    const { result } = await this.#sessions.run(this.#tables, sql, limits);
    return result.rows.map((row) => row.map((cell) => (typeof cell === "number" ? Number(cell.toFixed(4)) : cell)));
  }

  /** The names of the columns of one safe SELECT. */
  async columns(sql: string): Promise<string[]> {
    const { result } = await this.#sessions.run(this.#tables, sql, limits);
    return result.columns.map(({ name }) => name);
  }

  /** Rows and columns in any order, each row as text. */
  async unordered(sql: string): Promise<string[]> {
    const found = await this.rows(sql);
    return found.map((row) => JSON.stringify([...row.map(String)].sort())).sort();
  }

  async remove(): Promise<void> {
    this.#sessions.forget([this.#parquet]);
    await rm(this.#folder, { recursive: true });
  }

  get #tables() {
    return [{ name: "data", path: this.#parquet }];
  }
}
