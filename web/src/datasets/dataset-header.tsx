import { ActionIcon, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDots, IconTrash } from "@tabler/icons-react";
import type { Dataset } from "../../../contract/index.ts";
import { InlineText } from "../feedback/inline-text.tsx";
import { notifyFailure } from "../feedback/notify-failure.ts";
import { formatBytes, formatCount } from "../format/numbers.ts";
import { formatAgo } from "../format/times.ts";
import classes from "./dataset-header.module.css";
import { DeleteDataset } from "./delete-dataset.tsx";
import { useUpdateDataset } from "./use-dataset.ts";

export function DatasetHeader({ dataset }: { dataset: Dataset }) {
  const update = useUpdateDataset(dataset);
  const [deleting, { open, close }] = useDisclosure(false);
  return (
    <header className={classes.header}>
      <div className={classes.text}>
        <InlineText
          value={dataset.name}
          label="Name of the dataset"
          maxLength={200}
          onSave={(name) => update.mutate({ name }, { onError: notifyFailure("Could not rename the dataset") })}
        >
          <h1 data-testid="dataset-name">{update.isPending ? update.variables.name : dataset.name}</h1>
        </InlineText>
        <p className={classes.facts} data-testid="dataset-facts">
          {facts(dataset).join(" · ")}
        </p>
      </div>
      <Menu position="bottom-end" width={180}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label="More about this dataset">
            <IconDots size={20} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconTrash size={16} />} color="red" onClick={open}>
            Delete dataset…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <DeleteDataset dataset={dataset} opened={deleting} onClose={close} />
    </header>
  );
}

function facts({ fileName, fileSize, rowCount, columns, createdAt }: Dataset): string[] {
  const size = rowCount === null ? [] : [`${formatCount(rowCount, "row")} × ${formatCount(columns.length, "column")}`];
  return [...size, fileName, formatBytes(fileSize), `added ${formatAgo(createdAt, Date.now())}`];
}
