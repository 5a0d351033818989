import { Button } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import { IconFileSpreadsheet } from "@tabler/icons-react";
import { maxUploadBytes } from "../../../contract/index.ts";
import { ApiError } from "../api/api-error.ts";
import { FailureNotice } from "../feedback/failure-notice.tsx";
import { formatBytes } from "../format/numbers.ts";
import classes from "./file-drop.module.css";
import { exampleFile, useStartUpload } from "./use-start-upload.ts";

const accepted = ".csv,.tsv,.txt,.xlsx,.xlsm,.json,.ndjson,.jsonl,.parquet,.gz,.zip";

/** Takes files by drop or choice, or the example, and opens the dataset that they become. */
export function FileDrop({ workspaceId }: { workspaceId: string | undefined }) {
  const upload = useStartUpload(workspaceId);
  return (
    <>
      <Dropzone
        className={classes.drop ?? ""}
        onDrop={(files) => upload.mutate(files)}
        loading={upload.isPending}
        disabled={workspaceId === undefined}
        aria-label="Drop a table, or choose one"
        inputProps={{ "aria-label": "File", accept: accepted }}
        data-testid="file-drop"
      >
        <span className={classes.badge} aria-hidden>
          <IconFileSpreadsheet size={26} stroke={1.5} />
        </span>
        <p className={classes.title}>
          Drop a CSV or Excel file here, or <span>choose one</span>
        </p>
        <p className={classes.hint}>
          Also JSON and Parquet, and each of them zipped. Up to {formatBytes(maxUploadBytes)}.
        </p>
      </Dropzone>
      <div className={classes.example}>
        No file at hand?
        <Button
          variant="subtle"
          size="compact-sm"
          disabled={workspaceId === undefined || upload.isPending}
          onClick={() => exampleFile().then((file) => upload.mutate([file]), upload.reset)}
        >
          Try it with an example
        </Button>
      </div>
      {upload.isError && (
        <FailureNotice
          error={upload.error}
          title="The file was not taken"
          onRetry={upload.error instanceof ApiError ? () => upload.mutate(upload.variables) : undefined}
        />
      )}
    </>
  );
}
