import { open } from "node:fs/promises";
import { passwordProtected, ZipArchive } from "./archive/zip-archive.ts";
import { DataError } from "./data-error.ts";

/** What a file is by its content. `text` is delimited text as far as nothing speaks against it. */
export type FileKind = "text" | "json" | "workbook" | "parquet" | "gzip" | "zip";

const headBytes = 64 * 1024;

const asTable = "save it as .xlsx or .csv and upload that";
const typed = `Copy or type the table into a spreadsheet, ${asTable}`;
const repacked = "Unpack it and upload the table, or pack that as .zip";

/** First bytes of what people upload as tables but can't be read, what each is and what to do. */
const unsupported: { bytes: number[]; at?: number; is: string; so: string }[] = [
  { bytes: [0x25, 0x50, 0x44, 0x46], is: "a PDF", so: typed },
  { bytes: [0x89, 0x50, 0x4e, 0x47], is: "a PNG image", so: typed },
  { bytes: [0xff, 0xd8, 0xff], is: "a JPEG image", so: typed },
  { bytes: [0x47, 0x49, 0x46, 0x38], is: "a GIF image", so: typed },
  { bytes: [0x57, 0x45, 0x42, 0x50], at: 8, is: "a WebP image", so: typed },
  { bytes: [0x66, 0x74, 0x79, 0x70, 0x68, 0x65, 0x69], at: 4, is: "a HEIC image", so: typed },
  { bytes: [0x7b, 0x5c, 0x72, 0x74, 0x66], is: "a text document (RTF)", so: typed },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], is: "a 7z archive", so: repacked },
  { bytes: [0x52, 0x61, 0x72, 0x21], is: "a RAR archive", so: repacked },
  { bytes: [0x42, 0x5a, 0x68], is: "a bzip2 archive", so: repacked },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], is: "an xz archive", so: repacked },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], is: "a Zstandard archive", so: repacked },
  { bytes: [0x75, 0x73, 0x74, 0x61, 0x72], at: 257, is: "a tar archive", so: repacked },
  {
    bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65],
    is: "an SQLite database",
    so: "Export the table as .csv and upload that",
  },
  { bytes: [0x4f, 0x62, 0x6a, 0x01], is: "an Avro file", so: "Convert it to Parquet or .csv and upload that" },
  { bytes: [0x4f, 0x52, 0x43], is: "an ORC file", so: "Convert it to Parquet or .csv and upload that" },
  {
    bytes: [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31],
    is: "an Arrow file",
    so: "Convert it to Parquet or .csv and upload that",
  },
  {
    bytes: [0x50, 0x41, 0x52, 0x45],
    is: "an encrypted Parquet file",
    so: "Write it without encryption and upload that",
  },
];

/** Tells what a file is by its content, not by its name. Throws `DataError` for an empty one and for one that is not supported. */
export async function recognizeFile(path: string): Promise<FileKind> {
  const head = await readPart(path, 0, headBytes);
  if (head.length === 0) throw emptyFile();
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04]) || startsWith(head, [0x50, 0x4b, 0x05, 0x06])) return ofZip(path);
  if (startsWith(head, [0x1f, 0x8b])) return "gzip";
  if (startsWith(head, [0x50, 0x41, 0x52, 0x31])) return "parquet";
  if (startsWith(head, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])) throw await ofOle(path, head);
  const other = unsupported.find(({ bytes, at = 0 }) => startsWith(head, bytes, at));
  if (other) throw notSupported(other.is, other.so);
  return ofText(head);
}

async function ofZip(path: string): Promise<FileKind> {
  const archive = await ZipArchive.open(path);
  try {
    const names = archive.entries.map(({ name }) => name.toLowerCase().replace(/^\/+/, ""));
    if (names.includes("[content_types].xml") || names.includes("_rels/.rels")) {
      if (names.some((name) => name.endsWith("workbook.bin"))) throw notSupported("a binary Excel workbook (.xlsb)");
      if (names.some((name) => name.startsWith("word/"))) throw notSupported("a Word document");
      if (names.some((name) => name.startsWith("ppt/"))) throw notSupported("a presentation");
      return "workbook";
    }
    if (names.includes("mimetype") && names.includes("content.xml")) throw notSupported("an OpenDocument file (.ods)");
    if (names.some((name) => name.endsWith(".iwa"))) throw notSupported("a Numbers spreadsheet");
    return "zip";
  } finally {
    await archive.close();
  }
}

/** Microsoft's old container: workbooks up to 2003, and the wrapping of encrypted ones. */
async function ofOle(path: string, head: Buffer): Promise<DataError> {
  if (head.length < 512) return notSupported("an old Excel workbook (.xls)");
  // The directory of the container says what is in it; it stands at the sector that the header names.
  const sectorBytes = 1 << Math.min(12, head.readUInt16LE(30));
  const directory = await readPart(path, (head.readUInt32LE(48) + 1) * sectorBytes, headBytes);
  const around = Buffer.concat([directory, head]);
  const holds = (name: string) => around.includes(Buffer.from(name, "utf16le"));
  if (holds("EncryptedPackage") || holds("EncryptionInfo")) return passwordProtected();
  if (holds("WordDocument")) return notSupported("an old Word document (.doc)");
  return notSupported("an old Excel workbook (.xls)");
}

function ofText(head: Buffer): FileKind {
  const isWide = startsWith(head, [0xff, 0xfe]) || startsWith(head, [0xfe, 0xff]);
  const text = isWide ? head.toString(head[0] === 0xff ? "utf16le" : "latin1") : head.toString("utf8");
  const start = text.replace(/^\ufeff/, "").trimStart();
  const markup = start.replace(/^(<!--[\s\S]*?-->\s*)+/, "");
  if (start.replaceAll("\0", "").trim() === "") throw emptyFile();
  if (/^(<!doctype html|<html|<table|<head|<body|<meta|<style)/i.test(markup))
    throw notSupported("a web page, whatever it is named", `Open it in a spreadsheet program, ${asTable}`);
  if (/^<\?xml[\s\S]{0,2000}(progid="Excel\.Sheet"|urn:schemas-microsoft-com:office:spreadsheet)/i.test(markup)) {
    throw notSupported("an XML spreadsheet of 2003");
  }
  if (/^<\?xml|^<[a-z][\w:-]*[\s>][\s\S]*<\/[a-z]/i.test(markup)) throw notSupported("an XML file");
  return looksLikeJson(start) ? "json" : "text";
}

/** Objects, and arrays of objects, arrays or values; a header such as `[id],[name]` is none. */
function looksLikeJson(start: string): boolean {
  return (
    /^(\{\s*("(?:[^"\\]|\\.)*"\s*:|\})|\[\s*(\{\s*["}]|\]|\[\s*("|-?\d|\[|\]|true\b|false\b|null\b)))/.test(start) ||
    /^\[\s*(-?\d[\d.eE+-]*|"(?:[^"\\]|\\.)*"|true|false|null)\s*(,\s*(-?\d|["tfn])|\]\s*$)/.test(start)
  );
}

async function readPart(path: string, at: number, bytes: number): Promise<Buffer> {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, at);
  return buffer.subarray(0, bytesRead);
}

function startsWith(head: Buffer, signature: number[], at = 0): boolean {
  return signature.every((byte, index) => head[at + index] === byte);
}

function emptyFile(): DataError {
  return new DataError("empty-file", "The file has no content. Check that the table was saved and upload it again.");
}

function notSupported(is: string, so = `Open it in the program it comes from, ${asTable}`): DataError {
  return new DataError("not-supported", `The file is ${is}, which is not supported. ${so}.`);
}
