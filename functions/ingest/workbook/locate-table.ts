import { areGrouped } from "../row-groups.ts";
import { Subtotals } from "../subtotals.ts";
import { uniqueNames } from "../unique-names.ts";
import type { CellRange } from "./cell-range.ts";
import { findHeader, furtherLines, given } from "./find-header.ts";
import { nameColumns } from "./header-names.ts";
import { sumsOfRowsBelow } from "./pivot-sums.ts";
import { countBeyond, countFooter, notesBeside } from "./sheet-notes.ts";
import { addToTally, type ColumnTally, type SheetSurvey, type SurveyedRow } from "./survey-sheet.ts";

/** Where the table of a sheet is. Rows count from 1, columns from 0. */
export interface TableLocation {
  /** The row that names the columns, or 0 if none does. */
  headerRow: number;
  /** The first and last row of data; `first` is beyond `last` in a table of a header only. */
  firstRow: number;
  lastRow: number;
  /** The sheet's columns that belong to the table. */
  columns: { column: number; name: string; tally: ColumnTally }[];
  /** Rows name the groups of the rows below them, which become one more column in front. */
  groups: boolean;
  /** Numbers of the rows that name groups and add up their rows. */
  sums: ReadonlySet<number>;
  /** Rows with data. */
  rowCount: number;
  /** Cells with data. */
  cellCount: number;
  /** Rows below the table that are notes. */
  notes: SurveyedRow[];
  /** Cells right of the table that are notes. */
  besides: { row: number; column: number; value: string }[];
}

export interface LocateOptions {
  /** The row that names the columns, or 0 for none, where a person says so. */
  headerRow?: number | undefined;
  /** False where a person says that lines which name groups are rows. */
  groups?: boolean | undefined;
  /** Where the file itself marks a table. */
  marked?: { headerRow: number; firstRow: number; lastRow: number } | undefined;
}

/**
 * Finds the table in a sheet: the header is the fullest row above the first row with numbers or dates in it, or the first
 * full row where all is text; rows above are titles, rows of little text below the last full one are notes. Undefined for
 * a sheet without any.
 */
export function locateTable(survey: SheetSurvey, options: LocateOptions): TableLocation | undefined {
  const head = withoutCovered(survey.head, survey.merges);
  const tail = withoutCovered(survey.tail, survey.merges);
  if (head.length === 0) return undefined;
  const marked = options.headerRow === undefined ? options.marked : undefined;
  const header =
    options.headerRow !== undefined
      ? given(head, options.headerRow)
      : marked
        ? given(head, marked.headerRow)
        : findHeader(head, survey.merges);
  const further = header.row && !marked && options.headerRow === undefined ? furtherLines(header.row, head) : [];
  const lastLine = further.at(-1) ?? header.row;
  const firstRow = Math.max(lastLine ? lastLine.number + 1 : header.firstRow, marked?.firstRow ?? 0);
  const known = [...head, ...tail].filter(({ number }) => number >= firstRow);
  const noteCount = marked ? countBeyond(known, marked.lastRow, survey) : countFooter(known, header.row);
  const notes = noteCount === 0 ? [] : known.slice(-noteCount);
  const body = noteCount === 0 ? known : known.slice(0, -noteCount);

  const tallies = new Map<number, ColumnTally>();
  for (const [column, { kinds, styles }] of survey.middle) {
    tallies.set(column, { kinds: new Map(kinds), styles: new Map(styles) });
  }
  for (const { cells } of body) {
    for (const [column, { kind, style }] of cells) addToTally(tallies, column, kind, style);
  }
  const besides = header.row ? notesBeside(tallies, header.row, body, survey) : [];
  for (const { column } of besides) tallies.delete(column);
  const names = header.row ? nameColumns(header.row, head, survey.merges) : new Map<number, string>();
  for (const { cells } of further) {
    for (const [column, { text }] of cells) names.set(column, [names.get(column), text].filter(Boolean).join(" "));
  }
  // A label that is merged over columns without any cell makes no columns of them.
  const columns = [...new Set([...(header.row?.cells.keys() ?? []), ...tallies.keys()])].sort(
    (one, other) => one - other,
  );
  const unique = uniqueNames(columns.map((column) => names.get(column) ?? null));
  const subtotals = new Subtotals();
  const textsOf = ({ cells }: SurveyedRow) => columns.map((column) => cells.get(column)?.text ?? null);
  const details = body.map(textsOf).filter((cells) => !subtotals.has(cells));
  const [total] = notes;
  const mayBeGrouped = options.groups !== false;
  const isKnown = mayBeGrouped && total !== undefined && header.row !== undefined && survey.middle.size === 0;
  const below = isKnown ? sumsOfRowsBelow(body.map(textsOf), textsOf(total)) : new Set<number>();
  const sums = new Set([...below].map((index) => body[index]?.number ?? 0));
  const skipped = head.length + tail.length - known.length;
  let cellCount = 0;
  for (const { kinds } of tallies.values()) for (const count of kinds.values()) cellCount += count;
  return {
    headerRow: lastLine?.number ?? 0,
    firstRow,
    // Of a table beside a longer one, the last rows may be among those that are not known one by one.
    lastRow:
      survey.tail.length === 0 && survey.middle.size > 0
        ? Number.POSITIVE_INFINITY
        : (body.at(-1)?.number ?? firstRow - 1),
    columns: columns.map((column, index) => ({
      column,
      name: unique[index] ?? "",
      tally: tallies.get(column) ?? { kinds: new Map(), styles: new Map() },
    })),
    groups: sums.size > 0 || (mayBeGrouped && areGrouped(details, columns.length)),
    sums,
    rowCount: survey.rowCount - skipped - noteCount,
    cellCount,
    notes,
    besides,
  };
}

/** Without cells that a merge hides: some programs repeat the value in each. A row may be left without any. */
function withoutCovered(rows: SurveyedRow[], merges: CellRange[]): SurveyedRow[] {
  const byNumber = new Map(rows.map(({ number, cells }) => [number, { number, cells: new Map(cells) }]));
  const first = rows[0]?.number ?? 0;
  const last = rows.at(-1)?.number ?? 0;
  for (const range of merges) {
    for (let number = Math.max(first, range.firstRow); number <= Math.min(last, range.lastRow); number += 1) {
      const row = byNumber.get(number);
      if (!row) continue;
      for (const column of [...row.cells.keys()]) {
        const isInside = column >= range.firstColumn && column <= range.lastColumn;
        if (isInside && (number > range.firstRow || column > range.firstColumn)) row.cells.delete(column);
      }
    }
  }
  return [...byNumber.values()];
}
