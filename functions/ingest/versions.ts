import type { QueryFilter, UpdateQuery } from "mongoose";
import type { Dataset } from "../../contract/index.ts";
import { type DatasetDocument, DatasetModel } from "../datasets/dataset-model.ts";
import type { DatasetVersion } from "../shared/object-keys.ts";

/** Where a version's progress and outcome are stored: the dataset itself, or beside it while the version before is in use. */
export interface VersionInWork {
  dataset: DatasetDocument;
  version: number;
  isNext: boolean;
  eTag: string;
}

/** What reading a version's file came to. */
export type Outcome = Partial<
  Pick<
    DatasetDocument,
    "format" | "rowCount" | "columns" | "rejects" | "read" | "tables" | "schemaChanges" | "suggestions" | "parquetETag"
  >
>;

/** The dataset that expects this upload, as its current or its next version. */
export async function findVersion({ datasetId }: DatasetVersion, key: string): Promise<DatasetDocument | undefined> {
  const found = await DatasetModel.findOne({ _id: datasetId, $or: [{ s3Key: key }, { "next.s3Key": key }] }).lean();
  return found ?? undefined;
}

export async function datasetExists(datasetId: string): Promise<boolean> {
  return (await DatasetModel.exists({ _id: datasetId, deletedAt: { $exists: false } })) !== null;
}

/**
 * Marks the version as being read. Undefined if that has been done to its end already, for this very object.
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
  await DatasetModel.updateOne({ _id: dataset._id }, { $set: { ...begun, progress } });
  return { dataset, version: isNext && next ? next.version : dataset.version, isNext, eTag };
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

/** The version becomes the dataset's current one, all at once. */
export async function finishVersion(version: VersionInWork, outcome: Outcome): Promise<void> {
  const { dataset, isNext, eTag } = version;
  const ready = { ...outcome, status: "ready", error: null, progress: null };
  const { next } = dataset;
  const update: UpdateQuery<DatasetDocument> =
    isNext && next
      ? {
          $set: {
            ...ready,
            version: next.version,
            fileName: next.fileName,
            fileSize: next.fileSize,
            s3Key: next.s3Key,
            eTag,
          },
          $unset: { next: "" },
        }
      : { $set: ready };
  await DatasetModel.updateOne(inWork(version), update);
}

/** The version can't be read; the one before stays in use. */
export async function failVersion(version: VersionInWork, error: NonNullable<Dataset["error"]>): Promise<void> {
  const failed = version.isNext ? { "next.status": "failed", "next.error": error } : { status: "failed", error };
  await DatasetModel.updateOne(inWork(version), { $set: { ...failed, progress: null } });
}

/** Fails whichever version expects or reads the upload with this key. */
export async function failUpload(datasetId: string, key: string, error: NonNullable<Dataset["error"]>): Promise<void> {
  const unfinished: { $in: ("awaiting-upload" | "ingesting")[] } = { $in: ["awaiting-upload", "ingesting"] };
  const current: QueryFilter<DatasetDocument> = { _id: datasetId, s3Key: key, status: unfinished };
  await DatasetModel.updateOne(current, { $set: { status: "failed", error, progress: null } });
  const next: QueryFilter<DatasetDocument> = { _id: datasetId, "next.s3Key": key, "next.status": unfinished };
  await DatasetModel.updateOne(next, { $set: { "next.status": "failed", "next.error": error, progress: null } });
}
