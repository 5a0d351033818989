import { Button, Progress } from "@mantine/core";
import type { ReactNode } from "react";
import type { Dataset } from "../../../contract/index.ts";
import { formatBytes, formatShare } from "../format/numbers.ts";
import type { FileUpload } from "../uploads/file-upload.ts";
import classes from "./ingest-status.module.css";
import { ingestSteps } from "./ingest-steps.ts";

interface IngestProgressProps {
  status: Dataset["status"];
  progress: Dataset["progress"];
  /** The upload, while it is this tab's. */
  upload: FileUpload | undefined;
  /** Whether the file has been there before and is not sent at all. */
  isThere?: boolean;
  /** What it is about, where something else is on the screen as well. */
  title?: string;
  onCancel?: () => void;
  children?: ReactNode;
}

/** How far a file has come on its way to a table, step by step. */
export function IngestProgress({
  status,
  progress,
  upload,
  isThere = false,
  title,
  onCancel,
  children,
}: IngestProgressProps) {
  const here = status === "awaiting-upload" && upload && upload.state !== "sent" ? upload : undefined;
  const { fraction, steps } = ingestSteps({ status, progress }, here ? here.sent / Math.max(1, here.file.size) : null);
  const current = steps.find(({ state }) => state === "current");
  const step = here?.state === "waiting" ? "Waiting for other files" : (current?.label ?? "Almost there");
  return (
    <section className={classes.card} aria-label={title ?? "Progress"} data-testid="ingest-progress">
      {title && <h2 className={classes.title}>{title}</h2>}
      <div className={classes.line}>
        <strong aria-live="polite">{step}…</strong>
        <span>{here ? `${formatBytes(here.sent)} of ${formatBytes(here.file.size)}` : formatShare(fraction)}</span>
      </div>
      <Progress value={fraction * 100} size="md" radius="xl" aria-label={step} transitionDuration={300} />
      <ol className={classes.steps}>
        {(isThere ? steps.slice(1) : steps).map(({ label, state }) => (
          <li key={label} data-state={state} aria-current={state === "current" ? "step" : undefined}>
            {label}
          </li>
        ))}
      </ol>
      {children}
      {here && onCancel && (
        <Button variant="default" size="xs" onClick={onCancel} className={classes.cancel ?? ""}>
          Cancel
        </Button>
      )}
    </section>
  );
}
