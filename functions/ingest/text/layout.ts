import { DataError } from "../data-error.ts";
import { usualCount } from "./detect-dialect.ts";
import { filledIn, furtherHeaderLines, hasGaps, isHeader, joinLines } from "./header.ts";

/** Where the table stands among a file's rows. */
export interface Layout {
  /** The header cells, those of several lines joined; null where the file names no columns. */
  header: string[] | null;
  /** Number of the header's last row in the file, from 1; 0 without a header. */
  headerRow: number;
  /** Number of the first row of data. */
  firstRow: number;
  /** Cells of a row. */
  width: number;
}

export interface NumberedRow {
  /** From 1, with every row of the file counted. */
  number: number;
  cells: readonly string[];
  /** A blank row stands above. */
  afterBlank?: boolean;
  /** Its text as it stands in the file. */
  raw?: string;
}

/** A share of rows that have more cells than the header, from which on these are columns of their own rather than damage. */
const wideShare = 0.1;
/** A header is looked for among so many rows. */
const furthestHeader = 60;
const headerDelimiters = [",", ";", "\t", "|", " "];

/**
 * Finds header, width and first row from a table's first rows (without blank ones and comments). Titles and notes above the
 * header are passed over; a header of two or three lines is joined. `asked` is the header row that a person chose: 0 for none.
 */
export function findLayout(rows: readonly NumberedRow[], asked: number | undefined): Layout {
  if (asked !== undefined) return layoutAt(rows, asked);
  const usual = usualCount(rows.map(({ cells }) => cells.length));
  const start = tableStart(rows, usual);
  const otherwise = headerOtherwise(rows, start, usual);
  const body = otherwise ? [otherwise, ...rows.slice(start)] : rows.slice(start);
  const [first, ...rest] = body;
  if (!first) return { header: null, headerRow: 0, firstRow: 1, width: usual };
  // Names without rows below them, but with something above, name nothing.
  if ((rest.length === 0 && body.length < rows.length) || !isHeader(first.cells, rest, usual)) {
    return { header: null, headerRow: 0, firstRow: first.number, width: widthOf(body, 0) };
  }
  const lines = 1 + furtherHeaderLines(first.cells, rest);
  const headerLines = body.slice(0, lines);
  const data = body.slice(lines);
  const joined = joinLines(headerLines.map(({ cells }) => cells));
  const header = withoutSurplus(joined, data);
  const width = widthOf(data, header.length);
  return {
    header: Array.from({ length: width }, (_, index) => header[index] ?? ""),
    headerRow: headerLines.at(-1)?.number ?? first.number,
    firstRow: data[0]?.number ?? (headerLines.at(-1)?.number ?? 0) + 1,
    width,
  };
}

function layoutAt(rows: readonly NumberedRow[], asked: number): Layout {
  if (asked === 0) {
    return { header: null, headerRow: 0, firstRow: rows[0]?.number ?? 1, width: widthOf(rows, 0) };
  }
  const at = rows.findIndex(({ number }) => number === asked);
  const row = rows[at];
  if (!row)
    throw new DataError(
      "bad-option",
      `Row ${asked} is blank or is not among the first rows, so it can't be the header.`,
    );
  const width = widthOf(rows.slice(at + 1), row.cells.length);
  const header = Array.from({ length: width }, (_, index) => row.cells[index] ?? "");
  return { header, headerRow: asked, firstRow: asked + 1, width };
}

/** The header right above the first row, if it is written with another delimiter than the rows. */
function headerOtherwise(rows: readonly NumberedRow[], start: number, usual: number): NumberedRow | undefined {
  const above = rows[start - 1];
  const [only = "", ...others] = above?.cells ?? [];
  if (!above || others.length > 0 || usual < 3 || rows[start]?.afterBlank) return undefined;
  // Above a header, so many words in a row are a title.
  const isNamed = isHeader(rows[start]?.cells ?? [], rows.slice(start + 1), usual);
  const delimiters = isNamed ? headerDelimiters.filter((one) => one !== " ") : headerDelimiters;
  const names = delimiters.map((one) => only.split(one)).find((cells) => cells.length === usual);
  const cells = names?.map((name) => name.trim().replace(/^(["'])(.*)\1$/, "$2"));
  return cells && isHeader(cells, rows.slice(start), usual) ? { ...above, cells } : undefined;
}

/**
 * A header that is longer than every row, without its cells that have no name, if these are as many as it is longer: delimiters
 * too many, by which all names behind them would be those of other columns.
 */
function withoutSurplus(header: readonly string[], data: readonly NumberedRow[]): string[] {
  const longest = Math.max(0, ...data.map(({ cells }) => cells.length));
  const named = header.filter((name) => name.trim() !== "");
  const isSurplus = data.length > 0 && named.length === longest && data.every(({ cells }) => cells.length === longest);
  return isSurplus ? named : [...header];
}

/** As many cells as a tenth of the rows have, and at least those of the header that are named. */
function widthOf(rows: readonly NumberedRow[], header: number): number {
  const counts = rows.map(({ cells }) => filledLength(cells)).sort((one, other) => other - one);
  const wide = counts[Math.ceil(counts.length * wideShare) - 1] ?? 0;
  const usual = usualCount(rows.map(({ cells }) => cells.length));
  return Math.max(1, header, rows.length === 0 ? 0 : Math.max(wide, header === 0 ? usual : 0));
}

/** Cells of the row without the empty ones at its end. */
export function filledLength(cells: readonly string[]): number {
  let length = cells.length;
  while (length > 0 && cells[length - 1]?.trim() === "") length -= 1;
  return length;
}

/** The index of the table's first row: the first that is about as wide as the rest and is no title. */
function tableStart(rows: readonly NumberedRow[], usual: number): number {
  if (usual === 1) return 0;
  for (let index = 0; index < Math.min(rows.length, furthestHeader); index += 1) {
    const { cells } = rows[index] ?? { cells: [] };
    const next = rows[index + 1]?.cells ?? [];
    const wideEnough =
      cells.length === usual || (cells.length > 1 && cells.length >= usual * 0.6 && filledIn(cells) > 1);
    // "notes,…" above a table of more columns.
    const narrower = cells.length < usual && next.length === usual && isHeader(next, rows.slice(index + 2), usual);
    if (wideEnough && !narrower && !isTitle(rows, index, usual)) return index;
  }
  return Math.max(
    0,
    rows.findIndex(({ cells }) => cells.length === usual),
  );
}

/**
 * Whether the row is a title, or a name with its value ("From:", "2024-01-01"), padded to the table's width: it fills one or
 * a few of the first cells, and further down a row that fills most of them begins the table.
 */
function isTitle(rows: readonly NumberedRow[], index: number, usual: number): boolean {
  const { cells } = rows[index] ?? { cells: [] };
  const filled = filledIn(cells);
  if (usual < 3 || filled === 0 || (filled > 1 && hasGaps(cells))) return false;
  const most = Math.max(1, usual * 0.34);
  const fuller = rows.slice(index + 1, index + furthestHeader).findIndex((row) => filledIn(row.cells) >= usual * 0.6);
  const at = index + 1 + fuller;
  const first = rows[at];
  if (fuller < 0 || !first) return false;
  if (at === index + 1 && filled <= most) return true;
  return (
    (filled <= most || (filled <= 2 && filled < usual && first.afterBlank === true)) &&
    isHeader(first.cells, rows.slice(at + 1), usual)
  );
}
