import type { Chart, UpdateChart } from "../../contract/index.ts";
import { NotFound } from "../shared/errors.ts";
import { type ChartDocument, ChartModel } from "./chart-model.ts";
import { findChart } from "./find-charts.ts";
import { presentChart } from "./present-chart.ts";
import { renderChart } from "./render/render-chart.ts";
import { type ChartMaking, draftFromSql, hasOwnTitle, runAgain, runOnTablesOf } from "./run-chart.ts";
import { titleOfResult } from "./title-of-result.ts";

/** Changes the title; draws anew for another type; runs anew for other SQL, which then is no planner's but the person's. */
export async function updateChart(
  workspaceId: string,
  chartId: string,
  { title, type, sql }: UpdateChart,
  making: Pick<ChartMaking, "engine">,
): Promise<Chart> {
  const chart = await findChart(workspaceId, chartId);
  const kept = title ?? (hasOwnTitle(chart) ? chart.title : undefined);
  if (sql !== undefined && sql !== chart.sql) {
    const draft = { ...draftFromSql(sql, type ?? chart.type), title: kept };
    const { explanation, assumptions, doubts, planner } = draft;
    const run = await runOnTablesOf(chart, draft, making);
    return save(chart, { ...run, sql, explanation, assumptions, doubts, planner });
  }
  const drawn =
    type === undefined ? chart : renderChart(chart.result, type, chart.additive ?? false, chart.averages ?? false);
  return save(chart, {
    ...(type !== undefined && drawn),
    title: kept ?? titleOfResult({ result: chart.result, type: drawn.type }),
  });
}

/** Runs the chart's SQL again on what its datasets hold now. */
export async function refreshChart(
  workspaceId: string,
  chartId: string,
  making: Pick<ChartMaking, "engine">,
): Promise<Chart> {
  const chart = await findChart(workspaceId, chartId);
  return save(chart, await runAgain(chart, making));
}

export async function deleteChart(workspaceId: string, chartId: string): Promise<void> {
  const { deletedCount } = await ChartModel.deleteOne({ _id: chartId, workspaceId });
  if (deletedCount === 0) throw new NotFound("There is no such chart");
}

async function save(chart: ChartDocument, change: Partial<ChartDocument>): Promise<Chart> {
  const { _id, workspaceId } = chart;
  const saved = await ChartModel.findOneAndUpdate(
    { _id, workspaceId },
    { $set: change },
    { returnDocument: "after" },
  ).lean();
  if (!saved) throw new NotFound("There is no such chart");
  return presentChart(saved);
}
