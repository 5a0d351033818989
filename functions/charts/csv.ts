import type { Cell, QueryResult } from "../../contract/index.ts";

/** A result as CSV by RFC 4180, with a header, in UTF-8. Texts that a spreadsheet would run are marked, see `inert`. */
export function csvOf({ columns, rows }: QueryResult): string {
  const lines = [columns.map(({ name }) => name), ...rows].map((cells) => cells.map(csvCell).join(","));
  return `${lines.join("\r\n")}\r\n`;
}

/** Quotes around what holds a comma, a quote or a line end; quotes within are doubled. */
function csvCell(cell: Cell): string {
  const text = typeof cell === "string" ? inert(cell) : String(cell ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const number = /^[+-]?\d+(\.\d+)?$/;
/**
 * What spreadsheets take for the beginning of a formula, in some languages in its full width too, and such a text that is
 * marked already. See https://owasp.org/www-community/attacks/CSV_Injection.
 */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/;

/**
 * A text that a spreadsheet would run as a formula, with an apostrophe before it, which is the spreadsheets' own mark of
 * text. Numbers are none. Nothing is lost: whoever takes one apostrophe away before such a beginning has the text again.
 */
function inert(text: string): string {
  return formula.test(text) && !number.test(text) ? `'${text}` : text;
}
