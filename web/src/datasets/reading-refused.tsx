import { Button, Group } from "@mantine/core";
import { useEffect } from "react";
import type { Dataset } from "../../../contract/index.ts";
import { FailureNotice } from "../feedback/failure-notice.tsx";
import classes from "./next-version.module.css";
import { Place } from "./place.tsx";
import { useDismissed } from "./use-dismissed.ts";

interface ReadingRefusedProps {
  dataset: Dataset;
  /** Leads to where the reading is changed. */
  onChange: () => void;
}

/** Says that the file could not be read in the way that was asked for last, and that the table is as before. */
export function ReadingRefused({ dataset: { id, status, error }, onChange }: ReadingRefusedProps) {
  const { dismissed, dismiss, reopen } = useDismissed(`reading-${id}`, error?.message ?? "");
  const isAsked = error === null;
  useEffect(() => {
    // The next one is told anew, even if it fails for the same reason.
    if (isAsked) reopen();
  }, [isAsked, reopen]);
  if (status !== "ready" || error === null || dismissed) return null;
  return (
    <div className={classes.notice} data-testid="reading-refused">
      <FailureNotice
        error={new Error(error.message)}
        title="The file could not be read in the way you asked for"
        tone="notice"
      >
        <Place error={error} />
        <p>Nothing has changed: the table is as it was.</p>
        <Group gap="xs" mt="sm">
          <Button size="xs" onClick={onChange}>
            Change how it is read
          </Button>
          <Button size="xs" variant="default" onClick={dismiss}>
            Close
          </Button>
        </Group>
      </FailureNotice>
    </div>
  );
}
