import type { CellKind, CellReader } from "./cell-reader.ts";
import type { PackageParts } from "./package-parts.ts";
import { type CellRange, readSheetRows, type SheetRow } from "./sheet-rows.ts";

/** A row with at least one cell that is not blank. */
export interface SurveyedRow {
  number: number;
  /** The cells that are not blank, by column. */
  cells: Map<number, { kind: CellKind; style: number; text: string }>;
}

/** What a column holds in the rows between the first and the last ones. */
export interface ColumnTally {
  kinds: Map<CellKind, number>;
  /** How many cells have a style, for those that are numbers. */
  styles: Map<number, number>;
}

/** A sheet at a glance: enough to tell where its table is and what it holds, whatever its size. */
export interface SheetSurvey {
  /** The first rows that are not blank. */
  head: SurveyedRow[];
  /** The last ones, as far as they are not in `head`. */
  tail: SurveyedRow[];
  /** The columns of those between, by number. */
  middle: Map<number, ColumnTally>;
  /** Rows that are not blank. */
  rowCount: number;
  merges: CellRange[];
}

const headRows = 200;
const tailRows = 50;

/** Reads through a sheet once. Throws `DataError`. */
export async function surveySheet(
  parts: PackageParts,
  part: string,
  reader: CellReader,
  onChunk: (bytes: number) => void,
): Promise<SheetSurvey> {
  const survey: SheetSurvey = { head: [], tail: [], middle: new Map(), rowCount: 0, merges: [] };
  const tail: SheetRow[] = [];
  await readSheetRows(parts, part, {
    row(row) {
      if (row.cells.every((cell) => reader.kind(cell) === "blank")) return;
      survey.rowCount += 1;
      if (survey.head.length < headRows) {
        survey.head.push(surveyed(row, reader));
        return;
      }
      tail.push(row);
      if (tail.length < tailRows * 2) return;
      for (const past of tail.splice(0, tailRows)) tallyRow(past, survey.middle, reader);
    },
    merge: (range) => survey.merges.push(range),
    chunk: onChunk,
  });
  for (const past of tail.splice(0, Math.max(0, tail.length - tailRows))) tallyRow(past, survey.middle, reader);
  survey.tail = tail.map((row) => surveyed(row, reader));
  return survey;
}

function surveyed(row: SheetRow, reader: CellReader): SurveyedRow {
  const cells: SurveyedRow["cells"] = new Map();
  for (const cell of row.cells) {
    const kind = reader.kind(cell);
    if (kind === "blank") continue;
    const text = kind === "fault" ? cell.value : reader.text(cell, kind);
    cells.set(cell.column, { kind, style: cell.style, text });
  }
  return { number: row.number, cells };
}

function tallyRow(row: SheetRow, tallies: Map<number, ColumnTally>, reader: CellReader): void {
  for (const cell of row.cells) {
    const kind = reader.kind(cell);
    if (kind !== "blank") addToTally(tallies, cell.column, kind, cell.style);
  }
}

export function addToTally(tallies: Map<number, ColumnTally>, column: number, kind: CellKind, style: number): void {
  let tally = tallies.get(column);
  if (!tally) {
    tally = { kinds: new Map(), styles: new Map() };
    tallies.set(column, tally);
  }
  tally.kinds.set(kind, (tally.kinds.get(kind) ?? 0) + 1);
  tally.styles.set(style, (tally.styles.get(style) ?? 0) + 1);
}
