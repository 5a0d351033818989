import { Button, CloseButton, Progress } from "@mantine/core";
import type { Dataset } from "../../../contract/index.ts";
import { useDatasets } from "../datasets/use-datasets.ts";
import { notifyFailure } from "../feedback/notify-failure.ts";
import { Link } from "../routing/navigation.tsx";
import { datasetPath } from "../routing/routes.ts";
import type { FileUpload } from "./file-upload.ts";
import classes from "./upload-list.module.css";
import { uploadWords } from "./upload-words.ts";
import { useUploads } from "./uploads-provider.tsx";

/** The files that this tab has sent or is sending to a workspace, each with what can be done about it. */
export function UploadList({ workspaceId }: { workspaceId: string | undefined }) {
  const { list } = useUploads();
  const { data: datasets } = useDatasets(workspaceId);
  const shown = list.filter((upload) => upload.workspaceId === workspaceId && !upload.isVersion);
  if (shown.length === 0) return null;
  return (
    <section className={classes.section} aria-label="Files of this session" data-testid="uploads">
      <h2 className={classes.heading}>Files you brought</h2>
      <ul className={classes.list}>
        {shown.map((upload) => (
          <UploadItem key={upload.key} upload={upload} dataset={datasets?.find(({ id }) => id === upload.datasetId)} />
        ))}
      </ul>
    </section>
  );
}

function UploadItem({ upload, dataset }: { upload: FileUpload; dataset: Dataset | undefined }) {
  const { key, file, sent, state, datasetId } = upload;
  const isUnderWay = state === "sending" && (dataset === undefined || dataset.status === "awaiting-upload");
  const broken = state === "failed" && dataset?.status !== "ready" && dataset?.status !== "ingesting";
  return (
    <li className={classes.item} data-state={broken ? "failed" : state} data-testid="upload">
      <div className={classes.text}>
        {datasetId !== null && !broken ? <Link href={datasetPath(datasetId)}>{file.name}</Link> : <b>{file.name}</b>}
        <small aria-live="polite">{uploadWords(upload, dataset)}</small>
      </div>
      <UploadActions upload={upload} broken={broken} />
      {isUnderWay && (
        <Progress
          className={classes.progress ?? ""}
          value={(sent / Math.max(1, file.size)) * 100}
          size="xs"
          aria-label={`Sending ${file.name}`}
          key={key}
        />
      )}
    </li>
  );
}

function UploadActions({ upload: { key, file, state }, broken }: { upload: FileUpload; broken: boolean }) {
  const { uploads } = useUploads();
  const cancel = () => void uploads.cancel(key).catch(notifyFailure("The cancelled dataset could not be removed"));
  return (
    <div className={classes.actions}>
      {broken && (
        <Button
          size="compact-sm"
          onClick={() => void uploads.again(key).catch(() => undefined)}
          aria-label={`Send ${file.name} again`}
        >
          Send again
        </Button>
      )}
      {state === "sending" || state === "waiting" || broken ? (
        <Button size="compact-sm" variant="default" onClick={cancel} aria-label={`Cancel ${file.name}`}>
          Cancel
        </Button>
      ) : (
        <CloseButton size="sm" aria-label={`Take ${file.name} from this list`} onClick={() => uploads.forget(key)} />
      )}
    </div>
  );
}
