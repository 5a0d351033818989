import type { Chart, CreateChart } from "../../contract/index.ts";
import { ChartModel } from "./chart-model.ts";
import { findEarlier } from "./conversation.ts";
import { findTables } from "./dataset-tables.ts";
import { presentChart } from "./present-chart.ts";
import { type Answered, type ChartMaking, chartOf, draftFromSql, runSql } from "./run-chart.ts";
import { stopwatch } from "./stopwatch.ts";

/**
 * Planning and running end within this time, so that the function's own answer arrives before API Gateway's patience ends
 * after 30 s.
 */
const mostMs = 25_000;

/** Answers a question, or runs SQL, with a chart. Throws `Unanswerable`, `UnsafeSql`, `SqlError`, `QueryLimit`. */
export async function createChart(workspaceId: string, body: CreateChart, making: ChartMaking): Promise<Chart> {
  const clock = stopwatch();
  const deadline = Date.now() + mostMs;
  const { question, type, parentChartId } = body;
  const earlier = parentChartId === undefined ? [] : await findEarlier(workspaceId, parentChartId, body.datasetIds);
  const tables = await findTables(workspaceId, body.datasetIds);
  using opened = await making.engine.open(tables);
  const fetchMs = clock.lap();
  // Some errors, such as a cast that fails, show only when the SQL runs; the planner can still mend them. What has run to
  // the end need not run again.
  let tried: { sql: string; answered: Answered } | undefined;
  const tryOut = async (sql: string) => {
    tried = { sql, answered: await runSql(opened, sql, deadline) };
  };
  const draft =
    question === undefined
      ? draftFromSql(body.sql ?? "", type)
      : await making.planner
          .plan({ question, earlier, type, tables: tables.map(({ plannable }) => plannable) }, tryOut)
          .then(({ plan, warnings, ...by }) => ({ ...plan, type: type ?? plan.type, warnings, ...by }));
  const answered = tried?.sql === draft.sql ? tried.answered : undefined;
  const planMs = clock.lap() - (answered?.queryMs ?? 0);
  const run = chartOf(
    draft,
    answered ?? (await runSql(opened, draft.sql, deadline)),
    tables,
    { planMs: Math.max(0, Math.round(planMs * 10) / 10), fetchMs },
    clock,
  );
  const { sql, explanation, assumptions, doubts, planner } = draft;
  const chart = await ChartModel.create({
    workspaceId,
    datasetIds: tables.map(({ dataset }) => dataset._id),
    tables: tables.map(({ name, dataset }) => ({ name, datasetId: dataset._id })),
    question: question ?? null,
    parentChartId: parentChartId ?? null,
    sql,
    explanation,
    assumptions,
    doubts,
    planner,
    ...run,
  });
  return presentChart(chart);
}
