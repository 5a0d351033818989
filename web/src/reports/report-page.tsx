import { Button } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { Report } from "../../../contract/index.ts";
import { ApiError } from "../api/api-error.ts";
import { FailureNotice } from "../feedback/failure-notice.tsx";
import { LoadingPanel } from "../feedback/loading-panel.tsx";
import { notifyFailure } from "../feedback/notify-failure.ts";
import { navigate } from "../routing/navigation.tsx";
import { reportsPath } from "../routing/routes.ts";
import { useCanEdit } from "../session/use-can-edit.ts";
import { ReportDownloads } from "./report-downloads.tsx";
import { ReportHeader } from "./report-header.tsx";
import { ReportNarrative } from "./report-narrative.tsx";
import { ReportProgress } from "./report-progress.tsx";
import { isInFlight } from "./report-state.ts";
import { useReport, useReportAction } from "./use-reports.ts";

/** One report: in the making, failed, or there to be read and downloaded. */
export function ReportPage({ reportId }: { reportId: string }) {
  const query = useReport(reportId);
  useDocumentTitle(query.data ? `${query.data.title.slice(0, 100)} · QuantiBI` : "QuantiBI");
  if (query.error instanceof ApiError && query.error.kind === "not-found") return <NoReport />;
  return (
    <LoadingPanel query={query} what="this report">
      {(report) => (
        <>
          <ReportHeader report={report} />
          <ReportBody report={report} />
        </>
      )}
    </LoadingPanel>
  );
}

function ReportBody({ report }: { report: Report }) {
  if (isInFlight(report)) return <ReportProgress report={report} />;
  if (report.status !== "completed") return <Unmade report={report} />;
  return (
    <>
      <ReportDownloads report={report} />
      {report.narrative && <ReportNarrative narrative={report.narrative} />}
    </>
  );
}

function Unmade({ report }: { report: Report }) {
  const retry = useReportAction(report, "retry");
  const canEdit = useCanEdit(report.workspaceId);
  const again = () => retry.mutate(undefined, { onError: notifyFailure("Could not start the report again") });
  const { status, error } = report;
  const wasCancelled = status === "cancelled";
  const reason = wasCancelled ? "It was stopped before it was made." : (error?.message ?? "Something went wrong.");
  // Where no chart is left, the same would come of it.
  const canRetry = canEdit && error?.code !== "no-charts";
  return (
    <FailureNotice
      error={new Error(reason)}
      title={wasCancelled ? "This report was cancelled" : "This report could not be made"}
      tone={wasCancelled ? "notice" : "danger"}
    >
      {canRetry && (
        <Button size="xs" variant="default" mt="xs" loading={retry.isPending} onClick={again}>
          {wasCancelled ? "Make it after all" : "Try again"}
        </Button>
      )}
    </FailureNotice>
  );
}

function NoReport() {
  return (
    <>
      <h1>This report is not here</h1>
      <p>It may have been deleted or have expired, or it is in a workspace that you are not a member of.</p>
      <Button onClick={() => navigate(reportsPath, { replace: true })}>To the reports</Button>
    </>
  );
}
