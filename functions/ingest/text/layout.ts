import { DataError } from "../data-error.ts";
import { type CellKind, cellKind } from "./cell-kind.ts";
import { usualCount } from "./detect-dialect.ts";

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
}

/** A share of rows that have more cells than the header, from which on these are columns of their own rather than damage. */
const wideShare = 0.1;
/** A header is looked for among so many rows. */
const furthestHeader = 60;

/**
 * Finds header, width and first row from a table's first rows (without blank ones and comments). Titles and notes above the
 * header are passed over; a header of two or three lines is joined. `asked` is the header row that a person chose: 0 for none.
 */
export function findLayout(rows: readonly NumberedRow[], asked: number | undefined): Layout {
  if (asked !== undefined) return layoutAt(rows, asked);
  const usual = usualCount(rows.map(({ cells }) => cells.length));
  const start = tableStart(rows, usual);
  const body = rows.slice(start);
  const [first, ...rest] = body;
  if (!first) return { header: null, headerRow: 0, firstRow: 1, width: usual };
  // Names without rows below them, but with something above, name nothing.
  if ((rest.length === 0 && start > 0) || !isHeader(first.cells, rest, usual)) {
    return { header: null, headerRow: 0, firstRow: first.number, width: widthOf(body, 0) };
  }
  const lines = 1 + furtherHeaderLines(first.cells, rest);
  const headerLines = body.slice(0, lines);
  const data = body.slice(lines);
  const header = joinLines(headerLines.map(({ cells }) => cells));
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

/** As many cells as a tenth of the rows have, and at least those of the header that are named. */
function widthOf(rows: readonly NumberedRow[], header: number): number {
  const counts = rows.map(({ cells }) => filledLength(cells)).sort((one, other) => other - one);
  const wide = counts[Math.ceil(counts.length * wideShare) - 1] ?? 0;
  const usual = usualCount(rows.map(({ cells }) => cells.length));
  return Math.max(1, header, rows.length === 0 ? 0 : Math.max(wide, header === 0 ? usual : 0));
}

function filledLength(cells: readonly string[]): number {
  let length = cells.length;
  while (length > 0 && cells[length - 1]?.trim() === "") length -= 1;
  return length;
}

/** The index of the table's first row: the first that is about as wide as the rest and is no title. */
function tableStart(rows: readonly NumberedRow[], usual: number): number {
  for (let index = 0; index < Math.min(rows.length, furthestHeader); index += 1) {
    const { cells } = rows[index] ?? { cells: [] };
    const filled = cells.filter((cell) => cell.trim() !== "").length;
    const next = rows[index + 1]?.cells ?? [];
    if (usual === 1) return index;
    const wideEnough = cells.length === usual || (cells.length > 1 && cells.length >= usual * 0.6 && filled > 1);
    // A title fills one or two cells of a row whose followers fill most.
    const title = usual >= 3 && filled <= Math.max(1, usual * 0.34) && filledIn(next) >= usual * 0.6;
    // "notes,…" above a table of more columns.
    const narrower = cells.length < usual && next.length === usual && isHeader(next, rows.slice(index + 2), usual);
    if (wideEnough && !title && !narrower && !isGroupTitle(cells, rows.slice(index + 1), usual)) return index;
  }
  return Math.max(
    0,
    rows.findIndex(({ cells }) => cells.length === usual),
  );
}

/** A row with as many cells as the table but mostly empty, above a row that is a full header. */
function isGroupTitle(cells: readonly string[], rest: readonly NumberedRow[], usual: number): boolean {
  const [next, ...data] = rest;
  if (!next || filledIn(cells) > 2 || usual < 4) return false;
  return filledIn(next.cells) === usual && isHeader(next.cells, data, usual) && filledIn(cells) === 1;
}

function filledIn(cells: readonly string[]): number {
  return cells.filter((cell) => cell.trim() !== "").length;
}

/** Whether a row names columns rather than being one of the rows of data. */
function isHeader(cells: readonly string[], rest: readonly NumberedRow[], usual: number): boolean {
  const kinds = cells.map(cellKind);
  const below = rest
    .slice(0, 100)
    .filter((row) => row.cells.length >= Math.min(usual, cells.length) && row.cells.join("\n") !== cells.join("\n"));
  const filled = kinds.filter((kind) => kind !== "empty").length;
  if (filled === 0) return false;
  if (below.length === 0)
    return rest.length === 0 && kinds.every((kind, index) => kind === "text" && !/\d:|\d\d/.test(cells[index] ?? ""));
  let votes = 0;
  let typed = 0;
  for (const [index, kind] of kinds.entries()) {
    const column = below.map((row) => cellKind(row.cells[index] ?? "")).filter((one) => one !== "empty");
    if (column.length === 0) continue;
    const usualKind = mostFrequent(column);
    if (usualKind !== "text") {
      typed += 1;
      if (kind === "text") votes += 1;
      else if (kind !== "empty")
        votes -= isPeriod(cells[index] ?? "") && below.every((row) => row.cells[index] !== cells[index]) ? 0 : 1.5;
    } else if (kind === "number" || kind === "time") {
      votes -= isPeriod(cells[index] ?? "") ? 0 : 0.5;
    } else if (kind === "text") {
      votes += evidenceOfName(
        cells[index] ?? "",
        below.map((row) => row.cells[index] ?? ""),
      );
    }
  }
  const periods = cells.filter(isPeriod).length;
  if (periods >= 2 && kinds[0] !== "number" && isProgression(cells.filter(isPeriod))) votes += periods;
  if (votes !== 0) return votes > 0;
  // All is text: a first row usually names the columns, unless it has gaps, repeats itself, or holds numbers.
  const names = cells.map((cell) => cell.trim().toLowerCase()).filter((cell) => cell !== "");
  return (
    typed === 0 && new Set(names).size === names.length && kinds.every((kind) => kind !== "number" && kind !== "time")
  );
}

/** Among columns of text: positive where a cell looks like a name above the others, negative where it is one of them. */
function evidenceOfName(cell: string, column: readonly string[]): number {
  if (column.includes(cell)) return column.length > 3 ? -1 : -0.4;
  const digits = (text: string) => /\d/.test(text);
  const withDigits = column.filter(digits).length / column.length;
  if (withDigits > 0.9 && !digits(cell) && column.length > 1) return 0.8;
  const lengths = column.map((one) => one.length);
  const same = lengths.every((length) => length === lengths[0]);
  if (same && column.length > 2 && cell.length !== lengths[0]) return 0.5;
  if (same && column.length > 2 && lengths[0] !== undefined && lengths[0] > 3) return -0.3;
  return /^[a-z][a-z0-9]*(_[a-z0-9]+)+$/i.test(cell) ? 0.5 : 0;
}

function isPeriod(cell: string): boolean {
  return /^(1[89]|20|21)\d\d$/.test(cell.trim()) || /^(Q[1-4][ -]?)?(19|20)\d\d([ -]?Q[1-4])?$/i.test(cell.trim());
}

function isProgression(periods: readonly string[]): boolean {
  const years = periods.map((period) => Number(/\d{4}/.exec(period)?.[0]));
  const step = (years[1] ?? 0) - (years[0] ?? 0);
  return (
    new Set(periods).size === periods.length &&
    years.every((year, index) => index === 0 || Math.abs(year - (years[index - 1] ?? 0) - step) <= 1)
  );
}

function mostFrequent(kinds: readonly CellKind[]): CellKind {
  const counts = new Map<CellKind, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? "empty";
}

/** How many rows below the header's first one belong to it: names under groups, or units under names. */
function furtherHeaderLines(first: readonly string[], rest: readonly NumberedRow[]): number {
  const [second, ...data] = rest;
  if (!second || data.length < 2 || second.cells.length < 2) return 0;
  const kinds = second.cells.map(cellKind);
  if (kinds.some((kind) => kind === "number" || kind === "time")) return 0;
  const units = second.cells.filter((cell) => /^[([].*[)\]]$/.test(cell.trim())).length;
  const grouped = filledIn(first) < first.length && filledIn(second.cells) === second.cells.length;
  if (!grouped && units < second.cells.length * 0.5) return 0;
  // Only above columns that are typed can a row of words be told from data.
  let typed = 0;
  let filled = 0;
  for (const [index] of second.cells.entries()) {
    const column = data
      .slice(0, 50)
      .map((row) => cellKind(row.cells[index] ?? ""))
      .filter((kind) => kind !== "empty");
    if (column.length === 0) continue;
    filled += 1;
    if (mostFrequent(column) !== "text") typed += 1;
  }
  return typed > 0 && typed >= filled * 0.5 ? 1 : 0;
}

/** Joins the lines of a header; a group's name goes on over the empty cells to its right. */
function joinLines(lines: readonly (readonly string[])[]): string[] {
  const [first = [], ...more] = lines;
  if (more.length === 0) return [...first];
  let group = "";
  return Array.from({ length: Math.max(...lines.map((cells) => cells.length)) }, (_, index) => {
    if ((first[index] ?? "").trim() !== "") group = (first[index] ?? "").trim();
    const parts = [group, ...more.map((cells) => (cells[index] ?? "").trim())];
    return [...new Set(parts.filter((part) => part !== ""))].join(" ");
  });
}
