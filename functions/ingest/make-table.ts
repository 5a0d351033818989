import type { DuckDBConnection } from "@duckdb/node-api";
import type { FileFormat, ReadOptions, SelectableTable } from "../../contract/index.ts";
import { type UnpackedFile, unpack } from "./archive/unpack.ts";
import { type ChosenTypes, type ConvertedColumn, checkWidth, convertTable } from "./convert.ts";
import { DataError } from "./data-error.ts";
import { readJson } from "./json/read-json.ts";
import type { Ledger } from "./ledger.ts";
import { convertParquet } from "./parquet/convert-parquet.ts";
import type { Reader, ReaderInput, TableSource } from "./table-source.ts";
import { convertDirectly } from "./text/convert-directly.ts";
import { readText } from "./text/read-text.ts";
import { readAs, recognizeText } from "./text/recognize-text.ts";
import { readWorkbook } from "./workbook/read-workbook.ts";

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
  const { path, folder, options, onProgress, signal } = given;
  onProgress("detecting", 0);
  const file = await unpack({ path, folder, entry: options.sheet, signal });
  const { name, choices } = file;
  if (choices.length === 0 || name === undefined) return makeOf(file, given);
  try {
    // The choice was one of files; which of its tables is read is found out.
    const { sheet: _name, ...inside } = options;
    const made = await makeOf(file, { ...given, options: inside });
    return { ...made, tables: choices, read: { ...made.read, sheet: name } };
  } catch (error) {
    if (error instanceof DataError) error.tables = choices;
    throw error;
  }
}

async function makeOf(file: UnpackedFile, given: MakeTableOptions): Promise<MadeTable> {
  const { connection, folder, parquetPath, options, chosen, ledger, onProgress, signal } = given;
  if (file.kind === "parquet") {
    const columns = await convertParquet(connection, file.path, parquetPath, chosen, ledger);
    return { format: "parquet", columns, tables: [], read: {} };
  }
  const input: ReaderInput = {
    path: file.path,
    folder,
    options,
    ledger,
    signal,
    onProgress: (fraction: number) => onProgress("converting", fraction * 0.6),
  };
  if (file.kind === "text") {
    const text = await recognizeText(file.path, options, signal);
    checkWidth(text.columns.length);
    const format = text.dialect.delimiter === "\t" ? "tsv" : "csv";
    onProgress("converting", 0);
    const direct = chosen(text.columns).size > 0 ? undefined : await convertDirectly(given, file.path, text);
    if (direct) return { format, columns: direct, tables: [], read: readAs(text) };
    return { format, ...(await convert(await readText(input, text), given)) };
  }
  const { read, format } = readers[file.kind];
  return { format, ...(await convert(await read(input), given)) };
}

async function convert(source: TableSource, { connection, parquetPath, chosen, ledger }: MakeTableOptions) {
  checkWidth(source.columns.length);
  const columns = await convertTable(connection, source, parquetPath, chosen, ledger);
  return { columns, tables: source.tables, read: source.read };
}

const readers: Record<Exclude<UnpackedFile["kind"], "parquet" | "text">, { read: Reader; format: FileFormat }> = {
  workbook: { read: readWorkbook, format: "xlsx" },
  json: { read: readJson, format: "json" },
};
