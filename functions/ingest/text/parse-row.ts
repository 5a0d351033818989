import type { Dialect, TextRow } from "./dialect.ts";

/** A quoted cell that goes on for so many characters is taken for one whose quote never ends. */
const longestQuoted = 1_000_000;
/** A row beyond this is given up, so that a file that is no table can't fill the memory. */
export const longestRow = 16_000_000;

/** Blanks that align columns: two or more, however many, are one delimiter, and those around a line are none. */
export const aligned = "  ";

const lineFeed = 10;
const carriageReturn = 13;
const space = 32;
const tab = 9;

/**
 * Reads the row that begins at `start`. Forgiving, as people's files need it: a quote counts only where a cell begins,
 * blanks around quoted cells are dropped, a quote inside a quoted cell that is neither doubled nor followed by the cell's
 * end stands for itself, and a quote that never ends is a character like others, so that it can't swallow the rows below.
 * Returns undefined where the text ends before the row and more of it is to come (`final` is false).
 */
export function parseRow(text: string, start: number, dialect: Dialect, final: boolean): TextRow | undefined {
  const { delimiter, carriageReturns } = dialect;
  const quoteCode = dialect.quote === "" ? -1 : dialect.quote.charCodeAt(0);
  const delimiterCode = delimiter === "" ? -1 : delimiter.charCodeAt(0);
  const single = delimiter.length === 1;
  const collapses = delimiter === aligned;
  const commentCode = dialect.trailingComments ? dialect.comment.charCodeAt(0) : -1;
  const { length } = text;
  const cells: string[] = [];
  let fault: TextRow["fault"];
  let at = collapses ? afterBlanks(start) : start;
  for (;;) {
    // A cell begins.
    let opening = at;
    if (quoteCode >= 0) {
      while (opening < length && isBlank(text.charCodeAt(opening), delimiterCode)) opening += 1;
      if (opening < length && text.charCodeAt(opening) === quoteCode) {
        const quoted = parseQuoted(text, opening + 1, dialect, final);
        if (quoted === undefined) return undefined;
        if (quoted !== "stray") {
          cells.push(quoted.value);
          at = quoted.end;
          if (at >= length) return { cells, end: length, ...(fault && { fault }) };
          if (isDelimiter(text, at)) {
            at += delimiter.length;
            continue;
          }
          return { cells, end: afterLineEnd(at), ...(fault && { fault }) };
        }
        if (isUnclosed(opening + 1)) fault = "unclosed-quote";
      }
    }
    let end = at;
    let code = -1;
    while (end < length) {
      code = text.charCodeAt(end);
      if (code === delimiterCode && (single || isDelimiter(text, end))) break;
      if (code === lineFeed) break;
      if (code === commentCode && end > start && text.startsWith(dialect.comment, end)) break;
      if (code === carriageReturn && (carriageReturns || isBeforeLineFeed(text, end))) break;
      end += 1;
    }
    if (end >= length) {
      if (!final && length - start < longestRow) return undefined;
      cells.push(text.slice(at, end));
      return { cells, end: length, ...(final ? fault && { fault } : { fault: "too-long" as const }) };
    }
    if (code === commentCode && commentCode >= 0) {
      const lineEnd = lineEndFrom(end);
      if (lineEnd >= length && !final) return undefined;
      cells.push(text.slice(at, end));
      return { cells, end: Math.min(length, afterLineEnd(lineEnd)), ...(fault && { fault }) };
    }
    // A carriage return as the very last character may be half of a line end.
    if (code === carriageReturn && end + 1 >= length && !final) return undefined;
    if (!collapses || end > at || cells.length === 0) cells.push(text.slice(at, end));
    if (code === delimiterCode) {
      at = collapses ? afterBlanks(end) : end + delimiter.length;
      continue;
    }
    return { cells, end: afterLineEnd(end), ...(fault && { fault }) };
  }

  function afterBlanks(offset: number): number {
    let after = offset;
    while (text.charCodeAt(after) === space) after += 1;
    return after;
  }

  function isDelimiter(within: string, offset: number): boolean {
    return delimiter !== "" && within.startsWith(delimiter, offset);
  }

  function afterLineEnd(offset: number): number {
    return isBeforeLineFeed(text, offset) ? text.indexOf("\n", offset) + 1 : offset + 1;
  }

  function lineEndFrom(offset: number): number {
    let lineEnd = offset;
    while (lineEnd < length && text.charCodeAt(lineEnd) !== lineFeed) {
      if (carriageReturns && text.charCodeAt(lineEnd) === carriageReturn) break;
      lineEnd += 1;
    }
    return lineEnd;
  }

  /** Whether the line has no further quote from here on, so that its quote has no end rather than standing for itself. */
  function isUnclosed(offset: number): boolean {
    const quote = text.indexOf(dialect.quote, offset);
    return quote < 0 || quote > lineEndFrom(offset);
  }
}

