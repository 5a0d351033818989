import { maxKeptRejects, type Reject } from "../../contract/index.ts";
import { Sample } from "./sample.ts";

/** So many are shown on the dataset itself. */
export const rejectSampleSize = 100;
const longestValue = 500;

/**
 * Every row and cell of one ingest that did not become data. Of more than can be kept, those kept are picked at random from the
 * whole file, half of them rows and half of them cells if there are enough of both.
 */
export class Ledger {
  count = 0;
  private readonly keptRows = new Sample<Reject>(maxKeptRejects);
  private readonly keptCells = new Sample<Reject>(maxKeptRejects);
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
    const kept = column === null ? this.keptRows : this.keptCells;
    kept.add(() => ({ row, column, value: shorten(value), reason }));
  }

  /** Counts rejects that are not kept. */
  addCount(column: string | null, count: number): void {
    this.count += count;
    if (column === null) this.rows += count;
    else this.byColumn.set(column, (this.byColumn.get(column) ?? 0) + count);
  }

  /** Takes over what another ledger has. */
  addAll(other: Ledger): void {
    for (const reject of other.entries()) this.keep(reject);
    this.addCount(null, other.rows);
    for (const [column, count] of other.byColumn) this.addCount(column, count);
  }

  /** The kept rejects, or at most so many of them, by row. */
  entries(limit = maxKeptRejects): Reject[] {
    const [rows, cells] = [byRow(this.keptRows.items), byRow(this.keptCells.items)];
    const rowCount = Math.min(rows.length, limit - Math.min(cells.length, Math.floor(limit / 2)));
    return byRow([...evenly(rows, rowCount), ...evenly(cells, limit - rowCount)]);
  }

  /** Rejected cells of the column, without the rows that are left out as a whole. */
  countOf(column: string): number {
    return this.byColumn.get(column) ?? 0;
  }

  get rowCount(): number {
    return this.rows;
  }
}

function byRow(rejects: readonly Reject[]): Reject[] {
  return rejects.toSorted((one, other) => (one.row ?? 0) - (other.row ?? 0));
}

/** At most so many of a list, at even distances. */
function evenly<Item>(list: readonly Item[], count: number): Item[] {
  if (count >= list.length) return [...list];
  const step = list.length / count;
  return list.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step)).slice(0, count);
}

function shorten(value: string | null): string | null {
  return value !== null && value.length > longestValue ? `${value.slice(0, longestValue - 1)}…` : value;
}
