import { Button } from "@mantine/core";
import { notifyFailure } from "../feedback/notify-failure.ts";
import classes from "./file-drop.module.css";
import { FileDrop } from "./file-drop.tsx";
import { UploadList } from "./upload-list.tsx";
import { exampleFile, useStartUploads } from "./use-start-upload.ts";

/** Takes files, or the example, that become datasets, and shows how far they have come. */
export function NewDataset({ workspaceId }: { workspaceId: string | undefined }) {
  const start = useStartUploads(workspaceId);
  const tryExample = () =>
    exampleFile().then((file) => start.mutate([file]), notifyFailure("The example could not be loaded"));
  return (
    <>
      <FileDrop multiple onFiles={start.mutate} busy={start.isPending} disabled={workspaceId === undefined} />
      <div className={classes.example}>
        No file at hand?
        <Button
          variant="subtle"
          size="compact-sm"
          disabled={workspaceId === undefined || start.isPending}
          onClick={() => void tryExample()}
        >
          Try it with an example
        </Button>
      </div>
      <UploadList workspaceId={workspaceId} />
    </>
  );
}
