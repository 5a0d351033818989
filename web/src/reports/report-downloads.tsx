import { Button } from "@mantine/core";
import { IconFileTypePdf, IconWorldDownload } from "@tabler/icons-react";
import type { Report } from "../../../contract/index.ts";
import { notifyFailure } from "../feedback/notify-failure.ts";
import classes from "./report-header.module.css";
import { useDownloadReport } from "./use-reports.ts";

/** The report as files. */
export function ReportDownloads({ report }: { report: Report }) {
  const download = useDownloadReport(report);
  const onError = notifyFailure("Could not download the report");
  const isPending = (file: "pdf" | "html") => download.isPending && download.variables === file;
  return (
    <div className={classes.actions}>
      <Button
        leftSection={<IconFileTypePdf size={18} stroke={1.75} />}
        loading={isPending("pdf")}
        onClick={() => download.mutate("pdf", { onError })}
      >
        Download PDF
      </Button>
      <Button
        variant="default"
        leftSection={<IconWorldDownload size={18} stroke={1.75} />}
        loading={isPending("html")}
        onClick={() => download.mutate("html", { onError })}
        title="One file with charts that can be explored, also without a network"
      >
        Interactive page
      </Button>
    </div>
  );
}
