import type { Dialect } from "./dialect.ts";

/** Whether the row is a comment line. */
export function isComment(cells: readonly string[], { comment }: Pick<Dialect, "comment">): boolean {
  return comment !== "" && (cells[0] ?? "").trimStart().startsWith(comment);
}

/** Whether the row is a blank line, or the mark that old systems end files with. */
export function isBlank(cells: readonly string[]): boolean {
  return cells.length === 0 || (cells.length === 1 && ["", "\u001a"].includes((cells[0] ?? "").trim()));
}

/** Whether the row has no more than delimiters. */
export function isEmpty(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === "");
}

/** A line drawn between header and rows: `---|---`, `====`, `+----+----+`. */
export function isSeparator(cells: readonly string[]): boolean {
  if (cells.length === 1 && /^\s*\+([-=]{2,}\+)+\s*$/.test(cells[0] ?? "")) return true;
  return (
    cells.length > 1 &&
    cells.every((cell) => /^\s*(:?-{2,}:?|={2,}|_{2,}|)\s*$/.test(cell)) &&
    cells.some((cell) => cell.trim() !== "")
  );
}

/** A row's text as a value of the ledger: without its line end. */
export function rawValue(raw: string): string {
  return raw.replace(/[\r\n]+$/, "");
}
