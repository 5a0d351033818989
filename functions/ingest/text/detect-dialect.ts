import type { ReadOptions } from "../../../contract/index.ts";
import { DataError } from "../data-error.ts";
import { cellKind } from "./cell-kind.ts";
import type { Dialect } from "./dialect.ts";
import { parseRow } from "./parse-row.ts";

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
  ["\u0001", 1],
  ["^", 0.9],
  ["~", 0.9],
  ["¦", 0.9],
  ["§", 0.9],
  ["¬", 0.9],
  ["&", 0.6],
  [":", 0.6],
  ["/", 0.3],
  ["*", 0.5],
  ["#", 0.5],
  [" ", 0.5],
]);
const commentMarks = ["#", "//", "%", "--", ";"];
/** What a file gets where no delimiter makes sense of it. */
const oneColumnScore = 0.3;

/**
 * Finds out the dialect of a text from its first rows. One damaged row among good ones changes nothing: what counts is how
 * many rows have the usual number of cells, and how many of these cells look like something. `final`: the text is all there is.
 */
export function detectDialect(text: string, final: boolean, asked: ReadOptions): Dialect {
  const separated = /^"?sep=(.)"?\r?\n/i.exec(text)?.[1];
  const carriageReturns = usesCarriageReturns(text);
  const quotes = asked.quote === undefined ? quotesIn(text) : [asked.quote];
  const given = asked.delimiter ?? separated;
  if (given !== undefined && /[\r\n"]/.test(given)) {
    throw new DataError("bad-option", "The delimiter can't be a quotation mark or a line end.");
  }
  const delimiterChoices = given !== undefined ? [given] : [...delimiters.keys()].filter((one) => text.includes(one));
  const comments = ["", ...commentsIn(text)];
  let best: { dialect: Dialect; score: number } | undefined;
  for (const delimiter of delimiterChoices) {
    for (const quote of quotes) {
      for (const mark of escapesIn(text, quote)) {
        for (const comment of comments) {
          if (comment !== "" && delimiter.startsWith(comment)) continue;
          for (const trailingComments of comment === "" ? [false] : [false, true]) {
            const dialect = { delimiter, quote, escape: mark, carriageReturns, comment, trailingComments };
            const score = judge(text, dialect, final) * (given === undefined ? (delimiters.get(delimiter) ?? 0.5) : 1);
            if (best === undefined || score > best.score + 1e-9) best = { dialect, score };
          }
        }
      }
    }
  }
  if (best && (given !== undefined || best.score >= oneColumnScore)) return best.dialect;
  const quote = quotes[0] ?? '"';
  const comment = comments.find((mark) => mark === "#") ?? "";
  return { delimiter: "", quote, escape: quote, carriageReturns, comment, trailingComments: false };
}

/** Whether lines end by carriage returns alone, as they did on old Macs. */
function usesCarriageReturns(text: string): boolean {
  const lineFeeds = text.split("\n").length;
  const alone = text.match(/\r(?!\n)/g)?.length ?? 0;
  return alone > 0 && alone >= lineFeeds - 1;
}

/** Single quotes only where they wrap cells and double ones do not. */
function quotesIn(text: string): string[] {
  const double = text.match(/(^|[\n,;|\t])\s*"/g)?.length ?? 0;
  const single = text.match(/(^|[\n,;|\t])\s*'[^'\n]*'\s*(?=$|[\r\n,;|\t])/g)?.length ?? 0;
  if (single > 0 && double === 0) return ["'", '"'];
  return single > double ? ['"', "'"] : ['"'];
}

/** Backslashes first where they stand before quotes inside of cells and no quotes are doubled. */
function escapesIn(text: string, quote: string): string[] {
  if (quote === "" || !text.includes(`\\${quote}`)) return [quote];
  const inside = new RegExp(`\\\\${quote}(?![\\s,;|]|$)`).test(text);
  const doubled = new RegExp(`[^,;|\\s]${quote}${quote}[^,;|\\s]`).test(text);
  return inside && !doubled ? ["\\", quote] : [quote, "\\"];
}

function commentsIn(text: string): string[] {
  return commentMarks.filter((mark) => text.startsWith(mark) || new RegExp(`\\n\\s*${mark}`).test(text));
}

/** From 0 to 1: how much the text looks like a table in this dialect. */
function judge(text: string, dialect: Dialect, final: boolean): number {
  const rows: string[][] = [];
  let faults = 0;
  const judged = text.slice(0, judgedChars);
  const whole = final && judged.length === text.length;
  for (let at = 0; at < judged.length && rows.length < judgedRows; ) {
    const row = parseRow(judged, at, dialect, whole);
    if (!row) break;
    at = row.end;
    if (row.cells.length === 1 && row.cells[0]?.trim() === "") continue;
    if (isComment(row.cells, dialect)) continue;
    if (row.fault) faults += 1;
    rows.push(row.cells);
  }
  if (rows.length === 0) return 0;
  const usual = usualCount(rows.map((cells) => cells.length));
  if (usual < 2) return 0;
  const first = rows.findIndex((cells) => cells.length === usual);
  const last = rows.findLastIndex((cells) => cells.length === usual);
  // What stands above and below the table does not count against it, as long as it is less than the table.
  const above = Math.min(first, 25);
  const below = Math.min(rows.length - 1 - last, 10);
  const fitting = rows.filter((cells) => cells.length === usual);
  const judgedCount = Math.max(fitting.length, rows.length - (above + below <= fitting.length * 2 ? above + below : 0));
  const consistency = (fitting.length - faults * 0.5) / judgedCount;
  // Words in lines are separated by blanks as well: only a strict table counts.
  if (dialect.delimiter === " " && (consistency < 0.9 || fitting.length < 3)) return 0;
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
  if (kind === "empty") return 0.9;
  if (/^(["']).*\1$/s.test(cell)) return 0.3;
  if (/[;|\t]/.test(cell) && dialect.delimiter !== "\t") return 0.4;
  if (/^[^"]*"[^"]*$/.test(cell)) return 0.5;
  if (/^\s/.test(cell)) return 0.8;
  return cell.length > 500 ? 0.8 : 0.95;
}

/** Whether the row is a comment line. */
export function isComment(cells: readonly string[], { comment }: Pick<Dialect, "comment">): boolean {
  return comment !== "" && (cells[0] ?? "").trimStart().startsWith(comment);
}
