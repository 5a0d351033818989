import { NativeSelect } from "@mantine/core";
import type { Column, RowsQuery } from "../../../contract/index.ts";
import classes from "./dataset-rows.module.css";

export type RowOrder = Pick<RowsQuery, "sort" | "order">;

interface RowsOrderProps {
  columns: readonly Column[];
  value: RowOrder;
  onChange: (order: RowOrder) => void;
}

const directions = [
  { value: "asc", label: "Smallest first" },
  { value: "desc", label: "Largest first" },
];

/** The column that rows are sorted by, or none for the order of the file. */
export function RowsOrder({ columns, value: { sort, order }, onChange }: RowsOrderProps) {
  // No column has an empty name, which so can stand for none.
  const choices = columns.map(({ name, label }) => ({ value: name, label: label ?? name }));
  return (
    <div className={classes.order}>
      <NativeSelect
        size="xs"
        aria-label="Sort rows by"
        value={sort ?? ""}
        data={[
          { value: "", label: "In the order of the file" },
          { group: "Sorted by", items: choices },
        ]}
        onChange={({ currentTarget: { value } }) => onChange({ order, ...(value !== "" && { sort: value }) })}
      />
      {sort !== undefined && (
        <NativeSelect
          size="xs"
          aria-label="Direction"
          value={order}
          data={directions}
          onChange={({ currentTarget: { value } }) => onChange({ sort, order: value === "desc" ? "desc" : "asc" })}
        />
      )}
    </div>
  );
}
