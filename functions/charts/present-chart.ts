import type { Chart } from "../../contract/index.ts";
import type { ChartDocument } from "./chart-model.ts";
import { relationOf } from "./relation.ts";

/** A chart as the API shows it. */
export function presentChart(chart: ChartDocument): Chart {
  return {
    id: chart._id.toString(),
    workspaceId: chart.workspaceId.toString(),
    datasetIds: chart.datasetIds.map(String),
    tables: chart.tables.map(({ datasetId, name }) => ({ datasetId: datasetId.toString(), name })),
    question: chart.question,
    parentChartId: chart.parentChartId?.toString() ?? null,
    title: chart.title,
    type: chart.type,
    sql: chart.sql,
    data: chart.data,
    options: chart.options,
    result: chart.result,
    explanation: [chart.explanation, relationOf(chart.type, chart.result)].filter(Boolean).join(" "),
    assumptions: chart.assumptions,
    doubts: (chart.doubts ?? []).map(({ text, alternatives }) => ({
      text,
      alternatives: alternatives.map(({ label, question }) => ({ label, question })),
    })),
    warnings: [...chart.warnings, ...(chart.drawingWarnings ?? [])],
    planner: chart.planner,
    receipt: chart.receipt,
    createdAt: chart.createdAt.toISOString(),
    updatedAt: chart.updatedAt.toISOString(),
  };
}
