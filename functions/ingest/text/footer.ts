import type { Ledger } from "../ledger.ts";
import { groupOf } from "../row-groups.ts";
import { cellKind } from "./cell-kind.ts";
import { usualKinds } from "./header.ts";
import type { Layout, NumberedRow } from "./layout.ts";
import { isEmpty, rawValue } from "./row-kind.ts";

/** Why a row of a footer is none of the table. */
export const belowTable = "The row stands below the table: a total or a note";
/** So many rows at a file's end may be totals and notes. */
const held = 20;
/** What columns hold is known from so many rows at its beginning. */
const knownRows = 50;
/** Share of these in which a column has a value that is never left out. */
const filledThroughout = 0.9;
/** In a table of more rows, one that lacks but its first cell may be a total too. */
const sureRows = 5;
const total =
  /^\W*((grand|sub|overall)[\s-]*)?(totals?|subtotals?|sum|summe|gesamt|gesamtsumme|insgesamt|somme|totaux|totale|suma|totaal|totalt|итого|всего|合计|合計|总计)\W*$/i;
const note =
  /^\W*(\d+ rows?\b|sources?|notes?|remarks?|quelle|hinweis|fuente|fonte|footnote|copyright|generated|created|exported|report|as of|stand|end of|\*|©|\[\d+\])/i;

/**
 * Holds a table's last rows back until the file ends, to tell lines of totals and notes below the table from its rows. They go
 * to the ledger: as rows they would count twice, or not be data at all.
 */
export class Footer<Row extends NumberedRow> {
  private readonly layout: Layout;
  private readonly ledger: Ledger;
  private readonly rows: { row: Row; afterBlank: boolean }[] = [];
  private readonly first: Row[] = [];
  private afterBlank = false;
  private released = 0;

  constructor(layout: Layout, ledger: Ledger) {
    this.layout = layout;
    this.ledger = ledger;
  }

  /** A blank row stands between the row before and the one to come. */
  blank(): void {
    this.afterBlank = true;
  }

  /** Takes a row and gives back one that is certainly no footer. */
  push(row: Row): Row | undefined {
    // Delimiters alone are as good as a blank row.
    const above = this.rows.at(-1)?.row;
    this.rows.push({ row, afterBlank: this.afterBlank || (above !== undefined && isEmpty(above.cells)) });
    this.afterBlank = false;
    if (this.first.length < knownRows && groupOf(row.cells) === undefined) this.first.push(row);
    if (this.rows.length <= held) return undefined;
    this.released += 1;
    return this.rows.shift()?.row;
  }

  /** The held rows that belong to the table, which ends here, if only on this page of it. */
  end(): Row[] {
    let end = this.rows.length;
    const columns = this.knownColumns();
    while (end > 0) {
      if (end < this.rows.length && isEmpty(this.rows[end - 1]?.row.cells ?? [])) {
        end -= 1;
        continue;
      }
      const footer = this.footerAt(end - 1) ?? this.strangersAt(end - 1, columns) ?? this.smallTableAt(end - 1);
      if (footer === undefined) break;
      end = footer;
    }
    // A table of nothing but totals is a table.
    if (end === 0 && this.released === 0) end = this.rows.length;
    for (const { row } of this.rows.slice(end)) {
      if (isEmpty(row.cells)) continue;
      const value = rawValue(row.raw ?? row.cells.join(","));
      this.ledger.add({
        row: row.number,
        column: null,
        value,
        reason: belowTable,
      });
    }
    const kept = this.rows.splice(0).slice(0, end);
    this.released += kept.length;
    this.afterBlank = false;
    return kept.map(({ row }) => row);
  }

  /** If the table ends above the row at `last`, the index of the footer's first row. */
  private footerAt(last: number): number | undefined {
    const { width } = this.layout;
    const item = this.rows[last];
    if (!item || width < 2) return undefined;
    const filled = item.row.cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
    const [first = ""] = filled;
    if (filled.length > 1 && total.test(first)) {
      const others = this.rows.slice(0, last).filter(({ row }) => total.test(row.cells[0] ?? ""));
      return others.length === 0 ? last : undefined;
    }
    if (filled.length === 1 && item.row.cells[0]?.trim() === first && (width > 2 || item.row.cells.length === 1)) {
      if (item.afterBlank || note.test(first) || total.test(first)) return last;
      // Further lines of a note that begins below a blank row.
      for (let at = last - 1; at >= 0; at -= 1) {
        const above = this.rows[at];
        if (above?.row.cells.filter((cell) => cell.trim() !== "").length !== 1) return undefined;
        if (above.afterBlank || note.test(above.row.cells[0] ?? "")) return at;
      }
    }
    return undefined;
  }

