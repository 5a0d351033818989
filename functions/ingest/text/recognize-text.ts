import type { ReadOptions } from "../../../contract/index.ts";
import { DataError } from "../data-error.ts";
import { areGrouped, groupName } from "../row-groups.ts";
import { Subtotals } from "../subtotals.ts";
import { uniqueNames } from "../unique-names.ts";
import { decodedText } from "./decode.ts";
import { detectDialect, usualCount } from "./detect-dialect.ts";
import type { Dialect } from "./dialect.ts";
import { recognizeEncoding } from "./encoding.ts";
import { isHeader } from "./header.ts";
import { findLayout, type Layout, type NumberedRow } from "./layout.ts";
import { parseRow, unwrap } from "./parse-row.ts";
import { isBlank, isComment, isEmpty, isSeparator } from "./row-kind.ts";
import { fullest, type Section, splitSections, tablesAmong } from "./sections.ts";
import { fullestBeside, rowsWithin, type TableBeside, tablesBeside } from "./tables-beside.ts";
import { holdTextFormulas, withTexts } from "./text-formulas.ts";

/** Dialect and layout are found out from so many characters; from the greater number where rows are very long. */
const sampledChars = [400_000, 8_000_000];
const sampledRows = 1_000;
const enoughRows = 50;

/** What is known of a text before it is read as a whole. */
export interface RecognizedText {
  encoding: string;
  dialect: Dialect;
  layout: Layout;
  /** The table's columns; with `groups`, the first of them is none of the file's. */
  columns: string[];
  /** Lines of the table name the groups of the rows below them. */
  groups: boolean;
  /** Cells are formulas that stand for texts. */
  textFormulas: boolean;
  /** Among the first rows are subtotals. */
  hasSubtotals: boolean;
  /** The first rows of data, as wide as they are. */
  sample: NumberedRow[];
  /** The part of the file that holds the table. */
  section: Section;
  /** The table among several that stand side by side, and all of them; undefined and none where there is but one. */
  beside: TableBeside | undefined;
  besides: TableBeside[];
  /** Every part that is a table. */
  sections: Section[];
  /** Numbers of the rows where parts begin, tables or not. */
  starts: number[];
}

/** Finds out encoding, dialect and layout from the first megabytes. Throws `DataError`. */
export async function recognizeText(path: string, options: ReadOptions, signal: AbortSignal): Promise<RecognizedText> {
  const encoding = await recognizeEncoding(path, options.encoding);
  let dialect: Dialect | undefined;
  let sampled: SampledRows = { rows: [], comments: [] };
  for (const chars of sampledChars) {
    const { text, final } = await readHead(path, encoding, chars, signal);
    dialect = detectDialect(text, final, options);
    sampled = sampleRows(text, dialect, final, options.headerRow);
    if (final || sampled.rows.length >= enoughRows) break;
  }
  const { comments } = sampled;
  let { rows } = sampled;
  if (!dialect || rows.length === 0) {
    throw new DataError("no-table", "The file holds no rows. Check that the table was saved and upload it again.");
  }
  const named = options.headerRow === undefined ? headerAmong(comments, rows, dialect) : undefined;
  if (named) {
    rows = [named, ...rows];
    // Where nothing else begins so, the mark is a part of the name.
    if (comments.length === 1) dialect = { ...dialect, comment: "", trailingComments: false };
  }
  const textFormulas = holdTextFormulas(rows);
  if (textFormulas) rows = rows.map(withTexts);
  const all = splitSections(rows);
  const { section, sections } = chooseSection(all, options);
  const besides = sections.length > 1 ? [] : tablesBeside(section.rows);
  const beside = chooseBeside(besides, section, options);
  const ownRows = beside ? rowsWithin(beside.columns, section.rows) : section.rows;
  const layout = findLayout(ownRows, options.headerRow);
  const sample = ownRows.filter((row) => row.number >= layout.firstRow);
  const subtotals = new Subtotals();
  const details = sample.map(({ cells }) => cells).filter((cells) => !subtotals.has(cells));
  const groups = options.groups !== false && areGrouped(details, layout.width);
  const names = layout.header ?? Array.from({ length: layout.width }, () => null);
  const columns = uniqueNames(groups ? [groupName, ...names] : names);
  const hasSubtotals = details.length < sample.length;
  const starts = all.map(({ start }) => start);
  return {
    encoding,
    dialect,
    layout,
    columns,
    groups,
    textFormulas,
    hasSubtotals,
    sample,
    section,
    beside,
    besides,
    sections,
    starts,
  };
}

