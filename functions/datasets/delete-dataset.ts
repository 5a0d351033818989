import type { Types } from "mongoose";
import { ChartModel } from "../charts/chart-model.ts";
import { NotFound } from "../shared/errors.ts";
import { datasetFolder } from "../shared/object-keys.ts";
import type { ObjectStorage } from "../shared/object-storage.ts";
import { DatasetModel } from "./dataset-model.ts";

/**
 * Deletes a dataset with its files and the charts made from it. From the first step on it is gone for everyone; if a later
 * one fails, the sweeper comes back to it.
 */
export async function deleteDataset(
  workspaceId: string,
  datasetId: string,
  storage: Pick<ObjectStorage, "deleteFolder">,
): Promise<void> {
  const dataset = await DatasetModel.findOneAndUpdate(
    { _id: datasetId, workspaceId, deletedAt: { $exists: false } },
    { $set: { deletedAt: new Date() } },
  ).lean();
  if (!dataset) throw new NotFound("There is no such dataset");
  await finishDeletion(dataset, storage);
}

/** The steps after the first; each may be repeated. */
export async function finishDeletion(
  dataset: { _id: Types.ObjectId; workspaceId: Types.ObjectId },
  storage: Pick<ObjectStorage, "deleteFolder">,
): Promise<void> {
  await ChartModel.deleteMany({ workspaceId: dataset.workspaceId, datasetIds: dataset._id });
  await storage.deleteFolder(
    datasetFolder({ workspaceId: dataset.workspaceId.toString(), datasetId: dataset._id.toString() }),
  );
  await DatasetModel.deleteOne({ _id: dataset._id });
}
