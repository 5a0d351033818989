import type { Report } from "../../contract/index.ts";
import type { ObjectStorage } from "../shared/object-storage.ts";
import type { ReportDocument } from "./report-model.ts";

const linkSeconds = 15 * 60;

/** A report as lists show it: without its narrative and its links. */
export function presentInList(report: ReportDocument): Report {
  return {
    id: report._id.toString(),
    workspaceId: report.workspaceId.toString(),
    title: report.title,
    instructions: report.instructions,
    chartIds: report.charts.map(({ chartId }) => chartId.toString()),
    charts: report.charts.map(({ chartId, title }, index) => ({
      id: chartId.toString(),
      title,
      done: report.status === "completed" || report.finished.includes(index),
    })),
    status: report.status,
    progress: report.progress,
    error: report.error,
    narrative: null,
    pdfS3Key: report.pdfKey,
    downloadUrl: null,
    htmlUrl: null,
    fileName: report.fileName,
    pageCount: report.pageCount,
    pdfBytes: report.pdfBytes,
    model: report.model,
    scheduleId: report.scheduleId?.toString() ?? null,
    edition: report.edition,
    createdAt: report.createdAt.toISOString(),
    completedAt: report.completedAt?.toISOString() ?? null,
    expiresAt: report.expiresAt?.toISOString() ?? null,
  };
}

/** A report with its narrative and, once it is completed, links that download it. */
export async function presentReport(
  report: ReportDocument,
  storage: Pick<ObjectStorage, "presignDownload">,
): Promise<Report> {
  const { pdfKey, htmlKey, fileName, narrative, status } = report;
  const shown = { ...presentInList(report), narrative };
  if (status !== "completed" || pdfKey === null || htmlKey === null || fileName === null) return shown;
  const [downloadUrl, htmlUrl] = await Promise.all([
    storage.presignDownload(pdfKey, fileName, "application/pdf", linkSeconds),
    storage.presignDownload(htmlKey, fileName.replace(/\.pdf$/, ".html"), "text/html; charset=utf-8", linkSeconds),
  ]);
  return { ...shown, downloadUrl, htmlUrl };
}
