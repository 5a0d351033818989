import { z } from "zod";
import { id, listQuery, timestamp } from "./lists.ts";

/** A cell as JSON: numbers as numbers (integers beyond 2^53 as strings), dates and timestamps as ISO 8601 text. */
export const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type Cell = z.infer<typeof cell>;

export const fileFormat = z.enum(["csv", "tsv", "xlsx", "json", "parquet"]);
export type FileFormat = z.infer<typeof fileFormat>;

export const datasetStatus = z.enum(["awaiting-upload", "ingesting", "ready", "failed"]);
export type DatasetStatus = z.infer<typeof datasetStatus>;

export const profile = z.object({
  nullCount: z.int(),
  /** Exact unless `estimated` says otherwise. */
  distinctCount: z.int(),
  min: cell,
  max: cell,
  mean: z.number().nullable().optional(),
  /** First quartile, median and third quartile of numbers, dates and timestamps. */
  quartiles: z.tuple([cell, cell, cell]).nullable().optional(),
  /** Bins of equal width between `min` and `max`, for numbers, dates and timestamps; `to` belongs to the last bin only. */
  histogram: z.array(z.object({ from: cell, to: cell, count: z.int() })).optional(),
  topValues: z.array(z.object({ value: cell, count: z.int() })),
  /** Members that were worked out from an even sample of the rows, or by an estimator, because the table is large. */
  estimated: z.array(z.enum(["distinctCount", "quartiles", "histogram", "topValues"])).optional(),
});
export type Profile = z.infer<typeof profile>;

/** The types that a person can give a column, by DuckDB's names. */
export const columnType = z.enum([
  "VARCHAR",
  "BIGINT",
  "DOUBLE",
  "BOOLEAN",
  "DATE",
  "TIMESTAMP",
  "TIMESTAMP WITH TIME ZONE",
  "TIME",
]);
export type ColumnType = z.infer<typeof columnType>;

/** How the file wrote a column's values, for showing them the same way. */
export const columnFormat = z.object({
  /** `percent`: the values are per cent (12.5 is 12.5 %); `fraction`: shares of one that are shown as per cent. */
  kind: z.enum(["number", "currency", "percent", "fraction", "date", "timestamp", "time"]),
  /** Currency sign or code as the file has it, or `%`. */
  unit: z.string().optional(),
  /** Most digits after the decimal separator. */
  decimals: z.int().optional(),
  /** Whether thousands were grouped. */
  grouped: z.boolean().optional(),
  /** The separator of decimals in the file. */
  decimalSeparator: z.enum([".", ","]).optional(),
  /** For dates and times, the pattern in which the file wrote them, as `strptime` has it; `%q` is a quarter. */
  pattern: z.string().optional(),
  /** For dates that stand for a whole month or quarter, by its first day. */
  grain: z.enum(["month", "quarter"]).optional(),
});
export type ColumnFormat = z.infer<typeof columnFormat>;

/** What a column does in a question: is added up, groups, orders in time, names a row, or is prose. */
export const columnRole = z.enum(["measure", "dimension", "time", "identifier", "text"]);
export type ColumnRole = z.infer<typeof columnRole>;

export const column = z.object({
  name: z.string(),
  label: z.string().nullable(),
  description: z.string().nullable(),
  /** DuckDB's type name. */
  type: z.string(),
  /** Set where a person chose the type; it holds for further versions of the file too. */
  typeIsChosen: z.boolean().optional(),
  role: columnRole.optional(),
  format: columnFormat.optional(),
  /** Cells of this column that could not be read as its type and are null instead. */
  rejectCount: z.int().optional(),
  profile,
});
export type Column = z.infer<typeof column>;

/** A row or cell that did not become data. `column` is null for a row that is left out as a whole. */
export const reject = z.object({
  /** The row's number in the original file as a spreadsheet counts it: from 1, blank ones and the header included. */
  row: z.int().nullable(),
  column: z.string().nullable(),
  value: z.string().nullable(),
  reason: z.string(),
});
export type Reject = z.infer<typeof reject>;

/** So many rejects of a reading are kept with their row and value; of more there is the count. */
export const maxKeptRejects = 10_000;

/** How to read a file. What is left out is found out. */
export const readOptions = z.strictObject({
  /** The name of one of `tables`: a sheet of a workbook, a file of an archive. */
  sheet: z.string().min(1).max(255).optional(),
  delimiter: z.string().min(1).max(4).optional(),
  /** The quotation mark; empty for none. */
  quote: z.string().max(1).optional(),
  /** As the Encoding Standard calls them, such as `utf-8`, `windows-1252`, `utf-16le`, `shift_jis`. */
  encoding: z.string().min(1).max(40).optional(),
  /** The row that names the columns, from 1; 0 if there is none. What stands above it is no data. */
  headerRow: z.int().min(0).max(100_000).optional(),
  /** Whether lines that name the group of the rows below them become a column; false leaves them rows like others. */
  groups: z.boolean().optional(),
});
export type ReadOptions = z.infer<typeof readOptions>;

/** What differs from the version before. */
export const schemaChange = z.discriminatedUnion("change", [
  z.object({ change: z.literal("added"), column: z.string() }),
  z.object({ change: z.literal("missing"), column: z.string() }),
  z.object({ change: z.literal("type"), column: z.string(), from: z.string(), to: z.string() }),
  /** Probably: the one is missing, the other is new, and they look alike. */
  z.object({ change: z.literal("renamed"), column: z.string(), from: z.string() }),
]);
export type SchemaChange = z.infer<typeof schemaChange>;

