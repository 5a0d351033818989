import { Button } from "@mantine/core";
import { useState } from "react";
import type { Cell } from "../../../contract/index.ts";
import { columnKind, type FormattedColumn, formatCell } from "../format/cells.ts";
import { formatNumber } from "../format/numbers.ts";
import classes from "./result-table.module.css";

interface ResultTableProps {
  columns: readonly FormattedColumn[];
  rows: readonly (readonly Cell[])[];
  /** What the table is, for those who can't see where it stands. */
  caption: string;
}

const step = 100;

/** Rows as they are; the first hundred, and more when asked for. */
export function ResultTable({ columns, rows, caption }: ResultTableProps) {
  const [limit, setLimit] = useState(step);
  const shown = rows.slice(0, limit);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label={caption}>
        <table className={classes.table}>
          <caption className="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.name} scope="col" data-kind={columnKind(column.type)} title={column.type}>
                  {column.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
              <tr key={index}>
                {columns.map((column, place) => (
                  <TableCell key={column.name} value={row[place] ?? null} column={column} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {limit < rows.length && (
        <Button variant="subtle" size="compact-sm" mt="xs" onClick={() => setLimit(limit + step)}>
          Show more of {formatNumber(rows.length)} rows
        </Button>
      )}
    </>
  );
}

function TableCell({ value, column }: { value: Cell; column: FormattedColumn }) {
  return (
    <td data-kind={columnKind(column.type)} data-empty={value === null || undefined}>
      {formatCell(value, column)}
    </td>
  );
}
