import { Button, Textarea, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { reportLimits } from "../../../contract/index.ts";
import { ChartPicker } from "./chart-picker.tsx";
import { ChosenCharts } from "./chosen-charts.tsx";
import type { ReportContent } from "./content.ts";
import classes from "./report-form.module.css";

interface ReportFormProps {
  workspaceId: string;
  content: ReportContent;
  onChange: (content: ReportContent) => void;
  onSubmit: () => void;
  isPending: boolean;
  submitLabel: string;
  /** What will happen, beside the button. */
  note: string;
  error: ReactNode;
  /** When it is made. */
  children: ReactNode;
}

/** Title, charts in their order, instructions, and when. */
export function ReportForm({ workspaceId, content, onChange, onSubmit, isPending, ...rest }: ReportFormProps) {
  const missing = missingIn(content);
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (missing === undefined) onSubmit();
      }}
    >
      <TextInput
        label="Title"
        size="md"
        maxLength={2000}
        placeholder="Sales in the third quarter"
        value={content.title}
        onChange={(event) => onChange({ ...content, title: event.currentTarget.value })}
        data-testid="report-title-input"
      />
      <div className={classes.columns}>
        <ChartPicker workspaceId={workspaceId} content={content} onChange={onChange} />
        <ChosenCharts workspaceId={workspaceId} content={content} onChange={onChange} />
      </div>
      <Textarea
        label="What it should dwell on"
        description="Optional. A language model follows it, where one is set up; numbers stay as they are computed."
        autosize
        minRows={2}
        maxRows={8}
        maxLength={2000}
        value={content.instructions}
        onChange={(event) => onChange({ ...content, instructions: event.currentTarget.value })}
      />
      {rest.children}
      {rest.error}
      <div className={classes.submit}>
        <Button type="submit" size="md" loading={isPending} disabled={missing !== undefined}>
          {rest.submitLabel}
        </Button>
        <span role="status">{missing ?? rest.note}</span>
      </div>
    </form>
  );
}

/** What a report can't be made without, as a hint. */
function missingIn({ title, charts }: ReportContent): string | undefined {
  if (charts.length === 0) return "Choose at least one chart.";
  if (charts.length > reportLimits.charts) return `A report holds at most ${reportLimits.charts} charts.`;
  return title.trim() === "" ? "Give it a title." : undefined;
}
