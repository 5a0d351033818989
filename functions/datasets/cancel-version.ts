import { Conflict, NotFound } from "../shared/errors.ts";
import { versionFolder } from "../shared/object-keys.ts";
import type { ObjectStorage } from "../shared/object-storage.ts";
import { DatasetModel } from "./dataset-model.ts";
import { findDataset } from "./datasets.ts";

/**
 * Gives up the version that is announced, or that could not be read, and deletes its file; the one in use stays. A file that
 * arrives later is deleted unread.
 */
export async function cancelVersion(
  workspaceId: string,
  datasetId: string,
  storage: Pick<ObjectStorage, "deleteFolder">,
): Promise<void> {
  const { next, name } = await findDataset(workspaceId, datasetId);
  // An earlier attempt may have failed between its two steps.
  if (next?.status === "cancelled")
    await storage.deleteFolder(versionFolder({ workspaceId, datasetId, version: next.version }));
  if (!next || next.status === "cancelled") throw new NotFound(`No other version of ${name} is on its way`);
  const { matchedCount } = await DatasetModel.updateOne(
    {
      _id: datasetId,
      workspaceId,
      "next.version": next.version,
      "next.status": { $in: ["awaiting-upload", "failed"] },
    },
    { $set: { "next.status": "cancelled", "next.error": null } },
  );
  if (matchedCount === 0) throw new Conflict(`${name} is being read: try again in a moment`, { kind: "not-ready" });
  await storage.deleteFolder(versionFolder({ workspaceId, datasetId, version: next.version }));
}
