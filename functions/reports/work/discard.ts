import { reportFolder } from "../../shared/object-keys.ts";
import type { ObjectStorage } from "../../shared/object-storage.ts";
import { type ReportDocument, ReportModel } from "../report-model.ts";

/** Deletes what a worker has stored of a report that was deleted meanwhile: the deletion may have come before it. */
export async function discardIfGone(
  { _id, workspaceId }: Pick<ReportDocument, "_id" | "workspaceId">,
  storage: Pick<ObjectStorage, "deleteFolder">,
): Promise<void> {
  const live = await ReportModel.exists({ _id, deletedAt: { $exists: false } });
  if (!live)
    await storage.deleteFolder(reportFolder({ workspaceId: workspaceId.toString(), reportId: _id.toString() }));
}
