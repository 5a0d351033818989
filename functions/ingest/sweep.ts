import { DatasetModel } from "../datasets/dataset-model.ts";
import { finishDeletion } from "../datasets/delete-dataset.ts";
import type { ObjectStorage } from "../shared/object-storage.ts";
import { ingestFailed } from "./give-up.ts";
import { deleteLeftOvers } from "./left-overs.ts";
import { fail } from "./versions.ts";

const minute = 60_000;
/** An upload that began just before its permission ended may still arrive and be ingested. */
const uploadGraceMs = 15 * minute;
/** Longer than all attempts at one upload together. */
const ingestGraceMs = 90 * minute;
const deletionGraceMs = 5 * minute;

const uploadMissing = {
  code: "upload-missing",
  message: "The file never arrived. Delete this dataset and upload the file again.",
};

/**
 * Ends what others left unfinished: uploads that never came, ingests whose function died at every attempt, deletions that
 * stopped half-way, and objects that readings left. Returns how many of each.
 */
export async function sweep(
  storage: Pick<ObjectStorage, "deleteFolder" | "listFolder" | "deleteObjects">,
  now: Date,
): Promise<{ uploads: number; ingests: number; deletions: number; leftOvers: number }> {
  const before = (graceMs: number) => new Date(now.getTime() - graceMs);
  const uploads = await fail(
    { status: "awaiting-upload", uploadExpiresAt: { $lt: before(uploadGraceMs) } },
    "current",
    uploadMissing,
  );
  const ingests = await fail(
    { status: "ingesting", updatedAt: { $lt: before(ingestGraceMs) } },
    "current",
    ingestFailed,
  );
  // Versions that replace one in use: that one stays.
  const { modifiedCount: newUploads } = await DatasetModel.updateMany(
    { "next.status": "awaiting-upload", "next.uploadExpiresAt": { $lt: before(uploadGraceMs) } },
    { $unset: { next: "" } },
  );
  const newIngests = await fail(
    { "next.status": "ingesting", "next.since": { $lt: before(ingestGraceMs) } },
    "next",
    ingestFailed,
  );
  const halfDeleted = await DatasetModel.find(
    { deletedAt: { $lt: before(deletionGraceMs) } },
    { workspaceId: 1 },
  ).lean();
  for (const dataset of halfDeleted) await finishDeletion(dataset, storage);
  const leftOvers = await deleteLeftOvers(storage, before(ingestGraceMs));
  return { uploads: uploads + newUploads, ingests: ingests + newIngests, deletions: halfDeleted.length, leftOvers };
}
