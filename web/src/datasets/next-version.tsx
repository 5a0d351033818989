import { Button, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { Dataset } from "../../../contract/index.ts";
import { FailureNotice } from "../feedback/failure-notice.tsx";
import { notifyFailure } from "../feedback/notify-failure.ts";
import { useCanEdit } from "../session/use-can-edit.ts";
import { useUploadOf, useUploads } from "../uploads/uploads-provider.tsx";
import { IngestProgress } from "./ingest-progress.tsx";
import { NewVersion } from "./new-version.tsx";
import classes from "./next-version.module.css";
import { Place } from "./place.tsx";
import { useDismissed } from "./use-dismissed.ts";

type Next = NonNullable<Dataset["nextVersion"]>;

/** The newer file of a dataset, on its way or refused, while the present one is in use. */
export function NextVersion({ dataset }: { dataset: Dataset }) {
  const { nextVersion: next, status, progress } = dataset;
  const { uploads } = useUploads();
  const upload = useUploadOf(dataset.id);
  const own = upload?.isVersion ? upload : undefined;
  if (own?.state === "failed" && next?.status !== "ingesting")
    return <NotSent uploadKey={own.key} reason={own.reason} />;
  const isLeaving = own?.state === "waiting" || own?.state === "sending";
  if (!next && !isLeaving) return null;
  if (next?.status === "failed" && !isLeaving) return <NotRead dataset={dataset} next={next} />;
  if (next?.status === "awaiting-upload" && !own) return <Announced next={next} />;
  return (
    <div className={classes.notice}>
      <IngestProgress
        status={next?.status === "ingesting" ? "ingesting" : "awaiting-upload"}
        progress={progress}
        upload={own}
        title={`A newer file: ${own?.file.name ?? next?.fileName}`}
        onCancel={() => own && void uploads.cancel(own.key).catch(notifyFailure("The upload could not be cancelled"))}
      >
        {status === "ready" && <p className={classes.note}>Until it has been read, the present file stays in use.</p>}
      </IngestProgress>
    </div>
  );
}

function NotSent({ uploadKey, reason }: { uploadKey: number; reason: string | null }) {
  const { uploads } = useUploads();
  return (
    <div className={classes.notice} data-testid="next-version-not-sent">
      <FailureNotice error={new Error(reason ?? "")} title="The newer file did not arrive">
        <Group gap="xs" mt="sm">
          <Button
            size="xs"
            onClick={() => uploads.again(uploadKey).catch(notifyFailure("The upload could not be started again"))}
          >
            Send it again
          </Button>
          <Button size="xs" variant="default" onClick={() => uploads.forget(uploadKey)}>
            Leave it
          </Button>
        </Group>
      </FailureNotice>
    </div>
  );
}

function NotRead({ dataset, next }: { dataset: Dataset; next: Next }) {
  const [choosing, { open, close }] = useDisclosure(false);
  const { dismissed, dismiss } = useDismissed(`refused-${dataset.id}`, String(next.version));
  const canEdit = useCanEdit(dataset.workspaceId);
  if (dismissed) return null;
  return (
    <div className={classes.notice} data-testid="next-version-failed">
      <FailureNotice
        error={new Error(next.error?.message ?? "No reason was given.")}
        title={`The newer file ${next.fileName} could not be read`}
        tone="notice"
      >
        <Place error={next.error} />
        {dataset.status === "ready" && <p>Nothing has changed: {dataset.fileName} stays in use.</p>}
        <Group gap="xs" mt="sm">
          {canEdit && (
            <Button size="xs" onClick={open}>
              Choose another file
            </Button>
          )}
          <Button size="xs" variant="default" onClick={dismiss}>
            Close
          </Button>
        </Group>
      </FailureNotice>
      <NewVersion dataset={dataset} opened={choosing} onClose={close} />
    </div>
  );
}

/** Somebody else's upload, or one that was given up. */
function Announced({ next }: { next: Next }) {
  return (
    <p className={classes.announced}>
      A newer file, {next.fileName}, was announced and has not arrived. If it never does, nothing changes.
    </p>
  );
}
