import { locateTable, type TableLocation } from "./locate-table.ts";
import type { SheetSurvey, SurveyedRow } from "./survey-sheet.ts";

/** A run of columns, from 0, ends included. */
export interface ColumnRun {
  first: number;
  last: number;
}

/** A run of columns that could be a table of its own: it has names for all of them, and a first column that tells rows apart. */
interface TableRun extends ColumnRun {
  headerRow: number;
  lastRow: number;
  /** Name of the first column, in which every row has a value. */
  key: string;
  keyIsNumber: boolean;
  keyIsUnique: boolean;
}

/**
 * The runs of columns that are tables standing side by side, an empty column between them; none for a table that merely has an
 * empty column in its middle. Two runs are two tables if each has a header and a first column of words or dates without gaps,
 * and if they reach over different rows, begin with the same name, or each name every row differently.
 */
export function columnsBeside(survey: SheetSurvey): ColumnRun[] {
  const runs = usedRuns(survey);
  if (runs.length < 2) return [];
  const tables: TableRun[] = [];
  for (const run of runs) {
    const table = asTable(run, survey);
    const last = tables.at(-1);
    if (table && (!last || areSeparate(last, table))) tables.push(table);
    // Columns that are no table of their own belong to the one before.
    else if (last) last.last = run.last;
  }
  const [first] = tables;
  if (!first || tables.length < 2) return [];
  first.first = runs[0]?.first ?? first.first;
  return tables.map(({ first: from, last }) => ({ first: from, last }));
}

/** The sheet as if it had these columns only. */
export function restrictColumns(survey: SheetSurvey, { first, last }: ColumnRun): SheetSurvey {
  const isWithin = (column: number) => column >= first && column <= last;
  const rows = (all: SurveyedRow[]) =>
    all
      .map(({ number, cells }) => ({ number, cells: new Map([...cells].filter(([column]) => isWithin(column))) }))
      .filter(({ cells }) => cells.size > 0);
  const [head, tail] = [rows(survey.head), rows(survey.tail)];
  const middle = new Map([...survey.middle].filter(([column]) => isWithin(column)));
  const filled = [...middle.values()].map(({ kinds }) => [...kinds.values()].reduce((sum, count) => sum + count, 0));
  return {
    head,
    tail,
    lastRows: [],
    middle,
    rowCount: head.length + Math.max(0, ...filled) + tail.length,
    merges: survey.merges.filter(({ firstColumn, lastColumn }) => isWithin(firstColumn) && isWithin(lastColumn)),
  };
}

function usedRuns({ head, tail, middle }: SheetSurvey): ColumnRun[] {
  const used = new Set([...middle.keys(), ...[...head, ...tail].flatMap(({ cells }) => [...cells.keys()])]);
  const runs: ColumnRun[] = [];
  for (const column of [...used].sort((one, other) => one - other)) {
    const run = runs.at(-1);
    if (run && column === run.last + 1) run.last = column;
    else runs.push({ first: column, last: column });
  }
  return runs;
}

function asTable(run: ColumnRun, sheet: SheetSurvey): TableRun | undefined {
  const survey = restrictColumns(sheet, run);
  const located = run.last > run.first ? locateTable(survey, {}) : undefined;
  const header = survey.head.find(({ number }) => number === located?.headerRow);
  if (!located || !header || header.cells.size < located.columns.length || located.rowCount < 2) return undefined;
  const key = header.cells.get(run.first);
  const rows = firstRows(survey, located);
  const values = rows.map(({ cells }) => cells.get(run.first));
  if (key === undefined || rows.length < 2 || values.includes(undefined)) return undefined;
  return {
    ...run,
    headerRow: located.headerRow,
    lastRow: located.lastRow,
    key: key.text,
    keyIsNumber:
      values.filter((value) => value?.kind === "integer" || value?.kind === "decimal").length * 2 > rows.length,
    keyIsUnique: new Set(values.map((value) => value?.text)).size === rows.length,
  };
}

/** The rows of data down to the first blank one. */
function firstRows({ head }: SheetSurvey, { firstRow }: TableLocation): SurveyedRow[] {
  const data = head.filter(({ number }) => number >= firstRow);
  const end = data.findIndex(({ number }, index) => number !== firstRow + index);
  return end < 0 ? data : data.slice(0, end);
}

function areSeparate(left: TableRun, right: TableRun): boolean {
  if (left.key === right.key) return true;
  if (left.keyIsNumber || right.keyIsNumber) return false;
  const sameRows = left.headerRow === right.headerRow && left.lastRow === right.lastRow;
  return !sameRows || (left.keyIsUnique && right.keyIsUnique);
}
