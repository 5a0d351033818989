import type { Dataset } from "../../../contract/index.ts";
import { IngestProgress } from "./ingest-progress.tsx";
import classes from "./next-version.module.css";

/** Says that a dataset's file is being read again; what it was before stays on the screen. */
export function ReadAgain({ dataset }: { dataset: Dataset }) {
  const { status, rowCount, progress } = dataset;
  if (status !== "ingesting" || rowCount === null) return null;
  return (
    <div className={classes.notice}>
      <IngestProgress
        status={status}
        progress={progress}
        upload={undefined}
        isThere
        title="The file is being read again"
      >
        <p className={classes.note}>Questions can be asked again in a moment.</p>
      </IngestProgress>
    </div>
  );
}
