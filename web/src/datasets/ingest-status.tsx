import { Button, Group, Progress } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { Dataset } from "../../../contract/index.ts";
import { FailureNotice } from "../feedback/failure-notice.tsx";
import { notifyFailure } from "../feedback/notify-failure.ts";
import { formatBytes, formatNumber, formatShare } from "../format/numbers.ts";
import { navigate } from "../routing/navigation.tsx";
import { datasetPath, homePath } from "../routing/routes.ts";
import { type FileUpload, useUploads } from "../uploads/uploads.tsx";
import classes from "./ingest-status.module.css";
import { ingestSteps } from "./ingest-steps.ts";
import { useDeleteDataset } from "./use-dataset.ts";

/** How far a dataset has come that is not ready, or why it never will be. */
export function IngestStatus({ dataset }: { dataset: Dataset }) {
  const upload = useUploads().byDataset.get(dataset.id);
  if (dataset.status === "failed") return <IngestFailed dataset={dataset} />;
  if (upload?.state === "failed" && dataset.status === "awaiting-upload") {
    return <UploadFailedNotice dataset={dataset} upload={upload} />;
  }
  if (!upload && dataset.status === "awaiting-upload") return <UploadElsewhere dataset={dataset} />;
  return <Steps dataset={dataset} upload={upload} />;
}

function Steps({ dataset, upload }: { dataset: Dataset; upload: FileUpload | undefined }) {
  const sending = dataset.status === "awaiting-upload" && upload?.state === "sending" ? upload : undefined;
  const { fraction, steps } = ingestSteps(dataset, sending ? sending.sent / Math.max(1, sending.file.size) : null);
  const current = steps.find(({ state }) => state === "current");
  return (
    <section className={classes.card} aria-label="Progress" data-testid="ingest-progress">
      <div className={classes.line}>
        <strong aria-live="polite">{current?.label ?? "Almost there"}…</strong>
        <span>
          {sending ? `${formatBytes(sending.sent)} of ${formatBytes(sending.file.size)}` : formatShare(fraction)}
        </span>
      </div>
      <Progress
        value={fraction * 100}
        size="md"
        radius="xl"
        aria-label={current?.label ?? "Progress"}
        transitionDuration={300}
      />
      <ol className={classes.steps}>
        {steps.map(({ label, state }) => (
          <li key={label} data-state={state}>
            {label}
          </li>
        ))}
      </ol>
      {sending && <CancelUpload datasetId={dataset.id} />}
    </section>
  );
}

function CancelUpload({ datasetId }: { datasetId: string }) {
  const { uploads } = useUploads();
  const cancel = () => {
    navigate(homePath, { replace: true });
    uploads.cancel(datasetId).catch(notifyFailure("The cancelled dataset could not be removed"));
  };
  return (
    <Button variant="default" size="xs" onClick={cancel} className={classes.cancel ?? ""}>
      Cancel
    </Button>
  );
}

function UploadFailedNotice({ dataset, upload }: { dataset: Dataset; upload: FileUpload }) {
  const { uploads } = useUploads();
  const again = useMutation({
    mutationFn: () => uploads.again(dataset.id),
    onSuccess: (id) => id !== undefined && navigate(datasetPath(id), { replace: true }),
    onError: notifyFailure("The upload could not be started again"),
  });
  return (
    <FailureNotice error={new Error(upload.reason ?? "")} title="The file did not arrive">
      <Group gap="xs" mt="sm">
        <Button size="xs" loading={again.isPending} onClick={() => again.mutate()}>
          Send it again
        </Button>
        <DeleteAndStartOver dataset={dataset} />
      </Group>
    </FailureNotice>
  );
}

function UploadElsewhere({ dataset }: { dataset: Dataset }) {
  return (
    <section className={classes.card}>
      <strong>Waiting for {dataset.fileName}</strong>
      <p className={classes.note}>
        The file is not being sent from this window. If another one is sending it, this page goes on by itself when it
        has arrived. If the upload was interrupted, start over.
      </p>
      <DeleteAndStartOver dataset={dataset} />
    </section>
  );
}

function IngestFailed({ dataset }: { dataset: Dataset }) {
  const { error } = dataset;
  const place = [
    error?.row === undefined ? "" : `row ${formatNumber(error.row)}`,
    error?.column === undefined ? "" : `column “${error.column}”`,
  ].filter((part) => part !== "");
  return (
    <div data-testid="ingest-failed">
      <FailureNotice error={new Error(error?.message ?? "No reason was given.")} title="This file could not be read">
        {place.length > 0 && <p>Where: {place.join(", ")}</p>}
        <p>Put it right in the file, then start over with the new version.</p>
        <Group gap="xs" mt="sm">
          <DeleteAndStartOver dataset={dataset} />
        </Group>
      </FailureNotice>
    </div>
  );
}

function DeleteAndStartOver({ dataset }: { dataset: Dataset }) {
  const remove = useDeleteDataset();
  return (
    <Button
      size="xs"
      variant="default"
      loading={remove.isPending}
      onClick={() =>
        remove.mutate(dataset, {
          onSuccess: () => navigate(homePath, { replace: true }),
          onError: notifyFailure("Could not delete the dataset"),
        })
      }
    >
      Delete and start over
    </Button>
  );
}
