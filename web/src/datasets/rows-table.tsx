import type { Cell, Column } from "../../../contract/index.ts";
import { columnKind } from "../format/cells.ts";
import { formatByColumn } from "../format/column-values.ts";
import { roleWords, valueKind } from "../format/column-words.ts";
import { formatNumber } from "../format/numbers.ts";
import { ColumnIcon } from "./column-icon.tsx";
import classes from "./rows-table.module.css";

/** A dataset's column, or one that only has a name and a type. */
type ShownColumn = Pick<Column, "name" | "type"> & Partial<Pick<Column, "label" | "role" | "format">>;

interface RowsTableProps {
  columns: readonly ShownColumn[];
  rows: readonly (readonly Cell[])[];
  /** The number of the first of them. */
  first: number;
  /** What the table is, for those who can't see where it stands. */
  caption: string;
  /** Opens a column's details. */
  onOpen: (column: string) => void;
}

/** Rows as the file had them, below what is known of each column. */
export function RowsTable({ columns, rows, first, caption, onOpen }: RowsTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.scroll} tabIndex={0} aria-label={caption}>
      <table className={classes.table} data-testid="rows">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col" className={classes.number}>
              <span className="visually-hidden">Row</span>
            </th>
            {columns.map((column) => (
              <Header key={column.name} column={column} onOpen={() => onOpen(column.name)} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
            <tr key={index}>
              <th scope="row" className={classes.number}>
                {formatNumber(first + index)}
              </th>
              {columns.map((column, place) => (
                <TableCell key={column.name} value={row[place] ?? null} column={column} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Header({ column, onOpen }: { column: ShownColumn; onOpen: () => void }) {
  const { name, label, type, role } = column;
  return (
    <th scope="col" data-kind={columnKind(type)}>
      <button type="button" onClick={onOpen} title={`Details of ${label ?? name}`}>
        <ColumnIcon type={type} size={14} /> {label ?? name}
      </button>
      <small title={role && roleWords[role].meaning}>
        {valueKind(column)}
        {role && ` · ${roleWords[role].name}`}
      </small>
    </th>
  );
}

function TableCell({ value, column }: { value: Cell; column: ShownColumn }) {
  if (value === null || value === "") {
    return (
      <td data-kind={columnKind(column.type)} data-empty>
        {value === null ? <abbr title="No value">–</abbr> : <i>empty text</i>}
      </td>
    );
  }
  const text = formatByColumn(value, { role: undefined, format: undefined, ...column });
  return (
    <td data-kind={columnKind(column.type)} title={text.length > 40 ? text.slice(0, 2000) : undefined}>
      {text}
    </td>
  );
}
