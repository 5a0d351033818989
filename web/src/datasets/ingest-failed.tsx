import { Button, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { Dataset } from "../../../contract/index.ts";
import { FailureNotice } from "../feedback/failure-notice.tsx";
import { notifyFailure } from "../feedback/notify-failure.ts";
import { DeleteAndStartOver } from "./delete-and-start-over.tsx";
import { NewVersion } from "./new-version.tsx";
import { Place } from "./place.tsx";
import { ReadingForm } from "./reading-form.tsx";
import { lastGoodOptions, optionsToMend } from "./reading-words.ts";
import { useCanEdit } from "./use-can-edit.ts";
import { useUpdateDataset } from "./use-dataset.ts";

/** Why a file could not be read, and the ways on: as before, another file, another way of reading, or none. */
export function IngestFailed({ dataset }: { dataset: Dataset }) {
  const { error, rowCount } = dataset;
  const [choosing, { open, close }] = useDisclosure(false);
  const [reading, { toggle }] = useDisclosure(false);
  const canEdit = useCanEdit();
  const fields = optionsToMend(dataset);
  return (
    <div data-testid="ingest-failed">
      <FailureNotice
        error={new Error(error?.message ?? "No reason was given.")}
        title={rowCount === null ? "This file could not be read" : "The file could not be read in this way"}
      >
        <Place error={error} />
        {canEdit && (
          <Group gap="xs" mt="sm">
            {rowCount !== null && <AsBefore dataset={dataset} />}
            <Button size="xs" variant={rowCount === null ? "filled" : "default"} onClick={open}>
              Choose another file
            </Button>
            {fields.length > 0 && (
              <Button size="xs" variant="default" onClick={toggle} aria-expanded={reading}>
                Change how it is read
              </Button>
            )}
            {rowCount === null && <DeleteAndStartOver dataset={dataset} />}
          </Group>
        )}
      </FailureNotice>
      {reading && <ReadingForm dataset={dataset} fields={fields} />}
      <NewVersion dataset={dataset} opened={choosing} onClose={close} />
    </div>
  );
}

/** Goes back to the way in which the file was read last. */
function AsBefore({ dataset }: { dataset: Dataset }) {
  const update = useUpdateDataset(dataset);
  const goBack = () =>
    update.mutate({ options: lastGoodOptions(dataset) }, { onError: notifyFailure("The file is not read again") });
  return (
    <Button size="xs" loading={update.isPending} onClick={goBack}>
      Read it as before
    </Button>
  );
}
