import { notifications } from "@mantine/notifications";

/** Tells of a failed action for which the page has no place of its own. */
export function notifyFailure(title: string) {
  return (error: unknown) =>
    notifications.show({
      title,
      message: error instanceof Error ? error.message : "Something went wrong.",
      color: "red",
      autoClose: 8000,
    });
}
