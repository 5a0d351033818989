import { open } from "node:fs/promises";
import { DataError } from "./data-error.ts";

/** What a file holds, by its first bytes. */
export type FileKind = "zip" | "gzip" | "parquet" | "text";

const kinds: [bytes: number[], kind: FileKind][] = [
  [[0x50, 0x4b, 0x03, 0x04], "zip"],
  [[0x50, 0x4b, 0x05, 0x06], "zip"],
  [[0x1f, 0x8b], "gzip"],
  [[0x50, 0x41, 0x52, 0x31], "parquet"],
];

/** First bytes of what people upload as tables but can't be read, what each is and what to do. */
const unsupported: [bytes: number[], sentence: string][] = [
  [[0xd0, 0xcf, 0x11, 0xe0], "an Excel workbook in the old format (.xls), or a protected one. Open it in Excel, remove the password if it has one, save it as .xlsx"],
  [[0x25, 0x50, 0x44, 0x46], "a PDF. Copy the table into a spreadsheet, save it as .xlsx or .csv"],
  [[0x89, 0x50, 0x4e, 0x47], "a PNG image. Type or paste the table into a spreadsheet, save it as .xlsx or .csv"],
  [[0xff, 0xd8, 0xff], "a JPEG image. Type or paste the table into a spreadsheet, save it as .xlsx or .csv"],
  [[0x47, 0x49, 0x46, 0x38], "a GIF image. Type or paste the table into a spreadsheet, save it as .xlsx or .csv"],
  [[0x7b, 0x5c, 0x72, 0x74, 0x66], "a text document (RTF). Copy the table into a spreadsheet, save it as .xlsx or .csv"],
  [[0x37, 0x7a, 0xbc, 0xaf], "a 7z archive. Unpack it, and if need be pack it as .zip"],
  [[0x52, 0x61, 0x72, 0x21], "a RAR archive. Unpack it, and if need be pack it as .zip"],
  [[0x42, 0x5a, 0x68], "a bzip2 archive. Unpack it, and if need be pack it as .zip"],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], "an xz archive. Unpack it, and if need be pack it as .zip"],
  [[0x28, 0xb5, 0x2f, 0xfd], "a Zstandard archive. Unpack it, and if need be pack it as .zip"],
  [[0x4f, 0x62, 0x6a, 0x01], "an Avro file. Convert it to Parquet or .csv"],
  [[0x4f, 0x52, 0x43], "an ORC file. Convert it to Parquet or .csv"],
  [[0x41, 0x52, 0x52, 0x4f, 0x57, 0x31], "an Arrow file. Convert it to Parquet or .csv"],
  [[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], "an SQLite database. Export the table as .csv"],
];

/** Tells what a file is from its content. Throws `DataError` with what to do for one that can't become a table. */
export async function recognizeFile(path: string): Promise<FileKind> {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0);
  const head = buffer.subarray(0, bytesRead);
  const begins = (bytes: number[]) => bytes.every((byte, index) => head[index] === byte);
  const kind = kinds.find(([bytes]) => begins(bytes));
  if (kind) return kind[1];
  const refused = unsupported.find(([bytes]) => begins(bytes));
  if (refused) throw new DataError("not-supported", `The file is ${refused[1]} and upload that.`);
  if (/^\s*(<!doctype html|<html|<table)/i.test(head.toString("latin1"))) {
    throw new DataError(
      "not-supported",
      "The file is a web page, which some programs name like a spreadsheet. Open it in a spreadsheet program, save it as .xlsx or .csv and upload that.",
    );
  }
  if (/^\s*<\?xml/i.test(head.toString("latin1"))) {
    throw new DataError(
      "not-supported",
      "The file is XML. Open it in a spreadsheet program, save it as .xlsx or .csv and upload that.",
    );
  }
  return "text";
}
