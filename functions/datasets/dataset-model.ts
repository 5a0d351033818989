import { model, Schema, type Types } from "mongoose";
import { type ColumnType, type Dataset, datasetStatus, fileFormat, type ReadOptions } from "../../contract/index.ts";

/** A version whose file is expected or being read, while the one before is in use. */
export interface NextVersion
  extends Pick<DatasetDocument, "version" | "fileName" | "format" | "fileSize" | "s3Key" | "uploadExpiresAt" | "eTag"> {
  /** What is cancelled is shown to nobody; its number is not given again, as its upload may still arrive. */
  status: "awaiting-upload" | "ingesting" | "failed" | "cancelled";
  error: DatasetDocument["error"];
  /** When this status began. */
  since: Date;
}

/** What a person asked for in having a file read again. It takes effect when that has succeeded, and never if it fails. */
export interface Reread {
  options: ReadOptions;
  /** By column; null for the type that is found out. */
  types: { name: string; type: ColumnType | null }[];
}

export interface DatasetDocument
  extends Pick<
    Dataset,
    | "name"
    | "fileName"
    | "format"
    | "status"
    | "error"
    | "version"
    | "fileSize"
    | "rowCount"
    | "columns"
    | "progress"
    | "rejects"
    | "options"
    | "read"
    | "tables"
    | "schemaChanges"
    | "suggestions"
  > {
  _id: Types.ObjectId;
  workspaceId: Types.ObjectId;
  s3Bucket: string;
  s3Key: string;
  /** When the permission to upload ends. */
  uploadExpiresAt: Date;
  /** ETag of the upload that was, or is being, ingested. */
  eTag?: string;
  /** ETag of its Parquet. */
  parquetETag?: string;
  /** Which reading of the file the Parquet is. */
  reading?: number;
  /** How many readings of all versions have begun; none begins under the number of another. */
  readings?: number;
  /** Which reading the versions before ended with. Of one that is not here, nothing is known. */
  earlier?: { version: number; reading: number }[];
  /** Since when there may be objects that no version refers to; the sweeper looks, and takes it away. */
  unsweptSince?: Date;
  reread?: Reread;
  /** The version that is on its way, or that could not be read. */
  next?: NextVersion;
  /** Set when deletion has begun; the document goes last. */
  deletedAt?: Date;
  createdAt: Date;
  updatedAt: Date;
}

const schema = new Schema<DatasetDocument>(
  {
    workspaceId: { type: Schema.Types.ObjectId, ref: "Workspace", required: true },
    name: { type: String, required: true },
    fileName: { type: String, required: true },
    format: { type: String, enum: fileFormat.options, required: true },
    status: { type: String, enum: datasetStatus.options, required: true },
    error: { type: Schema.Types.Mixed, default: null },
    version: { type: Number, required: true },
    fileSize: { type: Number, required: true },
    rowCount: { type: Number, default: null },
    s3Bucket: { type: String, required: true },
    s3Key: { type: String, required: true },
    uploadExpiresAt: { type: Date, required: true },
    // Written by ingest in the contract's shape, which it is typed by, and always as a whole.
    columns: { type: Schema.Types.Mixed, required: true },
    progress: { type: Schema.Types.Mixed, default: null },
    rejects: { type: Schema.Types.Mixed, required: true },
    options: { type: Schema.Types.Mixed, default: {} },
    read: { type: Schema.Types.Mixed, default: null },
    tables: { type: Schema.Types.Mixed, default: [] },
    schemaChanges: { type: Schema.Types.Mixed, default: [] },
    next: Schema.Types.Mixed,
    suggestions: { type: [String], required: true },
    eTag: String,
    parquetETag: String,
    reading: Number,
    readings: { type: Number, default: 0 },
    earlier: { type: Schema.Types.Mixed, default: [] },
    unsweptSince: Date,
    reread: Schema.Types.Mixed,
    deletedAt: Date,
  },
  { timestamps: true, minimize: false },
);
schema.index({ workspaceId: 1, _id: -1 });
// What the sweeper looks for.
schema.index({ status: 1, updatedAt: 1 });
schema.index({ unsweptSince: 1 }, { partialFilterExpression: { unsweptSince: { $exists: true } } });
schema.index({ deletedAt: 1 }, { partialFilterExpression: { deletedAt: { $exists: true } } });

export const DatasetModel = model("Dataset", schema);
