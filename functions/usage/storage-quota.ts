import { Types } from "mongoose";
import type { UsageLimits } from "../../contract/index.ts";
import { DatasetModel } from "../datasets/dataset-model.ts";
import { TooManyRequests } from "../shared/errors.ts";
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
