import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { SelectableTable } from "../../../contract/index.ts";
import type { Ledger } from "../ledger.ts";
import { groupName, RowGroups } from "../row-groups.ts";
import { isSubtotal, Subtotals } from "../subtotals.ts";
import type { ReaderInput, TableSource } from "../table-source.ts";
import { TableWriter } from "../table-writer.ts";
import { belowTable, Footer } from "./footer.ts";
import { type ReadRow, RowMender } from "./mend-rows.ts";
import { type RecognizedText, readAs, sectionName } from "./recognize-text.ts";
import { isBlank, isComment, isEmpty, isSeparator, rawValue } from "./row-kind.ts";
import { TableBody } from "./table-body.ts";
import { BesideCounts, cellsWithin } from "./tables-beside.ts";
import { withTexts } from "./text-formulas.ts";
import { textRows } from "./text-rows.ts";

const mostHeldEmpty = 100_000;

/** Reads a delimited text, however it is written, into a table. What does not fit goes to the ledger. */
export async function readText(
  { path, folder, ledger, onProgress, signal }: ReaderInput,
  text: RecognizedText,
): Promise<TableSource> {
  const { encoding, dialect, layout, columns } = text;
  const { size } = await stat(path);
  const writer = new TableWriter(join(folder, "table.csv"));
  const footer = new Footer<ReadRow>(layout, ledger);
  const { groups } = text;
  const own = groups ? columns.slice(1) : columns;
  const body = new TableBody(layout, own, writer, ledger, groups ? new RowGroups(ledger) : undefined);
  const mender = new RowMender(dialect, layout.width, text.sample);
  const others = new OtherTables(text, ledger);
  const subtotals = new Subtotals();
  const header = layout.header?.map((cell) => cell.trim());
  const repeatsHeader = ({ cells }: ReadRow) =>
    header !== undefined &&
    cells.length > 1 &&
    cells.length === header.length &&
    cells.every((cell, index) => cell.trim() === header[index]);
  // Rows of nothing but delimiters are rows, but not at a table's end, where spreadsheet programs leave them.
  let empty: ReadRow[] = [];
  /** Await what it returns, if anything; promises by the million would take longer than the rows. */
  function take(row: ReadRow): Promise<void> | undefined {
    if (isEmpty(row.cells) && empty.length < mostHeldEmpty) {
      empty.push(row);
      return undefined;
    }
    if (empty.length > 0) {
      const settled = [...empty, row];
      empty = [];
      return release(settled);
    }
    const released = footer.push(row);
    return released && body.write(released);
  }
  async function release(rows: readonly ReadRow[]): Promise<void> {
    for (const row of rows) {
      const released = footer.push(row);
      if (released) await body.write(released);
    }
  }
  /** What stands above a repeated header may be the end of a page: a total, a note, the next page's title. */
  async function endPage(): Promise<void> {
    for (const row of mender.end()) await take(row);
    for (const row of footer.end()) await body.write(row);
    empty = [];
  }
  let read = 0;
  for await (const rows of textRows(path, encoding, dialect, signal)) {
    read += rows.bytes;
    onProgress(size === 0 ? 1 : read / size);
    for (const given of rows.rows) {
      const row = others.own(text.textFormulas ? withTexts(given) : given);
      if (others.take(row) || row.number < layout.firstRow) continue;
      if (isBlank(row.cells) || (text.beside && isEmpty(row.cells))) {
        footer.blank();
        continue;
      }
      if (isComment(row.cells, dialect) || isSeparator(row.cells)) continue;
      if (repeatsHeader(row)) {
        await endPage();
        ledger.add({ row: row.number, column: null, value: rawValue(row.raw), reason: "The row repeats the header" });
        continue;
      }
      for (const mended of mender.push(row)) {
        if (subtotals.has(mended.cells)) {
          ledger.add({ row: mended.number, column: null, value: rawValue(mended.raw), reason: isSubtotal });
          continue;
        }
        const full = take(mended);
        if (full) await full;
      }
    }
  }
  await endPage();
  body.end();
  await writer.end();
  await rm(path, { force: true });
  return {
    path: writer.path,
    columns: [
      ...(groups ? [{ name: columns[0] ?? groupName }] : []),
      ...own.map((name, index) => ({ name, unnamed: isUnnamed(text, index) })),
    ],
    rowCount: writer.rowCount,
    evidence: writer.evidence,
    longestLine: writer.longestLine,
    tables: others.selectable(writer.rowCount),
    read: readAs(text),
  };
}

function isUnnamed({ layout: { header, width }, dialect }: RecognizedText, index: number): boolean {
  // Without a header, only the pipes of database exports are known to end lines.
  return header ? header[index]?.trim() === "" : dialect.delimiter === "|" && index === width - 1 && width > 1;
}

/** The tables of a file that are not the one which is read: their rows go to the ledger, and a person can choose them. */
class OtherTables {
  private readonly text: RecognizedText;
  private readonly ledger: Ledger;
  private readonly start: number;
  private readonly next: number;
  /** Rows of each table, its header included. */
  private readonly rows = new Map<number, number>();
  private readonly besides: BesideCounts;

  constructor(text: RecognizedText, ledger: Ledger) {
    this.text = text;
    this.ledger = ledger;
    this.besides = new BesideCounts(text.besides);
    const { section, starts } = text;
    this.start = section.start;
    this.next = starts.find((start) => start > section.start) ?? Number.POSITIVE_INFINITY;
  }

  /** What the row has in the columns of the table that is read. */
  own(row: ReadRow): ReadRow {
    const { beside, dialect } = this.text;
    if (!beside) return row;
    this.besides.add(row.number, row.cells);
    const cells = cellsWithin(beside.columns, row.cells);
    return { ...row, cells, raw: cells.join(dialect.delimiter) };
  }

  /** Whether the row is none of the table that is read. What stands above it and is no table either is a title or a note. */
  take({ number, cells, raw }: ReadRow): boolean {
    if (number >= this.start && number < this.next) return false;
    if (isBlank(cells) || isEmpty(cells)) return true;
    const { starts, sections } = this.text;
    const start = starts.findLast((one) => one <= number) ?? 0;
    const isTable = sections.some((section) => section.start === start);
    if (isTable) this.rows.set(start, (this.rows.get(start) ?? 0) + 1);
    else if (number < this.start) return true;
    const reason = isTable ? "The row belongs to another table of the file, which can be chosen instead" : belowTable;
    this.ledger.add({ row: number, column: null, value: rawValue(raw), reason });
    return true;
  }

  selectable(rowCount: number): SelectableTable[] {
    const { section, beside, sections, layout } = this.text;
    if (beside) return this.besides.selectable(beside, rowCount);
    if (sections.length < 2) return [];
    return sections.map((one) => ({
      name: sectionName(one),
      rowCount: one === section ? rowCount : Math.max(0, (this.rows.get(one.start) ?? 0) - 1),
      columnCount: one === section ? layout.width : Math.max(...one.rows.map(({ cells }) => cells.length)),
    }));
  }
}
