import type { Dataset, FileFormat, ReadOptions } from "../../../contract/index.ts";
import { formatCount } from "../format/numbers.ts";

export type ReadOption = keyof ReadOptions;

const formats: Record<FileFormat, string> = {
  csv: "Delimited text (CSV)",
  tsv: "Tab-separated text (TSV)",
  xlsx: "Excel workbook",
  json: "JSON",
  parquet: "Parquet",
};

export function formatName(format: FileFormat): string {
  return formats[format];
}

export interface Choice {
  value: string;
  label: string;
}

/** The usual delimiters; any other can be typed. */
export const delimiters: readonly Choice[] = [
  { value: ",", label: "Comma ," },
  { value: ";", label: "Semicolon ;" },
  { value: "\t", label: "Tab" },
  { value: "|", label: "Vertical bar |" },
];

export const quotes: readonly Choice[] = [
  { value: '"', label: 'Double "' },
  { value: "'", label: "Single '" },
  { value: "", label: "None: quotation marks are text" },
];

/** Encodings that tables come in, by the Encoding Standard's names. */
export const encodings: readonly Choice[] = [
  { value: "utf-8", label: "UTF-8" },
  { value: "utf-16le", label: "UTF-16 (little endian)" },
  { value: "utf-16be", label: "UTF-16 (big endian)" },
  { value: "windows-1252", label: "Western European (Windows-1252)" },
  { value: "iso-8859-15", label: "Western European with € (ISO 8859-15)" },
  { value: "windows-1250", label: "Central European (Windows-1250)" },
  { value: "windows-1251", label: "Cyrillic (Windows-1251)" },
  { value: "koi8-r", label: "Cyrillic (KOI8-R)" },
  { value: "windows-1253", label: "Greek (Windows-1253)" },
  { value: "windows-1254", label: "Turkish (Windows-1254)" },
  { value: "macintosh", label: "Western European (old Mac)" },
  { value: "shift_jis", label: "Japanese (Shift JIS)" },
  { value: "euc-jp", label: "Japanese (EUC-JP)" },
  { value: "gb18030", label: "Chinese, simplified (GB 18030)" },
  { value: "big5", label: "Chinese, traditional (Big5)" },
  { value: "euc-kr", label: "Korean (EUC-KR)" },
];

/** What becomes of lines that name the group of the rows below them. */
export const groupings: readonly Choice[] = [
  { value: "true", label: "They fill the column “group”" },
  { value: "false", label: "Rows like others" },
];

/** The options that mean something for a dataset's file. */
export function optionsOf({
  format,
  tables,
  options,
  read,
}: Pick<Dataset, "format" | "tables" | "options" | "read">): ReadOption[] {
  const groups: ReadOption[] = (options.groups ?? read?.groups) === undefined ? [] : ["groups"];
  // A file of an archive is known by its owner's choice alone.
  const sheet: ReadOption[] = tables.length > 1 || options.sheet !== undefined ? ["sheet"] : [];
  if (format === "csv" || format === "tsv") return [...sheet, "delimiter", "quote", "encoding", "headerRow", ...groups];
  return format === "xlsx" ? [...sheet, "headerRow", ...groups] : sheet;
}

/** Failures that another way of reading can mend. */
const mendable = new Set([
  "bad-option",
  "ingest-failed",
  "no-readable-rows",
  "no-such-sheet",
  "no-table",
  "not-text",
  "several-files",
  "too-many-columns",
  "unknown-encoding",
  "unsupported-encoding",
]);

/** The options that can help a file that could not be read. */
export function optionsToMend(
  dataset: Pick<Dataset, "format" | "tables" | "options" | "read" | "error">,
): ReadOption[] {
  const code = dataset.error?.code ?? "";
  if (!mendable.has(code)) return [];
  const options = optionsOf(dataset);
  return code === "several-files" && !options.includes("sheet") ? ["sheet", ...options] : options;
}

/** How one part of a file was read, in words; null where it is not known. */
export function readWords(option: ReadOption, read: ReadOptions | null): string | null {
  switch (option) {
    case "sheet":
      return read?.sheet ?? null;
    case "delimiter":
      return read?.delimiter === undefined ? null : nameOf(delimiters, read.delimiter);
    case "quote":
      return read?.quote === undefined ? null : nameOf(quotes, read.quote);
    case "encoding":
      return read?.encoding === undefined ? null : nameOf(encodings, read.encoding);
    case "headerRow":
      return read?.headerRow === undefined
        ? null
        : read.headerRow === 0
          ? "None: the columns have no names in the file"
          : `Row ${read.headerRow}`;
    case "groups":
      return read?.groups === undefined ? null : nameOf(groupings, String(read.groups));
  }
}

function nameOf(choices: readonly Choice[], value: string): string {
  return choices.find((choice) => choice.value === value)?.label ?? value;
}

/** One of a file's tables to choose, with its size where that is known. */
export function tableChoice({ name, rowCount, columnCount }: Dataset["tables"][number]): Choice {
  if (rowCount === null || columnCount === null) return { value: name, label: name };
  return { value: name, label: `${name} (${formatCount(rowCount, "row")} × ${formatCount(columnCount, "column")})` };
}

/** Names of tables that share a text or a sheet with others. */
const isPart = /^(.+, t|T)able from (row )?[A-Z]*\d+$/;

/** What tables of a file are called: parts of a text or sheet, sheets of a workbook, lists of a JSON document, else files of an archive. */
export function tableNoun({ format, tables }: Pick<Dataset, "format" | "tables">): string {
  if (tables.some(({ name }) => isPart.test(name))) return "table";
  if (format === "xlsx") return "sheet";
  return format === "json" ? "list" : "file";
}

const labels = {
  delimiter: "Delimiter",
  quote: "Quotation mark",
  encoding: "Encoding",
  headerRow: "Header",
  groups: "Lines that name groups",
};

/** What an option is called. */
export function optionLabel(option: ReadOption, dataset: Pick<Dataset, "format" | "tables">): string {
  if (option !== "sheet") return labels[option];
  const noun = tableNoun(dataset);
  if (noun === "file") return "File of the archive";
  return noun.slice(0, 1).toUpperCase() + noun.slice(1);
}
