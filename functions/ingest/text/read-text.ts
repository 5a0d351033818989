import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ReadOptions } from "../../../contract/index.ts";
import { DataError } from "../data-error.ts";
import type { Ledger } from "../ledger.ts";
import type { ReaderInput, TableSource } from "../table-source.ts";
import { TableWriter } from "../table-writer.ts";
import { uniqueNames } from "../unique-names.ts";
import { decodedText } from "./decode.ts";
import { detectDialect, isComment } from "./detect-dialect.ts";
import type { Dialect } from "./dialect.ts";
import { recognizeEncoding } from "./encoding.ts";
import { Footer } from "./footer.ts";
import { findLayout, type Layout, type NumberedRow } from "./layout.ts";
import { parseRow } from "./parse-row.ts";

/** Dialect and layout are found out from so much text. */
const sampleChars = 2_000_000;
const sampleRows = 1_000;
const mostHeldEmpty = 100_000;
/** Short rows are damage where they are rarer than this; else it is the file's way of leaving out empty cells. */
const commonShare = 0.1;

/** What is known of a text before it is read as a whole. */
export interface RecognizedText {
  encoding: string;
  dialect: Dialect;
  layout: Layout;
  columns: string[];
  /** The first rows of data, as wide as they are. */
  sample: NumberedRow[];
}

/** Finds out encoding, dialect and layout from the first megabytes. Throws `DataError`. */
export async function recognizeText(path: string, options: ReadOptions, signal: AbortSignal): Promise<RecognizedText> {
  const encoding = await recognizeEncoding(path, options.encoding);
  let text = "";
  let final = true;
  for await (const part of decodedText(path, encoding, { signal })) {
    text += part.text;
    if (text.length >= sampleChars) {
      final = false;
      break;
    }
  }
  const dialect = detectDialect(text, final, options);
  const rows: NumberedRow[] = [];
  let number = 0;
  for (let at = 0; at < text.length && rows.length < sampleRows; ) {
    const row = parseRow(text, at, dialect, final);
    if (!row) break;
    at = row.end;
    number += 1;
    if (isBlank(row.cells) || isEmpty(row.cells) || isSeparator(row.cells)) continue;
    if (isComment(row.cells, dialect) && number !== options.headerRow) continue;
    if (number === 1 && /^"?sep=.?"?$/i.test(row.cells[0] ?? "")) continue;
    rows.push({ number, cells: row.cells });
  }
  if (rows.length === 0) {
    throw new DataError("no-table", "The file holds no rows. Check that the table was saved and upload it again.");
  }
  const layout = findLayout(rows, options.headerRow);
  const columns = uniqueNames(layout.header ?? Array.from({ length: layout.width }, () => null));
  return { encoding, dialect, layout, columns, sample: rows.filter((row) => row.number >= layout.firstRow) };
}

/** Reads a delimited text, however it is written, into a table. What does not fit goes to the ledger. */
export async function readText(
  { path, folder, ledger, onProgress, signal }: ReaderInput,
  text: RecognizedText,
): Promise<TableSource> {
  const { encoding, dialect, layout, columns } = text;
  const { size } = await stat(path);
  const writer = new TableWriter(join(folder, "table.csv"));
  const footer = new Footer<ReadRow>(layout, ledger);
  const body = new Body(layout, columns, writer, ledger);
  const header = layout.header?.map((cell) => cell.trim()).join("\u0000");
  // Rows of nothing but delimiters are rows, but not at a table's end, where spreadsheet programs leave them.
  let empty: ReadRow[] = [];
  let read = 0;
  for await (const rows of textRows(path, encoding, dialect, signal)) {
    read += rows.bytes;
    onProgress(size === 0 ? 1 : read / size);
    for (const row of rows.rows) {
      if (row.number < layout.firstRow) continue;
      if (isBlank(row.cells)) {
        footer.blank();
        continue;
      }
      if (isComment(row.cells, dialect) || isSeparator(row.cells)) continue;
      if (
        header !== undefined &&
        row.cells.length > 1 &&
        row.cells.map((cell) => cell.trim()).join("\u0000") === header
      ) {
        ledger.add({
          row: row.number,
          column: null,
          value: row.cells.join(dialect.delimiter),
          reason: "The row repeats the header",
        });
        continue;
      }
      if (isEmpty(row.cells) && empty.length < mostHeldEmpty) {
        empty.push(row);
        continue;
      }
      for (const next of empty.length > 0 ? [...empty, row] : [row]) {
        const released = footer.push(next);
        const full = released && body.write(released);
        if (full) await full;
      }
      if (empty.length > 0) empty = [];
    }
  }
  for (const row of footer.end()) await body.write(row);
  body.end();
  await writer.end();
  await rm(path, { force: true });
  return {
    path: writer.path,
    columns: columns.map((name, index) => ({ name, unnamed: isUnnamed(text, index) })),
    rowCount: writer.rowCount,
    evidence: writer.evidence,
    longestLine: writer.longestLine,
    tables: [],
    read: readAs(text),
  };
}

