import { Types } from "mongoose";
import type { Chart, ChartsQuery, Page } from "../../contract/index.ts";
import { NotFound } from "../shared/errors.ts";
import { listPage } from "../shared/list-page.ts";
import { type ChartDocument, ChartModel } from "./chart-model.ts";
import { presentChart } from "./present-chart.ts";

export async function listCharts(workspaceId: string, { datasetId, ...query }: ChartsQuery): Promise<Page<Chart>> {
  const ofDataset = datasetId && { datasetIds: new Types.ObjectId(datasetId) };
  return listPage(ChartModel, { workspaceId: new Types.ObjectId(workspaceId), ...ofDataset }, query, presentChart);
}

export async function getChart(workspaceId: string, chartId: string): Promise<Chart> {
  return presentChart(await findChart(workspaceId, chartId));
}

export async function findChart(workspaceId: string, chartId: string): Promise<ChartDocument> {
  const chart = await ChartModel.findOne({ _id: chartId, workspaceId }).lean();
  if (!chart) throw new NotFound("There is no such chart");
  return chart;
}
