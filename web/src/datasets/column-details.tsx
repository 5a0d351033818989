import { Drawer } from "@mantine/core";
import type { Column, Dataset } from "../../../contract/index.ts";
import { roleWords, valueKind } from "../format/column-words.ts";
import { useCanEdit } from "../session/use-can-edit.ts";
import classes from "./column-details.module.css";
import { ColumnForm } from "./column-form.tsx";
import { Histogram } from "./histogram.tsx";
import { profileFacts } from "./profile-words.ts";
import { hasFrequent, TopValues } from "./top-values.tsx";

interface ColumnDetailsProps {
  dataset: Dataset;
  /** The column's name; null for none. */
  name: string | null;
  onClose: () => void;
}

/** All that is known of one column, beside the page, and its label, description and type to be changed. */
export function ColumnDetails({ dataset, name, onClose }: ColumnDetailsProps) {
  const column = dataset.columns.find((one) => one.name === name);
  const canEdit = useCanEdit(dataset.workspaceId);
  return (
    <Drawer
      opened={column !== undefined}
      onClose={onClose}
      position="right"
      size={460}
      title={<strong className={classes.title}>{column?.label ?? column?.name}</strong>}
      closeButtonProps={{ "aria-label": "Close the column's details" }}
      data-testid="column-details"
    >
      {column && (
        <>
          <Summary column={column} />
          <ProfileDetails column={column} rowCount={dataset.rowCount ?? 0} />
          {canEdit && (
            <ColumnForm key={`${column.name} ${column.type}`} dataset={dataset} column={column} onSaved={onClose} />
          )}
        </>
      )}
    </Drawer>
  );
}

function Summary({ column }: { column: Column }) {
  const { name, label, type, typeIsChosen, role, description } = column;
  return (
    <div className={classes.summary}>
      <p>
        <span title={type}>{valueKind(column)}</span>
        {typeIsChosen && ", as chosen"}
        {label !== null && label !== name && ` · in the file: ${name}`}
      </p>
      {role && (
        <p>
          {roleWords[role].name}: {roleWords[role].meaning.toLowerCase()}
        </p>
      )}
      {description && <p className={classes.description}>{description}</p>}
    </div>
  );
}

function ProfileDetails({ column, rowCount }: { column: Column; rowCount: number }) {
  const { histogram = [], topValues, estimated = [] } = column.profile;
  return (
    <>
      <dl className={classes.facts} data-testid="column-facts">
        {profileFacts(column, rowCount).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {histogram.length > 0 && (
        <section>
          <h3 className={classes.heading}>How the values are spread</h3>
          <Histogram column={column} ends />
        </section>
      )}
      {topValues.length > 0 && (
        <section>
          <h3 className={classes.heading}>
            {hasFrequent(column.profile) ? "Most frequent values" : "Some of the values"}
          </h3>
          <TopValues column={column} rowCount={rowCount} limit={10} counts />
        </section>
      )}
      {estimated.length > 0 && (
        <p className={classes.note}>The table is large: {estimatedWords(estimated)} come from a sample of its rows.</p>
      )}
    </>
  );
}

const estimatedNames = {
  distinctCount: "the number of different values",
  quartiles: "the quartiles",
  histogram: "the spread",
  topValues: "the most frequent values",
};

function estimatedWords(estimated: NonNullable<Column["profile"]["estimated"]>): string {
  return new Intl.ListFormat("en").format(estimated.map((member) => estimatedNames[member]));
}
