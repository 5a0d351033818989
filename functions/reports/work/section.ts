import type { Chart, Column, Dataset, ReportSection } from "../../../contract/index.ts";
import type { ChartDocument } from "../../charts/chart-model.ts";
import { findChart } from "../../charts/find-charts.ts";
import { presentChart } from "../../charts/present-chart.ts";
import { type ChartMaking, runAgain } from "../../charts/run-chart.ts";
import { DatasetModel } from "../../datasets/dataset-model.ts";
import { NotFound, PublicError } from "../../shared/errors.ts";
import { capitalize } from "../../shared/words.ts";
import { computeFacts } from "../facts/compute-facts.ts";
import type { ReportDocument } from "../report-model.ts";

export type ReportedDataset = Pick<
  Dataset,
  "id" | "name" | "fileName" | "version" | "rowCount" | "rejects" | "fileSize" | "updatedAt"
>;

/** Everything that the document needs of one chart; kept in the bucket while the report is in the making. */
export interface SectionMaterial {
  /** Null where the chart is gone. */
  chart: Chart | null;
  datasets: ReportedDataset[];
  section: ReportSection;
  /** Whether a model wrote its words. */
  byModel: boolean;
}

/**
 * One chart, run on what its datasets hold now, with its facts; the words come later. A chart that is gone or no longer runs
 * makes a section all the same, whose notice says so.
 */
export async function makeSection(
  workspaceId: string,
  { chartId, title }: ReportDocument["charts"][number],
  making: Pick<ChartMaking, "engine">,
): Promise<SectionMaterial> {
  const id = chartId.toString();
  const section: ReportSection = { chartId: id, title, text: "", sentences: [], facts: [], notices: [] };
  let chart: ChartDocument;
  try {
    chart = await findChart(workspaceId, id);
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    const notices = ["This chart was deleted before the report was made, so there is nothing to show of it."];
    return { chart: null, datasets: [], section: { ...section, notices }, byModel: false };
  }
  const { datasets, columns } = await datasetsOf(chart);
  const notices: string[] = [];
  let fresh = chart;
  try {
    fresh = { ...chart, ...(await runAgain(chart, making)) };
  } catch (error) {
    // What is wrong with the query or its data concerns this chart alone. Faults of ours concern the report.
    if (!(error instanceof PublicError)) throw error;
    const since = chart.updatedAt.toISOString().slice(0, 10);
    notices.push(`The chart could not be brought up to date and shows the data of ${since}: ${error.message}`);
  }
  const shown = presentChart(fresh);
  const facts = computeFacts({ result: shown.result, type: shown.type, sql: shown.sql, datasets, columns });
  return {
    chart: shown,
    datasets,
    section: { ...section, title: headingOf(shown.title), facts, notices },
    byModel: false,
  };
}

/** As a heading begins. A name with a capital further on, such as eBay, is as it should be. */
function headingOf(title: string): string {
  return /^\p{Ll}+(?!\p{Lu})\b/u.test(title) ? capitalize(title) : title;
}

/** The chart's datasets, and the columns of all of them, which the document does not need. */
async function datasetsOf(chart: ChartDocument): Promise<{ datasets: ReportedDataset[]; columns: Column[] }> {
  const stored = await DatasetModel.find({ _id: { $in: chart.datasetIds } }).lean();
  const found = chart.datasetIds.flatMap((id) => stored.find(({ _id }) => _id.equals(id)) ?? []);
  const datasets = found.map(({ _id, name, fileName, version, rowCount, rejects, fileSize, updatedAt }) => ({
    id: _id.toString(),
    name,
    fileName,
    version,
    rowCount,
    rejects,
    fileSize,
    updatedAt: updatedAt.toISOString(),
  }));
  return { datasets, columns: found.flatMap((dataset) => dataset.columns) };
}
