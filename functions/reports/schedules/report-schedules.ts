import { Types } from "mongoose";
import {
  type CreateReportSchedule,
  type ListQuery,
  type Page,
  type ReportSchedule,
  reportLimits,
  type UpdateReportSchedule,
} from "../../../contract/index.ts";
import { NotFound, TooManyRequests } from "../../shared/errors.ts";
import { listPage } from "../../shared/list-page.ts";
import { chartsOf } from "../reports.ts";
import { type ReportScheduleDocument, ReportScheduleModel } from "./report-schedule-model.ts";
import { putSchedule, type ReportScheduler, removeSchedule } from "./scheduler.ts";

/** Throws `InvalidInput` for a chart that is not there, `TooManyRequests` when the workspace has its fill of schedules. */
export async function createReportSchedule(
  workspaceId: string,
  { title, chartIds, instructions, repetition }: CreateReportSchedule,
  scheduler: ReportScheduler,
): Promise<ReportSchedule> {
  const charts = await chartsOf(workspaceId, chartIds);
  if ((await ReportScheduleModel.countDocuments({ workspaceId })) >= reportLimits.schedules) {
    throw new TooManyRequests(`The workspace has ${reportLimits.schedules} report schedules, as many as it may have`);
  }
  const stored = await ReportScheduleModel.create({
    workspaceId,
    title,
    instructions: instructions ?? null,
    charts,
    repetition,
    paused: false,
    editions: 0,
  });
  try {
    await putSchedule(stored, scheduler);
  } catch (error) {
    // Without its other half it would look as if it ran.
    await ReportScheduleModel.deleteOne({ _id: stored._id });
    throw error;
  }
  return presentSchedule(stored);
}

export async function listReportSchedules(workspaceId: string, query: ListQuery): Promise<Page<ReportSchedule>> {
  return listPage(ReportScheduleModel, { workspaceId: new Types.ObjectId(workspaceId) }, query, presentSchedule);
}

export async function getReportSchedule(workspaceId: string, scheduleId: string): Promise<ReportSchedule> {
  return presentSchedule(await findSchedule(workspaceId, scheduleId));
}

/** Changes what is made and when; editions made already stay as they are. */
export async function updateReportSchedule(
  workspaceId: string,
  scheduleId: string,
  change: UpdateReportSchedule,
  scheduler: ReportScheduler,
): Promise<ReportSchedule> {
  const current = await findSchedule(workspaceId, scheduleId);
  const { chartIds, ...rest } = change;
  const charts = chartIds && (await chartsOf(workspaceId, chartIds));
  const { repetition = current.repetition, paused = current.paused } = change;
  await putSchedule({ _id: current._id, repetition, paused }, scheduler);
  const saved = await ReportScheduleModel.findOneAndUpdate(
    { _id: scheduleId, workspaceId },
    { $set: { ...rest, ...(charts && { charts }) } },
    { returnDocument: "after" },
  ).lean();
  if (!saved) {
    await removeSchedule(current, scheduler);
    throw new NotFound("There is no such report schedule");
  }
  return presentSchedule(saved);
}

export async function deleteReportSchedule(
  workspaceId: string,
  scheduleId: string,
  scheduler: ReportScheduler,
): Promise<void> {
  const current = await findSchedule(workspaceId, scheduleId);
  // The document goes last: while it is there, the call can be repeated.
  await removeSchedule(current, scheduler);
  await ReportScheduleModel.deleteOne({ _id: current._id });
}

async function findSchedule(workspaceId: string, scheduleId: string): Promise<ReportScheduleDocument> {
  const found = await ReportScheduleModel.findOne({ _id: scheduleId, workspaceId }).lean();
  if (!found) throw new NotFound("There is no such report schedule");
  return found;
}

function presentSchedule(schedule: ReportScheduleDocument): ReportSchedule {
  return {
    id: schedule._id.toString(),
    workspaceId: schedule.workspaceId.toString(),
    title: schedule.title,
    instructions: schedule.instructions,
    chartIds: schedule.charts.map(({ chartId }) => chartId.toString()),
    charts: schedule.charts.map(({ chartId, title }) => ({ id: chartId.toString(), title })),
    repetition: schedule.repetition,
    paused: schedule.paused,
    editions: schedule.editions,
    createdAt: schedule.createdAt.toISOString(),
    updatedAt: schedule.updatedAt.toISOString(),
  };
}