/** What recognition came to, in the form in which a person can change it. */
export function readAs({
  encoding,
  dialect: { delimiter, quote },
  layout: { headerRow },
}: RecognizedText): ReadOptions {
  return { encoding, ...(delimiter !== "" && { delimiter }), quote, headerRow };
}

function isUnnamed({ layout: { header, width }, dialect }: RecognizedText, index: number): boolean {
  // Without a header, only the pipes of database exports are known to end lines.
  return header ? header[index]?.trim() === "" : dialect.delimiter === "|" && index === width - 1 && width > 1;
}

interface ReadRow extends NumberedRow {
  fault?: "unclosed-quote" | "too-long";
}

/** Every row of a text, blank ones and comments included, in batches with the bytes that they were read from. */
async function* textRows(
  path: string,
  encoding: string,
  dialect: Dialect,
  signal: AbortSignal,
): AsyncGenerator<{ rows: ReadRow[]; bytes: number }> {
  let text = "";
  let number = 0;
  function take(final: boolean): ReadRow[] {
    const rows: ReadRow[] = [];
    let at = 0;
    while (at < text.length) {
      const row = parseRow(text, at, dialect, final);
      if (!row) break;
      at = row.end;
      number += 1;
      rows.push({ number, cells: row.cells, ...(row.fault && { fault: row.fault }) });
    }
    text = text.slice(at);
    return rows;
  }
  for await (const part of decodedText(path, encoding, { signal })) {
    text += part.text;
    yield { rows: take(false), bytes: part.bytes };
  }
  yield { rows: take(true), bytes: 0 };
}

/** Brings rows to the table's width and writes them. */
class Body {
  private readonly layout: Layout;
  private readonly columns: readonly string[];
  private readonly writer: TableWriter;
  private readonly ledger: Ledger;
  private short = 0;
  private readonly firstShort: { row: number; cells: number }[] = [];

  constructor(layout: Layout, columns: readonly string[], writer: TableWriter, ledger: Ledger) {
    this.layout = layout;
    this.columns = columns;
    this.writer = writer;
    this.ledger = ledger;
  }

  write({ number, cells, fault }: ReadRow): Promise<void> | undefined {
    const { width } = this.layout;
    const reject = (reason: string) => this.ledger.add({ row: number, column: null, value: cells.join(" ¦ "), reason });
    if (fault === "too-long") {
      reject("The row is longer than 16 million characters");
      return undefined;
    }
    if (cells.length > width) {
      const surplus = cells.slice(width).some((cell) => cell.trim() !== "");
      if (surplus) {
        reject(`The row has ${cells.length} cells, the table ${width} columns${quoteHint(fault)}`);
        return undefined;
      }
      return this.writer.write(number, cells.slice(0, width));
    }
    if (cells.length < width) {
      if (cells.length === 1 && width > 2) {
        reject(`The row has one cell, the table ${width} columns${quoteHint(fault)}`);
        return undefined;
      }
      this.short += 1;
      if (this.firstShort.length < 1_000) this.firstShort.push({ row: number, cells: cells.length });
      return this.writer.write(number, [...cells, ...Array.from({ length: width - cells.length }, () => null)]);
    }
    return this.writer.write(number, cells);
  }

  /** Short rows are told where they are the exception. */
  end(): void {
    if (this.short > this.writer.rowCount * commonShare && this.short > 1) return;
    for (const { row, cells } of this.firstShort) {
      const column = this.columns[cells] ?? null;
      const reason = `The row ends after ${cells} of ${this.layout.width} cells; the missing ones are empty`;
      this.ledger.add({ row, column, value: null, reason });
    }
  }
}

function quoteHint(fault: ReadRow["fault"]): string {
  return fault === "unclosed-quote" ? "; a quotation mark opens and never closes" : "";
}

function isBlank(cells: readonly string[]): boolean {
  return cells.length === 0 || (cells.length === 1 && (cells[0] ?? "").trim() === "");
}

function isEmpty(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === "");
}

/** A line drawn between header and rows: `---|---`, `====`. */
function isSeparator(cells: readonly string[]): boolean {
  return (
    cells.length > 1 &&
    cells.every((cell) => /^\s*(:?-{2,}:?|={2,}|_{2,}|)\s*$/.test(cell)) &&
    cells.some((cell) => cell.trim() !== "")
  );
}
