import { ActionIcon, Button, Progress } from "@mantine/core";
import { IconFileTypePdf } from "@tabler/icons-react";
import type { Report } from "../../../contract/index.ts";
import { notifyFailure } from "../feedback/notify-failure.ts";
import { formatCount } from "../format/numbers.ts";
import { formatAgo } from "../format/times.ts";
import { Link } from "../routing/navigation.tsx";
import { reportPath } from "../routing/routes.ts";
import classes from "./report-list.module.css";
import { isInFlight, stateText } from "./report-state.ts";
import { useDownloadReport, type useReports } from "./use-reports.ts";

interface ReportListProps {
  reports: readonly Report[];
  query: Pick<ReturnType<typeof useReports>, "hasNextPage" | "isFetchingNextPage" | "fetchNextPage">;
}

export function ReportList({ reports, query }: ReportListProps) {
  return (
    <>
      <ul className={classes.list}>
        {reports.map((report) => (
          <ReportItem key={report.id} report={report} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button
          variant="subtle"
          size="compact-sm"
          mt="sm"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show earlier ones
        </Button>
      )}
    </>
  );
}

function ReportItem({ report }: { report: Report }) {
  const { id, title, status, edition, charts, progress, createdAt } = report;
  const facts = [
    ...(edition === null ? [] : [`Edition ${edition}`]),
    stateText(report),
    formatCount(charts.length, "chart"),
    formatAgo(createdAt, Date.now()),
  ];
  return (
    <li className={classes.item} data-testid="report-item">
      <span className={classes.dot} data-status={status} aria-hidden />
      <div className={classes.text}>
        <Link href={reportPath(id)} className={classes.title}>
          {title}
        </Link>
        <small>{facts.join(" · ")}</small>
        {isInFlight(report) && (
          <Progress
            value={(100 * progress.done) / progress.total}
            size={4}
            mt={6}
            aria-label={`Progress of ${title}`}
            transitionDuration={300}
          />
        )}
      </div>
      {status === "completed" && <DownloadPdf report={report} />}
    </li>
  );
}

function DownloadPdf({ report }: { report: Report }) {
  const download = useDownloadReport(report);
  return (
    <ActionIcon
      className={classes.download ?? ""}
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={`Download ${report.title} as PDF`}
      title="Download as PDF"
      loading={download.isPending}
      onClick={() => download.mutate("pdf", { onError: notifyFailure("Could not download the report") })}
    >
      <IconFileTypePdf size={20} stroke={1.75} />
    </ActionIcon>
  );
}
