import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { type Column, columnType, type Dataset } from "../../../contract/index.ts";
import { FailureNotice } from "../feedback/failure-notice.tsx";
import { typeName } from "../format/cells.ts";
import { typeChoices } from "../format/column-words.ts";
import classes from "./form.module.css";
import { useUpdateDataset } from "./use-dataset.ts";

interface ColumnFormProps {
  dataset: Dataset;
  column: Column;
  onSaved: () => void;
}

/** Changes what a column is called, what is said of it, and as what its cells are read. */
export function ColumnForm({ dataset, column, onSaved }: ColumnFormProps) {
  const { name, type, typeIsChosen } = column;
  const chosenBefore = typeIsChosen ? (columnType.safeParse(type).data ?? null) : null;
  const [label, setLabel] = useState(column.label ?? "");
  const [description, setDescription] = useState(column.description ?? "");
  const [chosen, setChosen] = useState(chosenBefore);
  const update = useUpdateDataset(dataset);
  const readsAgain = chosen !== chosenBefore;
  const isChanged =
    readsAgain || label.trim() !== (column.label ?? "") || description.trim() !== (column.description ?? "");
  const save = (event: FormEvent) => {
    event.preventDefault();
    const words = { label: label.trim() || null, description: description.trim() || null };
    const saved = () => {
      onSaved();
      // How it goes on is told at the top.
      if (readsAgain) scrollTo(0, 0);
    };
    update.mutate({ columns: [{ name, ...words, ...(readsAgain && { type: chosen }) }] }, { onSuccess: saved });
  };
  return (
    <form className={classes.form} onSubmit={save} aria-label={`Change ${name}`}>
      <TextInput
        label="Label"
        description="What it is called in questions and charts"
        placeholder={name}
        maxLength={200}
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
      <Textarea
        label="Description"
        placeholder="Unit, source, how it was counted…"
        autosize
        minRows={2}
        maxLength={1000}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <NativeSelect
        label="Type"
        value={chosen ?? ""}
        onChange={(event) => setChosen(columnType.safeParse(event.currentTarget.value).data ?? null)}
        data={[
          { value: "", label: typeIsChosen ? "As found out" : `As found out: ${typeName(type).toLowerCase()}` },
          ...typeChoices,
        ]}
      />
      {readsAgain && (
        <p className={classes.note}>
          The file is read again, without another upload. Cells that can't be read as this type become empty and are
          listed with their row and value. Charts use the new type once they are refreshed.
        </p>
      )}
      {update.isError && <FailureNotice error={update.error} title="The column was not changed" />}
      <Button type="submit" disabled={!isChanged} loading={update.isPending}>
        {readsAgain ? "Save and read again" : "Save"}
      </Button>
    </form>
  );
}
