import { z } from "zod";
import { cell } from "./datasets.ts";
import { id, listQuery, timestamp } from "./lists.ts";

export const chartType = z.enum([
  "bar",
  "line",
  "area",
  "pie",
  "doughnut",
  "scatter",
  "bubble",
  "histogram",
  "stat",
  "table",
]);
export type ChartType = z.infer<typeof chartType>;

/** How to write numbers: options of `Intl.NumberFormat`. */
export const valueFormat = z.discriminatedUnion("style", [
  z.object({ style: z.literal("currency"), currency: z.string(), maximumFractionDigits: z.int() }),
  z.object({ style: z.literal("percent"), maximumFractionDigits: z.int() }),
  /** Of numbers that are per cent already. */
  z.object({ style: z.literal("unit"), unit: z.literal("percent"), maximumFractionDigits: z.int() }),
]);
export type ValueFormat = z.infer<typeof valueFormat>;

/** The step that times are cut to. */
export const timeGrain = z.enum(["year", "quarter", "month", "week", "day", "hour", "minute"]);
export type TimeGrain = z.infer<typeof timeGrain>;

export const queryResult = z.object({
  columns: z.array(
    z.object({
      name: z.string(),
      /** DuckDB's type name. */
      type: z.string(),
      /** Left out for plain numbers. */
      format: valueFormat.optional(),
      /** Left out for times that are not cut. */
      grain: timeGrain.optional(),
    }),
  ),
  rows: z.array(z.array(cell)),
  /** Rows in `rows`; the query had more when `truncated`. */
  rowCount: z.int(),
  truncated: z.boolean(),
  /** For a single value of a period: the same value of the period before, as far as the data has all of both. */
  comparison: z.object({ label: z.string(), value: z.number(), sql: z.string() }).optional(),
});
export type QueryResult = z.infer<typeof queryResult>;

const point = z.union([
  z.number(),
  z.null(),
  z.object({ x: z.union([z.number(), z.string()]), y: z.number(), r: z.number().optional() }),
]);

/** Chart.js `data`. Empty for `table`; one number for `stat`. */
export const chartData = z.object({
  labels: z.array(z.union([z.string(), z.number()])),
  datasets: z.array(z.object({ label: z.string(), data: z.array(point) })),
});
export type ChartData = z.infer<typeof chartData>;

export const planner = z.enum(["openai", "offline", "sql"]);
export type PlannerName = z.infer<typeof planner>;

/** Enough to say how a chart's numbers were made, and to make them again. */
export const receipt = z.object({
  datasetVersions: z.array(z.object({ datasetId: id, version: z.int(), eTag: z.string() })),
  sql: z.string(),
  engine: z.literal("duckdb"),
  engineVersion: z.string(),
  planner,
  model: z.string().nullable(),
  /** SHA-256 of the prompt, in hexadecimal; null where no model was asked. */
  promptHash: z.string().nullable(),
  timings: z.object({ planMs: z.number(), fetchMs: z.number(), queryMs: z.number(), totalMs: z.number() }),
  /** What the language model cost, as far as planning asked one; null where its price is not known. */
  costUsd: z.number().nullable(),
});
export type Receipt = z.infer<typeof receipt>;

/** An assumption that a reader must not overlook, since the question could well mean something else. */
export const doubt = z.object({
  /** As it also stands among the assumptions. */
  text: z.string(),
  /** The question as it would have to be asked for the other readings, each with what makes it another. */
  alternatives: z.array(z.object({ label: z.string(), question: z.string() })),
});
export type Doubt = z.infer<typeof doubt>;

export const chart = z.object({
  id,
  workspaceId: id,
  datasetIds: z.array(id),
  /** The table name by which the SQL knows each dataset. */
  tables: z.array(z.object({ datasetId: id, name: z.string() })),
  question: z.string().nullable(),
  /** The chart that the question was a follow-up to; it may have been deleted since. */
  parentChartId: id.nullable(),
  title: z.string(),
  type: chartType,
  sql: z.string(),
  data: chartData,
  /** Chart.js `options`. */
  options: z.record(z.string(), z.unknown()),
  result: queryResult,
  explanation: z.string(),
  assumptions: z.array(z.string()),
  doubts: z.array(doubt),
  warnings: z.array(z.string()),
  planner,
  receipt,
  createdAt: timestamp,
  updatedAt: timestamp,
});
export type Chart = z.infer<typeof chart>;

// Any text: what is no id of ours is a dataset that is not there.
const datasetIds = z.array(z.string().min(1).max(100)).min(1).max(5);
const sql = z.string().trim().min(1).max(20_000);
const question = z.string().trim().min(1, "is empty").max(1000);

/** Exactly one of `question` and `sql`. */
export const createChart = z
  .strictObject({
    datasetIds,
    question: question.optional(),
    sql: sql.optional(),
    type: chartType.optional(),
    /** The chart that the question is a follow-up to: "only 2019", "by region instead", "as a pie". */
    parentChartId: z.string().min(1).max(100).optional(),
  })
  .refine((body) => (body.question === undefined) !== (body.sql === undefined), {
    message: "give either a question or sql",
    path: ["question"],
  })
  .refine((body) => body.parentChartId === undefined || body.question !== undefined, {
    message: "only a question can follow up on a chart",
    path: ["parentChartId"],
  });
export type CreateChart = z.infer<typeof createChart>;

export const updateChart = z
  .strictObject({
    title: z.string().trim().min(1).max(200).optional(),
    type: chartType.optional(),
    sql: sql.optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), "changes nothing");
export type UpdateChart = z.infer<typeof updateChart>;

/** The charts of the workspace, or those made from one of its datasets. */
export const chartsQuery = listQuery.extend({ datasetId: id.optional() });
export type ChartsQuery = z.infer<typeof chartsQuery>;

/** `csv` and `json` hold all rows, also where the chart keeps or draws only some; `png` is the chart's picture. */
export const exportFormat = z.enum(["csv", "json", "png"]);
export type ExportFormat = z.infer<typeof exportFormat>;

export const exportQuery = z.object({ format: exportFormat });

export const chartPath = z.object({ workspaceId: id, chartId: id });
