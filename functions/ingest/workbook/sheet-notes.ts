import { Ledger } from "../ledger.ts";
import { Footer } from "../text/footer.ts";
import type { TableLocation } from "./locate-table.ts";
import type { ColumnTally, SheetSurvey, SurveyedRow } from "./survey-sheet.ts";
import { tableWidth, typedColumns } from "./typed-columns.ts";

/**
 * The cells of columns that are notes beside the table: without a name, behind an empty column, words alone, and few of them.
 * They are known one by one only if none stands in the middle of a long sheet.
 */
export function notesBeside(
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
export function countFooter(rows: SurveyedRow[], header: SurveyedRow | undefined): number {
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
export function countBeyond(rows: SurveyedRow[], lastRow: number, survey: SheetSurvey): number {
  const count = rows.filter(({ number }) => number > lastRow).length;
  return count < 50 && count * 2 < survey.rowCount ? count : 0;
}
