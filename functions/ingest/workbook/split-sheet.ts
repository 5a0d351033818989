import type { NumberedRow } from "../text/layout.ts";
import { splitSections, tablesAmong } from "../text/sections.ts";
import { columnsBeside, restrictColumns } from "./side-by-side.ts";
import type { SheetSurvey, SurveyedRow } from "./survey-sheet.ts";

/**
 * The parts of a sheet on which several tables stand, one below the other or side by side, each as if it were a sheet; the sheet
 * itself where there is but one.
 */
export function splitSheet(survey: SheetSurvey): SheetSurvey[] {
  const beside = columnsBeside(survey).map((columns) => restrictColumns(survey, columns));
  const parts = beside.length > 1 ? beside : splitRows(survey);
  return parts.length > 1 ? parts.flatMap(splitSheet) : [survey];
}

/** Of a sheet that is too long to be known as a whole, no part. */
function splitRows(survey: SheetSurvey): SheetSurvey[] {
  const rows = [...survey.head, ...survey.tail];
  if (rows.length === 0 || rows.length < survey.rowCount) return [];
  const left = Math.min(...rows.flatMap(({ cells }) => [...cells.keys()]));
  const tables = tablesAmong(splitSections(rows.map((row, index) => numbered(row, rows[index - 1], left))));
  return tables.map((table, index) => {
    const first = table.rows[0]?.number ?? 0;
    // What follows a table and is none belongs to it, as its notes.
    const end = tables[index + 1]?.start ?? Number.POSITIVE_INFINITY;
    const isWithin = ({ number }: { number: number }) => number >= first && number < end;
    const head = rows.filter(isWithin);
    return {
      head,
      tail: [],
      lastRows: survey.lastRows.filter(isWithin),
      middle: new Map(),
      rowCount: head.length,
      merges: survey.merges.filter(({ firstRow, lastRow }) => firstRow >= first && lastRow < end),
    };
  });
}

function numbered({ number, cells }: SurveyedRow, above: SurveyedRow | undefined, left: number): NumberedRow {
  const right = Math.max(...cells.keys());
  return {
    number,
    cells: Array.from({ length: right - left + 1 }, (_, index) => cells.get(left + index)?.text ?? ""),
    ...(above && number > above.number + 1 && { afterBlank: true }),
  };
}
