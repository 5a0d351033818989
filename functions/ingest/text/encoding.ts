import { isUtf8 } from "node:buffer";
import { type FileHandle, open } from "node:fs/promises";
import iconv from "iconv-lite";
import { DataError } from "../data-error.ts";
import { recognizeLegacy } from "./legacy-encoding.ts";

const headBytes = 256 * 1024;
const sliceBytes = 64 * 1024;
const slices = 8;
/**
 * Of the bytes beyond ASCII, so many are of characters in UTF-8, though it has bad ones: some were pasted, or two files were put
 * together. In texts of the other encodings, no more than about half are so by chance.
 */
const utf8Share = 0.6;

/**
 * Tells how a file's text is encoded, by the Encoding Standard's names, from its head and an even sample of the rest. Throws
 * `DataError` for a file that is empty, holds binary data, or for an `asked` encoding that does not exist.
 */
export async function recognizeEncoding(path: string, asked?: string): Promise<string> {
  // What the library knows beside are no encodings of text but ways to write bytes.
  if (asked !== undefined && (!iconv.encodingExists(asked) || /^(base-?64|hex)$/i.test(asked))) {
    throw new DataError(
      "unknown-encoding",
      `There is no encoding ${asked}. Try utf-8, utf-16le, windows-1252 or shift_jis.`,
    );
  }
  await using file = await open(path);
  const sample = await readSample(file);
  const [head = Buffer.alloc(0)] = sample;
  if (sample.every((part) => part.every((byte) => byte === 0 || byte === 32 || (byte >= 9 && byte <= 13)))) {
    throw new DataError("empty-file", "The file has no content. Check that the table was saved and upload it again.");
  }
  const wide = wideByMark(head) ?? recognizeWide(head);
  if (asked !== undefined) {
    checkFits(asked, head, wide);
    return asked.toLowerCase();
  }
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return "utf-8";
  if (wide) return wide;
  if (looksBinary(head)) {
    throw new DataError(
      "not-text",
      "The file is named like a table of text but holds binary data. Open it in the program it comes from and save it as CSV or XLSX.",
    );
  }
  const inner = sample.map(wholeCharacters);
  if (inner.every((part) => isUtf8(part)) || isDamagedUtf8(Buffer.concat(inner))) return "utf-8";
  // From line ends on, so that characters of two bytes are not torn.
  const lines = sample.map((part, index) => (index === 0 ? part : part.subarray(part.indexOf("\n") + 1)));
  return recognizeLegacy(Buffer.concat(lines.filter((part) => !isUtf8(part))));
}

async function readSample(file: FileHandle): Promise<Buffer[]> {
  const { size } = await file.stat();
  const parts = [await readAt(file, 0, headBytes)];
  if (size > headBytes) {
    const step = Math.max(sliceBytes, Math.floor((size - headBytes) / slices));
    for (let at = headBytes; at < size; at += step) parts.push(await readAt(file, at, sliceBytes));
  }
  return parts;
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

/** Throws where text can't be what was asked for: of units of two or four bytes or not, or mostly no characters. */
function checkFits(asked: string, head: Buffer, wide: string | undefined): void {
  const isWide = /^(utf-?(16|32)|ucs-?[24])/i.test(asked);
  // Line ends and delimiters alone have zeros in such units.
  const differs = isWide ? !head.includes(0) : wide !== undefined;
  const orders = [wide, asked].map((name) =>
    /(16|32).*(le|be)/i
      .exec(name ?? "")
      ?.slice(1)
      .join("")
      .toLowerCase(),
  );
  const otherOrder = isWide && orders[0] !== undefined && orders[1] !== undefined && orders[0] !== orders[1];
  if (!differs && !otherOrder && (asked.toLowerCase() === "utf-8" || !isMostlyDamaged(head, asked))) return;
  const is = wide ?? (isUtf8(wholeCharacters(head)) ? "utf-8" : undefined);
  throw new DataError(
    "bad-option",
    `The file is not ${asked}${is === undefined ? "" : `: it looks like ${is}`}. Leave the encoding to be found out, or choose another.`,
  );
}

/** Whether, read so, more of what is beyond ASCII is no character than is one. */
function isMostlyDamaged(head: Buffer, encoding: string): boolean {
  const text = iconv.decode(head, encoding);
  const bad = text.split("\ufffd").length - 1;
  return bad * 2 > (text.match(/[^\p{ASCII}]/gu)?.length ?? 0);
}

function wideByMark(head: Buffer): string | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return head[2] === 0 && head[3] === 0 ? "utf-32le" : "utf-16le";
  return head[0] === 0xfe && head[1] === 0xff ? "utf-16be" : undefined;
}

/** UTF-16 without a byte order mark: Latin letters leave every second byte zero. */
function recognizeWide(head: Buffer): string | undefined {
  const even = countZeros(head, 0);
  const odd = countZeros(head, 1);
  const half = head.length / 2;
  if (odd > half * 0.4 && even < half * 0.05) return "utf-16le";
  if (even > half * 0.4 && odd < half * 0.05) return "utf-16be";
  return undefined;
}

function countZeros(bytes: Buffer, parity: number): number {
  let zeros = 0;
  for (let index = parity; index < bytes.length; index += 2) if (bytes[index] === 0) zeros += 1;
  return zeros;
}

/** Control characters that text has no use for; NULs alone may pad it, and some separate cells by the rarer ones. */
function looksBinary(head: Buffer): boolean {
  let strange = 0;
  for (let at = 0; at < head.length; at += 1) {
    const byte = head[at] ?? 0;
    if ((byte < 9 && byte > 2) || (byte > 13 && byte < 28)) strange += 1;
  }
  return strange > head.length * 0.02;
}

/** Without the parts of characters at a slice's ends. */
function wholeCharacters(part: Buffer): Buffer {
  let start = 0;
  while (start < 4 && isContinuation(part[start])) start += 1;
  let end = part.length;
  for (let back = 1; back <= 4 && back <= part.length; back += 1) {
    const byte = part[part.length - back] ?? 0;
    if (isContinuation(byte)) continue;
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      if (needed > back) end = part.length - back;
    }
    break;
  }
  return part.subarray(start, end);
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

/** UTF-8 with some bad bytes, rather than another encoding. */
function isDamagedUtf8(part: Buffer): boolean {
  let beyond = 0;
  for (const byte of part) if (byte >= 0x80) beyond += 1;
  const characters = new TextDecoder().decode(part).replaceAll(/[\p{ASCII}\ufffd]+/gu, "");
  return Buffer.byteLength(characters) >= beyond * utf8Share;
}