async function readHead(path: string, encoding: string, chars: number, signal: AbortSignal) {
  let text = "";
  for await (const part of decodedText(path, encoding, { signal })) {
    text += part.text;
    if (text.length >= chars) return { text, final: false };
  }
  return { text, final: true };
}

interface SampledRows {
  /** Those that may be data or name it: without blank ones, comments and lines drawn. */
  rows: NumberedRow[];
  comments: NumberedRow[];
}

function sampleRows(text: string, dialect: Dialect, final: boolean, headerRow: number | undefined): SampledRows {
  const rows: NumberedRow[] = [];
  const comments: NumberedRow[] = [];
  let number = 0;
  let afterBlank = false;
  for (let at = 0; at < text.length && rows.length < sampledRows; ) {
    const row = parseRow(text, at, dialect, final);
    if (!row) break;
    at = row.end;
    number += 1;
    if (isBlank(row.cells) || isEmpty(row.cells)) {
      afterBlank = true;
      continue;
    }
    if (isSeparator(row.cells)) continue;
    if (isComment(row.cells, dialect) && number !== headerRow) {
      comments.push({ number, cells: row.cells });
      continue;
    }
    if (number === 1 && /^"?sep=.?"?$/i.test(row.cells[0] ?? "")) continue;
    rows.push({ number, cells: unwrap(row.cells, dialect) ?? row.cells, ...(afterBlank && { afterBlank }) });
    afterBlank = false;
  }
  return { rows, comments };
}

/** The header of a table whose rows have none: a comment right above them that is as wide as they are ("#,name,…", "# time,value"). */
function headerAmong(comments: NumberedRow[], rows: NumberedRow[], { comment }: Dialect): NumberedRow | undefined {
  const [first] = rows;
  const above = comments.find(({ number }) => number + 1 === first?.number);
  const usual = usualCount(rows.map(({ cells }) => cells.length));
  if (!above || usual < 2 || above.cells.length !== usual || findLayout(rows, undefined).header !== null)
    return undefined;
  const [name = "", ...names] = above.cells;
  const bare = name.trimStart().slice(comment.length);
  const cells = [/^\s+\S/.test(bare) ? bare.trim() : name, ...names];
  return isHeader(cells, rows, usual) ? { ...above, cells } : undefined;
}

/** The section to read: the one chosen by name or by the row of its header, else the fullest; and all that are tables. */
function chooseSection(
  all: Section[],
  { sheet, headerRow = 0 }: ReadOptions,
): { section: Section; sections: Section[] } {
  const sections = all.length > 1 ? tablesAmong(all) : all;
  const byHeader = headerRow > 0 ? all.findLast(({ start }) => start <= headerRow) : undefined;
  const byName = sections.find((section) => sectionName(section) === sheet);
  if (sheet !== undefined && sections.length > 1 && !byName && !byHeader) {
    throw noSuchTable(sheet, sections.map(sectionName));
  }
  return { section: byHeader ?? byName ?? fullest(all), sections };
}

/** The table to read of those side by side: the one chosen by name, else the fullest. */
function chooseBeside(
  besides: readonly TableBeside[],
  { rows }: Section,
  { sheet }: ReadOptions,
): TableBeside | undefined {
  const byName = besides.find(({ name }) => name === sheet);
  if (sheet !== undefined && besides.length > 0 && !byName) {
    throw noSuchTable(
      sheet,
      besides.map(({ name }) => name),
    );
  }
  return byName ?? fullestBeside(besides, rows);
}

function noSuchTable(sheet: string, names: readonly string[]): DataError {
  const quoted = names.map((name) => `“${name}”`).join(", ");
  return new DataError("no-such-sheet", `The file has no table “${sheet}”. It has ${quoted}.`);
}

/** What recognition came to, in the form in which a person can change it. */
export function readAs({
  encoding,
  dialect: { delimiter, quote },
  layout: { headerRow },
  section,
  beside,
  groups,
  sections,
}: RecognizedText): ReadOptions {
  const sheet = beside
    ? beside.name
    : sections.length > 1 && sections.includes(section)
      ? sectionName(section)
      : undefined;
  return {
    encoding,
    ...(delimiter !== "" && { delimiter }),
    quote,
    headerRow,
    ...(sheet !== undefined && { sheet }),
    ...(groups && { groups }),
  };
}

/** How a person chooses the table among several. */
export function sectionName({ start }: Section): string {
  return `Table from row ${start}`;
}
