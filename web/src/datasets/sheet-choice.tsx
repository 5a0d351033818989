import { Button, NativeSelect } from "@mantine/core";
import { useState } from "react";
import type { Dataset } from "../../../contract/index.ts";
import { notifyFailure } from "../feedback/notify-failure.ts";
import { formatNumber } from "../format/numbers.ts";
import { useCanEdit } from "../session/use-can-edit.ts";
import { tableChoice, tableNoun } from "./reading-words.ts";
import classes from "./sheet-choice.module.css";
import { useUpdateDataset } from "./use-dataset.ts";

/** Which of a file's tables this is, where it has several, and the choice of another. */
export function SheetChoice({ dataset }: { dataset: Dataset }) {
  const { tables, read, options } = dataset;
  const current = read?.sheet;
  const [picked, pick] = useState<string | null>(null);
  const update = useUpdateDataset(dataset);
  const canEdit = useCanEdit(dataset.workspaceId);
  if (tables.length < 2) return null;
  const noun = tableNoun(dataset);
  const chosen = picked ?? current ?? "";
  const readIt = () => {
    // Another table has its header elsewhere.
    const { headerRow: _other, ...kept } = options;
    update.mutate(
      { options: { ...kept, sheet: chosen } },
      { onError: notifyFailure(`The ${noun} was not changed`), onSettled: () => pick(null) },
    );
  };
  return (
    <div className={classes.bar} data-testid="sheet-choice">
      <NativeSelect
        label={`This is one of ${formatNumber(tables.length)} ${noun}s of the file`}
        value={chosen}
        disabled={!canEdit || dataset.status === "ingesting"}
        onChange={(event) => pick(event.currentTarget.value)}
        data={tables.map(tableChoice)}
      />
      {chosen !== current && dataset.status === "ready" && (
        <>
          <Button onClick={readIt} loading={update.isPending}>
            Read this {noun} instead
          </Button>
          <p>
            It takes the place of “{current}”: charts made from that may lack their columns when they are refreshed.
          </p>
        </>
      )}
    </div>
  );
}
