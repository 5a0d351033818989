import { Button } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Dataset, ReadOptions } from "../../../contract/index.ts";
import { FailureNotice } from "../feedback/failure-notice.tsx";
import classes from "./form.module.css";
import { ReadingField } from "./reading-field.tsx";
import type { ReadOption } from "./reading-words.ts";
import { useUpdateDataset } from "./use-dataset.ts";

/** Changes how a file is read: what is not set is found out from the file. */
export function ReadingForm({ dataset, fields }: { dataset: Dataset; fields: readonly ReadOption[] }) {
  const [draft, setDraft] = useState<ReadOptions>(dataset.options);
  const update = useUpdateDataset(dataset);
  const isChanged = fields.some((field) => draft[field] !== dataset.options[field]);
  const save = (event: FormEvent) => {
    event.preventDefault();
    // How it goes on is told at the top.
    update.mutate({ options: draft }, { onSuccess: () => scrollTo(0, 0) });
  };
  if (fields.length === 0) return null;
  return (
    <form className={classes.form} onSubmit={save} aria-label="Read the file differently">
      <div className={classes.fields}>
        {fields.map((option) => (
          <ReadingField key={option} option={option} dataset={dataset} options={draft} onChange={setDraft} />
        ))}
      </div>
      <p className={classes.note}>
        A change has the file read again, without another upload. Charts use the new table once they are refreshed.
      </p>
      {update.isError && <FailureNotice error={update.error} title="The file is not read again" />}
      <Button type="submit" disabled={!isChanged || dataset.status === "ingesting"} loading={update.isPending}>
        Read again
      </Button>
    </form>
  );
}
