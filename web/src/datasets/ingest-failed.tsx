import { Button, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { Dataset } from "../../../contract/index.ts";
import { FailureNotice } from "../feedback/failure-notice.tsx";
import { useCanEdit } from "../session/use-can-edit.ts";
import { DeleteAndStartOver } from "./delete-and-start-over.tsx";
import { NewVersion } from "./new-version.tsx";
import { Place } from "./place.tsx";
import { ReadingForm } from "./reading-form.tsx";
import { optionsToMend } from "./reading-words.ts";

/** Why a file could not be read, and the ways on: another file, another way of reading, or none. */
export function IngestFailed({ dataset }: { dataset: Dataset }) {
  const { error } = dataset;
  const [choosing, { open, close }] = useDisclosure(false);
  // Of several tables one has to be chosen, and nothing is wrong with the file.
  const isChoice = error?.code === "several-files" && dataset.tables.length > 0;
  const fields = isChoice ? (["sheet"] as const) : optionsToMend(dataset);
  const [reading, { toggle }] = useDisclosure(false);
  const canEdit = useCanEdit(dataset.workspaceId);
  return (
    <div data-testid="ingest-failed">
      <FailureNotice
        error={new Error(error?.message ?? "No reason was given.")}
        title={isChoice ? "Which table is it?" : "This file could not be read"}
      >
        <Place error={error} />
        {canEdit && (
          <Group gap="xs" mt="sm">
            <Button size="xs" variant={isChoice ? "default" : "filled"} onClick={open}>
              Choose another file
            </Button>
            {fields.length > 0 && !isChoice && (
              <Button size="xs" variant="default" onClick={toggle} aria-expanded={reading}>
                Change how it is read
              </Button>
            )}
            <DeleteAndStartOver dataset={dataset} />
          </Group>
        )}
      </FailureNotice>
      {(reading || isChoice) && <ReadingForm dataset={dataset} fields={fields} />}
      <NewVersion dataset={dataset} opened={choosing} onClose={close} />
    </div>
  );
}
