/** Cells that are shown as one; the first holds the value. Rows count from 1, columns from 0, ends are included. */
export interface CellRange {
  firstRow: number;
  lastRow: number;
  firstColumn: number;
  lastColumn: number;
}

/** Whether a cell is one of them. */
export function covers(range: CellRange, row: number, column: number): boolean {
  return meetsRow(range, row) && range.firstColumn <= column && column <= range.lastColumn;
}

/** Whether the range is of this row, among others. */
export function meetsRow({ firstRow, lastRow }: CellRange, row: number): boolean {
  return firstRow <= row && row <= lastRow;
}
