import { Ledger } from "../ledger.ts";
import { areGrouped } from "../row-groups.ts";
import { Subtotals } from "../subtotals.ts";
import { Footer } from "../text/footer.ts";
import { furtherHeaderLines } from "../text/header.ts";
import { uniqueNames } from "../unique-names.ts";
import type { CellKind } from "./cell-reader.ts";
import { nameColumns } from "./header-names.ts";
import { sumsOfRowsBelow } from "./pivot-sums.ts";
import type { CellRange } from "./sheet-rows.ts";
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

/** The rows right below a header that belong to it: units or explanations under the names. */
function furtherLines(header: SurveyedRow, head: SurveyedRow[]): SurveyedRow[] {
  const below = head.filter(({ number }) => number > header.number);
  const columns = [...header.cells.keys()];
  const lineOf = ({ number, cells }: SurveyedRow) => ({
    number,
    cells: columns.map((column) => cells.get(column)?.text ?? ""),
  });
  const lines = below.slice(0, furtherHeaderLines(lineOf(header).cells, below.map(lineOf)));
  return lines.every(({ number }, index) => number === header.number + 1 + index) ? lines : [];
}

interface Header {
  row: SurveyedRow | undefined;
  /** Where data begins if there is no header. */
  firstRow: number;
}

function given(head: SurveyedRow[], headerRow: number): Header {
  const row = head.find(({ number }) => number === headerRow);
  const empty = headerRow > 0 && !row ? { number: headerRow, cells: new Map() } : undefined;
  return { row: row ?? empty, firstRow: head[0]?.number ?? 1 };
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

function findHeader(head: SurveyedRow[], merges: CellRange[]): Header {
  const header = likelyHeader(head);
  if (!header.row) return header;
  // Labels over several columns are groups, and the names stand below them.
  const { number } = header.row;
  const groups = merges.filter((range) => range.lastRow === number && range.lastColumn > range.firstColumn);
  const below = head.find((row) => row.number === number + 1);
  const isNamed = ({ firstColumn, lastColumn }: CellRange) => {
    for (let column = firstColumn; column <= lastColumn; column += 1) {
      if (below?.cells.get(column)?.kind !== "text") return false;
    }
    return true;
  };
  const isContinued = (column: number) =>
    below?.cells.has(column) ||
    merges.some((range) => covers(range, number, column) && covers(range, number + 1, column));
  const isGroups = groups.length > 0 && groups.every(isNamed) && [...header.row.cells.keys()].every(isContinued);
  return below && isGroups ? { row: below, firstRow: below.number } : header;
}

function likelyHeader(head: SurveyedRow[]): Header {
  const width = tableWidth(head);
  const enough = width <= 2 ? width : Math.ceil(width / 2);
  const full = head.filter(({ cells }) => cells.size >= enough);
  const [first, second] = full;
  if (!first) return { row: head[0], firstRow: head[0]?.number ?? 1 };
  const typed = typedColumns(full);
  const isData = ({ cells }: SurveyedRow) =>
    typed.some((column) => isTyped(cells.get(column)?.kind)) &&
    typed.filter((column) => isTyped(cells.get(column)?.kind)).length * 2 >=
      typed.filter((column) => cells.has(column)).length;
  if (typed.length === 0) return { row: first, firstRow: first.number };
  const data = full.findIndex(isData);
  if (data < 0) return { row: first, firstRow: first.number };
  if (data === 0) {
    // Totals may stand above the names.
    const named = full.findIndex(
      ({ cells }, index) =>
        index > 0 && index <= 3 && cells.size >= width && [...cells.values()].every(({ kind }) => kind === "text"),
    );
    const [below, further] = [full[named + 1], full[named + 2]];
    if (named > 0 && below && further && isData(below) && isData(further) && full.length > named * 3) {
      return { row: full[named], firstRow: full[named]?.number ?? 1 };
    }
    const isHeader = second !== undefined && namesPeriods(first, second);
    return { row: isHeader ? first : undefined, firstRow: first.number };
  }
  const above = full.slice(0, data);
  const fullest = above.reduce((best, row) => (row.cells.size > best.cells.size ? row : best));
  return { row: fullest, firstRow: fullest.number };
}

/** The most cells that at least two rows fill; a single note may be wider. */
function tableWidth(head: SurveyedRow[]): number {
  const sizes = head.map(({ cells }) => cells.size).sort((one, other) => other - one);
  return sizes[1] ?? sizes[0] ?? 0;
}

function isTyped(kind: CellKind | undefined): boolean {
  return kind !== undefined && kind !== "text";
}

/** Columns that hold mostly something else than text. */
function typedColumns(rows: SurveyedRow[]): number[] {
  const counts = new Map<number, { typed: number; all: number }>();
  for (const { cells } of rows) {
    for (const [column, { kind }] of cells) {
      const count = counts.get(column) ?? { typed: 0, all: 0 };
      count.all += 1;
      if (isTyped(kind)) count.typed += 1;
      counts.set(column, count);
    }
  }
  return [...counts].filter(([, { typed, all }]) => typed * 2 >= all && typed > 0).map(([column]) => column);
}

/** Whether a row is a header of texts and periods, such as `Country, 2019, 2020, 2021`, over rows of other numbers. */
function namesPeriods(row: SurveyedRow, next: SurveyedRow): boolean {
  const cells = [...row.cells];
  const [start] = cells;
  if (start?.[1].kind !== "text") return false;
  const typed = cells.filter(([, { kind }]) => isTyped(kind));
  const isPeriod = ({ kind, text }: { kind: CellKind; text: string }) =>
    kind === "date" || (kind === "integer" && Number(text) >= 1900 && Number(text) <= 2100);
  const distinct = new Set(typed.map(([, { text }]) => text)).size === typed.length;
  return (
    typed.length >= 2 &&
    distinct &&
    typed.every(([, cell]) => isPeriod(cell)) &&
    typed.some(([column]) => {
      const below = next.cells.get(column);
      return below !== undefined && !isPeriod(below);
    })
  );
}

/**
 * The cells of columns that are notes beside the table: without a name, behind an empty column, words alone, and few of them.
 * They are known one by one only if none stands in the middle of a long sheet.
 */
function notesBeside(
  tallies: Map<number, ColumnTally>,
  { cells: names }: SurveyedRow,
  body: SurveyedRow[],
  { middle, rowCount }: SheetSurvey,
): TableLocation["besides"] {
  const last = Math.max(...names.keys());
  if (tallies.has(last + 1)) return [];
  const beyond = [...tallies.keys()].filter((column) => column > last);
  return beyond.flatMap((column) => {
    const found = body.flatMap(({ number, cells }) => {
      const cell = cells.get(column);
      return cell ? [{ row: number, column, ...cell }] : [];
    });
    const isNote = !middle.has(column) && found.length * 3 <= rowCount && found.every(({ kind }) => kind === "text");
    return isNote ? found.map(({ row, text }) => ({ row, column, value: text })) : [];
  });
}

/** How many of the last rows are notes and totals below the table. */
function countFooter(rows: SurveyedRow[], header: SurveyedRow | undefined): number {
  const notes = countNotes(rows, header);
  const others = rows.slice(0, rows.length - notes);
  const columns = [...new Set([header, ...others].flatMap((row) => [...(row?.cells.keys() ?? [])]))].sort(
    (one, other) => one - other,
  );
  const footer = new Footer({ header: null, headerRow: 0, firstRow: 1, width: columns.length }, new Ledger());
  let kept = 0;
  for (const [index, { number, cells }] of others.entries()) {
    if (number > (others[index - 1]?.number ?? number) + 1) footer.blank();
    if (footer.push({ number, cells: columns.map((column) => cells.get(column)?.text ?? "") })) kept += 1;
  }
  return rows.length - kept - footer.end().length;
}

/** How many of the last rows are notes below the table: little text, and none of the numbers that the others have. */
function countNotes(rows: SurveyedRow[], header: SurveyedRow | undefined): number {
  const width = Math.max(tableWidth(rows), header?.cells.size ?? 0);
  const typed = new Set(typedColumns(rows.filter(({ cells }) => cells.size * 2 >= width)));
  const isNote = ({ cells }: SurveyedRow) =>
    [...cells].every(([column, { kind }]) => kind === "text" || !typed.has(column)) &&
    [...cells.values()].every(({ kind }) => kind === "text") &&
    cells.size * 3 <= width;
  let count = 0;
  while (count < rows.length - 1) {
    const row = rows[rows.length - 1 - count];
    if (!row || !isNote(row)) break;
    count += 1;
  }
  const separated = (at: number) => (rows[at]?.number ?? 0) > (rows[at - 1]?.number ?? 0) + 1;
  if (typed.size > 0 && width >= 3) return count;
  // Where all is text, or two columns are all, a short row is a note only with a blank row above it.
  const isSmall = (row: SurveyedRow | undefined) => row !== undefined && row.cells.size < width && row.cells.size === 1;
  let small = 0;
  let separate = 0;
  while (small < rows.length - 1 && isSmall(rows[rows.length - 1 - small])) {
    const row = rows[rows.length - 1 - small];
    if ([...(row?.cells.values() ?? [])].some(({ kind }) => kind !== "text")) break;
    small += 1;
    if (separated(rows.length - small)) separate = small;
  }
  return width >= 2 ? separate : 0;
}

/** How many rows stand below a table that the file marks; none if they are too many to be notes. */
function countBeyond(rows: SurveyedRow[], lastRow: number, survey: SheetSurvey): number {
  const count = rows.filter(({ number }) => number > lastRow).length;
  return count < 50 && count * 2 < survey.rowCount ? count : 0;
}

function covers(range: CellRange, row: number, column: number): boolean {
  return meetsRow(range, row) && range.firstColumn <= column && column <= range.lastColumn;
}

/** Whether the range is of this row, among others. */
export function meetsRow({ firstRow, lastRow }: CellRange, row: number): boolean {
  return firstRow <= row && row <= lastRow;
}
