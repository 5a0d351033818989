import { z } from "zod";
import { id, timestamp } from "./lists.ts";

/** A cell as JSON: numbers as numbers (integers beyond 2^53 as strings), dates and timestamps as ISO 8601 text. */
export const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type Cell = z.infer<typeof cell>;

export const fileFormat = z.enum(["csv", "tsv"]);
export type FileFormat = z.infer<typeof fileFormat>;

export const datasetStatus = z.enum(["awaiting-upload", "ingesting", "ready", "failed"]);
export type DatasetStatus = z.infer<typeof datasetStatus>;

export const profile = z.object({
  nullCount: z.int(),
  /** Exact up to 10,000 distinct values, an estimate beyond. */
  distinctCount: z.int(),
  min: cell,
  max: cell,
  mean: z.number().nullable().optional(),
  topValues: z.array(z.object({ value: cell, count: z.int() })),
});
export type Profile = z.infer<typeof profile>;

export const column = z.object({
  name: z.string(),
  label: z.string().nullable(),
  description: z.string().nullable(),
  /** DuckDB's type name. */
  type: z.string(),
  profile,
});
export type Column = z.infer<typeof column>;

export const dataset = z.object({
  id,
  workspaceId: id,
  name: z.string(),
  fileName: z.string(),
  format: fileFormat,
  status: datasetStatus,
  error: z
    .object({ code: z.string(), message: z.string(), row: z.int().optional(), column: z.string().optional() })
    .nullable(),
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
  /** Rows of the file that could not be read as the table's columns and types; `sample` shows the first of them. */
  rejects: z.object({
    count: z.int(),
    sample: z.array(
      z.object({
        row: z.int().nullable(),
        column: z.string().nullable(),
        value: z.string().nullable(),
        reason: z.string(),
      }),
    ),
  }),
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
  .regex(/\.(csv|tsv)$/i, "must end in .csv or .tsv: save the table as CSV and try again");

/** Bytes of one upload. A single presigned POST to S3 could carry 5 GB; ingest is made and measured for this. */
export const maxUploadBytes = 2_000_000_000;

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
        }),
      )
      .max(2000)
      .optional(),
  })
  .refine((change) => change.name !== undefined || change.columns !== undefined, "changes nothing");
export type UpdateDataset = z.infer<typeof updateDataset>;

export const rowsQuery = z.object({ limit: z.coerce.number().int().min(1).max(1000).default(50) });

export const tableRows = z.object({
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  rows: z.array(z.array(cell)),
});
export type TableRows = z.infer<typeof tableRows>;

export const datasetPath = z.object({ workspaceId: id, datasetId: id });
