import { Modal } from "@mantine/core";
import type { Dataset } from "../../../contract/index.ts";
import { FileDrop } from "../uploads/file-drop.tsx";
import { useStartVersion } from "../uploads/use-start-upload.ts";

interface NewVersionProps {
  dataset: Dataset;
  opened: boolean;
  onClose: () => void;
}

/** Takes a newer file for a dataset. */
export function NewVersion({ dataset, opened, onClose }: NewVersionProps) {
  const start = useStartVersion(dataset);
  const send = ([file]: File[]) => {
    // How it goes on is told on the page.
    if (file) start.mutate(file);
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={<strong>A newer file for “{dataset.name}”</strong>}
      size="lg"
      centered
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <p style={{ margin: "0 0 16px", lineHeight: 1.55 }}>
        {dataset.status === "ready"
          ? "The present file stays in use until the new one has been read. "
          : "It takes the place of the file that could not be read. "}
        Labels, descriptions and chosen types are kept where the columns are the same.
      </p>
      <FileDrop multiple={false} onFiles={send} />
    </Modal>
  );
}
