import { join } from "node:path";
import type { ReadOptions, SelectableTable } from "../../../contract/index.ts";
import { ZipArchive } from "../archive/zip-archive.ts";
import { checkWidth } from "../convert.ts";
import { DataError } from "../data-error.ts";
import type { Ledger } from "../ledger.ts";
import { groupName } from "../row-groups.ts";
import type { ReaderInput, SourceColumn, TableSource } from "../table-source.ts";
import type { TableWriter } from "../table-writer.ts";
import { belowTable } from "../text/footer.ts";
import { uniqueNames } from "../unique-names.ts";
import { CellReader } from "./cell-reader.ts";
import { readCellStyles } from "./cell-styles.ts";
import { typeOfColumn } from "./column-type.ts";
import { DraftTable, writeTable } from "./draft-table.ts";
import { locateTable, type TableLocation } from "./locate-table.ts";
import { markedTable } from "./marked-tables.ts";
import { PackageParts } from "./package-parts.ts";
import { readSharedStrings } from "./shared-strings.ts";
import { columnLetters } from "./sheet-rows.ts";
import { splitSheet } from "./split-sheet.ts";
import { type SheetSurvey, surveySheet } from "./survey-sheet.ts";
import { readWorkbookSheets, type Sheet } from "./workbook-sheets.ts";

interface SurveyedSheet {
  sheet: Sheet;
  /** By which a person chooses it: the sheet's name, with the place where several tables stand on the sheet. */
  name: string;
  survey: SheetSurvey;
  location: TableLocation;
}

/**
 * Reads a table out of an Office Open XML workbook (.xlsx, .xlsm), transitional or strict. Each sheet is streamed once
 * to see where its table is and what its columns hold; the largest is written in passing, as its first rows suggest, and
 * only where they mislead, or another sheet is chosen, is one streamed again. Error values and dates
 * that never were go to the ledger. Throws `DataError`.
 */
export async function readWorkbook(input: ReaderInput): Promise<TableSource> {
  const archive = await ZipArchive.open(input.path);
  try {
    return await readParts(new PackageParts(archive), input);
  } finally {
    await archive.close();
  }
}

async function readParts(parts: PackageParts, input: ReaderInput): Promise<TableSource> {
  const { folder, options, ledger } = input;
  const { groups } = options;
  const workbook = await readWorkbookSheets(parts);
  const { sheets } = workbook;
  const largest = Math.max(...sheets.map(({ part }) => parts.size(part)));
  const total =
    sheets.reduce((sum, { part }) => sum + parts.size(part), parts.size(workbook.sharedStringsPart ?? "")) + largest;
  let read = 0;
  const onChunk = (bytes: number) => {
    input.signal.throwIfAborted();
    read += bytes;
    input.onProgress(Math.min(1, read / total));
  };

  const styles = await readCellStyles(parts, workbook.stylesPart);
  const strings = await readSharedStrings(parts, workbook.sharedStringsPart, onChunk);
  const reader = new CellReader(strings, styles, workbook.date1904);
  const surveyed: SurveyedSheet[] = [];
  const largestPart = sheets.find(({ part }) => parts.size(part) === largest)?.part;
  let written: WrittenTable | undefined;
  const context = { parts, reader, path: join(folder, "table.csv") };
  for (const sheet of sheets) {
    const headerRow = options.sheet === undefined || options.sheet === sheet.name ? options.headerRow : undefined;
    const marked = await markedTable(parts, sheet.part);
    await using draft =
      sheet.part === largestPart ? new DraftTable({ ...context, headerRow, groups, marked }) : undefined;
    const survey = await surveySheet(parts, sheet.part, reader, {
      begin: (head, rows) => draft?.begin(head, rows),
      row: (row) => draft?.row(row),
      async chunk(bytes) {
        onChunk(bytes);
        await draft?.pause();
      },
    });
    const tables = headerRow === undefined && !marked ? splitSheet(survey) : [survey];
    if (tables.length > 1) {
      surveyed.push(...tablesOf(sheet, tables, options));
      continue;
    }
    const location = locateTable(survey, { headerRow, groups, marked });
    if (location) surveyed.push({ sheet, name: sheet.name, survey, location });
    const drafted = location && (await draft?.finish(location, survey));
    if (drafted) written = { ...drafted, sheet };
  }
  const { sheet, name, survey, location } = choose(surveyed, options.sheet);
  checkHeader(name, survey, options.headerRow);
  checkWidth(location.columns.length);
  if (written?.sheet !== sheet) {
    const path = join(folder, "chosen-table.csv");
    written = { ...(await writeTable({ ...context, path }, sheet.part, location, survey, onChunk)), sheet };
  }
  const { writer, faults } = written;
  ledger.addAll(faults);
  for (const { number, cells } of location.notes) {
    const value = [...cells.values()].map(({ text }) => text).join(" ¦ ");
    ledger.add({ row: number, column: null, value, reason: belowTable });
  }
  for (const { row, column, value } of location.besides) {
    const reason = "The cell stands beside the table, in a column without a name: a note";
    ledger.add({ row, column: columnLetters(column), value, reason });
  }
  return {
    path: writer.path,
    columns: columnsOf(location, reader),
    rowCount: writer.rowCount,
    evidence: writer.evidence,
    longestLine: writer.longestLine,
    tables:
      surveyed.length < 2
        ? []
        : surveyed.map((one) => selectable(one, one.location === location ? writer.rowCount : one.location.rowCount)),
    read: { sheet: name, headerRow: location.headerRow, ...(location.groups && { groups: true }) },
  };
}

