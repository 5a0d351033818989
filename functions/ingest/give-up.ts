import { parseUploadKey } from "../shared/object-keys.ts";
import type { Uploaded } from "./ingest-upload.ts";
import { failUpload } from "./versions.ts";

export const ingestFailed = {
  code: "ingest-failed",
  message: "The file could not be read because of a fault on our side. Delete the dataset and upload the file again.",
};

/** Tells the owners of uploads whose last attempt has failed. */
export async function giveUp(uploads: Uploaded[]): Promise<void> {
  for (const { key } of uploads) {
    const version = parseUploadKey(key);
    if (version) await failUpload(version.datasetId, key, ingestFailed);
  }
}
