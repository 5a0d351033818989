import { open } from "node:fs/promises";
import { DataError } from "./data-error.ts";

/** Encodings that DuckDB's CSV reader knows without an extension, by its names. */
export type TextEncoding = "utf-8" | "utf-16" | "latin-1";

const sampleBytes = 1024 * 1024;

/** First bytes of what people most often rename to `.csv`, and what each is. */
const signatures: [bytes: number[], name: string][] = [
  [[0x50, 0x4b, 0x03, 0x04], "an Excel workbook or a ZIP archive"],
  [[0xd0, 0xcf, 0x11, 0xe0], "an old Excel workbook"],
  [[0x25, 0x50, 0x44, 0x46], "a PDF"],
  [[0x1f, 0x8b], "a gzip archive"],
  [[0x89, 0x50, 0x4e, 0x47], "a PNG image"],
  [[0xff, 0xd8, 0xff], "a JPEG image"],
  [[0x50, 0x41, 0x52, 0x31], "a Parquet file"],
];

/** Tells how a file's text is encoded from its first megabyte. Throws `DataError` for one that is empty or is no text. */
export async function recognizeText(path: string): Promise<TextEncoding> {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(sampleBytes), 0, sampleBytes, 0);
  const head = buffer.subarray(0, bytesRead);
  const signature = signatures.find(([bytes]) => bytes.every((byte, index) => head[index] === byte));
  if (signature) throw notText(`is ${signature[1]}`);
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) return "utf-16";
  if (head.includes(0)) throw notText("holds binary data");
  if (head.toString("latin1").trim() === "") {
    throw new DataError("empty-file", "The file has no content. Check that the table was saved and upload it again.");
  }
  return isUtf8(head, bytesRead < sampleBytes) ? "utf-8" : "latin-1";
}

function notText(finding: string): DataError {
  return new DataError(
    "not-text",
    `The file is named like a table of text but ${finding}. Open it in the program it comes from and save it as CSV.`,
  );
}

function isUtf8(bytes: Buffer, complete: boolean): boolean {
  try {
    // As a stream, a letter cut in two by the end of the sample is no error.
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: !complete });
    return true;
  } catch {
    return false;
  }
}
