import { Button } from "@mantine/core";
import type { Dataset } from "../../../contract/index.ts";
import { notifyFailure } from "../feedback/notify-failure.ts";
import { navigate } from "../routing/navigation.tsx";
import { homePath } from "../routing/routes.ts";
import { useDeleteDataset } from "./use-dataset.ts";

/** For a dataset that holds nothing yet, so that there is nothing to confirm. */
export function DeleteAndStartOver({ dataset }: { dataset: Dataset }) {
  const remove = useDeleteDataset();
  return (
    <Button
      size="xs"
      variant="default"
      loading={remove.isPending}
      onClick={() =>
        remove.mutate(dataset, {
          onSuccess: () => navigate(homePath, { replace: true }),
          onError: notifyFailure("Could not delete the dataset"),
        })
      }
    >
      Delete and start over
    </Button>
  );
}
