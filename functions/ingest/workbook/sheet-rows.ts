import { DataError } from "../data-error.ts";
import type { CellRange } from "./cell-range.ts";
import type { PackageParts } from "./package-parts.ts";
import { RichText, unescapeCharacters } from "./rich-text.ts";
import { isAscii, type XmlHandler, type XmlScanner } from "./xml-scanner.ts";

/** A cell as the sheet has it. `column` counts from 0. */
export interface SheetCell {
  column: number;
  /** `number` and `date` (ISO 8601) as text; `shared` by the number of the shared string; `formula` without its result. */
  type: "number" | "text" | "shared" | "boolean" | "error" | "date" | "formula";
  style: number;
  value: string;
}

/** A row that has cells, in the order of the file; `number` counts from 1. */
export interface SheetRow {
  number: number;
  cells: SheetCell[];
}

/** As many as a sheet can have (ECMA-376 and every program). */
const maxRows = 1_048_576;
const maxSheetColumns = 16_384;
const maxMerges = 200_000;

export interface SheetVisitor {
  row(row: SheetRow): void;
  merge?(range: CellRange): void;
  /** Called after each piece of the part, of so many bytes; the next one waits for it. It may throw to stop. */
  chunk(bytes: number): Promise<void> | void;
}

/** Reads a sheet as a stream of rows: cached values of formulas, no formulas; its declared dimension is not believed. */
export async function readSheetRows(parts: PackageParts, part: string, visitor: SheetVisitor): Promise<void> {
  await parts.scan(part, new SheetHandler(visitor), (bytes) => visitor.chunk(bytes));
}

class SheetHandler implements XmlHandler {
  private readonly visitor: SheetVisitor;
  private readonly rich = new RichText();
  private row: SheetRow = { number: 0, cells: [] };
  private column = -1;
  private type = "n";
  private style = 0;
  private value = "";
  private inData = false;
  private inValue = false;
  private inInline = false;
  private hasInline = false;
  private hasValue = false;
  private inFormula = false;
  /** Undefined for a cell without one. */
  private formula: string | undefined;
  private merges = 0;

  constructor(visitor: SheetVisitor) {
    this.visitor = visitor;
  }

  open(name: string, scanner: XmlScanner): void {
    if (this.inData) {
      if (name === "c") this.beginCell(scanner);
      else if (name === "v") {
        this.inValue = true;
        this.hasValue = true;
      } else if (name === "f") {
        this.inFormula = true;
        this.formula = "";
      } else if (name === "row") this.beginRow(scanner);
      else if (name === "is") {
        this.inInline = true;
        this.hasInline = true;
        this.rich.begin();
      } else if (this.inInline) this.rich.open(name);
    } else if (name === "sheetData") this.inData = true;
    else if (name === "mergeCell") this.merge(scanner);
  }

  close(name: string): void {
    if (!this.inData) return;
    if (name === "v") this.inValue = false;
    else if (name === "f") this.inFormula = false;
    else if (name === "c") this.endCell();
    else if (name === "row") {
      if (this.row.cells.length > 0) this.visitor.row(this.row);
      this.row = { number: this.row.number, cells: [] };
    } else if (name === "is") this.inInline = false;
    else if (this.inInline) this.rich.close(name);
    else if (name === "sheetData") this.inData = false;
  }

  text(scanner: XmlScanner, start: number, end: number, raw: boolean): void {
    if (this.inValue) {
      const piece = this.type === "str" ? scanner.text(start, end, raw) : scanner.ascii(start, end);
      this.value = this.value === "" ? piece : this.value + piece;
    } else if (this.inInline) this.rich.add(scanner, start, end, raw);
    else if (this.inFormula) this.formula = (this.formula ?? "") + scanner.text(start, end, raw);
  }

  private beginRow(scanner: XmlScanner): void {
    let number = this.row.number + 1;
    while (scanner.nextAttribute()) {
      const { bytes, nameStart, nameEnd, valueStart, valueEnd } = scanner;
      if (isAscii(bytes, nameStart, nameEnd, "r")) number = positive(bytes, valueStart, valueEnd) || number;
    }
    if (number > maxRows) throw tooLarge(`more than ${maxRows} rows`);
    this.row = { number, cells: [] };
    this.column = -1;
  }

