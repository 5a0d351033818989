import type { QueryFilter, UpdateQuery } from "mongoose";
import type { Column, Dataset, ReadOptions, SchemaChange } from "../../contract/index.ts";
import { type DatasetDocument, DatasetModel } from "../datasets/dataset-model.ts";
import type { DatasetReading, DatasetVersion } from "../shared/object-keys.ts";
import { carryOver } from "./schema-changes.ts";

/** Where a version's progress and outcome are stored: the dataset itself, or beside it while the version before is in use. */
export interface VersionInWork {
  dataset: DatasetDocument;
  version: number;
  /** Each has its own objects, also where the same file is read again because an attempt died. */
  reading: number;
  isNext: boolean;
  eTag: string;
}

/** What reading a version's file came to. */
export interface Outcome
  extends Pick<DatasetDocument, "format" | "rowCount" | "columns" | "rejects" | "read" | "tables" | "suggestions"> {
  parquetETag: string;
  /** Against the columns before. */
  changes: SchemaChange[];
}

/** The dataset that expects this upload, as its current or its next version. */
export async function findVersion({ datasetId }: DatasetVersion, key: string): Promise<DatasetDocument | undefined> {
  const found = await DatasetModel.findOne({
    _id: datasetId,
    $or: [{ s3Key: key }, { "next.s3Key": key, "next.status": { $ne: "cancelled" } }],
  }).lean();
  return found ?? undefined;
}

/** Whether the upload is of a version that was given up before it arrived. */
export async function isGivenUp(datasetId: string, key: string): Promise<boolean> {
  return (await DatasetModel.exists({ _id: datasetId, "next.s3Key": key, "next.status": "cancelled" })) !== null;
}

export async function datasetExists(datasetId: string): Promise<boolean> {
  return (await DatasetModel.exists({ _id: datasetId, deletedAt: { $exists: false } })) !== null;
}

/**
 * Marks the version as being read. Undefined if that has been done to its end already, for this very object, or if the
 * version was given up or replaced meanwhile.
 */
export async function beginVersion(
  dataset: DatasetDocument,
  { key, eTag, size }: { key: string; eTag: string; size: number },
): Promise<VersionInWork | undefined> {
  const { next } = dataset;
  const isNext = dataset.s3Key !== key;
  const { status, eTag: readETag } = isNext && next ? next : dataset;
  if (readETag === eTag && status !== "ingesting") return undefined;
  const progress = { stage: "downloading" as const, fraction: 0 };
  const begun = isNext
    ? {
        "next.status": "ingesting",
        "next.eTag": eTag,
        "next.fileSize": size,
        "next.error": null,
        "next.since": new Date(),
      }
    : { status: "ingesting", eTag, fileSize: size, error: null };
  const expected = isNext ? { "next.s3Key": key, "next.status": { $ne: "cancelled" as const } } : { s3Key: key };
  // Readings of a time when they were not counted: theirs is the number of the last.
  const last = dataset.parquetETag === undefined ? 0 : (dataset.reading ?? 1);
  await DatasetModel.updateOne({ _id: dataset._id, readings: { $exists: false } }, { $set: { readings: last } });
  const started = await DatasetModel.findOneAndUpdate(
    { _id: dataset._id, ...expected },
    { $set: { ...begun, progress, unsweptSince: new Date() }, $inc: { readings: 1 } },
    { returnDocument: "after" },
  ).lean();
  if (!started) return undefined;
  const version = isNext && next ? next.version : dataset.version;
  return { dataset, version, reading: started.readings ?? last + 1, isNext, eTag };
}

/** How a version is to be read: the options, and the columns before with the types that were chosen for them. */
export function wishesFor({ dataset, isNext }: VersionInWork): { options: ReadOptions; columns: Column[] } {
  const { reread, columns } = dataset;
  if (isNext || !reread) return { options: dataset.options ?? {}, columns };
  return { options: reread.options, columns: withTypes(columns, reread.types) };
}

function withTypes(columns: Column[], types: { name: string; type: string | null }[]): Column[] {
  return columns.map((column) => {
    const change = types.find(({ name }) => name === column.name);
    if (!change) return column;
    return { ...column, type: change.type ?? column.type, typeIsChosen: change.type !== null };
  });
}

/** Only the version that is in work, and only while no other delivery has ended it. */
function inWork({ dataset, isNext, eTag }: VersionInWork): QueryFilter<DatasetDocument> {
  return isNext
    ? { _id: dataset._id, "next.eTag": eTag, "next.status": "ingesting" }
    : { _id: dataset._id, eTag, status: "ingesting" };
}

export async function storeProgress(version: VersionInWork, progress: NonNullable<Dataset["progress"]>): Promise<void> {
  await DatasetModel.updateOne(inWork(version), { $set: { progress } });
}

