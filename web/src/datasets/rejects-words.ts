import type { Dataset, Reject } from "../../../contract/index.ts";
import { formatCount, formatNumber } from "../format/numbers.ts";

/** How much of a file did not become data, in a sentence. */
export function rejectsSummary({ count, rows = 0 }: Dataset["rejects"], locale?: string): string {
  const cells = count - rows;
  const parts = [
    ...(cells > 0
      ? [`${formatCount(cells, "cell", locale)} could not be read and ${cells === 1 ? "is" : "are"} empty here`]
      : []),
    ...(rows > 0 ? [`${formatCount(rows, "row", locale)} of the file ${rows === 1 ? "is" : "are"} left out`] : []),
  ];
  return `${parts.join("; ")}.`;
}

/** "1–50 of 12,345". */
export function rangeOf(start: number, shown: number, total: number, locale?: string): string {
  if (shown === 0) return `0 of ${formatNumber(total, locale)}`;
  return `${formatNumber(start + 1, locale)}–${formatNumber(start + shown, locale)} of ${formatNumber(total, locale)}`;
}

/** The ledger as CSV after RFC 4180, with the mark by which spreadsheet programs know UTF-8. */
export function rejectsCsv(rejects: readonly Reject[]): string {
  const lines = rejects.map(({ row, column, value, reason }) => [row, column, value, reason].map(csvCell).join(","));
  return `\uFEFF${["row,column,value,reason", ...lines].join("\r\n")}\r\n`;
}

function csvCell(cell: string | number | null): string {
  const text = cell === null ? "" : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
