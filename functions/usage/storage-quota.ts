import { Types } from "mongoose";
import type { UsageLimits } from "../../contract/index.ts";
import { DatasetModel } from "../datasets/dataset-model.ts";
import { TooManyRequests } from "../shared/errors.ts";
import { type DatasetVersion, versionFolder } from "../shared/object-keys.ts";
import type { ObjectStorage } from "../shared/object-storage.ts";
import { storedBytes } from "./stored-bytes.ts";

/**
 * Makes sure that a workspace has room for a file of this size beside what it stores and what it has announced and not sent
 * yet. Of announcements at the same moment none sees the others. Throws `TooManyRequests`.
 */
export async function assertRoomFor(
  workspaceId: string,
  fileSize: number,
  { limits, storage }: { limits: UsageLimits; storage: Pick<ObjectStorage, "folderBytes"> },
): Promise<void> {
  const [stored, announced] = await Promise.all([storedBytes(workspaceId, storage), announcedBytes(workspaceId)]);
  if (stored + announced + fileSize <= limits.storedBytes) return;
  throw new TooManyRequests(
    `The workspace stores ${gigabytes(stored + announced)} of the ${gigabytes(limits.storedBytes)} that it may store, which leaves no room for this file: delete datasets or reports that are not needed`,
  );
}

/** A version whose file has arrived. */
export interface ArrivedVersion extends DatasetVersion {
  /** Those that were announced first have the first claim to the room that is left. */
  uploadExpiresAt: Date;
}

/**
 * Why a workspace may not keep a file that has arrived, in a sentence; undefined if it may. This is the true size, and everything
 * that arrived at the same moment counts, but for what was announced later: that has to give way itself.
 */
export async function lacksRoomFor(
  arrived: ArrivedVersion,
  { limits, storage }: { limits: Pick<UsageLimits, "storedBytes">; storage: Pick<ObjectStorage, "folderBytes"> },
): Promise<string | undefined> {
  const stored = await storedBytes(arrived.workspaceId, storage);
  if (stored <= limits.storedBytes) return undefined;
  let later = 0;
  for (const folder of await foldersAnnouncedAfter(arrived)) later += await storage.folderBytes(folder);
  if (stored - later <= limits.storedBytes) return undefined;
  return `With this file the workspace would store ${gigabytes(stored - later)} of the ${gigabytes(limits.storedBytes)} that it may store, so the file was not kept. Delete datasets or reports that are not needed and upload it again.`;
}

/** Folders of the workspace's versions that were announced later and have not been read. */
async function foldersAnnouncedAfter({ workspaceId, datasetId, uploadExpiresAt }: ArrivedVersion): Promise<string[]> {
  const unread = { $in: ["awaiting-upload" as const, "ingesting" as const] };
  const after = (field: string) => [
    { [field]: { $gt: uploadExpiresAt } },
    { [field]: uploadExpiresAt, _id: { $gt: new Types.ObjectId(datasetId) } },
  ];
  const of = { workspaceId: new Types.ObjectId(workspaceId), _id: { $ne: new Types.ObjectId(datasetId) } };
  const [first, next] = await Promise.all([
    DatasetModel.find({
      $and: [of, { status: unread, parquetETag: { $exists: false } }, { $or: after("uploadExpiresAt") }],
    }).lean(),
    DatasetModel.find({ $and: [of, { "next.status": unread }, { $or: after("next.uploadExpiresAt") }] }).lean(),
  ]);
  const folderOf = (id: Types.ObjectId, version: number) =>
    versionFolder({ workspaceId, datasetId: id.toString(), version });
  return [
    ...first.map(({ _id, version }) => folderOf(_id, version)),
    ...next.flatMap(({ _id, next: version }) => (version ? [folderOf(_id, version.version)] : [])),
  ];
}

async function announcedBytes(workspaceId: string): Promise<number> {
  const expected = { status: "awaiting-upload", uploadExpiresAt: { $gt: new Date() } };
  const [first, next] = await Promise.all([
    sumOf("$fileSize", { workspaceId: new Types.ObjectId(workspaceId), ...expected }),
    sumOf("$next.fileSize", {
      workspaceId: new Types.ObjectId(workspaceId),
      "next.status": expected.status,
      "next.uploadExpiresAt": expected.uploadExpiresAt,
    }),
  ]);
  return first + next;
}

async function sumOf(field: string, filter: Record<string, unknown>): Promise<number> {
  const [sum] = await DatasetModel.aggregate<{ bytes: number }>([
    { $match: filter },
    { $group: { _id: null, bytes: { $sum: field } } },
  ]);
  return sum?.bytes ?? 0;
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toLocaleString("en", { maximumSignificantDigits: 3 })} GB`;
}
