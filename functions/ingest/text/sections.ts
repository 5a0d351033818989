import { type CellKind, cellKind } from "./cell-kind.ts";
import { usualCount } from "./detect-dialect.ts";
import { filledIn, usualKinds } from "./header.ts";
import { filledLength, findLayout, type NumberedRow } from "./layout.ts";

/** A table among several in one file; the first has what stands above it too. */
export interface Section {
  rows: NumberedRow[];
  /** Number of its first row in the file. */
  start: number;
}

/** So many rows of another width in a row are no longer damage. */
const lastingRows = 3;
/** Of a table below another one. */
const fewestRowsBelow = 2;
/** Share of its rows in which a column has a value that is never left out. */
const filledThroughout = 0.9;
/** Of values that are of several kinds, no more than these are of the most frequent one. */
const usualShare = 0.75;

/**
 * Splits a file's first rows where a further table begins: below a blank row, or where rows go on with another number of
 * cells, if there is a header of its own that could not be data of the table above. One section where there is one table.
 */
export function splitSections(rows: readonly NumberedRow[]): Section[] {
  const starts = [0];
  const boundaries = boundariesIn(rows);
  for (const [index, boundary] of boundaries.entries()) {
    const above = rows.slice(starts.at(-1), boundary);
    const block = rows.slice(boundary, boundaries[index + 1]);
    if (beginsTable(block, above)) starts.push(boundary);
  }
  return starts.map((start, index) => {
    const own = rows.slice(start, starts[index + 1]);
    return {
      rows: starts.length === 1 ? own : cutAt(filledWidth(own), own),
      start: index === 0 ? 1 : (own[0]?.number ?? 1),
    };
  });
}

/** The section that holds the most. */
export function fullest(sections: readonly Section[]): Section {
  const held = ({ rows }: Section) => rows.reduce((sum, { cells }) => sum + filledIn(cells), 0);
  return sections.reduce((best, section) => (held(section) > held(best) ? section : best));
}

/**
 * The sections that are tables: those with a header and more than a few rows. Below the fullest one, two rows are enough; above
 * it, names with their values ("From:", "2024-01-01") are no table either.
 */
export function tablesAmong(sections: readonly Section[]): Section[] {
  const main = fullest(sections);
  return sections.filter((section) => {
    const { header, width, firstRow } = findLayout(section.rows, undefined);
    const count = section.rows.filter(({ number }) => number >= firstRow).length;
    if (header === null || width < 2) return false;
    if (section.start > main.start) return count >= fewestRowsBelow;
    return count >= lastingRows && (section === main || !areNamesWithValues(section.rows));
  });
}

function areNamesWithValues(rows: readonly NumberedRow[]): boolean {
  const pairs = rows.filter(({ cells }) => filledIn(cells) <= 2 && filledIn(cells.slice(0, 2)) > 0);
  if (pairs.length < rows.length) return false;
  const marked = rows.filter(({ cells }) => /[:：=]\s*$/.test(cells[0] ?? "")).length;
  // The first row may be a header; below it, a column of a table has cells of one kind, but for damage.
  const [, ...values] = rows.map(({ cells }) => cellKind(cells[1] ?? ""));
  const kinds = values.filter((kind) => kind !== "empty");
  const usual = Math.max(0, ...kinds.map((kind) => kinds.filter((other) => other === kind).length));
  return marked * 2 >= rows.length || usual <= kinds.length * usualShare;
}

function boundariesIn(rows: readonly NumberedRow[]): number[] {
  const boundaries: number[] = [];
  for (let index = 1; index < rows.length; index += 1) {
    const [before = 0, here = 0] = [rows[index - 1]?.cells.length, rows[index]?.cells.length];
    const lasts = (from: number, length: number) =>
      Array.from({ length: lastingRows }, (_, step) => rows[from + step]?.cells.length).every((one) => one === length);
    const changes = here !== before && lasts(index, here) && lasts(index - lastingRows, before);
    if (rows[index]?.afterBlank || changes || namesColumns(rows, index)) boundaries.push(index);
  }
  return boundaries;
}

/** Whether a row among others of its width has different words, without digits, in columns where they have numbers and times. */
function namesColumns(rows: readonly NumberedRow[], index: number): boolean {
  const cells = rows[index]?.cells ?? [];
  if (cells.some((cell) => cellKind(cell) !== "text") || new Set(cells).size < cells.length) return false;
  const near = [rows.slice(Math.max(0, index - lastingRows), index), rows.slice(index + 1, index + 1 + lastingRows)];
  return near.every((some) => {
    if (some.length < lastingRows || some.some((row) => row.cells.length !== cells.length)) return false;
    const kinds = usualKinds(some);
    const measured = cells.filter((_, column) => isMeasured(kinds[column] ?? "empty"));
    return measured.length > 1 && !measured.some((cell) => /\d/.test(cell));
  });
}

function beginsTable(given: readonly NumberedRow[], above: readonly NumberedRow[]): boolean {
  if (given.length < 2 || above.length === 0) return false;
  // Spreadsheet programs fill all rows up to the width of the widest.
  const block = cutAt(filledWidth(given), given);
  const { header, width, headerRow, firstRow } = findLayout(block, undefined);
  if (header === null || width < 2) return false;
  const isTyped = (rows: readonly NumberedRow[]) =>
    usualKinds(rows).some((kind, index) => isMeasured(kind) && (header[index] ?? "").trim() !== "");
  const data = block.filter(({ number }) => number >= firstRow);
  const names = block.find((row) => row.number === headerRow)?.cells.join("\n");
  if (above.some(({ cells }) => cells.slice(0, width).join("\n") === names)) return false;
  const widths = cutAt(filledWidth(above), above).map(({ cells }) => cells.length);
  const otherWidth = usualCount(widths) !== width;
  if (isTyped(data)) return otherWidth || isTyped(above);
  return otherWidth && block[0]?.afterBlank === true && lacksColumns(block, above);
}

/**
 * Whether rows of words can't be of the table above: all are of one width, and columns that it fills throughout, some of them
 * with numbers or times, have no cells.
 */
function lacksColumns(block: readonly NumberedRow[], above: readonly NumberedRow[]): boolean {
  const [first] = block;
  const width = first ? filledLength(first.cells) : 0;
  if (block.some(({ cells }) => filledLength(cells) !== width)) return false;
  const lacking = usualKinds(above).flatMap((kind, index) => (index >= width && isMeasured(kind) ? [index] : []));
  return lacking.some((index) => {
    const filled = above.filter(({ cells }) => (cells[index] ?? "").trim() !== "").length;
    return above.length > 2 && filled >= above.length * filledThroughout;
  });
}

function isMeasured(kind: CellKind): boolean {
  return kind === "number" || kind === "time";
}

function filledWidth(rows: readonly NumberedRow[]): number {
  return Math.max(...rows.map(({ cells }) => filledLength(cells)));
}

function cutAt(width: number, rows: readonly NumberedRow[]): NumberedRow[] {
  return rows.map((row) => (row.cells.length > width ? { ...row, cells: row.cells.slice(0, width) } : row));
}