/**
 * The version becomes the dataset's current one, all at once, with the labels that its columns have by now. Answers which
 * reading it takes the place of, if any; undefined also if another delivery was faster.
 */
export async function finishVersion(
  version: VersionInWork,
  { changes, ...outcome }: Outcome,
): Promise<DatasetReading | undefined> {
  for (;;) {
    const now = await DatasetModel.findOne(inWork(version)).lean();
    if (!now) return undefined;
    const { columns: before, options } = wishesFor({ ...version, dataset: now });
    const finished = {
      ...outcome,
      columns: carryOver(before, outcome.columns, changes),
      options,
      reading: version.reading,
      status: "ready",
      error: null,
      progress: null,
    };
    const { next } = now;
    const update: UpdateQuery<DatasetDocument> =
      version.isNext && next
        ? {
            $set: {
              ...finished,
              schemaChanges: changes,
              version: next.version,
              fileName: next.fileName,
              fileSize: next.fileSize,
              s3Key: next.s3Key,
              eTag: version.eTag,
            },
            $unset: { next: "", reread: "" },
            ...(now.parquetETag !== undefined && {
              $push: { earlier: { version: now.version, reading: now.reading ?? 1 } },
            }),
          }
        : { $set: finished, $unset: { reread: "" } };
    // Who changes a label in between is not overwritten.
    const { matchedCount } = await DatasetModel.updateOne({ ...inWork(version), updatedAt: now.updatedAt }, update);
    if (matchedCount === 0) continue;
    if (version.isNext || now.parquetETag === undefined) return undefined;
    return {
      workspaceId: now.workspaceId.toString(),
      datasetId: now._id.toString(),
      version: now.version,
      reading: now.reading,
    };
  }
}

/** The version can't be read: the table before, if there is one, stays in use, and the dataset says why. */
export async function failVersion(
  version: VersionInWork,
  error: NonNullable<Dataset["error"]>,
  tables?: Dataset["tables"],
): Promise<void> {
  await fail(inWork(version), version.isNext ? "next" : "current", error, tables);
}

/** Why a file was not kept that is in order. */
export const storageFull = "storage-full";

/** When a file has arrived for the first time: when the permission to upload it ends. Undefined if it is known already. */
export function firstArrival(dataset: DatasetDocument, key: string): { uploadExpiresAt: Date } | undefined {
  const { next, s3Key, parquetETag, eTag, uploadExpiresAt } = dataset;
  if (s3Key === key) return parquetETag === undefined && eTag === undefined ? { uploadExpiresAt } : undefined;
  return next && next.eTag === undefined ? next : undefined;
}

/** Fails a version whose file has arrived and is not kept. */
export async function refuseVersion(
  dataset: DatasetDocument,
  { key, eTag }: { key: string; eTag: string },
  message: string,
): Promise<void> {
  const error = { code: storageFull, message };
  const unsweptSince = new Date();
  if (dataset.s3Key === key) {
    const refused = { status: "failed" as const, error, eTag, progress: null, unsweptSince };
    await DatasetModel.updateOne({ _id: dataset._id, s3Key: key, eTag: { $exists: false } }, { $set: refused });
    return;
  }
  const refused = { "next.status": "failed", "next.error": error, "next.eTag": eTag, progress: null, unsweptSince };
  await DatasetModel.updateOne(
    { _id: dataset._id, "next.s3Key": key, "next.eTag": { $exists: false } },
    { $set: refused },
  );
}

/** Fails whichever version expects or reads the upload with this key. */
export async function failUpload(datasetId: string, key: string, error: NonNullable<Dataset["error"]>): Promise<void> {
  const unfinished: { $in: ("awaiting-upload" | "ingesting")[] } = { $in: ["awaiting-upload", "ingesting"] };
  await fail({ _id: datasetId, s3Key: key, status: unfinished }, "current", error);
  await fail({ _id: datasetId, "next.s3Key": key, "next.status": unfinished }, "next", error);
}

/**
 * Fails the current or the next version of all datasets that match, and answers how many. Where there is no table yet, `tables`
 * are those that can be chosen.
 */
export async function fail(
  which: QueryFilter<DatasetDocument>,
  of: "current" | "next",
  error: NonNullable<Dataset["error"]>,
  tables?: Dataset["tables"],
): Promise<number> {
  if (of === "next") {
    const failed = { "next.status": "failed", "next.error": error, progress: null };
    return (await DatasetModel.updateMany(which, { $set: failed })).modifiedCount;
  }
  const withTable = await DatasetModel.updateMany(
    { ...which, parquetETag: { $exists: true } },
    { $set: { status: "ready", error, progress: null }, $unset: { reread: "" } },
  );
  const without = await DatasetModel.updateMany(
    { ...which, parquetETag: { $exists: false } },
    { $set: { status: "failed", error, progress: null, ...(tables && { tables }) } },
  );
  return withTable.modifiedCount + without.modifiedCount;
}
