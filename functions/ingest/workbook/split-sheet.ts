import type { NumberedRow } from "../text/layout.ts";
import { isTable, splitSections } from "../text/sections.ts";
import type { SheetSurvey, SurveyedRow } from "./survey-sheet.ts";

/**
 * The parts of a sheet on which several tables stand one below the other, each as if it were a sheet; the sheet itself where
 * there is but one, or where it is too long to be known as a whole.
 */
export function splitSheet(survey: SheetSurvey): SheetSurvey[] {
  const rows = [...survey.head, ...survey.tail];
  if (rows.length < survey.rowCount) return [survey];
  const left = Math.min(...rows.flatMap(({ cells }) => [...cells.keys()]));
  const sections = splitSections(rows.map((row, index) => numbered(row, rows[index - 1], left)));
  if (sections.filter(isTable).length < 2) return [survey];
  return sections.filter(isTable).map((section) => {
    const first = section.rows[0]?.number ?? 0;
    const last = section.rows.at(-1)?.number ?? 0;
    const isWithin = ({ number }: { number: number }) => number >= first && number <= last;
    const head = rows.filter(isWithin);
    return {
      head,
      tail: [],
      lastRows: survey.lastRows.filter(isWithin),
      middle: new Map(),
      rowCount: head.length,
      merges: survey.merges.filter(({ firstRow, lastRow }) => firstRow >= first && lastRow <= last),
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
