import type { CellRange } from "./cell-range.ts";

/**
 * Repeats the value of cells that are merged downward in each of their rows, as it is meant: a label that stands once for
 * a group of rows. Cells merged sideways keep it in their first column only.
 */
export class MergedValues {
  private readonly byRow = new Map<number, CellRange[]>();
  private active: { range: CellRange; text: string | null }[] = [];

  constructor(merges: CellRange[]) {
    for (const range of merges) {
      if (range.lastRow === range.firstRow) continue;
      const starting = this.byRow.get(range.firstRow);
      if (starting) starting.push(range);
      else this.byRow.set(range.firstRow, [range]);
    }
  }

  /** Fills the row's cells; rows come in order. `position` is the index in `cells` of a column of the sheet. */
  fill(row: number, cells: (string | null)[], position: (column: number) => number | undefined): void {
    if (this.active.length > 0) {
      this.active = this.active.filter(({ range }) => range.lastRow >= row);
      for (const { range, text } of this.active) {
        const index = position(range.firstColumn);
        if (index !== undefined && cells[index] === null) cells[index] = text;
      }
    }
    for (const range of this.byRow.get(row) ?? []) {
      const index = position(range.firstColumn);
      if (index !== undefined) this.active.push({ range, text: cells[index] ?? null });
    }
  }
}
