import type { ReadOptions } from "../../../contract/index.ts";
import { DataError } from "../data-error.ts";
import { cellKind } from "./cell-kind.ts";
import type { Dialect } from "./dialect.ts";
import { aligned, parseRow, unwrap } from "./parse-row.ts";
import { isComment } from "./row-kind.ts";

/** Rows that a dialect is judged by, and characters of them. */
const judgedRows = 300;
const judgedChars = 300_000;

/** What separates cells, with how readily it is believed: blanks and colons stand in prose and times. */
const delimiters = new Map([
  [",", 1],
  ["\t", 1],
  [";", 1],
  ["|", 1],
  ["||", 1],
  ["::", 0.95],
  ["\u001f", 1],
  ["\u001e", 1],
  ["\u001d", 1],
  ["\u001c", 1],
  ["\u0001", 1],
  ["\u0002", 1],
  ["^", 0.9],
  ["~", 0.9],
  ["¦", 0.9],
  ["§", 0.9],
  ["¬", 0.9],
  ["&", 0.6],
  [":", 0.5],
  ["/", 0.4],
  ["*", 0.5],
  ["#", 0.5],
  ["$", 0.4],
  ["%", 0.4],
  ["@", 0.4],
  ["!", 0.4],
  [" ", 0.5],
  [aligned, 0.5],
]);
const commentMarks = ["#", "//", "%", "--", ";"];
/** What a file gets where no delimiter makes sense of it. */
const oneColumnScore = 0.3;
/** More comments that could be rows, against the rows, speak against a mark of comments. */
const mostLikeRows = 0.2;

/**
 * Finds out the dialect of a text from its first rows. One damaged row among good ones changes nothing: what counts is how
 * many rows have the usual number of cells, and how many of these cells look like something. `final`: the text is all there is.
 */
export function detectDialect(text: string, final: boolean, asked: ReadOptions): Dialect {
  const separated = /^"?sep=([^"\r\n])"?\r?\n/i.exec(text)?.[1];
  const lines = linesOf(text);
  const quotes = asked.quote === undefined ? quotesIn(text) : [asked.quote];
  const given = asked.delimiter ?? separated;
  checkAsked(asked);
  const delimiterChoices = given !== undefined ? [given] : delimitersIn(lines);
  const comments = ["", ...commentsIn(text)];
  const [carriageReturns = false, ...otherLineEnds] = lineEndsIn(text);
  let best: { dialect: Dialect; score: number } | undefined;
  const consider = (dialect: Dialect) => {
    const score =
      judge(text, dialect, final, given !== undefined) * (given === undefined ? believed(dialect.delimiter) : 1);
    if (best === undefined || score > best.score + 1e-9) best = { dialect, score };
  };
  for (const delimiter of delimiterChoices) {
    // No text looks better than entirely like a table.
    if (given === undefined && best !== undefined && believed(delimiter) <= best.score) continue;
    for (const quote of quotes) {
      for (const mark of escapesIn(text, quote)) {
        for (const comment of comments) {
          if (comment !== "" && delimiter.startsWith(comment)) continue;
          for (const trailingComments of comment === "" ? [false] : [false, true]) {
            consider({ delimiter, quote, escape: mark, carriageReturns, comment, trailingComments });
          }
        }
      }
    }
  }
  const found = best as { dialect: Dialect; score: number } | undefined;
  if (found && (given !== undefined || found.score >= oneColumnScore)) {
    for (const other of otherLineEnds) consider({ ...found.dialect, carriageReturns: other });
    return (best ?? found).dialect;
  }
  const quote = quotes[0] ?? '"';
  const comment = comments.find((mark) => mark === "#") ?? "";
  return { delimiter: "", quote, escape: quote, carriageReturns, comment, trailingComments: false };
}

function believed(delimiter: string): number {
  return delimiters.get(delimiter) ?? 0.5;
}

