import { id } from "../../contract/index.ts";
import { InvalidInput, NotFound } from "../shared/errors.ts";
import { type ChartDocument, ChartModel } from "./chart-model.ts";
import type { EarlierChart } from "./plan/planner.ts";

/** A longer conversation is planned from the SQL of the chart this many steps back. */
const longestConversation = 20;

/**
 * The charts that led to a follow-up question, the oldest first, as far as they are still there.
 *
 * @throws {NotFound} when the workspace has no such chart
 * @throws {InvalidInput} when it was made from other datasets
 */
export async function findEarlier(
  workspaceId: string,
  parentChartId: string,
  datasetIds: string[],
): Promise<EarlierChart[]> {
  const parent = id.safeParse(parentChartId).success ? await findOne(workspaceId, parentChartId) : null;
  if (!parent) throw new NotFound("There is no such chart");
  if (parent.datasetIds.some((datasetId) => !datasetIds.includes(datasetId.toString())))
    throw new InvalidInput([{ path: "parentChartId", message: "is a chart of other datasets" }]);
  const earlier: EarlierChart[] = [];
  for (let chart: ChartDocument | null = parent; chart; ) {
    const followsUp: boolean = (chart.parentChartId ?? null) !== null;
    const before: ChartDocument | null =
      followsUp && earlier.length < longestConversation && !isOwnSql(chart)
        ? await findOne(workspaceId, String(chart.parentChartId))
        : null;
    // A follow-up whose own parent is gone says too little by itself; its SQL says all.
    const stands = !isOwnSql(chart) && (!followsUp || before !== null);
    const { question, title, type, sql, result } = chart;
    earlier.unshift({ question: stands ? question : null, title, type, sql, columns: result.columns });
    chart = before;
  }
  return earlier;
}

function isOwnSql({ planner }: ChartDocument): boolean {
  return planner === "sql";
}

function findOne(workspaceId: string, chartId: string): Promise<ChartDocument | null> {
  return ChartModel.findOne({ _id: chartId, workspaceId }, earlierFields).lean<ChartDocument>();
}

const earlierFields = {
  parentChartId: 1,
  datasetIds: 1,
  question: 1,
  title: 1,
  type: 1,
  sql: 1,
  planner: 1,
  "result.columns": 1,
};
