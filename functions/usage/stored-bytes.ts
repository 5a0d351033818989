import { objectPrefixes } from "../shared/object-keys.ts";
import type { ObjectStorage } from "../shared/object-storage.ts";

/** Bytes of everything that a workspace has in the bucket: files with all their versions, tables, reports. */
export async function storedBytes(workspaceId: string, storage: Pick<ObjectStorage, "folderBytes">): Promise<number> {
  const [files, reports] = await Promise.all(
    [objectPrefixes.files, objectPrefixes.reports].map((prefix) => storage.folderBytes(`${prefix}${workspaceId}/`)),
  );
  return (files ?? 0) + (reports ?? 0);
}