  private beginCell(scanner: XmlScanner): void {
    this.column += 1;
    this.type = "n";
    this.style = 0;
    this.value = "";
    this.hasInline = false;
    this.hasValue = false;
    this.formula = undefined;
    const bytes = scanner.bytes;
    while (scanner.nextAttribute()) {
      if (scanner.nameEnd - scanner.nameStart !== 1) continue;
      const name = bytes[scanner.nameStart];
      if (name === 0x72) {
        const column = columnOf(bytes, scanner.valueStart, scanner.valueEnd);
        if (column >= 0) this.column = column;
      } else if (name === 0x73) this.style = positive(bytes, scanner.valueStart, scanner.valueEnd);
      else if (name === 0x74) this.type = cellType(bytes, scanner.valueStart, scanner.valueEnd);
    }
    if (this.column >= maxSheetColumns) throw tooLarge(`more than ${maxSheetColumns} columns`);
  }

  private endCell(): void {
    const cell = this.cell();
    if (cell) this.row.cells.push(cell);
  }

  private cell(): SheetCell | undefined {
    const { column, style } = this;
    // Some programs write a value beside the text of an inline string; the text is what is shown.
    if (this.hasInline && (this.type === "inlineStr" || this.value === "")) {
      return { column, style, type: "text", value: this.rich.end() };
    }
    if (this.value === "" && !this.hasValue && this.formula !== undefined) {
      return { column, style, type: "formula", value: `=${this.formula}` };
    }
    if (this.value === "") return undefined;
    switch (this.type) {
      case "s":
        return { column, style, type: "shared", value: this.value };
      case "str":
      case "inlineStr":
        return { column, style, type: "text", value: unescapeCharacters(this.value) };
      case "b":
        return { column, style, type: "boolean", value: /^(1|true)$/i.test(this.value.trim()) ? "true" : "false" };
      case "e":
        return { column, style, type: "error", value: this.value };
      case "d":
        return { column, style, type: "date", value: this.value.trim() };
      default:
        return { column, style, type: "number", value: this.value.trim() };
    }
  }

  private merge(scanner: XmlScanner): void {
    const range = parseRange(scanner.attributes().ref ?? "");
    if (!range) return;
    this.merges += 1;
    if (this.merges > maxMerges) throw tooLarge(`more than ${maxMerges} merged areas`);
    this.visitor.merge?.(range);
  }
}

/** `A1:B2`, or `A1` alone, as numbers. */
export function parseRange(reference: string): CellRange | undefined {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$/i.exec(reference);
  if (!match) return undefined;
  const [, firstLetters = "", firstRow = "", lastLetters = firstLetters, lastRow = firstRow] = match;
  return {
    firstRow: Number(firstRow),
    lastRow: Number(lastRow),
    firstColumn: columnOf(Buffer.from(firstLetters), 0, firstLetters.length),
    lastColumn: columnOf(Buffer.from(lastLetters), 0, lastLetters.length),
  };
}

/** The column, from 0, of a reference such as `AB12`; -1 if it has none. */
function columnOf(bytes: Buffer, start: number, end: number): number {
  let column = 0;
  for (let at = start; at < end; at += 1) {
    const letter = (bytes[at] ?? 0) & 0xdf;
    if (letter < 0x41 || letter > 0x5a) break;
    column = column * 26 + letter - 0x40;
    if (column > maxSheetColumns) return maxSheetColumns;
  }
  return column - 1;
}

/** A column, from 0, as sheets name it. */
export function columnLetters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : columnLetters(Math.floor(column / 26) - 1) + last;
}

function positive(bytes: Buffer, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at += 1) {
    const digit = (bytes[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return 0;
    value = value * 10 + digit;
  }
  return value;
}

const cellTypes = ["s", "n", "str", "b", "inlineStr", "e", "d"];

function cellType(bytes: Buffer, start: number, end: number): string {
  for (const type of cellTypes) if (isAscii(bytes, start, end, type)) return type;
  return "n";
}

function tooLarge(what: string): DataError {
  return new DataError(
    "sheet-too-large",
    `A sheet of the workbook has ${what}, beyond what a sheet can have. Save it again from a spreadsheet program.`,
  );
}
