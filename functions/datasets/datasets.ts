import { isDeepStrictEqual } from "node:util";
import { Types } from "mongoose";
import type { CreateDataset, CreatedDataset, Dataset, ListQuery, Page, UpdateDataset } from "../../contract/index.ts";
import { Conflict, InvalidInput, NotFound } from "../shared/errors.ts";
import { listPage } from "../shared/list-page.ts";
import { uploadKey } from "../shared/object-keys.ts";
import type { ObjectStorage } from "../shared/object-storage.ts";
import { type DatasetDocument, DatasetModel, type Reread } from "./dataset-model.ts";
import { contentTypeOf, datasetName, promisedFormat } from "./file-format.ts";
import type { IngestQueue } from "./ingest-queue.ts";

export const uploadSeconds = 15 * 60;

/** Stores the announcement of a file and answers with the permission to upload it. */
export async function createDataset(
  workspaceId: string,
  { fileName, fileSize, name }: CreateDataset,
  storage: Pick<ObjectStorage, "bucket" | "presignUpload">,
): Promise<CreatedDataset> {
  const _id = new Types.ObjectId();
  const s3Key = uploadKey({ workspaceId, datasetId: _id.toString(), version: 1 });
  const upload = await storage.presignUpload(s3Key, contentTypeOf(fileName), fileSize, uploadSeconds);
  const dataset = await DatasetModel.create({
    _id,
    workspaceId,
    name: name ?? datasetName(fileName),
    fileName,
    format: promisedFormat(fileName),
    status: "awaiting-upload",
    version: 1,
    fileSize,
    s3Bucket: storage.bucket,
    s3Key,
    uploadExpiresAt: new Date(upload.expiresAt),
    columns: [],
    rejects: { count: 0, sample: [] },
    suggestions: [],
  });
  return { dataset: presentDataset(dataset), upload };
}

export async function listDatasets(workspaceId: string, query: ListQuery): Promise<Page<Dataset>> {
  const live = { workspaceId: new Types.ObjectId(workspaceId), deletedAt: { $exists: false } };
  return listPage(DatasetModel, live, query, presentDataset);
}

/** Throws `NotFound`, also for a dataset of another workspace or one being deleted. */
export async function findDataset(workspaceId: string, datasetId: string): Promise<DatasetDocument> {
  const dataset = await DatasetModel.findOne({ _id: datasetId, workspaceId, deletedAt: { $exists: false } }).lean();
  if (!dataset) throw new NotFound("There is no such dataset");
  return dataset;
}

/**
 * Changes the name of a dataset, and labels and descriptions of its columns. Other types or options have its file read again,
 * during which it can't be used; if that fails, the table stays as it was.
 */
export async function updateDataset(
  workspaceId: string,
  datasetId: string,
  { name, columns: changes = [], options }: UpdateDataset,
  queue: Pick<IngestQueue, "readAgain">,
): Promise<Dataset> {
  const before = await findDataset(workspaceId, datasetId);
  const { columns, eTag, status, s3Key, fileSize } = before;
  const set: Record<string, unknown> = name === undefined ? {} : { name };
  const types: Reread["types"] = [];
  for (const [index, { name: columnName, type, ...words }] of changes.entries()) {
    const position = columns.findIndex((column) => column.name === columnName);
    const column = columns[position];
    if (!column)
      throw new InvalidInput([{ path: `columns.${index}.name`, message: `there is no column ${columnName}` }]);
    for (const [field, value] of Object.entries(words)) set[`columns.${position}.${field}`] = value || null;
    if (type === undefined || type === (column.typeIsChosen ? column.type : null)) continue;
    types.push({ name: columnName, type });
  }
  const otherOptions = options !== undefined && !isDeepStrictEqual(options, before.options ?? {});
  const readsAgain = otherOptions || types.length > 0;
  if (readsAgain) {
    if (eTag === undefined && status === "failed") {
      throw new Conflict(`${before.name} has no file to read: upload one`, { kind: "not-ready" });
    }
    if (
      eTag === undefined ||
      [status, before.next?.status].some((one) => one === "ingesting" || one === "awaiting-upload")
    ) {
      throw new Conflict(`${before.name} is not read yet: try again in a moment`, { kind: "not-ready" });
    }
    const reread: Reread = { options: options ?? before.options ?? {}, types };
    const beginning = { status: "ingesting", error: null, progress: { stage: "downloading", fraction: 0 } };
    // Without a table there is nothing that a failure could take away.
    Object.assign(set, beginning, before.parquetETag === undefined ? { options: reread.options } : { reread });
  }
  const dataset = await DatasetModel.findOneAndUpdate(
    // The columns must still be those of the file that the positions were looked up in.
    {
      _id: datasetId,
      workspaceId,
      deletedAt: { $exists: false },
      ...((changes.length > 0 || readsAgain) && { eTag: eTag ?? null, status }),
    },
    { $set: set },
    { returnDocument: "after" },
  ).lean();
  if (!dataset) throw new NotFound("The dataset was changed or deleted by someone else");
  if (readsAgain && eTag !== undefined) {
    try {
      await queue.readAgain({ key: s3Key, eTag, size: fileSize });
    } catch (error) {
      // Nobody would ever read it.
      const asBefore = { status, error: before.error, options: before.options ?? {}, progress: null };
      await DatasetModel.updateOne(
        { _id: datasetId, status: "ingesting", eTag },
        { $set: asBefore, $unset: { reread: "" } },
      );
      throw error;
    }
  }
  return presentDataset(dataset);
}

function presentNext(next: DatasetDocument["next"]): Dataset["nextVersion"] {
  if (!next || next.status === "cancelled") return null;
  const { version, fileName, status, error } = next;
  return { version, fileName, status, error };
}

/** A dataset as the API shows it. */
export function presentDataset(dataset: DatasetDocument): Dataset {
  const { next } = dataset;
  return {
    id: dataset._id.toString(),
    workspaceId: dataset.workspaceId.toString(),
    name: dataset.name,
    fileName: dataset.fileName,
    format: dataset.format,
    status: dataset.status,
    error: dataset.error,
    version: dataset.version,
    fileSize: dataset.fileSize,
    rowCount: dataset.rowCount,
    s3Bucket: dataset.s3Bucket,
    s3Key: dataset.s3Key,
    columns: dataset.columns,
    progress: dataset.progress,
    rejects: dataset.rejects,
    options: dataset.reread?.options ?? dataset.options ?? {},
    read: dataset.read ?? null,
    tables: dataset.tables ?? [],
    schemaChanges: dataset.schemaChanges ?? [],
    nextVersion: presentNext(next),
    suggestions: dataset.suggestions,
    createdAt: dataset.createdAt.toISOString(),
    updatedAt: dataset.updatedAt.toISOString(),
  };
}
