import { reportLimits } from "../../../contract/index.ts";
import { ChartModel } from "../../charts/chart-model.ts";
import { logger } from "../../shared/observability.ts";
import { add, monthOf } from "../../usage/counters.ts";
import { type ReportDocument, ReportModel } from "../report-model.ts";
import { newReport } from "../reports.ts";
import { ReportScheduleModel } from "./report-schedule-model.ts";

const dayMs = 86_400_000;

/**
 * The edition of a schedule for the time that it was due: made now, or found if this run has been told of before. Undefined
 * if there is nothing to make: the schedule is gone or paused, or none of its charts exists any more.
 */
export async function startEdition(scheduleId: string, scheduledFor: string): Promise<ReportDocument | undefined> {
  const existing = await ReportModel.findOne({ scheduleId, scheduledFor }).lean();
  if (existing) return existing;
  const schedule = await ReportScheduleModel.findOne({ _id: scheduleId, paused: false }).lean();
  if (!schedule) return undefined;
  const found = await ChartModel.find(
    { _id: { $in: schedule.charts.map(({ chartId }) => chartId) }, workspaceId: schedule.workspaceId },
    { title: 1 },
  ).lean();
  const charts = schedule.charts.flatMap(({ chartId }) => {
    const chart = found.find(({ _id }) => _id.equals(chartId));
    return chart ? [{ chartId, title: chart.title }] : [];
  });
  if (charts.length === 0) {
    logger.warn("A schedule has no charts left", { scheduleId });
    return undefined;
  }
  const counted = await ReportScheduleModel.findOneAndUpdate(
    { _id: schedule._id },
    { $inc: { editions: 1 } },
    { returnDocument: "after" },
  ).lean();
  if (!counted) return undefined;
  await add(schedule.workspaceId.toString(), monthOf(new Date()), { reports: 1 });
  const { title, instructions } = schedule;
  return ReportModel.findOneAndUpdate(
    { scheduleId: schedule._id, scheduledFor },
    {
      $setOnInsert: {
        ...newReport({
          workspaceId: schedule.workspaceId.toString(),
          title,
          charts,
          ...(instructions !== null && { instructions }),
        }),
        edition: counted.editions,
        sentAt: new Date(),
        expiresAt: new Date(Date.now() + reportLimits.editionDays * dayMs),
      },
    },
    { upsert: true, returnDocument: "after" },
  )
    .orFail()
    .lean();
}
