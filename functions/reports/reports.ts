import { Types } from "mongoose";
import { type CreateReport, type Page, type Report, type ReportsQuery, reportLimits } from "../../contract/index.ts";
import { ChartModel } from "../charts/chart-model.ts";
import { Conflict, InvalidInput, NotFound, TooManyRequests } from "../shared/errors.ts";
import { listPage } from "../shared/list-page.ts";
import { reportFolder } from "../shared/object-keys.ts";
import type { ObjectStorage } from "../shared/object-storage.ts";
import { presentInList, presentReport } from "./present-report.ts";
import { type ReportDocument, ReportModel } from "./report-model.ts";
import { type ReportQueue, sendReport } from "./report-queue.ts";

type Links = Pick<ObjectStorage, "presignDownload">;

const inFlight = { $in: ["queued", "running"] as const };

/**
 * Stores a report and sends it to the worker, in this order: what is stored and unsent is found and sent again, what were
 * sent and not stored would be lost. Throws `InvalidInput` for a chart that is not there, `TooManyRequests` when the
 * workspace has as many reports in flight as it may have.
 */
export async function createReport(workspaceId: string, body: CreateReport, queue: ReportQueue): Promise<Report> {
  const charts = await chartsOf(workspaceId, body.chartIds);
  const stored = await ReportModel.create(newReport({ workspaceId, charts, ...body }));
  // Counted after it is stored: of requests at the same time, each sees those before it.
  await admit(stored);
  await sendReport(stored, queue);
  return presentInList(stored);
}

export async function listReports(workspaceId: string, { scheduleId, ...query }: ReportsQuery): Promise<Page<Report>> {
  const live = { workspaceId: new Types.ObjectId(workspaceId), deletedAt: { $exists: false } };
  const ofSchedule = scheduleId && { scheduleId: new Types.ObjectId(scheduleId) };
  return listPage(ReportModel, { ...live, ...ofSchedule }, query, presentInList);
}

export async function getReport(workspaceId: string, reportId: string, links: Links): Promise<Report> {
  return presentReport(await findReport(workspaceId, reportId), links);
}

/** Makes a failed or cancelled report anew, on the data as it is now. Throws `Conflict` for any other. */
export async function retryReport(workspaceId: string, reportId: string, queue: ReportQueue): Promise<Report> {
  const current = await findReport(workspaceId, reportId);
  await admit({ _id: new Types.ObjectId(), workspaceId: current.workspaceId });
  const again = await ReportModel.findOneAndUpdate(
    { _id: reportId, workspaceId, deletedAt: { $exists: false }, status: { $in: ["failed", "cancelled"] } },
    {
      $set: {
        status: "queued",
        error: null,
        lease: null,
        sentAt: null,
        resent: 0,
        finished: [],
        narrative: null,
        progress: { done: 0, total: current.progress.total },
      },
      $inc: { run: 1 },
    },
    { returnDocument: "after" },
  ).lean();
  if (!again) throw new Conflict(`Only a failed or cancelled report can be made again; this one is ${current.status}`);
  await sendReport(again, queue);
  return presentInList(again);
}

/** Stops a report. A worker that is at it notices with its next write. Throws `Conflict` for one that is over. */
export async function cancelReport(workspaceId: string, reportId: string): Promise<Report> {
  const current = await findReport(workspaceId, reportId);
  const cancelled = await ReportModel.findOneAndUpdate(
    { _id: reportId, workspaceId, deletedAt: { $exists: false }, status: inFlight },
    { $set: { status: "cancelled", lease: null } },
    { returnDocument: "after" },
  ).lean();
  if (!cancelled) throw new Conflict(`Only a report in the making can be cancelled; this one is ${current.status}`);
  return presentInList(cancelled);
}

/** Deletes a report with its files; from the first step on it is gone for everyone, its worker included. */
export async function deleteReport(
  workspaceId: string,
  reportId: string,
  storage: Pick<ObjectStorage, "deleteFolder">,
): Promise<void> {
  const report = await ReportModel.findOneAndUpdate(
    { _id: reportId, workspaceId, deletedAt: { $exists: false } },
    { $set: { deletedAt: new Date(), lease: null } },
  ).lean();
  if (!report) throw new NotFound("There is no such report");
  await finishDeletion(report, storage);
}

/** The steps of a deletion after the first; each may be repeated. */
export async function finishDeletion(
  { _id, workspaceId }: Pick<ReportDocument, "_id" | "workspaceId">,
  storage: Pick<ObjectStorage, "deleteFolder">,
): Promise<void> {
  await storage.deleteFolder(reportFolder({ workspaceId: workspaceId.toString(), reportId: _id.toString() }));
  await ReportModel.deleteOne({ _id });
}

/** What a report is before anybody has worked on it. */
export function newReport(of: {
  workspaceId: string;
  title: string;
  instructions?: string | undefined;
  charts: ReportDocument["charts"];
}) {
  return {
    workspaceId: new Types.ObjectId(of.workspaceId),
    title: of.title,
    instructions: of.instructions ?? null,
    charts: of.charts,
    status: "queued" as const,
    run: 1,
    finished: [],
    progress: { done: 0, total: of.charts.length + 2 },
  };
}

/** The charts in this order. Throws `InvalidInput` that names those which the workspace does not have. */
export async function chartsOf(workspaceId: string, chartIds: string[]): Promise<ReportDocument["charts"]> {
  const found = await ChartModel.find({ _id: { $in: chartIds }, workspaceId }, { title: 1 }).lean();
  const titles = new Map(found.map(({ _id, title }) => [_id.toString(), title]));
  const missing = chartIds.flatMap((id, index) => (titles.has(id) ? [] : [index]));
  if (missing.length > 0) {
    throw new InvalidInput(missing.map((index) => ({ path: `chartIds.${index}`, message: "there is no such chart" })));
  }
  return chartIds.map((id) => ({ chartId: new Types.ObjectId(id), title: titles.get(id) ?? "" }));
}

async function findReport(workspaceId: string, reportId: string): Promise<ReportDocument> {
  const report = await ReportModel.findOne({ _id: reportId, workspaceId, deletedAt: { $exists: false } }).lean();
  if (!report) throw new NotFound("There is no such report");
  return report;
}

/** Throws `TooManyRequests`, and takes the report back, if the workspace has its fill without it. */
async function admit({ _id, workspaceId }: Pick<ReportDocument, "_id" | "workspaceId">): Promise<void> {
  const before = await ReportModel.countDocuments({
    workspaceId,
    status: inFlight,
    deletedAt: { $exists: false },
    _id: { $lt: _id },
  });
  if (before < reportLimits.inFlight) return;
  await ReportModel.deleteOne({ _id });
  throw new TooManyRequests(
    `The workspace has ${before} reports in the making and may have ${reportLimits.inFlight}: try again when one is ready`,
  );
}
