import { Button, Group } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { Dataset } from "../../../contract/index.ts";
import { FailureNotice } from "../feedback/failure-notice.tsx";
import { notifyFailure } from "../feedback/notify-failure.ts";
import { navigate } from "../routing/navigation.tsx";
import { datasetPath, homePath } from "../routing/routes.ts";
import type { FileUpload } from "../uploads/file-upload.ts";
import { useUploadOf, useUploads } from "../uploads/uploads-provider.tsx";
import { DeleteAndStartOver } from "./delete-and-start-over.tsx";
import { IngestFailed } from "./ingest-failed.tsx";
import { IngestProgress } from "./ingest-progress.tsx";
import classes from "./ingest-status.module.css";

/** How far a dataset has come that has no table yet, or why it has none. */
export function IngestStatus({ dataset }: { dataset: Dataset }) {
  const { uploads } = useUploads();
  const upload = useUploadOf(dataset.id);
  if (dataset.status === "failed") return <IngestFailed dataset={dataset} />;
  if (upload?.state === "failed" && dataset.status === "awaiting-upload") return <UploadFailed upload={upload} />;
  if (!upload && dataset.status === "awaiting-upload") return <UploadElsewhere dataset={dataset} />;
  const cancel = () => {
    navigate(homePath, { replace: true });
    if (upload) uploads.cancel(upload.key).catch(notifyFailure("The cancelled dataset could not be removed"));
  };
  return <IngestProgress status={dataset.status} progress={dataset.progress} upload={upload} onCancel={cancel} />;
}

function UploadFailed({ upload }: { upload: FileUpload }) {
  const { uploads } = useUploads();
  const again = useMutation({
    mutationFn: () => uploads.again(upload.key),
    onSuccess: (id) => navigate(datasetPath(id), { replace: true }),
    onError: notifyFailure("The upload could not be started again"),
  });
  const remove = () => {
    navigate(homePath, { replace: true });
    uploads.cancel(upload.key).catch(notifyFailure("The dataset could not be removed"));
  };
  return (
    <div data-testid="upload-failed">
      <FailureNotice error={new Error(upload.reason ?? "")} title="The file did not arrive">
        <Group gap="xs" mt="sm">
          <Button size="xs" loading={again.isPending} onClick={() => again.mutate()}>
            Send it again
          </Button>
          <Button size="xs" variant="default" onClick={remove}>
            Delete and start over
          </Button>
        </Group>
      </FailureNotice>
    </div>
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
