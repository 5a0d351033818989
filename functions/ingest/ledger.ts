import type { Reject } from "../../contract/index.ts";

/** So many rejects are kept with their values; the counts go on beyond. */
export const maxKeptRejects = 10_000;
/** So many are shown on the dataset itself. */
export const rejectSampleSize = 100;
const longestValue = 500;

/** Every row and cell of one ingest that did not become data. */
export class Ledger {
  count = 0;
  private readonly kept: Reject[] = [];
  private readonly byColumn = new Map<string, number>();
  /** Rows that are missing as a whole, which concerns every column. */
  private rows = 0;

  /** `column` is the column's name, or null if the whole row is left out; `row` counts from 1 in the original file. */
  add({ row, column, value, reason }: Reject): void {
    this.addCount(column, 1);
    this.keep({ row, column, value, reason });
  }

  /** Keeps one, as far as there is room, that is counted already. */
  keep({ row, column, value, reason }: Reject): void {
    if (this.kept.length < maxKeptRejects) this.kept.push({ row, column, value: shorten(value), reason });
  }

  /** Counts rejects that are not kept. */
  addCount(column: string | null, count: number): void {
    this.count += count;
    if (column === null) this.rows += count;
    else this.byColumn.set(column, (this.byColumn.get(column) ?? 0) + count);
  }

  /** The kept rejects, by row. */
  entries(): Reject[] {
    return this.kept.toSorted((one, other) => (one.row ?? 0) - (other.row ?? 0));
  }

  /** Rejected cells of the column, without the rows that are left out as a whole. */
  countOf(column: string): number {
    return this.byColumn.get(column) ?? 0;
  }

  get rowCount(): number {
    return this.rows;
  }
}

function shorten(value: string | null): string | null {
  return value !== null && value.length > longestValue ? `${value.slice(0, longestValue - 1)}…` : value;
}
