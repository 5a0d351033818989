import { MetricUnit } from "@aws-lambda-powertools/metrics";
import type { Chart, PlannerName, QueryResult } from "../../contract/index.ts";
import { metrics } from "../shared/observability.ts";
import type { ChartDocument } from "./chart-model.ts";
import { withFormats } from "./column-formats.ts";
import { withComparison } from "./comparison.ts";
import { findTables, type NamedDataset } from "./dataset-tables.ts";
import { partialPeriodWarnings } from "./partial-periods.ts";
import type { Planner } from "./plan/make-planner.ts";
import type { Lineage } from "./query/lineage.ts";
import type { ValueBefore } from "./query/protocol.ts";
import type { OpenTables, QueryEngine } from "./query/query-engine.ts";
import { rejectWarnings } from "./reject-warnings.ts";
import { renderChart, suitableType } from "./render/render-chart.ts";
import { type Stopwatch, stopwatch } from "./stopwatch.ts";
import { titleOfResult } from "./title-of-result.ts";

/** What making charts needs: the engine and the planner, as they are used here. */
export interface ChartMaking {
  engine: Pick<QueryEngine, "open">;
  planner: Planner;
}

/** A chart keeps this much of its result; it says so when there was more. */
export const chartLimits = { maxRows: 5_000, maxBytes: 2_000_000 };

/** A query gets at least this long, however late it is. */
const shortestRunMs = 1_000;

/** SQL with what its maker says of it, before it has run. */
export interface Draft {
  sql: string;
  type: Chart["type"] | undefined;
  /** Undefined where it follows from the result. */
  title: string | undefined;
  additive: boolean;
  explanation: string;
  assumptions: string[];
  doubts: Chart["doubts"];
  warnings: string[];
  planner: PlannerName;
  model: string | null;
  promptHash: string | null;
  /** What planning cost; null where the price of the model is not known. */
  costUsd: number | null;
}

/** SQL that a person wrote. */
export function draftFromSql(sql: string, type: Chart["type"] | undefined): Draft {
  const explanation = "The result of the SQL as it was written.";
  const by = { planner: "sql" as const, model: null, promptHash: null, costUsd: 0 };
  return {
    sql,
    type,
    title: undefined,
    additive: false,
    explanation,
    assumptions: [],
    doubts: [],
    warnings: [],
    ...by,
  };
}

/** What came of running a draft's SQL. */
export interface Answered {
  result: QueryResult;
  lineage: Lineage;
  before?: ValueBefore;
  engineVersion: string;
  queryMs: number;
}

/** Runs SQL for a chart, by `deadline` (as of `Date.now()`) if there is one. */
export async function runSql(opened: OpenTables, sql: string, deadline?: number): Promise<Answered> {
  const clock = stopwatch();
  const timeoutMs = deadline === undefined ? undefined : Math.max(shortestRunMs, deadline - Date.now());
  const answer = await opened.run(sql, { ...chartLimits, ...(timeoutMs !== undefined && { timeoutMs }) });
  return { ...answer, queryMs: clock.lap() };
}

/** Draws the result of a draft's SQL: everything of a chart that follows from its data. */
export function chartOf(
  draft: Draft,
  { result: bare, lineage, before: valueBefore, engineVersion, queryMs }: Answered,
  tables: NamedDataset[],
  before: { planMs: number; fetchMs: number },
  clock: Stopwatch,
) {
  const result = withComparison(withFormats(bare, lineage, tables), valueBefore, tables);
  metrics.addMetric("queryMs", MetricUnit.Milliseconds, queryMs);
  metrics.addMetric("fetchMs", MetricUnit.Milliseconds, before.fetchMs);
  metrics.addMetric(`charts-${draft.planner}`, MetricUnit.Count, 1);
  const type = draft.type ?? suitableType(result);
  const warnings = [...draft.warnings];
  if (result.truncated) {
    warnings.push(`The result has more rows than a chart keeps; only the first ${result.rowCount} are here.`);
  }
  if (lineage.volatile.length > 0) {
    warnings.push(`The SQL uses ${lineage.volatile.join(", ")}, so the same query gives other rows another time.`);
  }
  for (const { dataset } of tables) warnings.push(...rejectWarnings(dataset, lineage));
  const { planner, model, promptHash, costUsd, sql } = draft;
  const additive = draft.additive || lineage.additive;
  const { averages } = lineage;
  const drawn = renderChart(result, type, additive, averages);
  // What is averaged over half a month can still be compared.
  if (!averages && ["bar", "line", "area"].includes(drawn.type))
    warnings.push(...partialPeriodWarnings(result, lineage, tables));
  return {
    result,
    additive,
    averages,
    title: draft.title ?? titleOfResult({ result, type: drawn.type }),
    ...drawn,
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

/** What the chart's SQL yields on what its datasets hold now; stores nothing. */
export function runAgain(chart: ChartDocument, making: Pick<ChartMaking, "engine">) {
  const { model, promptHash } = chart.receipt;
  // What planning cost was paid once and stands in the receipt of that run; this one is free.
  const title = hasOwnTitle(chart) ? chart.title : undefined;
  return runOnTablesOf(chart, { ...chart, title, warnings: [], model, promptHash, costUsd: 0 }, making);
}

/** Whether a person or a planner has given the chart its title, rather than its result. */
export function hasOwnTitle(chart: ChartDocument): boolean {
  return chart.planner !== "sql" || chart.title !== titleOfResult(chart);
}

/** Runs a draft on what the datasets of a chart hold now; stores nothing. */
export async function runOnTablesOf(chart: ChartDocument, draft: Draft, making: Pick<ChartMaking, "engine">) {
  const clock = stopwatch();
  const { tables, opened: disposable } = await openChartTables(chart, making);
  using opened = disposable;
  const fetchMs = clock.lap();
  return chartOf(draft, await runSql(opened, draft.sql), tables, { planMs: 0, fetchMs }, clock);
}

/** The datasets of a chart, opened for its SQL. */
export async function openChartTables(
  chart: ChartDocument,
  { engine }: Pick<ChartMaking, "engine">,
): Promise<{ tables: NamedDataset[]; opened: OpenTables }> {
  const tables = await findTables(chart.workspaceId.toString(), chart.datasetIds.map(String), chart.tables);
  return { tables, opened: await engine.open(tables) };
}