/** Names are made unique once more where a name for the groups is among them. */
function columnsOf({ columns, groups }: TableLocation, reader: CellReader): SourceColumn[] {
  const own = columns.map(({ name, tally }) => ({ name, ...typeOfColumn(tally, reader, name) }));
  if (!groups) return own;
  const names = uniqueNames([groupName, ...own.map(({ name }) => name)]);
  return [{ name: groupName }, ...own].map((column, index) => ({ ...column, name: names[index] ?? column.name }));
}

/** The row that a person chose must name something, be it in one of several tables of a sheet. */
function checkHeader(name: string, { head }: SheetSurvey, headerRow = 0): void {
  if (headerRow === 0 || head.some(({ number }) => number === headerRow)) return;
  throw new DataError(
    "bad-option",
    `Row ${headerRow} of “${name}” is blank or is not among its first rows, so it can't be the header.`,
  );
}

interface WrittenTable {
  sheet: Sheet;
  writer: TableWriter;
  faults: Ledger;
}

/** The tables of a sheet that holds several, by the row of their header, or its first cell where that says too little. */
function tablesOf(
  sheet: Sheet,
  parts: SheetSurvey[],
  { sheet: chosen, headerRow, groups }: ReadOptions,
): SurveyedSheet[] {
  const found = parts.flatMap((survey) => {
    const location = locateTable(survey, { groups });
    return location ? [{ survey, location }] : [];
  });
  const overlap = found.some(({ location: one }, index) =>
    found.slice(index + 1).some(({ location: other }) => topRow(other) <= one.lastRow && topRow(one) <= other.lastRow),
  );
  return found.flatMap(({ survey, location }) => {
    const row = topRow(location);
    const place = overlap ? `${columnLetters(location.columns[0]?.column ?? 0)}${row}` : `row ${row}`;
    const name = `${sheet.name}, table from ${place}`;
    const asked = name === chosen ? locateTable(survey, { headerRow, groups }) : location;
    return asked ? [{ sheet, name, survey, location: asked }] : [];
  });
}

function topRow({ headerRow, firstRow }: TableLocation): number {
  return headerRow || firstRow;
}

function selectable({ name, location: { columns } }: SurveyedSheet, rowCount: number): SelectableTable {
  return { name, rowCount, columnCount: columns.length };
}

/** The sheet or table that a person has named, or the fullest. */
function choose(all: SurveyedSheet[], name: string | undefined): SurveyedSheet {
  const named = all.filter((one) => one.name === name);
  const onSheet = all.filter(({ sheet }) => sheet.name === name);
  const sheets = named.length > 0 ? named : onSheet.length > 0 ? onSheet : all;
  const fullest = sheets.reduce<SurveyedSheet | undefined>(
    (best, one) => (best && best.location.cellCount >= one.location.cellCount ? best : one),
    undefined,
  );
  if (!fullest) {
    throw new DataError(
      "empty-file",
      "The workbook's sheets are empty. Check that the table was saved and upload it again.",
    );
  }
  if (name === undefined || sheets !== all) return fullest;
  const names = all.map((one) => `“${one.name}”`).join(", ");
  throw new DataError("no-such-sheet", `The workbook has no visible sheet “${name}” with a table. It has ${names}.`, {
    tables: all.map((one) => selectable(one, one.location.rowCount)),
  });
}
