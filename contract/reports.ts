import { z } from "zod";
import { valueFormat } from "./charts.ts";
import { id, listQuery, timestamp } from "./lists.ts";

export const reportStatus = z.enum(["queued", "running", "completed", "failed", "cancelled"]);
export type ReportStatus = z.infer<typeof reportStatus>;

export const factKind = z.enum([
  "size",
  "total",
  "typical",
  "top",
  "bottom",
  "concentration",
  "change",
  "peak",
  "trend",
  "seasonality",
  "outlier",
  "gap",
  "correlation",
  "distribution",
  "value",
  "partial",
  "unfinished",
  "overlap",
  "rejects",
]);
export type FactKind = z.infer<typeof factKind>;

/** Something that holds of a chart's rows, computed and never guessed. */
export const fact = z.object({
  /** Names the fact within its section, for example `top-1`. */
  id: z.string(),
  kind: factKind,
  /** The fact as a plain statement. */
  statement: z.string(),
  /** What was computed, unrounded. Shares are parts of one. */
  numbers: z.record(z.string(), z.number()),
  /** How values of the measure are written, as options of `Intl.NumberFormat`; absent for plain numbers. */
  format: valueFormat.optional(),
  /** Names that the fact is about: measures, categories, dates. */
  names: z.record(z.string(), z.string()),
  /** Rows of the result that it came from, counted from 0; empty where it came from all of them. */
  rows: z.array(z.int()),
});
export type Fact = z.infer<typeof fact>;

/** Prose with the facts that it rests on. */
export const sentence = z.object({ text: z.string(), facts: z.array(z.string()) });
export type Sentence = z.infer<typeof sentence>;

export const reportSection = z.object({
  chartId: id,
  title: z.string(),
  text: z.string(),
  /** The same text in sentences, each with the ids of its facts. */
  sentences: z.array(sentence),
  facts: z.array(fact),
  /** What the reader should know: the chart is gone, could not be refreshed, lacks rows. */
  notices: z.array(z.string()),
});
export type ReportSection = z.infer<typeof reportSection>;

export const narrative = z.object({
  summary: z.string(),
  /** Facts in the summary are named `<number of the section>/<id>`, counted from 1. */
  sentences: z.array(sentence),
  sections: z.array(reportSection),
  writtenBy: z.enum(["model", "templates", "both"]),
});
export type Narrative = z.infer<typeof narrative>;

export const report = z.object({
  id,
  workspaceId: id,
  title: z.string(),
  instructions: z.string().nullable(),
  chartIds: z.array(id),
  /** The same charts, with the titles that they had when they were chosen, and whether their section is made. */
  charts: z.array(z.object({ id, title: z.string(), done: z.boolean() })),
  status: reportStatus,
  /** Steps: a section for each chart, then the summary, then the document. */
  progress: z.object({ done: z.int(), total: z.int() }),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  narrative: narrative.nullable(),
  pdfS3Key: z.string().nullable(),
  /** Presigned, 15 minutes; null until the report is completed, and in lists. */
  downloadUrl: z.string().nullable(),
  /** The same report as one HTML file that needs nothing else, its charts alive. */
  htmlUrl: z.string().nullable(),
  fileName: z.string().nullable(),
  pageCount: z.int().nullable(),
  pdfBytes: z.int().nullable(),
  model: z.object({ name: z.string(), tokens: z.int(), costUsd: z.number().nullable() }).nullable(),
  /** The schedule that this is an edition of. */
  scheduleId: id.nullable(),
  edition: z.int().nullable(),
  createdAt: timestamp,
  completedAt: timestamp.nullable(),
  /** When it is deleted by itself; null: never. */
  expiresAt: timestamp.nullable(),
});
export type Report = z.infer<typeof report>;

export const reportLimits = {
  charts: 50,
  /** Reports of a workspace that are queued or running at a time. */
  inFlight: 10,
  schedules: 50,
  /** Editions are kept for this many days. */
  editionDays: 90,
} as const;

const title = z.string().trim().min(1, "is empty").max(2000, "is longer than 2,000 characters");
const chartIds = z
  .array(id)
  .min(1, "needs a chart")
  .max(reportLimits.charts, `holds more than ${reportLimits.charts} charts`)
  .refine((ids) => new Set(ids).size === ids.length, "names a chart twice");
const instructions = z.string().trim().min(1).max(2000);

export const createReport = z.strictObject({ title, chartIds, instructions: instructions.optional() });
export type CreateReport = z.infer<typeof createReport>;

/** The reports of the workspace, or the editions of one schedule. */
export const reportsQuery = listQuery.extend({ scheduleId: id.optional() });
export type ReportsQuery = z.infer<typeof reportsQuery>;

export const reportPath = z.object({ workspaceId: id, reportId: id });

/** A time zone of the IANA database, as this runtime knows it. */
const timeZone = z.string().refine((zone) => {
  try {
    return zone.includes("/") || zone === "UTC" ? Boolean(new Intl.DateTimeFormat("en", { timeZone: zone })) : false;
  } catch {
    return false;
  }
}, "is no time zone such as Europe/Berlin");

export const repetition = z.discriminatedUnion("every", [
  z.strictObject({ every: z.literal("day"), hour: z.int().min(0).max(23), timeZone }),
  z.strictObject({
    every: z.literal("week"),
    weekday: z.enum(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]),
    hour: z.int().min(0).max(23),
    timeZone,
  }),
  z.strictObject({
    every: z.literal("month"),
    /** "last" is the month's last day, whichever that is. */
    day: z.union([z.int().min(1).max(28), z.literal("last")]),
    hour: z.int().min(0).max(23),
    timeZone,
  }),
]);
export type Repetition = z.infer<typeof repetition>;

export const reportSchedule = z.object({
  id,
  workspaceId: id,
  title: z.string(),
  instructions: z.string().nullable(),
  chartIds: z.array(id),
  /** The same charts, with the titles that they had when they were chosen. */
  charts: z.array(z.object({ id, title: z.string() })),
  repetition,
  paused: z.boolean(),
  /** Editions made so far. */
  editions: z.int(),
  createdAt: timestamp,
  updatedAt: timestamp,
});
export type ReportSchedule = z.infer<typeof reportSchedule>;

export const createReportSchedule = createReport.extend({ repetition });
export type CreateReportSchedule = z.infer<typeof createReportSchedule>;

export const updateReportSchedule = z
  .strictObject({
    title: title.optional(),
    chartIds: chartIds.optional(),
    instructions: instructions.nullable().optional(),
    repetition: repetition.optional(),
    paused: z.boolean().optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), "changes nothing");
export type UpdateReportSchedule = z.infer<typeof updateReportSchedule>;

export const reportSchedulePath = z.object({ workspaceId: id, scheduleId: id });
