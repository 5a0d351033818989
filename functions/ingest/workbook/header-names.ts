import { type CellRange, meetsRow } from "./cell-range.ts";
import type { SurveyedRow } from "./survey-sheet.ts";

const maxHeaderRows = 4;

/**
 * The columns' names by column, from the header and the rows right above it, as far as the header needs them: where its
 * names repeat, or cells are merged from above into it. A label merged over several columns counts for each
 * (`2023 Q1`, `2023 Q2`, `2024 Q1` …).
 */
export function nameColumns(header: SurveyedRow, head: SurveyedRow[], merges: CellRange[]): Map<number, string> {
  const near = merges.filter(
    ({ firstRow, lastRow }) => firstRow <= header.number && lastRow >= header.number - maxHeaderRows,
  );
  let names = labels(header, near);
  for (let number = header.number - 1; number > header.number - maxHeaderRows; number -= 1) {
    const row = head.find((candidate) => candidate.number === number);
    if (!row || row.cells.size < 2) break;
    const merged = near.some(
      (range) => meetsRow(range, number) && meetsRow(range, number + 1) && range.firstRow <= number,
    );
    if (!merged && !repeats(names)) break;
    const groups = labels(row, near, Math.max(...names.keys()));
    const combined = new Map<number, string>();
    for (const column of new Set([...groups.keys(), ...names.keys()])) {
      const parts = [groups.get(column), names.get(column)].filter((part) => part !== undefined);
      combined.set(column, parts.join(" "));
    }
    names = combined;
  }
  return names;
}

function repeats(names: Map<number, string>): boolean {
  return new Set(names.values()).size < names.size;
}

/** A row's texts, each spread over the columns that it is merged over; up to `last`, also over the blank cells right of it. */
function labels(row: SurveyedRow, merges: CellRange[], last?: number): Map<number, string> {
  const found = new Map<number, string>();
  for (const [column, { text }] of row.cells) {
    found.set(column, text);
    const range = merges.find((merge) => merge.firstRow === row.number && merge.firstColumn === column);
    for (let next = column + 1; next <= (range?.lastColumn ?? column); next += 1) found.set(next, text);
  }
  if (last === undefined || merges.some((merge) => merge.firstRow === row.number)) return found;
  let label: string | undefined;
  const [first = 0] = [...row.cells.keys()].sort((one, other) => one - other);
  for (let column = first; column <= last; column += 1) {
    label = found.get(column) ?? label;
    if (label !== undefined) found.set(column, label);
  }
  return found;
}
