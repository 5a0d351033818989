import { DatasetModel } from "../datasets/dataset-model.ts";
import { parseUploadKey } from "../shared/object-keys.ts";
import type { Uploaded } from "./ingest-upload.ts";

export const ingestFailed = {
  code: "ingest-failed",
  message: "The file could not be read because of a fault on our side. Delete the dataset and upload the file again.",
};

/** Tells the owners of uploads whose last attempt has failed. */
export async function giveUp(uploads: Uploaded[]): Promise<void> {
  for (const { key } of uploads) {
    const version = parseUploadKey(key);
    if (!version) continue;
    await DatasetModel.updateOne(
      { _id: version.datasetId, s3Key: key, status: { $in: ["awaiting-upload", "ingesting"] } },
      { $set: { status: "failed", error: ingestFailed, progress: null } },
    );
  }
}
