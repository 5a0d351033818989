import { MetricUnit } from "@aws-lambda-powertools/metrics";
import { Types } from "mongoose";
import type { Chart, ChartsQuery, CreateChart, Page, PlannerName, UpdateChart } from "../../contract/index.ts";
import { NotFound } from "../shared/errors.ts";
import { listPage } from "../shared/list-page.ts";
import { metrics } from "../shared/observability.ts";
import { type ChartDocument, ChartModel } from "./chart-model.ts";
import { findEarlier } from "./conversation.ts";
import { findTables, type NamedDataset } from "./dataset-tables.ts";
import type { Planner } from "./plan/make-planner.ts";
import type { OpenTables, QueryEngine } from "./query/query-engine.ts";
import { rejectWarnings } from "./reject-warnings.ts";
import { renderChart, suitableType } from "./render/render-chart.ts";

/** What making charts needs: the engine and the planner, as they are used here. */
export interface ChartMaking {
  engine: Pick<QueryEngine, "open">;
  planner: Planner;
}

/** A chart keeps this much of its result; it says so when there was more. */
export const chartLimits = { maxRows: 5_000, maxBytes: 2_000_000 };

interface Drafted {
  sql: string;
  type: Chart["type"] | undefined;
  title: string;
  additive: boolean;
  explanation: string;
  assumptions: string[];
  warnings: string[];
  planner: PlannerName;
  model: string | null;
  promptHash: string | null;
  costUsd: number;
}

/** Answers a question, or runs SQL, with a chart. Throws `Unanswerable`, `UnsafeSql`, `SqlError`, `QueryLimit`. */
export async function createChart(workspaceId: string, body: CreateChart, making: ChartMaking): Promise<Chart> {
  const clock = stopwatch();
  const { question, type, parentChartId } = body;
  const earlier = parentChartId === undefined ? [] : await findEarlier(workspaceId, parentChartId, body.datasetIds);
  const tables = await findTables(workspaceId, body.datasetIds);
  const opened = await making.engine.open(tables);
  const fetchMs = clock.lap();
  // Some errors, such as a cast that fails, show only when the SQL runs; the planner can still mend them.
  const tryOut = async (sql: string) => void (await opened.run(sql, chartLimits));
  const draft =
    question === undefined
      ? fromSql(body.sql ?? "", type)
      : await making.planner
          .plan({ question, earlier, type, tables: tables.map(({ plannable }) => plannable) }, tryOut)
          .then(({ plan, warnings, ...by }) => ({ ...plan, type: type ?? plan.type, warnings, ...by }));
  const planMs = clock.lap();
  const run = await runQuery(opened, draft, tables, { planMs, fetchMs }, clock);
  const { sql, title, additive, explanation, assumptions, planner } = draft;
  const chart = await ChartModel.create({
    workspaceId,
    datasetIds: tables.map(({ dataset }) => dataset._id),
    tables: tables.map(({ name, dataset }) => ({ name, datasetId: dataset._id })),
    question: question ?? null,
    parentChartId: parentChartId ?? null,
    additive,
    title,
    sql,
    explanation,
    assumptions,
    planner,
    ...run,
  });
  return presentChart(chart);
}

export async function listCharts(workspaceId: string, { datasetId, ...query }: ChartsQuery): Promise<Page<Chart>> {
  const ofDataset = datasetId && { datasetIds: new Types.ObjectId(datasetId) };
  return listPage(ChartModel, { workspaceId: new Types.ObjectId(workspaceId), ...ofDataset }, query, presentChart);
}

export async function getChart(workspaceId: string, chartId: string): Promise<Chart> {
  return presentChart(await findChart(workspaceId, chartId));
}

export async function deleteChart(workspaceId: string, chartId: string): Promise<void> {
  const { deletedCount } = await ChartModel.deleteOne({ _id: chartId, workspaceId });
  if (deletedCount === 0) throw new NotFound("There is no such chart");
}

