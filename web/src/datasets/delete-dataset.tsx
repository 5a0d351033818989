import { Button, Group, Modal } from "@mantine/core";
import type { Dataset } from "../../../contract/index.ts";
import { FailureNotice } from "../feedback/failure-notice.tsx";
import { navigate } from "../routing/navigation.tsx";
import { homePath } from "../routing/routes.ts";
import { useDeleteDataset } from "./use-dataset.ts";

interface DeleteDatasetProps {
  dataset: Dataset;
  opened: boolean;
  onClose: () => void;
}

export function DeleteDataset({ dataset, opened, onClose }: DeleteDatasetProps) {
  const remove = useDeleteDataset();
  const confirm = () => remove.mutate(dataset, { onSuccess: () => navigate(homePath, { replace: true }) });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={<strong>Delete “{dataset.name}”?</strong>}
      centered
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <p style={{ margin: "0 0 20px", lineHeight: 1.55 }}>
        The file, its columns and every chart made from it are deleted for everyone in the workspace. This can't be
        undone.
      </p>
      {remove.isError && <FailureNotice error={remove.error} title="Could not delete the dataset" />}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose} data-autofocus>
          Keep it
        </Button>
        <Button color="red" loading={remove.isPending} onClick={confirm}>
          Delete dataset and charts
        </Button>
      </Group>
    </Modal>
  );
}