/** Whether a line end of carriage returns, usually one, and a line feed begins here. */
function isBeforeLineFeed(text: string, offset: number): boolean {
  let at = offset;
  while (text.charCodeAt(at) === carriageReturn) at += 1;
  return at > offset && text.charCodeAt(at) === lineFeed;
}

/** The cells of a row that was put into quotes as a whole, as some programs do with rows of another delimiter than their own. */
export function unwrap(cells: readonly string[], dialect: Dialect): string[] | undefined {
  const [only = ""] = cells;
  if (cells.length !== 1 || dialect.delimiter === "" || !only.includes(dialect.delimiter)) return undefined;
  const inner = parseRow(only, 0, dialect, true);
  return inner && inner.end === only.length && inner.cells.length > 2 ? inner.cells : undefined;
}

function isAlphanumeric(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code > 127;
}

function isLineEnd(code: number): boolean {
  return code === lineFeed || code === carriageReturn;
}

function isBlank(code: number, delimiterCode: number): boolean {
  return (code === space || code === tab) && code !== delimiterCode;
}

/**
 * Reads a quoted cell from after its opening quote; `end` is the offset of the delimiter or line end after it. "stray": the
 * quote has no end, or none that makes sense.
 */
function parseQuoted(
  text: string,
  start: number,
  { delimiter, quote, escape: mark, carriageReturns }: Dialect,
  final: boolean,
): { value: string; end: number } | "stray" | undefined {
  const quoteCode = quote.charCodeAt(0);
  const escapeCode = mark.charCodeAt(0);
  const delimiterCode = delimiter === "" ? -1 : delimiter.charCodeAt(0);
  const { length } = text;
  let value = "";
  let from = start;
  let at = start;
  let sawLineEnd = false;
  for (;;) {
    // Only quotes and escapes matter in here, and both are rare.
    const next = nextMark(at);
    if (next < 0) {
      if (!final && length - start < longestQuoted) return undefined;
      return "stray";
    }
    if (text.charCodeAt(next) === escapeCode && escapeCode !== quoteCode) {
      if (next + 1 >= length) return final ? "stray" : undefined;
      const following = text.charCodeAt(next + 1);
      // Before a letter or a digit it is more often a folder's separator.
      if (!isAlphanumeric(following)) {
        value += text.slice(from, next);
        from = next + 1;
        at = next + 2;
      } else at = next + 1;
      continue;
    }
    let after = next + 1;
    if (after >= length && !final) return undefined;
    if (text.charCodeAt(after) === quoteCode && after < length) {
      value += `${text.slice(from, next)}${quote}`;
      from = next + 2;
      at = next + 2;
      continue;
    }
    while (after < length && isBlank(text.charCodeAt(after), delimiterCode)) after += 1;
    if (after >= length && !final) return undefined;
    const code = text.charCodeAt(after);
    const ends =
      after >= length ||
      (delimiter !== "" && text.startsWith(delimiter, after)) ||
      code === lineFeed ||
      (code === carriageReturn && (carriageReturns || isBeforeLineFeed(text, after) || after + 1 >= length));
    if (ends) {
      if (code === carriageReturn && after + 1 >= length && !final) return undefined;
      return { value: value + text.slice(from, next), end: after };
    }
    // The quote stands for itself, unless it opens a cell of a further line: then the first quote's end is missing.
    if (sawLineEnd && (isLineEnd(text.charCodeAt(next - 1)) || (delimiter !== "" && text.endsWith(delimiter, next)))) {
      return "stray";
    }
    at = next + 1;
  }

  function nextMark(offset: number): number {
    for (let index = offset; index < length; index += 1) {
      const code = text.charCodeAt(index);
      if (code === quoteCode || code === escapeCode) return index;
      if (isLineEnd(code)) sawLineEnd = true;
    }
    return -1;
  }
}
