import { createVersion, maxUploadBytes } from "../../../contract/index.ts";
import { formatBytes } from "../format/numbers.ts";

const saveAs = "open it in the program it comes from, save it as .xlsx or .csv and choose that";
const copyOut = "copy its table into a spreadsheet, save that as .xlsx or .csv and choose it";
const repack = "unpack it and choose the table, or pack that as .zip";

/** What people take for tables, by extension: what it is, and what to do with it. */
const unsupported: readonly [extensions: RegExp, is: string, todo: string][] = [
  [/^xls$/, "an old Excel workbook", "open it in Excel, save it as .xlsx and choose that"],
  [/^xlsb$/, "a binary Excel workbook", "open it in Excel, save it as .xlsx and choose that"],
  [/^(xlt|xltx|xltm|xlam)$/, "an Excel template or add-in", "save it as .xlsx and choose that"],
  [/^(ods|fods|sxc)$/, "an OpenDocument spreadsheet", saveAs],
  [/^numbers$/, "a Numbers spreadsheet", "export it from Numbers as .xlsx or .csv and choose that"],
  [/^(gsheet)$/, "only a link to Google Sheets", "download the sheet as .xlsx or .csv and choose that"],
  [/^pdf$/, "a PDF", copyOut],
  [/^(png|jpe?g|gif|webp|heic|tiff?|bmp|svg)$/, "an image", "type its table into a spreadsheet and choose that"],
  [/^(docx?|odt|rtf|pages|md)$/, "a text document", copyOut],
  [/^(pptx?|odp|key)$/, "a presentation", copyOut],
  [/^(html?|xml)$/, "a web page or XML", saveAs],
  [/^(7z|rar|bz2|xz|zst|tar|tgz)$/, "an archive of a kind that is not read", repack],
  [/^(sqlite3?|db|mdb|accdb)$/, "a database", "export the table as .csv and choose that"],
  [/^(avro|orc|arrow|feather)$/, "a column file of a kind that is not read", "convert it to Parquet and choose that"],
  [/^(sav|dta|sas7bdat|rds|rdata)$/, "a statistics file", "export the table as .csv and choose that"],
];

/** Why a file can't become a table, in one sentence that says what to do; null where it may. */
export function fileRefusal({ name, size }: Pick<File, "name" | "size">, locale?: string): string | null {
  if (/^~\$/.test(name)) {
    return `${name} is a lock that Excel leaves beside an open workbook: choose ${name.slice(2)} itself.`;
  }
  const [, extension = ""] = /\.([^.]+)$/.exec(name.toLowerCase()) ?? [];
  const kind = unsupported.find(([extensions]) => extensions.test(extension));
  if (kind) return `${name} is ${kind[1]}, which can't be read here: ${kind[2]}.`;
  if (size === 0) return `${name} is empty: check that the table was saved, then choose it again.`;
  if (size > maxUploadBytes) {
    const [is, limit] = [size, maxUploadBytes].map((bytes) => formatBytes(bytes, locale));
    return `${name} has ${is}, over the limit of ${limit}: split it, leave out columns, or save it as Parquet.`;
  }
  const issue = createVersion.safeParse({ fileName: name, fileSize: size }).error?.issues[0];
  if (!issue) return null;
  return issue.path[0] === "fileName"
    ? `${name.slice(0, 100)} can't be taken: its name ${issue.message}.`
    : `${name} can't be taken: its size ${issue.message}.`;
}

export interface Refusal {
  name: string;
  reason: string;
}

/** The files that may become tables, and why the others may not. */
export function sortFiles(files: readonly File[]): { accepted: File[]; refused: Refusal[] } {
  const refused = files.flatMap((file) => {
    const reason = fileRefusal(file);
    return reason === null ? [] : [{ name: file.name, reason }];
  });
  return { accepted: files.filter((file) => fileRefusal(file) === null), refused };
}
