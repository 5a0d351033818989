import { IconFileText } from "@tabler/icons-react";
import { formatCount } from "../format/numbers.ts";
import { Link, useRoute } from "../routing/navigation.tsx";
import { newReportPath, reportsPath } from "../routing/routes.ts";
import { useWorkspace } from "../session/use-workspace.ts";
import classes from "./reports-link.module.css";
import { useReportDraft } from "./use-report-draft.ts";

/** The way to the reports, and to the one that is being put together. */
export function ReportsLink() {
  const { page } = useRoute();
  const { workspace } = useWorkspace();
  const isHere = page === "reports" || page === "report" || page === "report-schedule";
  return (
    <div className={classes.links}>
      <Link href={reportsPath} className={classes.link} aria-current={isHere ? "page" : undefined}>
        <IconFileText size={17} stroke={1.75} aria-hidden />
        Reports
      </Link>
      {workspace && <DraftLink workspaceId={workspace.id} isHere={page === "new-report"} />}
    </div>
  );
}

function DraftLink({ workspaceId, isHere }: { workspaceId: string; isHere: boolean }) {
  const { charts } = useReportDraft(workspaceId).draft;
  if (charts.length === 0 && !isHere) return null;
  return (
    <Link
      href={newReportPath}
      className={`${classes.link} ${classes.draft}`}
      aria-current={isHere ? "page" : undefined}
      data-testid="report-draft"
    >
      New report
      {charts.length > 0 && <span className={classes.count}>{formatCount(charts.length, "chart")}</span>}
    </Link>
  );
}
