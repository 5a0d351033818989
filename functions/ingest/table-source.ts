import type { ColumnFormat, ColumnType, ReadOptions, SelectableTable } from "../../contract/index.ts";
import type { Ledger } from "./ledger.ts";
import type { ColumnEvidence } from "./types/evidence.ts";

/** What a reader works with. */
export interface ReaderInput {
  /** The file, already out of its archive. The reader may delete it once it has read it. */
  path: string;
  /** A folder of this ingest alone; what the reader writes goes here. */
  folder: string;
  /** What the person asked for: which sheet, which row is the header, … An option that makes no sense is a `DataError`. */
  options: ReadOptions;
  /** Rejects of rows and cells that the reader itself could not turn into data. */
  ledger: Ledger;
  /** Gets the share of the file that is read, from 0 to 1, as often as is convenient. */
  onProgress(fraction: number): void;
  /** Aborted when time is up; the reader then throws the signal's reason. */
  signal: AbortSignal;
}

export type Reader = (input: ReaderInput) => Promise<TableSource>;

/**
 * A table, taken out of its file format, before its types are settled. All formats meet here: types, conversion, ledger and
 * profile are the same for all.
 */
export interface TableSource {
  /** Written by `TableWriter`. */
  path: string;
  /** In the order of the cells. Names are final: not empty and unique without regard to case (`uniqueNames`). */
  columns: SourceColumn[];
  rowCount: number;
  /** The writer's. */
  evidence: ColumnEvidence[];
  longestLine: number;
  /** Tables of the file that a person can choose by `options.sheet`, in the file's order; empty where there is only one. */
  tables: SelectableTable[];
  /** How the file was read, to be shown and to be overridden. */
  read: ReadOptions;
}

export interface SourceColumn {
  name: string;
  /** The header left its name out: without values either, it is no column, as a delimiter at each line's end makes one. */
  unnamed?: boolean;
  /**
   * The type, where the file itself says so for the column as a whole (every filled cell of a sheet's column is a date).
   * Its cells are then written as DuckDB casts them without a format: `2024-01-31`, `2024-01-31 13:45:00`, `true`, `1234.5`.
   * Left out, the type is inferred from the cells' text.
   */
  type?: ColumnType;
  /** How the file shows the column's numbers, where it says so. */
  format?: ColumnFormat;
}
