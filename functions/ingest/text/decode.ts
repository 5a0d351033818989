import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import iconv from "iconv-lite";

const lineFeed = 10;
/** Small enough that a chunk's rows are gone before they count as long-lived. */
const chunkBytes = 256 * 1024;
const longestLine = 1024 * 1024;

/**
 * A file's text in pieces, without byte order mark and NULs, each with the bytes it was made of. In a file of UTF-8, a line
 * that is none is read as Windows-1252: a bad byte is nearly always a letter that was pasted from there.
 */
export async function* decodedText(
  path: string,
  encoding: string,
  options: { signal?: AbortSignal; end?: number } = {},
): AsyncGenerator<{ text: string; bytes: number }> {
  const decoder = encoding === "utf-8" ? forgivingUtf8() : iconv.getDecoder(encoding);
  let first = true;
  const { signal, end } = options;
  for await (const chunk of createReadStream(path, {
    highWaterMark: chunkBytes,
    ...(signal && { signal }),
    ...(end !== undefined && { end }),
  })) {
    const text = clean(decoder.write(chunk), first);
    if (text !== "") first = false;
    yield { text, bytes: chunk.length };
  }
  const rest = clean(decoder.end() ?? "", first);
  if (rest !== "") yield { text: rest, bytes: 0 };
}

function clean(text: string, first: boolean): string {
  const withoutMark = first && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  return withoutMark.includes("\0") ? withoutMark.replaceAll("\0", "") : withoutMark;
}

function forgivingUtf8(): { write(chunk: Buffer): string; end(): string } {
  let held: Buffer = Buffer.alloc(0);
  return {
    write(chunk) {
      const bytes = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
      let end = bytes.lastIndexOf(lineFeed) + 1;
      // A line as long as this is cut, but not within a character.
      if (end === 0 && bytes.length > longestLine) end = characterStart(bytes, bytes.length - 1);
      held = Buffer.from(bytes.subarray(end));
      return decodeLines(bytes.subarray(0, end));
    },
    end: () => decodeLines(held),
  };
}

function characterStart(bytes: Buffer, from: number): number {
  let at = from;
  while (at > from - 4 && at > 0 && ((bytes[at] ?? 0) & 0xc0) === 0x80) at -= 1;
  return at;
}

function decodeLines(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString("utf8");
  let text = "";
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(lineFeed, start) + 1 || bytes.length;
    const line = bytes.subarray(start, end);
    text += isUtf8(line) ? line.toString("utf8") : decodeMixed(line);
    start = end;
  }
  return text;
}

/** UTF-8 where it is, Windows-1252 byte by byte where it is not. */
function decodeMixed(line: Buffer): string {
  let text = "";
  for (let at = 0; at < line.length; ) {
    const byte = line[at] ?? 0;
    const length = byte < 0x80 ? 1 : byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1;
    const character = line.subarray(at, at + length);
    if (isUtf8(character)) {
      text += character.toString("utf8");
      at += character.length;
    } else {
      text += iconv.decode(line.subarray(at, at + 1), "windows-1252");
      at += 1;
    }
  }
  return text;
}
