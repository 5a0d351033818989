import { formatNumber } from "../format/numbers.ts";

export const rowsPage = 50;

/** Rows before the last page. */
export function lastPage(total: number): number {
  return Math.max(0, Math.ceil(total / rowsPage) - 1) * rowsPage;
}

/** Rows before the page that holds this row, from 1. */
export function pageOfRow(row: number, total: number): number {
  const within = Math.min(Math.max(1, row), Math.max(1, total));
  return Math.floor((within - 1) / rowsPage) * rowsPage;
}

/** "Rows 51–100 of 12,345". */
export function shownWords(offset: number, count: number, total: number, locale?: string): string {
  if (total === 0) return "The file has names of columns and no rows. If it should have some, look under File.";
  if (count === total) return total === 1 ? "The only row" : `All ${formatNumber(total, locale)} rows`;
  const [first, last] = [offset + 1, offset + count].map((row) => formatNumber(row, locale));
  return `Rows ${first}–${last} of ${formatNumber(total, locale)}`;
}