/** The counts are null of a table that nobody has looked into: another file of an archive. */
export const selectableTable = z.object({
  name: z.string(),
  rowCount: z.int().nullable(),
  columnCount: z.int().nullable(),
});
export type SelectableTable = z.infer<typeof selectableTable>;

const datasetError = z.object({
  code: z.string(),
  message: z.string(),
  row: z.int().optional(),
  column: z.string().optional(),
});

export const dataset = z.object({
  id,
  workspaceId: id,
  name: z.string(),
  fileName: z.string(),
  format: fileFormat,
  status: datasetStatus,
  /** Why the file could not be read. With status `ready`: why not in the way that was asked for last; the table is as before. */
  error: datasetError.nullable(),
  version: z.int(),
  fileSize: z.int(),
  rowCount: z.int().nullable(),
  s3Bucket: z.string(),
  s3Key: z.string(),
  columns: z.array(column),
  progress: z
    .object({
      stage: z.enum(["downloading", "detecting", "converting", "profiling"]),
      fraction: z.number().min(0).max(1),
    })
    .nullable(),
  /**
   * Rows and cells of the file that did not become data; `sample` shows up to 100 of them, of both kinds and from all over the
   * file, `rows` counts those that are left out as a whole.
   */
  rejects: z.object({ count: z.int(), rows: z.int().optional(), sample: z.array(reject) }),
  /** What the person asked for in reading the file. */
  options: readOptions,
  /** How the file was read. */
  read: readOptions.nullable(),
  /** Tables of the file to choose from by `options.sheet`, where it has several; also where none could be read. */
  tables: z.array(selectableTable),
  /** Against the version before. */
  schemaChanges: z.array(schemaChange),
  /** A version that is on its way while this one stays in use, or that could not be read. */
  nextVersion: z
    .object({
      version: z.int(),
      fileName: z.string(),
      status: z.enum(["awaiting-upload", "ingesting", "failed"]),
      error: datasetError.nullable(),
    })
    .nullable(),
  suggestions: z.array(z.string()),
  createdAt: timestamp,
  updatedAt: timestamp,
});
export type Dataset = z.infer<typeof dataset>;

const fileName = z
  .string()
  .trim()
  .min(1)
  .max(255, "is longer than 255 characters")
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this refuses
  .regex(/^[^/\\\u0000-\u001f\u007f]+$/, "must be a file name without a folder or control characters")
  .regex(
    /\.((csv|tsv|tab|txt|xlsx|xlsm|json|ndjson|jsonl|parquet)(\.gz|\.zip)?|gz|zip)$/i,
    "must end in .csv, .tsv, .txt, .xlsx, .json, .ndjson or .parquet (or these with .gz or .zip): save the table as .xlsx or .csv and try again",
  );

/** Bytes of one upload. A single presigned POST to S3 could carry 5 GB; ingest is made and measured for this. */
export const maxUploadBytes = 2_000_000_000;

/** Columns of one dataset. */
export const maxDatasetColumns = 2_000;

export const createDataset = z.strictObject({
  fileName,
  fileSize: z
    .int()
    .min(1, "is 0: the file is empty")
    .max(maxUploadBytes, "is over the limit of 2 GB: split the file or leave out columns"),
  name: z.string().trim().min(1).max(200).optional(),
});
export type CreateDataset = z.infer<typeof createDataset>;

/** Where and how to send the file: a multipart form with `fields` first and the file last. */
export const upload = z.object({
  method: z.literal("POST"),
  url: z.url(),
  fields: z.record(z.string(), z.string()),
  expiresAt: timestamp,
  maxBytes: z.int(),
});
export type Upload = z.infer<typeof upload>;

/** A new version of a dataset. */
export const createVersion = createDataset.omit({ name: true });
export type CreateVersion = z.infer<typeof createVersion>;

export const createdDataset = z.object({ dataset, upload });
export type CreatedDataset = z.infer<typeof createdDataset>;

export const updateDataset = z
  .strictObject({
    name: z.string().trim().min(1).max(200).optional(),
    columns: z
      .array(
        z.strictObject({
          name: z.string().min(1),
          label: z.string().trim().max(200).nullable().optional(),
          description: z.string().trim().max(1000).nullable().optional(),
          /** Null: as found out. A change reads the file again. */
          type: columnType.nullable().optional(),
        }),
      )
      .max(maxDatasetColumns)
      .optional(),
    /** Replaces the options; a change reads the file again. */
    options: readOptions.optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), "changes nothing");
export type UpdateDataset = z.infer<typeof updateDataset>;

export const rowsQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(50),
  /** Rows before the page. */
  offset: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
  /** The name of a column; left out, rows come in the order of the file. Rows with the same value keep that order. */
  sort: z.string().min(1).optional(),
  order: z.enum(["asc", "desc"]).default("asc"),
});
export type RowsQuery = z.infer<typeof rowsQuery>;

export const tableRows = z.object({
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  rows: z.array(z.array(cell)),
  /** Rows of the whole table. */
  rowCount: z.int(),
});
export type TableRows = z.infer<typeof tableRows>;

/** `cursor` is what the page before gave. */
export const rejectsQuery = listQuery;

export const datasetPath = z.object({ workspaceId: id, datasetId: id });
