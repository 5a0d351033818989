import { Button, Group, Modal } from "@mantine/core";
import { FailureNotice } from "../feedback/failure-notice.tsx";

interface ConfirmDeletionProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** What goes, and what stays. */
  text: string;
  action: string;
  remove: { isPending: boolean; error: unknown };
  onConfirm: () => void;
}

export function ConfirmDeletion({ opened, onClose, title, text, action, remove, onConfirm }: ConfirmDeletionProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={<strong>{title}</strong>} centered>
      <p style={{ margin: "0 0 20px", lineHeight: 1.55 }}>{text}</p>
      {remove.error !== null && <FailureNotice error={remove.error} title="It could not be deleted" />}
      <Group justify="flex-end" gap="sm" mt="sm">
        <Button variant="default" onClick={onClose} data-autofocus>
          Keep it
        </Button>
        <Button color="red" loading={remove.isPending} onClick={onConfirm}>
          {action}
        </Button>
      </Group>
    </Modal>
  );
}
