import { extname } from "node:path";
import { Types } from "mongoose";
import {
  type CreateDataset,
  type CreatedDataset,
  type Dataset,
  type FileFormat,
  fileFormat,
  type ListQuery,
  type Page,
  type UpdateDataset,
} from "../../contract/index.ts";
import { InvalidInput, NotFound } from "../shared/errors.ts";
import { listPage } from "../shared/list-page.ts";
import { uploadKey } from "../shared/object-keys.ts";
import type { ObjectStorage } from "../shared/object-storage.ts";
import { type DatasetDocument, DatasetModel } from "./dataset-model.ts";

const uploadSeconds = 15 * 60;
const contentTypes: Record<FileFormat, string> = { csv: "text/csv", tsv: "text/tab-separated-values" };

/** Stores the announcement of a file and answers with the permission to upload it. */
export async function createDataset(
  workspaceId: string,
  { fileName, fileSize, name }: CreateDataset,
  storage: Pick<ObjectStorage, "bucket" | "presignUpload">,
): Promise<CreatedDataset> {
  const format = fileFormat.parse(extname(fileName).slice(1).toLowerCase());
  const _id = new Types.ObjectId();
  const s3Key = uploadKey({ workspaceId, datasetId: _id.toString(), version: 1 });
  const upload = await storage.presignUpload(s3Key, contentTypes[format], fileSize, uploadSeconds);
  const dataset = await DatasetModel.create({
    _id,
    workspaceId,
    name: name ?? fileName.slice(0, -extname(fileName).length),
    fileName,
    format,
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

/** Changes the name of a dataset, and labels and descriptions of its columns. */
export async function updateDataset(
  workspaceId: string,
  datasetId: string,
  { name, columns: changes = [] }: UpdateDataset,
): Promise<Dataset> {
  const { columns, eTag } = await findDataset(workspaceId, datasetId);
  const set: Record<string, string | null> = name === undefined ? {} : { name };
  for (const [index, { name: columnName, ...change }] of changes.entries()) {
    const position = columns.findIndex((column) => column.name === columnName);
    if (position < 0) {
      throw new InvalidInput([{ path: `columns.${index}.name`, message: `there is no column ${columnName}` }]);
    }
    for (const [field, value] of Object.entries(change)) set[`columns.${position}.${field}`] = value || null;
  }
  const dataset = await DatasetModel.findOneAndUpdate(
    // The columns must still be those of the file that the positions were looked up in.
    { _id: datasetId, workspaceId, deletedAt: { $exists: false }, ...(changes.length > 0 && { eTag: eTag ?? null }) },
    { $set: set },
    { returnDocument: "after" },
  ).lean();
  if (!dataset) throw new NotFound("There is no such dataset");
  return presentDataset(dataset);
}

/** A dataset as the API shows it. */
export function presentDataset(dataset: DatasetDocument): Dataset {
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
    suggestions: dataset.suggestions,
    createdAt: dataset.createdAt.toISOString(),
    updatedAt: dataset.updatedAt.toISOString(),
  };
}
