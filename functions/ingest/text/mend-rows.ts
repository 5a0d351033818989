import type { CellKind } from "./cell-kind.ts";
import { cellKind } from "./cell-kind.ts";
import type { Dialect } from "./dialect.ts";
import { usualKinds } from "./header.ts";
import type { NumberedRow } from "./layout.ts";
import { parseRow, unwrap } from "./parse-row.ts";

/** A row as it was read, with its text as it stands in the file. */
export interface ReadRow extends NumberedRow {
  raw: string;
  fault?: "unclosed-quote" | "too-long";
}

/** Short rows are damage where they are rarer than this; else it is the file's way of leaving out empty cells. */
export const commonShare = 0.1;
const otherDelimiters = [",", ";", "\t", "|", " "];
/** A row with more quotation marks is not tried without each of them. */
const mostMarks = 15;

/**
 * Mends rows of another width than the table's where there is but one way to read them: rows put into quotes as a whole, rows
 * with another delimiter or quotation mark, with a delimiter or a quotation mark too many, and rows that a line end cuts in two.
 */
export class RowMender {
  private readonly dialect: Dialect;
  private readonly width: number;
  private readonly kinds: CellKind[];
  /** Columns that have a value in every row of the sample. */
  private readonly full: number[];
  private readonly joins: boolean;
  private held: ReadRow | undefined;

  constructor(dialect: Dialect, width: number, sample: readonly NumberedRow[]) {
    this.dialect = dialect;
    this.width = width;
    this.kinds = usualKinds(sample);
    const whole = sample.filter(({ cells }) => cells.length === width);
    this.full = this.kinds.flatMap((_, index) =>
      whole.every(({ cells }) => cells[index]?.trim() !== "") ? [index] : [],
    );
    const short = sample.filter(({ cells }) => cells.length < width).length;
    this.joins = width > 2 && short <= Math.max(2, sample.length * commonShare);
  }

  /** Takes a row and gives back those that are settled by it. */
  push(row: ReadRow): ReadRow[] {
    const { held } = this;
    this.held = undefined;
    if (row.cells.length === this.width) {
      const unquoted = row.raw.startsWith("'") && row.cells.every(isInSingleQuotes) ? this.mend(row) : undefined;
      return held ? [held, unquoted ?? row] : [unquoted ?? row];
    }
    const joined = held && this.join(held, row);
    if (joined) return [joined];
    const mended = this.mend(row);
    if (!mended && this.joins && row.cells.length < this.width && row.fault === undefined) this.held = row;
    else return [...(held ? [held] : []), mended ?? row];
    return held ? [held] : [];
  }

  end(): ReadRow[] {
    const { held } = this;
    this.held = undefined;
    return held ? [held] : [];
  }

  private mend(row: ReadRow): ReadRow | undefined {
    if (this.width < 3) return undefined;
    const inner = unwrap(row.cells, this.dialect);
    if (inner?.length === this.width) return { ...row, cells: inner };
    const cells = this.inOtherDialect(row) ?? this.withoutEmptyCell(row.cells) ?? this.withoutStrayQuote(row);
    return cells && { ...row, cells };
  }

  private inOtherDialect({ raw }: ReadRow): readonly string[] | undefined {
    const { delimiter, quote } = this.dialect;
    const opens = quote !== "'" && (raw.startsWith("'") || (delimiter !== "" && raw.includes(`${delimiter}'`)));
    const others = opens ? [{ quote: "'", escape: "'" }] : otherDelimiters.map((one) => ({ delimiter: one }));
    return others.map((other) => this.reread(raw, other)).find((cells) => cells !== undefined);
  }

  /** A row with one delimiter too many, without the empty cell that it makes. */
  private withoutEmptyCell(cells: readonly string[]): readonly string[] | undefined {
    if (cells.length !== this.width + 1) return undefined;
    const without = cells
      .flatMap((cell, index) => (cell.trim() === "" ? [cells.toSpliced(index, 1)] : []))
      .filter((mended) => this.fits(mended));
    // Of several ways, the one that leaves a value where there always is one.
    const gaps = without.map((mended) => this.full.filter((index) => mended[index]?.trim() === "").length);
    return theOnly(without.filter((_, index) => gaps[index] === Math.min(...gaps)));
  }

  /** A row with one quotation mark too many, before or after a cell. */
  private withoutStrayQuote({ raw }: ReadRow): readonly string[] | undefined {
    const { quote } = this.dialect;
    const pieces = quote === "" ? [] : raw.split(quote);
    const marks = pieces.length - 1;
    if (marks % 2 === 0 || marks > mostMarks) return undefined;
    const without = pieces.slice(1).map((_, index) => {
      const joined = `${pieces[index]}${pieces[index + 1]}`;
      return this.reread([...pieces.slice(0, index), joined, ...pieces.slice(index + 2)].join(quote), {});
    });
    return theOnly(without.filter((cells) => cells !== undefined));
  }

  /** The cells of a row in another dialect, if they fit the table. */
  private reread(raw: string, other: Partial<Dialect>): string[] | undefined {
    const read = parseRow(raw, 0, { ...this.dialect, ...other }, true);
    return read && read.end === raw.length && read.cells.length === this.width && this.fits(read.cells)
      ? read.cells
      : undefined;
  }

  /** The row that the two are the halves of. */
  private join(first: ReadRow, second: ReadRow): ReadRow | undefined {
    const last = first.cells.length - 1;
    if (last + second.cells.length !== this.width || second.number !== first.number + 1 || second.fault)
      return undefined;
    const cells = [...first.cells.slice(0, last), `${first.cells[last]}\n${second.cells[0]}`, ...second.cells.slice(1)];
    if (!this.fits(cells, last) || this.startsRow(second)) return undefined;
    return { ...first, cells, raw: `${first.raw}${second.raw}` };
  }

  /** Whether the cells of columns of numbers and times are such, and there are any. */
  private fits(cells: readonly string[], except = -1): boolean {
    const typed = this.kinds.flatMap((kind, index) =>
      index !== except && (kind === "number" || kind === "time") ? [[kind, cellKind(cells[index] ?? "")] as const] : [],
    );
    return (
      typed.some(([kind, found]) => kind === found) &&
      typed.every(([kind, found]) => found === kind || found === "empty")
    );
  }

  /** Whether the row, short as it is, fits the table from its first column on. */
  private startsRow({ cells }: ReadRow): boolean {
    const [first] = this.kinds;
    if (first === "number" || first === "time") return cellKind(cells[0] ?? "") === first;
    return cells.length > 1 && this.fits(cells);
  }
}

/** The one way to read a row, if there is but one. */
function theOnly(ways: readonly (readonly string[])[]): readonly string[] | undefined {
  const [first, ...others] = ways;
  return first && others.every((other) => other.every((cell, index) => cell === first[index])) ? first : undefined;
}

function isInSingleQuotes(cell: string): boolean {
  return cell === "" || /^'.*'$/s.test(cell);
}
