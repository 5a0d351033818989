import type { CellRange } from "./cell-range.ts";
import type { CellKind, CellReader } from "./cell-reader.ts";
import type { PackageParts } from "./package-parts.ts";
import { readSheetRows, type SheetRow } from "./sheet-rows.ts";

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
  /** The rows of `tail` as the sheet has them. */
  lastRows: SheetRow[];
  /** The columns of those between, by number. */
  middle: Map<number, ColumnTally>;
  /** Rows that are not blank. */
  rowCount: number;
  merges: CellRange[];
}

const headRows = 200;
const tailRows = 50;

/** What may be done with a sheet's rows during its survey. */
export interface SurveyListener {
  /** The first rows are known: as they are surveyed, and as the sheet has them. */
  begin(survey: SheetSurvey, rows: SheetRow[]): void;
  /** A further row, in the order of the sheet; the last ones, in `lastRows`, are left out. */
  row(row: SheetRow): void;
  /** Called after each piece of the sheet, of so many bytes; the next one waits for it. */
  chunk(bytes: number): Promise<void> | void;
}

/** Reads through a sheet once. Throws `DataError`. */
export async function surveySheet(
  parts: PackageParts,
  part: string,
  reader: CellReader,
  listener: SurveyListener,
): Promise<SheetSurvey> {
  const survey: SheetSurvey = { head: [], tail: [], lastRows: [], middle: new Map(), rowCount: 0, merges: [] };
  let first: SheetRow[] = [];
  const held: SheetRow[] = [];
  const release = (count: number) => {
    for (const row of held.splice(0, count)) {
      tallyRow(row, survey.middle, reader);
      listener.row(row);
    }
  };
  await readSheetRows(parts, part, {
    row(row) {
      if (row.cells.every((cell) => reader.kind(cell) === "blank")) return;
      survey.rowCount += 1;
      if (survey.head.length < headRows) {
        survey.head.push(surveyed(row, reader));
        first.push(row);
        return;
      }
      if (first.length > 0) {
        listener.begin(survey, first);
        first = [];
      }
      held.push(row);
      if (held.length >= tailRows * 2) release(tailRows);
    },
    merge: (range) => survey.merges.push(range),
    chunk: (bytes) => listener.chunk(bytes),
  });
  release(Math.max(0, held.length - tailRows));
  survey.lastRows = held;
  survey.tail = held.map((row) => surveyed(row, reader));
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
