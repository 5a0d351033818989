import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Cell, Column, ColumnType, ReadOptions, Reject } from "../../../contract/index.ts";
import { Ledger } from "../../../functions/ingest/ledger.ts";
import { type MadeTable, makeTable } from "../../../functions/ingest/make-table.ts";
import { profileTable } from "../../../functions/ingest/profile.ts";
import { confine, openEngine, quoteLiteral } from "../../../functions/shared/engine/engine.ts";
import { toCell } from "../../../functions/shared/engine/json-values.ts";

export interface ReadUpload {
  /** Type by column name, in the table's order. */
  types: Record<string, string>;
  columns: Column[];
  rows: Cell[][];
  rejects: Reject[];
  rejectCount: number;
  tables: MadeTable["tables"];
  read: ReadOptions;
  format: string;
}

/** Reads a file as the ingest function does, in an engine that is confined as there. */
export async function readUpload(
  content: string | Uint8Array,
  { options = {}, chosen = {} }: { options?: ReadOptions; chosen?: Record<string, ColumnType> } = {},
): Promise<ReadUpload> {
  const folder = await mkdtemp(join(tmpdir(), "ingest-test-"));
  const engine = await openEngine({ memoryMb: 1000, spillFolder: join(folder, "spill"), maxSpillMb: 100 });
  const connection = await engine.connect();
  try {
    const path = join(folder, "original");
    const parquetPath = join(folder, "data.parquet");
    await writeFile(path, content);
    await connection.run("SET TimeZone = 'UTC'");
    await connection.run(`SET allowed_directories = [${quoteLiteral(`${folder}/`)}]`);
    await connection.run(confine([]));
    const ledger = new Ledger();
    const made = await makeTable({
      connection,
      path,
      folder,
      parquetPath,
      options,
      chosen: () => new Map(Object.entries(chosen)),
      ledger,
      onProgress: () => {},
      signal: AbortSignal.timeout(60_000),
    });
    const { columns } = await profileTable([connection, await engine.connect()], parquetPath, () => {}, {
      columns: made.columns,
      ledger,
    });
    const rows = (await connection.runAndReadAll(`FROM read_parquet(${quoteLiteral(parquetPath)})`)).getRows();
    return {
      types: Object.fromEntries(columns.map(({ name, type }) => [name, type])),
      columns,
      rows: rows.map((cells) => cells.map(toCell)),
      rejects: ledger.entries(),
      rejectCount: ledger.count,
      tables: made.tables,
      read: made.read,
      format: made.format,
    };
  } finally {
    connection.closeSync();
    engine.closeSync();
    await rm(folder, { recursive: true, force: true });
  }
}
