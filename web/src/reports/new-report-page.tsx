import { Button } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useState } from "react";
import type { Repetition } from "../../../contract/index.ts";
import { FailureNotice } from "../feedback/failure-notice.tsx";
import { navigate } from "../routing/navigation.tsx";
import { reportPath, schedulePath } from "../routing/routes.ts";
import { useWorkspace } from "../session/use-workspace.ts";
import { emptyContent, reportBody } from "./content.ts";
import { RepetitionField } from "./repetition-field.tsx";
import { repetitionText } from "./repetition-text.ts";
import classes from "./report-form.module.css";
import { ReportForm } from "./report-form.tsx";
import { useReportDraft } from "./use-report-draft.ts";
import { useCreateReport } from "./use-reports.ts";
import { useCreateSchedule } from "./use-schedules.ts";

/** Where a report is put together, to be made once or again and again. */
export function NewReportPage() {
  useDocumentTitle("New report · QuantiBI");
  const { workspace } = useWorkspace();
  if (!workspace) return null;
  if (workspace.role === "viewer") {
    return (
      <>
        <h1>New report</h1>
        <p>You can look at what is in {workspace.name}; its editors can make reports.</p>
      </>
    );
  }
  return <NewReport key={workspace.id} workspaceId={workspace.id} />;
}

function NewReport({ workspaceId }: { workspaceId: string }) {
  const { draft, setDraft, clearDraft } = useReportDraft(workspaceId);
  const [repetition, setRepetition] = useState<Repetition | null>(null);
  const createReport = useCreateReport(workspaceId);
  const createSchedule = useCreateSchedule(workspaceId);
  const leaveTo = (path: string) => {
    clearDraft();
    navigate(path, { replace: true });
  };
  const submit = () => {
    const body = reportBody(draft);
    if (repetition) {
      createSchedule.mutate({ ...body, repetition }, { onSuccess: ({ id }) => leaveTo(schedulePath(id)) });
    } else {
      createReport.mutate(body, { onSuccess: ({ id }) => leaveTo(reportPath(id)) });
    }
  };
  const error = createReport.error ?? createSchedule.error;
  const isEmpty = draft.title === "" && draft.instructions === "" && draft.charts.length === 0;
  return (
    <>
      <header className={classes.header}>
        <h1>New report</h1>
        {!isEmpty && (
          <Button variant="subtle" color="gray" onClick={() => setDraft(emptyContent)}>
            Start over
          </Button>
        )}
      </header>
      <ReportForm
        workspaceId={workspaceId}
        content={draft}
        onChange={setDraft}
        onSubmit={submit}
        isPending={createReport.isPending || createSchedule.isPending}
        submitLabel={repetition ? "Start repeating it" : "Make the report"}
        note={
          repetition
            ? `${repetitionText(repetition)}, on the data as it is then.`
            : "It takes seconds. The charts are brought up to date first."
        }
        error={error && <FailureNotice error={error} title="The report could not be started" />}
      >
        <RepetitionField value={repetition} onChange={setRepetition} allowOnce />
      </ReportForm>
    </>
  );
}
