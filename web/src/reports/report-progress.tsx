import { Button, Loader, Progress } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import type { Report } from "../../../contract/index.ts";
import { notifyFailure } from "../feedback/notify-failure.ts";
import { useCanEdit } from "../session/use-can-edit.ts";
import classes from "./report-progress.module.css";
import { stateText, stepsOf } from "./report-state.ts";
import { useReportAction } from "./use-reports.ts";

/** What of a report is made already, section by section, and a way to stop it. */
export function ReportProgress({ report }: { report: Report }) {
  const cancel = useReportAction(report, "cancel");
  const canEdit = useCanEdit(report.workspaceId);
  const { done, total } = report.progress;
  return (
    <section className={classes.panel} aria-label="Progress" data-testid="report-progress">
      <div className={classes.head}>
        <strong role="status">{stateText(report)}…</strong>
        {canEdit && (
          <Button
            size="xs"
            variant="default"
            loading={cancel.isPending}
            onClick={() => cancel.mutate(undefined, { onError: notifyFailure("Could not cancel the report") })}
          >
            Cancel
          </Button>
        )}
      </div>
      <Progress value={(100 * done) / total} size="sm" transitionDuration={300} aria-label="Progress of the report" />
      <ol className={classes.steps}>
        {stepsOf(report).map(({ key, name, state }) => (
          <li key={key} data-state={state} data-testid="report-step">
            <span className={classes.mark} aria-hidden>
              {state === "done" && <IconCheck size={15} stroke={2.25} />}
              {state === "current" && <Loader size={13} />}
            </span>
            {name}
            <span className="visually-hidden">{state === "done" ? ", done" : ""}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
