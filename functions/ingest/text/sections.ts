import { usualCount } from "./detect-dialect.ts";
import { filledIn, usualKinds } from "./header.ts";
import { findLayout, type NumberedRow } from "./layout.ts";

/** A table among several in one file; the first has what stands above it too. */
export interface Section {
  rows: NumberedRow[];
  /** Number of its first row in the file. */
  start: number;
}

/** So many rows of another width in a row are no longer damage. */
const lastingRows = 3;

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
  return starts.map((start, index) => ({
    rows: rows.slice(start, starts[index + 1]),
    start: index === 0 ? 1 : (rows[start]?.number ?? 1),
  }));
}

/** The section that holds the most. */
export function fullest(sections: readonly Section[]): Section {
  const held = ({ rows }: Section) => rows.reduce((sum, { cells }) => sum + filledIn(cells), 0);
  return sections.reduce((best, section) => (held(section) > held(best) ? section : best));
}

/** Whether the section is more than a few words above or below a table. */
export function isTable({ rows }: Section): boolean {
  const { header, width, firstRow } = findLayout(rows, undefined);
  return header !== null && width > 1 && rows.filter(({ number }) => number >= firstRow).length >= lastingRows;
}

function boundariesIn(rows: readonly NumberedRow[]): number[] {
  const boundaries: number[] = [];
  for (let index = 1; index < rows.length; index += 1) {
    const [before = 0, here = 0] = [rows[index - 1]?.cells.length, rows[index]?.cells.length];
    const lasts = (from: number, length: number) =>
      Array.from({ length: lastingRows }, (_, step) => rows[from + step]?.cells.length).every((one) => one === length);
    const changes = here !== before && lasts(index, here) && lasts(index - lastingRows, before);
    if (rows[index]?.afterBlank || changes) boundaries.push(index);
  }
  return boundaries;
}

function beginsTable(block: readonly NumberedRow[], above: readonly NumberedRow[]): boolean {
  if (block.length < 2 || above.length === 0) return false;
  const { header, width, headerRow, firstRow } = findLayout(block, undefined);
  if (header === null || width < 2) return false;
  const names = header.map((cell) => cell.trim() !== "");
  const isTyped = (rows: readonly NumberedRow[]) =>
    usualKinds(rows).some((kind, index) => (kind === "number" || kind === "time") && names[index] === true);
  const data = block.filter(({ number }) => number >= firstRow);
  const repeats = above.some(
    ({ cells }) => cells.join("\n") === block.find((row) => row.number === headerRow)?.cells.join("\n"),
  );
  if (repeats || !isTyped(data)) return false;
  return usualCount(above.map(({ cells }) => cells.length)) !== width || isTyped(above);
}
