import type { Report } from "../../../contract/index.ts";
import { formatCount } from "../format/numbers.ts";

export function isInFlight({ status }: Pick<Report, "status">): boolean {
  return status === "queued" || status === "running";
}

/** What a report is at, in a few words. */
export function stateText(report: Pick<Report, "status" | "progress" | "pageCount" | "charts">): string {
  const { status, pageCount, charts } = report;
  if (status === "completed") return pageCount === null ? "Ready" : formatCount(pageCount, "page");
  if (status === "failed") return "Could not be made";
  if (status === "cancelled") return "Cancelled";
  return status === "queued" ? "Waiting for its turn" : stageText(report.progress.done, charts.length);
}

/** Steps are a section for each chart, then the summary, then the document. */
function stageText(done: number, charts: number): string {
  if (done < charts) return `Section ${done + 1} of ${charts}`;
  return done === charts ? "Writing the summary" : "Printing";
}

export interface ReportStep {
  key: string;
  name: string;
  state: "done" | "current" | "ahead";
}

/** The way of a report: its sections, which are made several at a time, then the summary, then the document. */
export function stepsOf({ status, progress, charts }: Pick<Report, "status" | "progress" | "charts">): ReportStep[] {
  const isRunning = status === "running";
  const sections = charts.map(({ id, title, done }): ReportStep => {
    const state = done ? "done" : isRunning ? "current" : "ahead";
    return { key: id, name: title, state };
  });
  const last = ["Summary", "Document"].map((name, index): ReportStep => {
    const place = charts.length + index;
    const state = progress.done > place ? "done" : isRunning && progress.done === place ? "current" : "ahead";
    return { key: name, name, state };
  });
  return [...sections, ...last];
}
