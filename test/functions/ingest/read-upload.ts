import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReadOptions, Reject } from "../../../contract/index.ts";
import type { ConvertedColumn } from "../../../functions/ingest/convert.ts";
import { DataError } from "../../../functions/ingest/data-error.ts";
import { Ledger } from "../../../functions/ingest/ledger.ts";
import { type MadeTable, makeTable } from "../../../functions/ingest/make-table.ts";
import { confine, openEngine, quoteLiteral } from "../../../functions/shared/engine/engine.ts";
import { toCell } from "../../../functions/shared/engine/json-values.ts";

export interface ReadUpload extends MadeTable {
  /** The table's rows as the API shows them. */
  rows: unknown[][];
  /** Type and format of each column. */
  types: Record<string, string>;
  rejects: Reject[];
}

/** Makes a file's bytes a table, as ingest does, and reads it back. */
export async function readUpload(bytes: string | Uint8Array, options: ReadOptions = {}): Promise<ReadUpload> {
  const folder = await mkdtemp(join(tmpdir(), "read-upload-"));
  const engine = await openEngine({ memoryMb: 1024, spillFolder: join(folder, "spill"), maxSpillMb: 100 });
  const connection = await engine.connect();
  try {
    const path = join(folder, "original");
    const parquetPath = join(folder, "data.parquet");
    await writeFile(path, bytes);
    await connection.run(`SET allowed_directories = [${quoteLiteral(`${folder}/`)}]`);
    await connection.run(confine([]));
    const ledger = new Ledger();
    const made = await makeTable({
      connection,
      path,
      folder,
      parquetPath,
      options,
      chosen: new Map(),
      ledger,
      onProgress: () => {},
      signal: new AbortController().signal,
    });
    const read = await connection.runAndReadAll(`FROM read_parquet(${quoteLiteral(parquetPath)})`);
    return {
      ...made,
      rows: read.getRows().map((row) => row.map(toCell)),
      types: Object.fromEntries(made.columns.map(({ name, type }: ConvertedColumn) => [name, type])),
      rejects: ledger.entries(),
    };
  } finally {
    connection.closeSync();
    engine.closeSync();
    await rm(folder, { recursive: true, force: true });
  }
}

/** For `assert.rejects`: the file is refused with this code, and the sentence for its owner matches. */
export function refused(code: string, message?: RegExp): (error: unknown) => boolean {
  return (error) =>
    error instanceof DataError && error.detail.code === code && (message === undefined || message.test(error.message));
}
