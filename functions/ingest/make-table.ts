import type { DuckDBConnection } from "@duckdb/node-api";
import type { FileFormat, ReadOptions } from "../../contract/index.ts";
import { type ChosenTypes, type ConvertedColumn, checkWidth, convertTable } from "./convert.ts";
import { DataError } from "./data-error.ts";
import type { Ledger } from "./ledger.ts";
import { recognizeFile } from "./recognize.ts";
import type { SelectableTable, TableSource } from "./table-source.ts";
import { readText } from "./text/read-text.ts";

export interface MakeTableOptions {
  connection: DuckDBConnection;
  /** The upload; it may be deleted on the way. */
  path: string;
  folder: string;
  parquetPath: string;
  options: ReadOptions;
  chosen: ChosenTypes;
  ledger: Ledger;
  onProgress(stage: "detecting" | "converting", fraction: number): void;
  signal: AbortSignal;
}

export interface MadeTable {
  format: FileFormat;
  columns: ConvertedColumn[];
  tables: SelectableTable[];
  read: ReadOptions;
}

/**
 * Makes an upload, whatever it is, a Parquet file: recognised by content, taken out of its archive, read by its format's
 * reader, its types settled, its cells converted. Throws `DataError` for what can't become a table.
 */
export async function makeTable(given: MakeTableOptions): Promise<MadeTable> {
  const { connection, path, folder, parquetPath, options, chosen, ledger, onProgress, signal } = given;
  onProgress("detecting", 0);
  const kind = await recognizeFile(path);
  if (kind !== "text") throw new DataError("not-supported", `Not yet: ${kind}`);
  const input = {
    path,
    folder,
    options,
    ledger,
    signal,
    onProgress: (fraction: number) => onProgress("converting", fraction * 0.6),
  };
  const source: TableSource = await readText(input);
  checkWidth(source.columns.length);
  const columns = await convertTable(connection, source, parquetPath, chosen, ledger);
  const { tables, read } = source;
  return { format: "csv", columns, tables, read };
}