/** Throws for what would leave no cells to read. */
function checkAsked({ delimiter = "", quote }: ReadOptions): void {
  if (/[\r\n]/.test(delimiter) || delimiter.includes(quote || '"')) {
    throw new DataError(
      "bad-option",
      "The delimiter can't be the quotation mark or a line end. Choose another, or another quotation mark.",
    );
  }
  if (quote !== undefined && /[\s\p{L}\p{N}]/u.test(quote)) {
    throw new DataError(
      "bad-option",
      "A letter, a digit or a blank can't be the quotation mark. Leave it out or choose another.",
    );
  }
}

function linesOf(text: string): string[] {
  return text
    .slice(0, judgedChars)
    .split(/\r\n|\n|\r/, judgedRows)
    .filter((line) => line.trim() !== "");
}

/** Those that the text has, but none that would only cut up a column of times, prices or addresses. */
function delimitersIn(lines: readonly string[]): string[] {
  const [first = "", ...others] = lines;
  const isWhole = (line: string) => isAddress(line) || cellKind(line) === "time" || cellKind(line) === "number";
  const whole = others.filter(isWhole).length > 0.9 * Math.max(1, others.length);
  // Without a name above, digits with commas are more often several cells.
  const isColumn = whole && (!isWhole(first) || isAddress(first) || cellKind(first) === "time");
  return [...delimiters.keys()].filter((one) =>
    isColumn ? !isWhole(first) && first.includes(one) : lines.some((line) => line.includes(one)),
  );
}

/** Whether a carriage return alone ends a line, as on old Macs; in a text where few do, both are tried. */
function lineEndsIn(text: string): boolean[] {
  const lineFeeds = text.split("\n").length;
  const alone = text.match(/\r(?!\r*\n)/g)?.length ?? 0;
  // In a text of few lines, a single one tells nothing.
  if (alone === 0 || (alone === 1 && lineFeeds > 1 && lineFeeds < 5)) return [false];
  return alone >= lineFeeds - 1 ? [true] : [false, true];
}

