import { ActionIcon, Button, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDots, IconTrash, IconUpload } from "@tabler/icons-react";
import type { Dataset } from "../../../contract/index.ts";
import { InlineText } from "../feedback/inline-text.tsx";
import { notifyFailure } from "../feedback/notify-failure.ts";
import { formatBytes, formatCount } from "../format/numbers.ts";
import { formatAgo } from "../format/times.ts";
import { useCanEdit } from "../session/use-can-edit.ts";
import classes from "./dataset-header.module.css";
import { DeleteDataset } from "./delete-dataset.tsx";
import { NewVersion } from "./new-version.tsx";
import { useUpdateDataset } from "./use-dataset.ts";

export function DatasetHeader({ dataset }: { dataset: Dataset }) {
  const canEdit = useCanEdit(dataset.workspaceId);
  return (
    <header className={classes.header}>
      <div className={classes.text}>
        {canEdit ? <EditableName dataset={dataset} /> : <h1 data-testid="dataset-name">{dataset.name}</h1>}
        <p className={classes.facts} data-testid="dataset-facts">
          {facts(dataset).join(" · ")}
        </p>
      </div>
      {canEdit && <Actions dataset={dataset} />}
    </header>
  );
}

function EditableName({ dataset }: { dataset: Dataset }) {
  const update = useUpdateDataset(dataset);
  return (
    <InlineText
      value={dataset.name}
      label="Name of the dataset"
      maxLength={200}
      onSave={(name) => update.mutate({ name }, { onError: notifyFailure("Could not rename the dataset") })}
    >
      <h1 data-testid="dataset-name">{update.isPending ? update.variables.name : dataset.name}</h1>
    </InlineText>
  );
}

function Actions({ dataset }: { dataset: Dataset }) {
  const [deleting, deletion] = useDisclosure(false);
  const [renewing, renewal] = useDisclosure(false);
  const mayRenew = dataset.status === "ready" && dataset.nextVersion?.status !== "ingesting";
  return (
    <div className={classes.actions}>
      {mayRenew && (
        <Button variant="default" leftSection={<IconUpload size={16} />} onClick={renewal.open}>
          Newer file
        </Button>
      )}
      <Menu position="bottom-end" width={180}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label="More about this dataset">
            <IconDots size={20} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconTrash size={16} />} color="red" onClick={deletion.open}>
            Delete dataset…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <NewVersion dataset={dataset} opened={renewing} onClose={renewal.close} />
      <DeleteDataset dataset={dataset} opened={deleting} onClose={deletion.close} />
    </div>
  );
}

function facts({ fileName, fileSize, rowCount, columns, version, createdAt }: Dataset): string[] {
  const size = rowCount === null ? [] : [`${formatCount(rowCount, "row")} × ${formatCount(columns.length, "column")}`];
  const age = `added ${formatAgo(createdAt, Date.now())}`;
  return [...size, fileName, formatBytes(fileSize), ...(version > 1 ? [`version ${version}`] : []), age];
}
