import type { ObjectStorage } from "../shared/object-storage.ts";
import { ReportModel } from "./report-model.ts";
import { type ReportQueue, sendReport } from "./report-queue.ts";
import { finishDeletion } from "./reports.ts";
import { giveUp, reportFailed } from "./work/give-up.ts";

const minute = 60_000;
/** Longer than storing and sending take together. */
const unsentGraceMs = minute;
/** A worker renews its lease every few seconds; its message comes back by itself before this is over. */
const orphanGraceMs = 5 * minute;
/** Longer than the queue needs for all attempts; its message then lies among the dead letters. */
const lostGraceMs = 6 * 60 * minute;
/** A report is sent again once; its message has then been tried as often as the queue tries, twice. */
const mostResent = 1;
const deletionGraceMs = 5 * minute;

const live = { deletedAt: { $exists: false } };

/**
 * Mends what others left undone: sends what was stored and not sent, and what its worker abandoned; fails what got lost;
 * deletes what has expired or was deleted half-way. Returns how many of each.
 */
export async function sweep({
  storage,
  queue,
  now,
}: {
  storage: Pick<ObjectStorage, "deleteFolder">;
  queue: ReportQueue;
  now: Date;
}): Promise<{ unsent: number; orphans: number; lost: number; expired: number; deletions: number }> {
  const before = (graceMs: number) => new Date(now.getTime() - graceMs);
  const { modifiedCount: lost } = await ReportModel.updateMany(
    { ...live, status: { $in: ["queued", "running"] }, sentAt: { $lt: before(lostGraceMs) }, lease: null },
    { $set: { status: "failed", error: reportFailed } },
  );
  const unsent = await ReportModel.find(
    { ...live, status: "queued", sentAt: null, updatedAt: { $lt: before(unsentGraceMs) } },
    { run: 1 },
  ).lean();
  for (const report of unsent) await sendReport(report, queue);
  const orphans = await ReportModel.find(
    { ...live, status: "running", "lease.until": { $lt: before(orphanGraceMs) } },
    { run: 1, resent: 1 },
  ).lean();
  for (const report of orphans) {
    // A report that kills whoever works on it would otherwise do so for ever.
    if (report.resent >= mostResent) {
      await giveUp(report);
      continue;
    }
    await ReportModel.updateOne({ _id: report._id, run: report.run }, { $set: { lease: null }, $inc: { resent: 1 } });
    await sendReport(report, queue);
  }
  const { modifiedCount: expired } = await ReportModel.updateMany(
    { ...live, expiresAt: { $ne: null, $lt: now } },
    { $set: { deletedAt: before(deletionGraceMs + minute) } },
  );
  const halfDeleted = await ReportModel.find(
    { deletedAt: { $lt: before(deletionGraceMs) } },
    { workspaceId: 1 },
  ).lean();
  for (const report of halfDeleted) await finishDeletion(report, storage);
  return { unsent: unsent.length, orphans: orphans.length, lost, expired, deletions: halfDeleted.length };
}
