import { rm } from "node:fs/promises";
import { Ledger } from "../ledger.ts";
import { TableWriter } from "../table-writer.ts";
import type { CellReader } from "./cell-reader.ts";
import { isAllDurations, typeOfColumn } from "./column-type.ts";
import { type LocateOptions, locateTable, type TableLocation } from "./locate-table.ts";
import type { PackageParts } from "./package-parts.ts";
import { readSheetRows, type SheetRow } from "./sheet-rows.ts";
import type { SheetSurvey } from "./survey-sheet.ts";
import { TableRows } from "./table-rows.ts";

interface Context {
  parts: PackageParts;
  reader: CellReader;
  /** Where the table is written. */
  path: string;
}

export interface DraftedTable {
  writer: TableWriter;
  /** Cells that did not become data. */
  faults: Ledger;
}

/** Writes the table of a sheet that was surveyed, streaming it again. */
export async function writeTable(
  { parts, reader, path }: Context,
  part: string,
  location: TableLocation,
  { merges }: SheetSurvey,
  onChunk: (bytes: number) => void,
): Promise<DraftedTable> {
  const faults = new Ledger();
  await using writer = new TableWriter(path, settledColumns(location, reader));
  const table = new TableRows(location, merges, reader, faults);
  let writing: Promise<void>[] = [];
  await readSheetRows(parts, part, {
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
  table.end();
  await writer.end();
  return { writer, faults };
}

/**
 * Writes the table of a sheet while it is surveyed, in the hope that the first rows tell where it is and what it holds. At
 * the end it turns out whether they did.
 */
export class DraftTable {
  private readonly context: Context & LocateOptions;
  private readonly faults = new Ledger();
  private location: TableLocation | undefined;
  private settled: boolean[] = [];
  private writer: TableWriter | undefined;
  private table: TableRows | undefined;
  private writing: Promise<void>[] = [];
  private isFinished = false;

  constructor(context: Context & LocateOptions) {
    this.context = context;
  }

  begin(survey: SheetSurvey, rows: SheetRow[]): void {
    const { reader, path, headerRow, groups, marked } = this.context;
    // Nothing is known yet of what follows, so that no row can be told to be the last.
    const location = locateTable(survey, {
      headerRow,
      groups,
      marked: marked && { ...marked, lastRow: Number.POSITIVE_INFINITY },
    });
    if (!location || location.notes.length > 0) return;
    this.location = { ...location, lastRow: Number.POSITIVE_INFINITY };
    this.settled = settledColumns(location, reader);
    this.writer = new TableWriter(path, this.settled);
    this.table = new TableRows(this.location, [], reader, this.faults);
    for (const row of rows) this.row(row);
  }

  row(row: SheetRow): void {
    const cells = this.table?.cells(row);
    const flushed = cells && this.writer?.write(row.number, cells);
    if (flushed) this.writing.push(flushed);
  }

  async pause(): Promise<void> {
    await Promise.all(this.writing);
    this.writing = [];
  }

  /** The table, if the first rows have told the truth; nothing else, not even its file, is of use otherwise. */
  async finish(location: TableLocation, survey: SheetSurvey): Promise<DraftedTable | undefined> {
    const { writer, faults } = this;
    if (!writer || !this.isTrue(location, survey)) return undefined;
    for (const row of survey.lastRows) if (row.number <= location.lastRow) this.row(row);
    this.table?.end();
    await this.pause();
    await writer.end();
    this.isFinished = true;
    return { writer, faults };
  }

  /** Of a table that is not finished, nothing stays. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.writer || this.isFinished) return;
    await Promise.allSettled(this.writing);
    await this.writer[Symbol.asyncDispose]();
    await rm(this.writer.path, { force: true });
  }

  private isTrue(location: TableLocation, { merges, lastRows }: SheetSurvey): boolean {
    const drafted = this.location;
    if (!drafted) return false;
    const repeats = merges.some(
      ({ firstRow, lastRow }) => lastRow > firstRow && lastRow >= location.firstRow && firstRow <= location.lastRow,
    );
    const written = location.lastRow >= (lastRows[0]?.number ?? 0) - 1;
    return (
      !repeats &&
      written &&
      drafted.headerRow === location.headerRow &&
      drafted.firstRow === location.firstRow &&
      drafted.groups === location.groups &&
      location.sums.size === 0 &&
      drafted.columns.length === location.columns.length &&
      drafted.columns.every(({ column, name, tally }, index) => {
        const final = location.columns[index];
        if (!final || final.column !== column || final.name !== name) return false;
        const isSettled = typeOfColumn(final.tally, this.context.reader, name).type !== undefined;
        return isAllDurations(tally) === isAllDurations(final.tally) && (isSettled || this.settled[index] !== true);
      })
    );
  }
}

/** Which columns have a type of the sheet, so that nobody needs to know what their cells look like. */
function settledColumns({ columns, groups }: TableLocation, reader: CellReader): boolean[] {
  const settled = columns.map(({ tally, name }) => typeOfColumn(tally, reader, name).type !== undefined);
  return groups ? [false, ...settled] : settled;
}
