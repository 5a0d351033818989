import { open, rm } from "node:fs/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier, quoteLiteral } from "../../shared/engine/engine.ts";
import type { ConvertedColumn } from "../convert.ts";
import { Ledger } from "../ledger.ts";
import { parquetFormat } from "../parquet/parquet-format.ts";
import { perhapsTotal } from "../subtotals.ts";
import { ColumnEvidence } from "../types/evidence.ts";
import { isNull } from "../types/null-words.ts";
import { type DirectPlan, planDirectColumn } from "./direct-column.ts";
import { Footer } from "./footer.ts";
import type { NumberedRow } from "./layout.ts";
import { parseRow } from "./parse-row.ts";
import type { RecognizedText } from "./recognize-text.ts";

/** Below this, reading cell by cell takes no time that anyone notices. */
const worthwhileBytes = 8_000_000;
/** Smaller than DuckDB takes by itself, so that its threads end at about the same time; enough for a row of two megabytes. */
const bufferBytes = 8_000_000;
const sliceBytes = 8 * 1024;
const slices = 16;
/** A column of text with no more different cells than this in the sample has few in the file. */
const fewCells = 64;

/**
 * Converts a large file that looks clean in one pass of DuckDB's own reader, several times as fast as cell by cell. Whatever
 * in it turns out to be less simple than its sample (a ragged row, a leading zero, a cell of another type) stops it: then, and
 * for files that do not look clean, the answer is undefined and nothing is lost but time.
 */
export async function convertDirectly(
  { connection, parquetPath, signal }: { connection: DuckDBConnection; parquetPath: string; signal: AbortSignal },
  path: string,
  text: RecognizedText,
): Promise<ConvertedColumn[] | undefined> {
  const planned = await planDirectly(path, text);
  if (!planned) return undefined;
  const { plans, nullWords } = planned;
  const { dialect, layout } = text;
  const types = plans.map((_, index) => `'c${index}': 'VARCHAR'`).join(", ");
  // Cast in a query of its own, a cell is cast once.
  const values = plans.map(({ plan: { type } }, index) => `TRY_CAST(c${index} AS ${type}) AS v${index}`);
  const convert = (sqlOf: (plan: DirectColumn, cell: string, value: string) => string) => {
    const selected = plans.map(
      (plan, index) => `${sqlOf(plan, `c${index}`, `v${index}`)} AS ${quoteIdentifier(plan.name)}`,
    );
    return connection.run(
      `COPY (SELECT ${selected.join(", ")} FROM (SELECT *, ${values.join(", ")} FROM read_csv(${quoteLiteral(path)}, auto_detect = false, header = ${layout.header !== null},
         delim = ${quoteLiteral(dialect.delimiter)}, quote = '"', escape = '"', buffer_size = ${bufferBytes}, nullstr = [${nullWords.map(quoteLiteral).join(", ")}], strict_mode = true, columns = {${types}})))
       TO ${quoteLiteral(parquetPath)} ${parquetFormat}`,
    );
  };
  try {
    // Of few values, it is sooner told afterwards that no null word is among them than in each cell.
    await convert((plan, cell, value) => (plan.isRepeated ? cell : plan.sql(cell, value)));
    const found = await unseenWords(connection, parquetPath, plans);
    if (found.total) {
      await rm(parquetPath, { force: true });
      return undefined;
    }
    if (found.nullWord) await convert((plan, cell, value) => plan.sql(cell, value));
  } catch (error) {
    await rm(parquetPath, { force: true });
    const limits = /^(INTERRUPT|Out of Memory|IO) Error/;
    if (signal.aborted || !(error instanceof Error) || limits.test(error.message)) throw error;
    return undefined;
  }
  return plans.map(({ name, plan: { type, format } }) => ({ name, type, ...(format && { format }) }));
}

interface DirectColumn extends DirectPlan {
  name: string;
  /** A column of text whose sample has few different cells, none of them a null word. */
  isRepeated: boolean;
  /** Different cells of the sample, as far as they are few. */
  seen: ReadonlySet<string>;
}

/**
 * Whether columns of few values hold what their sample did not: null words, or names of totals. Parquet keeps each of few values
 * once, and DuckDB gathers them without looking at every cell.
 */
