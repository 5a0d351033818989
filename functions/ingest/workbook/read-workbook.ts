import { join } from "node:path";
import { ZipArchive } from "../archive/zip-archive.ts";
import { DataError } from "../data-error.ts";
import type { ReaderInput, TableSource } from "../table-source.ts";
import { TableWriter } from "../table-writer.ts";
import { CellReader } from "./cell-reader.ts";
import { readCellStyles } from "./cell-styles.ts";
import { isAllDurations, typeOfColumn } from "./column-type.ts";
import { locateTable, type TableLocation } from "./locate-table.ts";
import { markedTable } from "./marked-tables.ts";
import { MergedValues } from "./merged-values.ts";
import { PackageParts } from "./package-parts.ts";
import { readSharedStrings } from "./shared-strings.ts";
import { readSheetRows, type SheetRow } from "./sheet-rows.ts";
import { type SheetSurvey, surveySheet } from "./survey-sheet.ts";
import { readWorkbookSheets, type Sheet } from "./workbook-sheets.ts";

/** A dataset's columns at most; a sheet may have eight times as many. */
const maxColumns = 2_000;

interface SurveyedSheet {
  sheet: Sheet;
  survey: SheetSurvey;
  location: TableLocation;
}

/**
 * Reads a table out of an Office Open XML workbook (.xlsx, .xlsm), transitional or strict. Each sheet is streamed twice:
 * once to see where its table is and what its columns hold, and the chosen one again to write it. Error values and dates
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
  for (const sheet of sheets) {
    const survey = await surveySheet(parts, sheet.part, reader, onChunk);
    const headerRow = options.sheet === undefined || options.sheet === sheet.name ? options.headerRow : undefined;
    const marked = await markedTable(parts, sheet.part);
    const location = locateTable(survey, { headerRow, marked });
    if (location) surveyed.push({ sheet, survey, location });
  }
  const { sheet, survey, location } = choose(surveyed, options.sheet);
  if (location.columns.length > maxColumns) {
    throw new DataError(
      "too-many-columns",
      `The table has ${location.columns.length} columns, more than ${maxColumns}. Leave out columns and upload it again.`,
    );
  }

  const writer = new TableWriter(join(folder, "table.csv"));
  const table = new TableRows(location, survey, reader, ledger);
  let writing: Promise<void>[] = [];
  await readSheetRows(parts, sheet.part, {
    row(row) {
      const cells = table.cells(row);
      const flushed = cells && writer.write(row.number, cells);
      if (flushed) writing.push(flushed);
    },
    async chunk(bytes) {
      onChunk(bytes);
      await Promise.all(writing);
      writing = [];
    },
  });
  await Promise.all(writing);
  await writer.end();
  for (const { number, cells } of location.notes) {
    const value = [...cells.values()].map(({ text }) => text).join(" ");
    ledger.add({ row: number, column: null, value, reason: "A note below the table." });
  }
  return {
    path: writer.path,
    columns: location.columns.map(({ name, tally }) => ({ name, ...typeOfColumn(tally, reader) })),
    rowCount: writer.rowCount,
    evidence: writer.evidence,
    longestLine: writer.longestLine,
    tables:
      surveyed.length < 2
        ? []
        : surveyed.map(({ sheet: { name }, location: { rowCount, columns } }) => ({
            name,
            rowCount,
            columnCount: columns.length,
          })),
    read: { sheet: sheet.name, headerRow: location.headerRow },
  };
}

/** The sheet that a person has named, or the fullest. */
function choose(sheets: SurveyedSheet[], name: string | undefined): SurveyedSheet {
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
  if (name === undefined) return fullest;
  const chosen = sheets.find(({ sheet }) => sheet.name === name);
  if (chosen) return chosen;
  const names = sheets.map(({ sheet }) => `“${sheet.name}”`).join(", ");
  throw new DataError("no-such-sheet", `The workbook has no visible sheet “${name}” with a table. It has ${names}.`);
}

/** Turns a sheet's rows into the table's. */
class TableRows {
  private readonly location: TableLocation;
  private readonly reader: CellReader;
  private readonly ledger: ReaderInput["ledger"];
  private readonly positions = new Map<number, number>();
  private readonly hours: boolean[];
  private readonly merged: MergedValues;

  constructor(location: TableLocation, { merges }: SheetSurvey, reader: CellReader, ledger: ReaderInput["ledger"]) {
    this.location = location;
    this.reader = reader;
    this.ledger = ledger;
    for (const [index, { column }] of location.columns.entries()) this.positions.set(column, index);
    this.hours = location.columns.map(({ tally }) => isAllDurations(tally));
    this.merged = new MergedValues(
      merges.filter(({ firstRow }) => firstRow >= location.firstRow && firstRow <= location.lastRow),
    );
  }

  /** The row's cells in the order of the columns; undefined for a row that is blank or not of the table. */
  cells(row: SheetRow): (string | null)[] | undefined {
    const { firstRow, lastRow, columns } = this.location;
    if (row.number < firstRow || row.number > lastRow) return undefined;
    const cells: (string | null)[] = new Array(columns.length).fill(null);
    let isBlank = true;
    for (const cell of row.cells) {
      const kind = this.reader.kind(cell);
      if (kind === "blank") continue;
      isBlank = false;
      const index = this.positions.get(cell.column);
      if (index === undefined) continue;
      if (kind === "fault") {
        const column = columns[index]?.name ?? "";
        this.ledger.add({ row: row.number, column, value: cell.value, reason: this.reader.fault(cell) });
      } else cells[index] = this.reader.text(cell, kind, this.hours[index]);
    }
    if (isBlank) return undefined;
    this.merged.fill(row.number, cells, (column) => this.positions.get(column));
    return cells;
  }
}
