import type { Chart, CreateChart } from "../../contract/index.ts";
import { ChartModel } from "./chart-model.ts";
import { findEarlier } from "./conversation.ts";
import { findTables } from "./dataset-tables.ts";
import { presentChart } from "./present-chart.ts";
import { type ChartMaking, chartLimits, draftFromSql, runDraft } from "./run-chart.ts";
import { stopwatch } from "./stopwatch.ts";

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
      ? draftFromSql(body.sql ?? "", type)
      : await making.planner
          .plan({ question, earlier, type, tables: tables.map(({ plannable }) => plannable) }, tryOut)
          .then(({ plan, warnings, ...by }) => ({ ...plan, type: type ?? plan.type, warnings, ...by }));
  const planMs = clock.lap();
  const run = await runDraft(opened, draft, tables, { planMs, fetchMs }, clock);
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
