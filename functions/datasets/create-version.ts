import type { CreatedDataset, CreateVersion } from "../../contract/index.ts";
import { Conflict, NotFound } from "../shared/errors.ts";
import { uploadKey } from "../shared/object-keys.ts";
import type { ObjectStorage } from "../shared/object-storage.ts";
import { DatasetModel, type NextVersion } from "./dataset-model.ts";
import { findDataset, presentDataset, uploadSeconds } from "./datasets.ts";
import { contentTypeOf, promisedFormat } from "./file-format.ts";

/**
 * Announces a new file for a dataset and answers with the permission to upload it. The version before stays in use until the
 * new one is read; an announced version that was never read is given up.
 */
export async function createVersion(
  workspaceId: string,
  datasetId: string,
  { fileName, fileSize }: CreateVersion,
  storage: Pick<ObjectStorage, "presignUpload">,
): Promise<CreatedDataset> {
  const dataset = await findDataset(workspaceId, datasetId);
  if (dataset.status === "awaiting-upload") {
    throw new Conflict(`${dataset.name} is still waiting for its first file`, { kind: "not-ready" });
  }
  if (dataset.status === "ingesting" || dataset.next?.status === "ingesting") {
    throw new Conflict(`${dataset.name} is still being read: try again in a moment`, { kind: "not-ready" });
  }
  const version = Math.max(dataset.version, dataset.next?.version ?? 0) + 1;
  const s3Key = uploadKey({ workspaceId, datasetId, version });
  const upload = await storage.presignUpload(s3Key, contentTypeOf(fileName), fileSize, uploadSeconds);
  const next: NextVersion = {
    version,
    fileName,
    format: promisedFormat(fileName),
    fileSize,
    s3Key,
    uploadExpiresAt: new Date(upload.expiresAt),
    status: "awaiting-upload",
    error: null,
    since: new Date(),
  };
  const saved = await DatasetModel.findOneAndUpdate(
    // Of two that announce a version at the same time, the second finds the first one's.
    {
      _id: datasetId,
      workspaceId,
      deletedAt: { $exists: false },
      "next.version": dataset.next ? dataset.next.version : { $exists: false },
    },
    { $set: { next } },
    { returnDocument: "after" },
  ).lean();
  if (!saved) throw new NotFound("The dataset was changed or deleted by someone else");
  return { dataset: presentDataset(saved), upload };
}
