import { Button } from "@mantine/core";
import { useState } from "react";
import type { ReportSchedule, UpdateReportSchedule } from "../../../contract/index.ts";
import { FailureNotice } from "../feedback/failure-notice.tsx";
import { type ReportContent, reportBody } from "./content.ts";
import { RepetitionField } from "./repetition-field.tsx";
import { repetitionText } from "./repetition-text.ts";
import classes from "./report-form.module.css";
import { ReportForm } from "./report-form.tsx";
import { useUpdateSchedule } from "./use-schedules.ts";

/** The form of a schedule that is there already. */
export function ChangeSchedule({ schedule, onDone }: { schedule: ReportSchedule; onDone: () => void }) {
  const { title, instructions, charts } = schedule;
  const [content, setContent] = useState<ReportContent>({ title, instructions: instructions ?? "", charts });
  const [repetition, setRepetition] = useState(schedule.repetition);
  const update = useUpdateSchedule(schedule);
  return (
    <>
      <header className={classes.header}>
        <h1>Change the schedule</h1>
        <Button variant="subtle" color="gray" onClick={onDone}>
          Leave it as it was
        </Button>
      </header>
      <ReportForm
        workspaceId={schedule.workspaceId}
        content={content}
        onChange={setContent}
        onSubmit={() => update.mutate(changesOf(schedule, content, repetition), { onSuccess: onDone })}
        isPending={update.isPending}
        submitLabel="Save"
        note={`${repetitionText(repetition)}. Editions that are made already stay as they are.`}
        error={update.error && <FailureNotice error={update.error} title="The schedule could not be changed" />}
      >
        <RepetitionField value={repetition} onChange={(value) => value && setRepetition(value)} />
      </ReportForm>
    </>
  );
}

/** Charts only if they have changed: a chart that was deleted since must not keep the rest from being saved. */
function changesOf(
  { chartIds }: ReportSchedule,
  content: ReportContent,
  repetition: ReportSchedule["repetition"],
): UpdateReportSchedule {
  const { title, instructions = null, ...body } = reportBody(content);
  const sameCharts = body.chartIds.join() === chartIds.join();
  return { title, instructions, repetition, ...(!sameCharts && { chartIds: body.chartIds }) };
}
