import type { SelectableTable } from "../../../contract/index.ts";
import { columnLetters } from "../workbook/sheet-rows.ts";
import { type ColumnRun, columnsBeside } from "../workbook/side-by-side.ts";
import type { SheetSurvey } from "../workbook/survey-sheet.ts";
import { cellKind } from "./cell-kind.ts";
import { filledIn } from "./header.ts";
import { filledLength, findLayout, type NumberedRow } from "./layout.ts";
import { isEmpty } from "./row-kind.ts";

/** One of several tables that stand side by side in a text, as spreadsheets are saved that hold such. */
export interface TableBeside {
  /** By which a person chooses it: where a spreadsheet program shows its first cell. */
  name: string;
  columns: ColumnRun;
  /** Number of its first row of data. */
  firstRow: number;
}

/** The tables that stand side by side in a text's first rows, an empty column between them; none where there is but one. */
export function tablesBeside(rows: readonly NumberedRow[]): TableBeside[] {
  if (!hasGap(rows)) return [];
  return columnsBeside(surveyed(rows)).map((columns) => {
    const { headerRow, firstRow } = findLayout(rowsWithin(columns, rows), undefined);
    return { name: `Table from ${columnLetters(columns.first)}${headerRow || firstRow}`, columns, firstRow };
  });
}

/**
 * The rows as if they had these columns only, without those that have nothing in them. A title is one cell, as above a table that
 * stands alone.
 */
export function rowsWithin(columns: ColumnRun, rows: readonly NumberedRow[]): NumberedRow[] {
  return rows.flatMap((row) => {
    const cells = cellsWithin(columns, row.cells);
    const filled = filledIn(cells);
    return filled === 0 ? [] : [{ ...row, cells: filled === 1 ? cells.slice(0, filledLength(cells)) : cells }];
  });
}

/** A row's cells of these columns, as many as there are columns. */
export function cellsWithin({ first, last }: ColumnRun, cells: readonly string[]): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => cells[first + index] ?? "");
}

/** The table that holds the most. */
export function fullestBeside(tables: readonly TableBeside[], rows: readonly NumberedRow[]): TableBeside | undefined {
  const held = ({ columns }: TableBeside) =>
    rows.reduce((sum, { cells }) => sum + filledIn(cellsWithin(columns, cells)), 0);
  return tables.toSorted((one, other) => held(other) - held(one))[0];
}

/** Counts the rows of each of the tables, to have a person choose among them. */
export class BesideCounts {
  private readonly tables: readonly TableBeside[];
  private readonly rows: number[];

  constructor(tables: readonly TableBeside[]) {
    this.tables = tables;
    this.rows = tables.map(() => 0);
  }

  add(number: number, cells: readonly string[]): void {
    for (const [index, { columns, firstRow }] of this.tables.entries()) {
      if (number >= firstRow && !isEmpty(cellsWithin(columns, cells))) this.rows[index] = (this.rows[index] ?? 0) + 1;
    }
  }

  /** `rowCount` is that of the table which was read. */
  selectable(read: TableBeside, rowCount: number): SelectableTable[] {
    return this.tables.map((table, index) => ({
      name: table.name,
      rowCount: table === read ? rowCount : (this.rows[index] ?? 0),
      columnCount: table.columns.last - table.columns.first + 1,
    }));
  }
}

/** Whether a column between others has nothing in it. */
function hasGap(rows: readonly NumberedRow[]): boolean {
  const used = new Set<number>();
  for (const { cells } of rows) {
    for (const [index, cell] of cells.entries()) if (cell.trim() !== "") used.add(index);
  }
  return used.size > 0 && Math.max(...used) - Math.min(...used) >= used.size;
}

function surveyed(rows: readonly NumberedRow[]): SheetSurvey {
  const kinds = { number: "decimal", time: "date", text: "text" } as const;
  const head = rows.map(({ number, cells }) => ({
    number,
    cells: new Map(
      cells.flatMap((text, column) => {
        const kind = cellKind(text);
        return kind === "empty" ? [] : [[column, { kind: kinds[kind], style: 0, text }] as const];
      }),
    ),
  }));
  return { head, tail: [], lastRows: [], middle: new Map(), rowCount: rows.length, merges: [] };
}