/** Other marks than double quotes only where they wrap cells and double quotes do not. */
function quotesIn(text: string): string[] {
  const double = text.match(/(^|[\n,;|\t])\s*"/g)?.length ?? 0;
  for (const quote of ["'", "`", "~"].filter((one) => text.includes(one))) {
    const wraps = new RegExp(`(^|[\\n,;|\\t])\\s*${quote}[^${quote}\\n]*${quote}\\s*(?=$|[\\r\\n,;|\\t])`, "g");
    const others = text.match(wraps)?.length ?? 0;
    if (others > 0 && double === 0) return [quote, '"'];
    if (others > double) return ['"', quote];
  }
  return ['"'];
}

/** Backslashes first where they stand before quotes inside of cells and no quotes are doubled. */
function escapesIn(text: string, quote: string): string[] {
  if (quote === "" || !text.includes(`\\${quote}`)) return [quote];
  const mark = quote.replace(/[^\w\s]/u, "\\$&");
  const inside = new RegExp(`\\\\${mark}(?![\\s,;|]|$)`).test(text);
  const doubled = new RegExp(`[^,;|\\s]${mark}${mark}[^,;|\\s]`).test(text);
  return inside && !doubled ? ["\\", quote] : [quote, "\\"];
}

function commentsIn(text: string): string[] {
  return commentMarks.filter(
    (mark) => text.includes(mark) && (text.startsWith(mark) || new RegExp(`\\n\\s*${mark}`).test(text)),
  );
}

/** From 0 to 1: how much the text looks like a table in this dialect. */
function judge(text: string, dialect: Dialect, final: boolean, asked: boolean): number {
  const rows: string[][] = [];
  const comments: string[][] = [];
  let faults = 0;
  const judged = text.slice(0, judgedChars);
  const whole = final && judged.length === text.length;
  for (let at = 0; at < judged.length && rows.length < judgedRows; ) {
    const row = parseRow(judged, at, dialect, whole);
    if (!row) break;
    at = row.end;
    if (row.cells.length === 1 && row.cells[0]?.trim() === "") continue;
    if (isComment(row.cells, dialect)) {
      comments.push(row.cells);
      continue;
    }
    if (row.fault) faults += 1;
    rows.push(row.cells);
  }
  if (rows.length === 0) return 0;
  // A text of nothing but quoted cells has one column, unless its owner says that it has more.
  if (asked || rows.some((cells) => cells.length > 1)) {
    for (const [index, cells] of rows.entries()) rows[index] = unwrap(cells, dialect) ?? cells;
  }
  const usual = usualCount(rows.map((cells) => cells.length));
  if (usual < 2) return 0;
  // Rows whose first cells begin with the mark ("#1001") are none.
  const likeRows = comments.filter((cells) => cells.length === usual).length;
  if (likeRows > Math.max(2, rows.length * mostLikeRows)) return 0;
  const first = rows.findIndex((cells) => cells.length === usual);
  const last = rows.findLastIndex((cells) => cells.length === usual);
  // What stands above and below the table does not count against it, as long as it is less than the table.
  const above = Math.min(first, 25);
  const below = Math.min(rows.length - 1 - last, 10);
  const fitting = rows.filter((cells) => cells.length === usual);
  const judgedCount = Math.max(fitting.length, rows.length - (above + below <= fitting.length * 2 ? above + below : 0));
  const consistency = (fitting.length - faults * 0.5) / judgedCount;
  // Words in lines are separated by blanks as well: only a strict table counts.
  if (dialect.delimiter.trim() === "" && dialect.delimiter !== "\t" && (consistency < 0.9 || fitting.length < 3))
    return 0;
  let known = 0;
  for (const cells of fitting) for (const cell of cells) known += clarity(cell, dialect);
  const clear = known / (fitting.length * usual);
  const outside = 1 - 0.4 * Math.min(1, (above + below) / Math.max(1, fitting.length));
  return Math.max(0, consistency) ** 1.5 * clear * (1 - 1 / (usual + 1)) * outside;
}

/** The number of cells that most rows have; of two that are as frequent, the greater. */
export function usualCount(counts: readonly number[]): number {
  const frequency = new Map<number, number>();
  for (const count of counts) frequency.set(count, (frequency.get(count) ?? 0) + 1);
  let usual = 1;
  let rows = 0;
  for (const [count, times] of frequency) {
    if (times > rows || (times === rows && count > usual)) [usual, rows] = [count, times];
  }
  return usual;
}

/** How much a cell looks like one cell: a number, a date, words; and not like several, or a part of one. */
function clarity(cell: string, dialect: Dialect): number {
  const kind = cellKind(cell);
  if (kind === "number" || kind === "time") return 1;
  // Several blanks in a row more often align columns than leave out cells.
  if (kind === "empty") return dialect.delimiter === " " ? 0.4 : 0.9;
  if (/^(["'`]).*\1$/s.test(cell)) return 0.3;
  if (/[;|\t]/.test(cell) && dialect.delimiter !== "\t") return 0.4;
  if (/^[^"]*"[^"]*$/.test(cell)) return 0.5;
  if (/[,;|]$/.test(cell)) return 0.6;
  if (/^\s/.test(cell)) return 0.8;
  if (cell.length > 500) return 0.8;
  return isAddress(cell) ? 0.95 : 0.95 - oddShare(cell.slice(0, 100));
}

function isAddress(cell: string): boolean {
  return /^(https?|ftp|s3):\/\/\S+$|^[\w.+-]+@[\w-]+\.[\w.]+$/i.test(cell.trim());
}

/** The share of characters that words and names do without. */
function oddShare(cell: string): number {
  return (cell.match(/[^\p{L}\p{M}\p{N}\s.,'’()_+-]/gu)?.length ?? 0) / cell.length;
}
