import { z } from "zod";
import * as charts from "./charts.ts";
import * as datasets from "./datasets.ts";
import { listQuery, page } from "./lists.ts";
import * as reports from "./reports.ts";
import * as usage from "./usage.ts";
import * as workspaces from "./workspaces.ts";

/** Who may call: anyone, anyone signed in, or a member of the workspace in the path whose role is at least this. */
export type Access = "public" | "signed-in" | workspaces.Role;

/** One call of the HTTP API. `functions/` answers it, OpenAPI describes it. */
export interface Operation {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  path: `/api/${string}`;
  summary: string;
  access: Access;
  /** Status of a successful answer. */
  status: number;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  /** Left out where the answer is empty or not JSON. */
  answer?: z.ZodType;
}

const inWorkspace = "/api/workspaces/{workspaceId}" as const;

/** Every call, by the name that OpenAPI gives it. */
export const operations = {
  health: {
    method: "GET",
    path: "/api/health",
    summary: "Whether the service runs",
    access: "public",
    status: 200,
    answer: z.object({ status: z.literal("ok"), version: z.string() }),
  },
  openApi: {
    method: "GET",
    path: "/api/openapi.json",
    summary: "This description of the API",
    access: "public",
    status: 200,
    answer: z.record(z.string(), z.unknown()),
  },
  me: {
    method: "GET",
    path: "/api/me",
    summary: "The caller and their workspaces; the first call makes a personal workspace",
    access: "signed-in",
    status: 200,
    answer: workspaces.me,
  },
  createWorkspace: {
    method: "POST",
    path: "/api/workspaces",
    summary: "Create a workspace",
    access: "signed-in",
    body: workspaces.createWorkspace,
    status: 201,
    answer: workspaces.workspace,
  },
  listWorkspaces: {
    method: "GET",
    path: "/api/workspaces",
    summary: "The caller's workspaces",
    access: "signed-in",
    status: 200,
    query: listQuery,
    answer: page(workspaces.workspace),
  },
  readUsage: {
    method: "GET",
    path: `${inWorkspace}/usage`,
    summary: "What the workspace has used in a month, and what it may use",
    access: "viewer",
    status: 200,
    params: workspaces.workspacePath,
    query: usage.usageQuery,
    answer: usage.usage,
  },

  createDataset: {
    method: "POST",
    path: `${inWorkspace}/datasets`,
    summary: "Announce a file and learn where to upload it",
    access: "editor",
    params: workspaces.workspacePath,
    body: datasets.createDataset,
    status: 201,
    answer: datasets.createdDataset,
  },
  listDatasets: {
    method: "GET",
    path: `${inWorkspace}/datasets`,
    summary: "The workspace's datasets, newest first",
    access: "viewer",
    status: 200,
    params: workspaces.workspacePath,
    query: listQuery,
    answer: page(datasets.dataset),
  },
  getDataset: {
    method: "GET",
    path: `${inWorkspace}/datasets/{datasetId}`,
    summary: "One dataset, with its columns or its error",
    access: "viewer",
    status: 200,
    params: datasets.datasetPath,
    answer: datasets.dataset,
  },
  updateDataset: {
    method: "PATCH",
    path: `${inWorkspace}/datasets/{datasetId}`,
    summary: "Rename a dataset, label its columns, or read its file again with other types or options",
    access: "editor",
    status: 200,
    params: datasets.datasetPath,
    body: datasets.updateDataset,
    answer: datasets.dataset,
  },
  createVersion: {
    method: "POST",
    path: `${inWorkspace}/datasets/{datasetId}/versions`,
    summary: "Announce a new version of a dataset's file and learn where to upload it",
    access: "editor",
    status: 201,
    params: datasets.datasetPath,
    body: datasets.createVersion,
    answer: datasets.createdDataset,
  },
  cancelVersion: {
    method: "DELETE",
    path: `${inWorkspace}/datasets/{datasetId}/versions/next`,
    summary: "Give up a version that was announced and not read, or that could not be read",
    access: "editor",
    params: datasets.datasetPath,
    status: 204,
  },
  deleteDataset: {
    method: "DELETE",
    path: `${inWorkspace}/datasets/{datasetId}`,
    summary: "Delete a dataset, its files and its charts",
    access: "editor",
    params: datasets.datasetPath,
    status: 204,
  },
  listRows: {
    method: "GET",
    path: `${inWorkspace}/datasets/{datasetId}/rows`,
    summary: "Rows of a dataset from `offset` on, in the order of its file or of a column",
    access: "viewer",
    status: 200,
    params: datasets.datasetPath,
    query: datasets.rowsQuery,
    answer: datasets.tableRows,
  },
  listRejects: {
    method: "GET",
    path: `${inWorkspace}/datasets/{datasetId}/rejects`,
    summary:
      "Rows and cells of the file that did not become data, by row; at most 10,000, of both kinds and from all over the file",
    access: "viewer",
    status: 200,
    params: datasets.datasetPath,
    query: datasets.rejectsQuery,
    answer: page(datasets.reject),
  },

  createChart: {
    method: "POST",
    path: `${inWorkspace}/charts`,
    summary: "Make a chart from a question or from SQL",
    access: "editor",
    params: workspaces.workspacePath,
    body: charts.createChart,
    status: 201,
    answer: charts.chart,
  },
  listCharts: {
    method: "GET",
    path: `${inWorkspace}/charts`,
    summary: "Charts, newest first: the workspace's or one dataset's",
    access: "viewer",
    status: 200,
    params: workspaces.workspacePath,
    query: charts.chartsQuery,
    answer: page(charts.chart),
  },
  getChart: {
    method: "GET",
    path: `${inWorkspace}/charts/{chartId}`,
    summary: "One chart",
    access: "viewer",
    status: 200,
    params: charts.chartPath,
    answer: charts.chart,
  },
  updateChart: {
    method: "PATCH",
    path: `${inWorkspace}/charts/{chartId}`,
    summary: "Change a chart's title, type or SQL",
    access: "editor",
    status: 200,
    params: charts.chartPath,
    body: charts.updateChart,
    answer: charts.chart,
  },
  refreshChart: {
    method: "POST",
    path: `${inWorkspace}/charts/{chartId}/refresh`,
    summary: "Run a chart again on the current data",
    access: "editor",
    status: 200,
    params: charts.chartPath,
    answer: charts.chart,
  },
  deleteChart: {
    method: "DELETE",
    path: `${inWorkspace}/charts/{chartId}`,
    summary: "Delete a chart",
    access: "editor",
    params: charts.chartPath,
    status: 204,
  },
  exportChart: {
    method: "GET",
    path: `${inWorkspace}/charts/{chartId}/export`,
    summary: "A chart as a file: all of its rows, or its picture",
    access: "viewer",
    status: 200,
    params: charts.chartPath,
    query: charts.exportQuery,
  },

  createReport: {
    method: "POST",
    path: `${inWorkspace}/reports`,
    summary: "Have a report of charts made; poll it until it is completed or failed",
    access: "editor",
    status: 202,
    params: workspaces.workspacePath,
    body: reports.createReport,
    answer: reports.report,
  },
  listReports: {
    method: "GET",
    path: `${inWorkspace}/reports`,
    summary: "Reports, newest first: the workspace's or one schedule's editions",
    access: "viewer",
    status: 200,
    params: workspaces.workspacePath,
    query: reports.reportsQuery,
    answer: page(reports.report),
  },
  getReport: {
    method: "GET",
    path: `${inWorkspace}/reports/{reportId}`,
    summary: "One report: its progress, then its narrative and where to download it",
    access: "viewer",
    status: 200,
    params: reports.reportPath,
    answer: reports.report,
  },
  retryReport: {
    method: "POST",
    path: `${inWorkspace}/reports/{reportId}/retry`,
    summary: "Make a failed or cancelled report after all",
    access: "editor",
    status: 202,
    params: reports.reportPath,
    answer: reports.report,
  },
  cancelReport: {
    method: "POST",
    path: `${inWorkspace}/reports/{reportId}/cancel`,
    summary: "Stop a report that is queued or running",
    access: "editor",
    status: 200,
    params: reports.reportPath,
    answer: reports.report,
  },
  deleteReport: {
    method: "DELETE",
    path: `${inWorkspace}/reports/{reportId}`,
    summary: "Delete a report with its files, in flight or not",
    access: "editor",
    status: 204,
    params: reports.reportPath,
  },
  createReportSchedule: {
    method: "POST",
    path: `${inWorkspace}/report-schedules`,
    summary: "Have a report made again every day, week or month",
    access: "editor",
    status: 201,
    params: workspaces.workspacePath,
    body: reports.createReportSchedule,
    answer: reports.reportSchedule,
  },
  listReportSchedules: {
    method: "GET",
    path: `${inWorkspace}/report-schedules`,
    summary: "The workspace's report schedules, newest first",
    access: "viewer",
    status: 200,
    params: workspaces.workspacePath,
    query: listQuery,
    answer: page(reports.reportSchedule),
  },
  getReportSchedule: {
    method: "GET",
    path: `${inWorkspace}/report-schedules/{scheduleId}`,
    summary: "One report schedule",
    access: "viewer",
    status: 200,
    params: reports.reportSchedulePath,
    answer: reports.reportSchedule,
  },
  updateReportSchedule: {
    method: "PATCH",
    path: `${inWorkspace}/report-schedules/{scheduleId}`,
    summary: "Change what a schedule makes and when, or pause it",
    access: "editor",
    status: 200,
    params: reports.reportSchedulePath,
    body: reports.updateReportSchedule,
    answer: reports.reportSchedule,
  },
  deleteReportSchedule: {
    method: "DELETE",
    path: `${inWorkspace}/report-schedules/{scheduleId}`,
    summary: "End a schedule; the editions that it has made stay until they expire",
    access: "editor",
    status: 204,
    params: reports.reportSchedulePath,
  },
} satisfies Record<string, Operation>;
