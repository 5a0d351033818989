import type { Ledger } from "../ledger.ts";
import { RowGroups } from "../row-groups.ts";
import { isSubtotal, isSumOfRowsBelow, Subtotals } from "../subtotals.ts";
import type { CellRange } from "./cell-range.ts";
import type { CellReader } from "./cell-reader.ts";
import { isAllDurations } from "./column-type.ts";
import type { TableLocation } from "./locate-table.ts";
import { MergedValues } from "./merged-values.ts";
import type { SheetRow } from "./sheet-rows.ts";

/** Turns a sheet's rows into the table's. */
export class TableRows {
  private readonly location: TableLocation;
  private readonly reader: CellReader;
  private readonly ledger: Ledger;
  private readonly positions = new Map<number, number>();
  private readonly hours: boolean[];
  private readonly merged: MergedValues;
  private readonly subtotals = new Subtotals();
  private readonly groups: RowGroups | undefined;

  constructor(location: TableLocation, merges: CellRange[], reader: CellReader, ledger: Ledger) {
    this.location = location;
    this.reader = reader;
    this.ledger = ledger;
    for (const [index, { column }] of location.columns.entries()) this.positions.set(column, index);
    this.groups = location.groups ? new RowGroups(ledger) : undefined;
    this.hours = location.columns.map(({ tally }) => isAllDurations(tally));
    this.merged = new MergedValues(
      merges.filter(({ firstRow }) => firstRow >= location.firstRow && firstRow <= location.lastRow),
    );
  }

  /** The row's cells in the order of the columns, its group in front if there are groups; undefined for a row that is blank, a subtotal, the name of a group, or not of the table. */
  cells(row: SheetRow): (string | null)[] | undefined {
    const { firstRow, lastRow, columns } = this.location;
    if (row.number < firstRow || row.number > lastRow) return undefined;
    const cells: (string | null)[] = new Array(columns.length).fill(null);
    let isBlank = true;
    for (const cell of row.cells) {
      const kind = this.reader.kind(cell);
      if (kind === "blank") continue;
      const index = this.positions.get(cell.column);
      if (index === undefined) continue;
      isBlank = false;
      if (kind === "fault") {
        const column = columns[index]?.name ?? "";
        this.ledger.add({ row: row.number, column, value: cell.value, reason: this.reader.fault(cell) });
      } else cells[index] = this.reader.text(cell, kind, this.hours[index]);
    }
    if (isBlank) return undefined;
    if (this.subtotals.has(cells)) {
      const value = cells.filter((cell) => cell !== null).join(" ¦ ");
      this.ledger.add({ row: row.number, column: null, value, reason: isSubtotal });
      return undefined;
    }
    if (this.location.sums.has(row.number)) {
      const value = cells.filter((cell) => cell !== null).join(" ¦ ");
      this.ledger.add({ row: row.number, column: null, value, reason: isSumOfRowsBelow });
      this.groups?.begin(row.number, cells[0] ?? "");
      return undefined;
    }
    if (this.groups?.isName(row.number, cells)) return undefined;
    this.merged.fill(row.number, cells, (column) => this.positions.get(column));
    return this.groups ? [this.groups.current, ...cells] : cells;
  }

  /** After the last row. */
  end(): void {
    this.groups?.end();
  }
}
