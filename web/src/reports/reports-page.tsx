import { Button } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { LoadingPanel } from "../feedback/loading-panel.tsx";
import { navigate } from "../routing/navigation.tsx";
import { newReportPath } from "../routing/routes.ts";
import { useCanEdit } from "../session/use-can-edit.ts";
import { useWorkspace } from "../session/use-workspace.ts";
import { ReportList } from "./report-list.tsx";
import classes from "./reports-page.module.css";
import { ScheduleList } from "./schedule-list.tsx";
import { useReports } from "./use-reports.ts";

/** The reports of the workspace, and those that come again by themselves. */
export function ReportsPage() {
  useDocumentTitle("Reports · QuantiBI");
  const { workspace } = useWorkspace();
  const canEdit = useCanEdit(workspace?.id ?? "");
  const query = useReports(workspace?.id);
  return (
    <>
      <header className={classes.header}>
        <h1>Reports</h1>
        {canEdit && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => navigate(newReportPath)}>
            New report
          </Button>
        )}
      </header>
      <LoadingPanel query={query} what="your reports">
        {(reports) => (reports.length === 0 ? <NoReports /> : <ReportList reports={reports} query={query} />)}
      </LoadingPanel>
      {workspace && <ScheduleList workspaceId={workspace.id} />}
    </>
  );
}

function NoReports() {
  return (
    <div className={classes.empty} data-testid="no-reports">
      <strong>No reports yet</strong>
      <p>
        A report puts charts in order, says in words what each shows, and lists how every number was made. You get it as
        a PDF and as a page with charts that can be explored. Choose <em>Add to report</em> under a chart, or begin with
        a new report.
      </p>
    </div>
  );
}