/** Changes the title; draws anew for another type; runs anew for other SQL, which then is no planner's but the person's. */
export async function updateChart(
  workspaceId: string,
  chartId: string,
  { title, type, sql }: UpdateChart,
  making: Pick<ChartMaking, "engine">,
): Promise<Chart> {
  const chart = await findChart(workspaceId, chartId);
  if (sql !== undefined && sql !== chart.sql) {
    const draft = fromSql(sql, type ?? chart.type);
    const { additive, explanation, assumptions, planner } = draft;
    const run = await rerun(chart, draft, making);
    return save(chart, { ...run, sql, additive, explanation, assumptions, planner, title: title ?? chart.title });
  }
  return save(chart, {
    ...(title !== undefined && { title }),
    ...(type !== undefined && renderChart(chart.result, type, chart.additive ?? false)),
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

/** What the chart's SQL yields on what its datasets hold now; stores nothing. */
export function runAgain(chart: ChartDocument, making: Pick<ChartMaking, "engine">) {
  const { model, promptHash } = chart.receipt;
  // What planning cost was paid once and stands in the receipt of that run; this one is free.
  return rerun(chart, { ...chart, warnings: [], model, promptHash, costUsd: 0 }, making);
}

/** The datasets of a chart, opened for its SQL. */
export async function openChartTables(
  chart: ChartDocument,
  { engine }: Pick<ChartMaking, "engine">,
): Promise<{ tables: NamedDataset[]; opened: OpenTables }> {
  const tables = await findTables(chart.workspaceId.toString(), chart.datasetIds.map(String), chart.tables);
  return { tables, opened: await engine.open(tables) };
}

export async function findChart(workspaceId: string, chartId: string): Promise<ChartDocument> {
  const chart = await ChartModel.findOne({ _id: chartId, workspaceId }).lean();
  if (!chart) throw new NotFound("There is no such chart");
  return chart;
}

async function rerun(chart: ChartDocument, draft: Drafted, making: Pick<ChartMaking, "engine">) {
  const clock = stopwatch();
  const { tables, opened } = await openChartTables(chart, making);
  const fetchMs = clock.lap();
  return runQuery(opened, draft, tables, { planMs: 0, fetchMs }, clock);
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

async function runQuery(
  opened: OpenTables,
  draft: Drafted,
  tables: NamedDataset[],
  before: { planMs: number; fetchMs: number },
  clock: ReturnType<typeof stopwatch>,
) {
  const { result, engineVersion } = await opened.run(draft.sql, chartLimits);
  const queryMs = clock.lap();
  metrics.addMetric("queryMs", MetricUnit.Milliseconds, queryMs);
  metrics.addMetric("fetchMs", MetricUnit.Milliseconds, before.fetchMs);
  metrics.addMetric(`charts-${draft.planner}`, MetricUnit.Count, 1);
  const type = draft.type ?? suitableType(result);
  const warnings = [...draft.warnings];
  if (result.truncated) {
    warnings.push(`The result has more rows than a chart keeps; only the first ${result.rowCount} are here.`);
  }
  for (const { dataset } of tables) warnings.push(...rejectWarnings(dataset, draft.sql));
  const { planner, model, promptHash, costUsd, sql } = draft;
  return {
    result,
    ...renderChart(result, type, draft.additive ?? false),
    warnings,
    receipt: {
      datasetVersions: tables.map(({ dataset }) => ({
        datasetId: dataset._id.toString(),
        version: dataset.version,
        eTag: dataset.eTag ?? "",
      })),
      sql,
      engine: "duckdb" as const,
      engineVersion,
      planner,
      model,
      promptHash,
      timings: { ...before, queryMs, totalMs: clock.total() },
      costUsd,
    },
  };
}

function fromSql(sql: string, type: Chart["type"] | undefined): Drafted {
  const explanation = "The result of the SQL as it was written.";
  const by = { planner: "sql" as const, model: null, promptHash: null, costUsd: 0 };
  return { sql, type, title: "Result of a query", additive: false, explanation, assumptions: [], warnings: [], ...by };
}

/** Milliseconds to a tenth. */
function stopwatch() {
  const start = performance.now();
  let last = start;
  const round = (ms: number) => Math.round(ms * 10) / 10;
  return {
    lap() {
      const now = performance.now();
      const ms = round(now - last);
      last = now;
      return ms;
    },
    total: () => round(performance.now() - start),
  };
}

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
    explanation: chart.explanation,
    assumptions: chart.assumptions,
    warnings: [...chart.warnings, ...(chart.drawingWarnings ?? [])],
    planner: chart.planner,
    receipt: chart.receipt,
    createdAt: chart.createdAt.toISOString(),
    updatedAt: chart.updatedAt.toISOString(),
  };
}