async function unseenWords(
  connection: DuckDBConnection,
  parquetPath: string,
  plans: readonly DirectColumn[],
): Promise<{ nullWord: boolean; total: boolean }> {
  const repeated = plans.filter(({ isRepeated }) => isRepeated);
  if (repeated.length === 0) return { nullWord: false, total: false };
  const anyColumn = (holds: (plan: DirectColumn, values: string) => string) =>
    repeated.map((plan, index) => `coalesce(${holds(plan, `v${index}`)}, false)`).join(" OR ");
  const list = (words: Iterable<string>) => `[${[...words].map(quoteLiteral).join(", ")}]::VARCHAR[]`;
  const nullWord = anyColumn(({ nullWords = [] }, values) => `list_has_any(${values}, ${list(nullWords)})`);
  // A total that is among the first rows too, and adds up nothing there, is a value like others.
  const total = anyColumn(
    ({ seen }, values) =>
      `len(list_filter(${values}, lambda v: regexp_matches(v, ${quoteLiteral(perhapsTotal)}, 'i') AND NOT list_contains(${list(seen)}, v))) > 0`,
  );
  const values = repeated.map(({ name }, index) => `list(DISTINCT ${quoteIdentifier(name)}) AS v${index}`);
  const found = await connection.runAndReadAll(
    `SELECT ${nullWord}, ${total} FROM (SELECT ${values.join(", ")} FROM read_parquet(${quoteLiteral(parquetPath)}))`,
  );
  const [row = []] = found.getRows();
  return { nullWord: row[0] === true, total: row[1] === true };
}

async function planDirectly(
  path: string,
  text: RecognizedText,
): Promise<{ plans: DirectColumn[]; nullWords: string[] } | undefined> {
  const { encoding, dialect, layout, columns, sample, sections } = text;
  const simple =
    !text.groups &&
    !text.beside &&
    !text.textFormulas &&
    !text.hasSubtotals &&
    encoding === "utf-8" &&
    dialect.delimiter.length === 1 &&
    dialect.quote === '"' &&
    dialect.escape === '"' &&
    dialect.comment === "" &&
    !dialect.carriageReturns &&
    layout.headerRow <= 1 &&
    layout.firstRow === layout.headerRow + 1 &&
    layout.width > 1 &&
    sections.length < 2 &&
    (layout.header === null || layout.header.every((name) => name.trim() !== "")) &&
    sample.every(({ cells }) => cells.length === layout.width);
  if (!simple) return undefined;
  await using file = await open(path);
  const { size } = await file.stat();
  if (size < worthwhileBytes) return undefined;

  const evidence = columns.map(() => new ColumnEvidence());
  const nullWords = new Set([""]);
  const different = columns.map(() => new Set<string>());
  const observe = (cells: readonly string[]) => {
    for (const [index, cell] of cells.entries()) {
      const empty = isNull(cell.trim());
      if (empty) nullWords.add(cell);
      const seen = different[index];
      if (seen && seen.size <= fewCells) seen.add(cell);
      evidence[index]?.add(empty ? null : cell);
    }
  };
  for (const { cells } of sample) observe(cells);
  const buffer = Buffer.alloc(sliceBytes);
  for (let slice = 1; slice <= slices; slice += 1) {
    const last = slice === slices;
    const position = last ? size - sliceBytes : Math.floor((slice * size) / (slices + 1));
    const { bytesRead } = await file.read(buffer, 0, sliceBytes, position);
    const rows = rowsWithin(buffer.toString("utf8", 0, bytesRead), text, last);
    for (const { cells } of rows) if (cells.length === layout.width) observe(cells);
    if (last && !endsWithData(rows, text)) return undefined;
  }
  const plans: DirectColumn[] = [];
  for (const [index, name] of columns.entries()) {
    const direct = planDirectColumn(name, evidence[index] ?? new ColumnEvidence());
    if (!direct) return undefined;
    const seen = different[index] ?? new Set();
    const isRepeated = seen.size <= fewCells && direct.nullWords?.some((word) => seen.has(word)) === false;
    plans.push({ name, ...direct, isRepeated, seen });
  }
  if (evidence.some(({ na }) => na > 0) && !plans.some(({ plan }) => plan.keepsNa)) nullWords.add("NA");
  return { plans, nullWords: [...nullWords] };
}

/** The whole rows of a slice: from the first line end on, and, unless it is the file's end, without the last. */
function rowsWithin(slice: string, { dialect }: RecognizedText, last: boolean): NumberedRow[] {
  const rows: NumberedRow[] = [];
  for (let at = slice.indexOf("\n") + 1; at > 0 && at < slice.length; ) {
    const row = parseRow(slice, at, dialect, last);
    if (!row) break;
    at = row.end;
    rows.push({ number: rows.length + 1, cells: row.cells });
  }
  return rows;
}

function endsWithData(rows: readonly NumberedRow[], { layout }: RecognizedText): boolean {
  const end = rows.slice(-20);
  if (end.some(({ cells }) => cells.length !== layout.width)) return false;
  const footer = new Footer(layout, new Ledger());
  for (const row of end) footer.push(row);
  return footer.end().length === end.length;
}