  /** What the columns hold in the first rows, as far as these stand above a row. */
  private knownColumns(above = Number.POSITIVE_INFINITY): KnownColumn[] {
    const first = this.first.filter(({ number }) => number < above);
    if (first.length < 3) return [];
    return usualKinds(first).map((kind, index) => {
      const filled = first.filter(({ cells }) => (cells[index] ?? "").trim() !== "").length;
      return {
        index,
        isFull: filled >= first.length * filledThroughout,
        isMeasured: kind === "number" || kind === "time",
      };
    });
  }

  /**
   * If the rows down to the one at `last` are none of the table by what they hold, the index of the first: rows below a blank
   * one that have none of its numbers and times, or a last row that has a label among the numbers, or numbers alone.
   */
  private strangersAt(last: number, columns: readonly KnownColumn[]): number | undefined {
    const measured = columns.filter(({ isMeasured }) => isMeasured);
    const item = this.rows[last];
    if (!item || !measured.some(({ isFull }) => isFull) || this.layout.width < 2) return undefined;
    const { cells } = item.row;
    const missing = columns.filter(({ index, isFull }) => isFull && (cells[index] ?? "").trim() === "");
    const [key] = columns;
    const full = columns.filter(({ isFull }) => isFull).length;
    // "Closing balance" where dates stand, and nothing in most of the other columns.
    if (
      key?.isFull &&
      key.isMeasured &&
      isLabel(cells[0] ?? "") &&
      missing.length > 0 &&
      missing.length * 2 >= full - 1
    )
      return last;
    const lacksFirst = missing[0]?.index === 0;
    if (lacksFirst) {
      const filled = cells.flatMap((cell, index) => (cell.trim() === "" ? [] : [index]));
      const isMeasure = (index: number) => measured.some((column) => column.index === index);
      const isSure = missing.length > 1 || this.first.length > sureRows;
      if (isSure && filled.length > 0 && filled.every(isMeasure)) return last;
      const isLabelled = filled.some((at) => isMeasure(at) && isLabel(cells[at] ?? ""));
      if (missing.length > 1 && filled.length * 2 <= this.layout.width && isLabelled) return last;
    }
    for (let at = last; at >= 0; at -= 1) {
      const row = this.rows[at];
      if (!row || measured.some(({ index }) => ["number", "time"].includes(cellKind(row.row.cells[index] ?? ""))))
        break;
      if (row.afterBlank) return at;
    }
    return undefined;
  }

  /**
   * If the rows down to the one at `last` are names with values below a blank row ("Tax rate", "19 %"), the index of the first:
   * all lack a column of numbers or times that the table fills, and many have words in others.
   */
  private smallTableAt(last: number): number | undefined {
    let at = last;
    while (at > 0 && !this.rows[at]?.afterBlank) at -= 1;
    const block = this.rows.slice(at, last + 1).map(({ row }) => row);
    const [top] = block;
    if (!top || !this.rows[at]?.afterBlank) return undefined;
    const measured = this.knownColumns(top.number).filter(({ isFull, isMeasured }) => isFull && isMeasured);
    const cellAt = (row: Row, index: number) => (row.cells[index] ?? "").trim();
    const isLacking = measured.some(({ index }) => block.every((row) => cellAt(row, index) === ""));
    const worded = block.filter((row) => measured.some(({ index }) => isLabel(cellAt(row, index)))).length;
    return isLacking && worded * 2 >= block.length ? at : undefined;
  }
}

function isLabel(cell: string): boolean {
  return cellKind(cell) === "text";
}

interface KnownColumn {
  index: number;
  /** Nearly every row has a value. */
  isFull: boolean;
  /** Holds numbers or times. */
  isMeasured: boolean;
}
