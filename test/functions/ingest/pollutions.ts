/** Dates, times, numbers, words, quoted text with commas and quotes, empty cells. */
export const header = "order_date,order_time,quantity,product,price,category,description,url,comment".split(",");
export const orders = Array.from({ length: 30 }, (_, index) => [
  `2024-${two((index % 12) + 1)}-${two((index % 28) + 1)}`,
  `${two(8 + (index % 10))}:${two((index * 7) % 60)}:00`,
  String((index % 9) + 1),
  `P-${1000 + index * 13}`,
  (((index * 997) % 20_000) / 100 + 1.01).toFixed(2),
  ["Lamp", "Desk", "Chair", "Monitor arm"][index % 4] ?? "",
  index % 5 === 0 ? `Model ${index}, the "fine" one` : `Model ${index}`,
  `https://shop.example/item/${index}?from=list&page=${index % 3}`,
  index % 3 === 0 ? "" : index % 7 === 0 ? "Fragile, with care" : `note ${index}`,
]);
export const whole = [header, ...orders];

function two(number: number): string {
  return String(number).padStart(2, "0");
}

export interface Style {
  delimiter?: string;
  quote?: string;
  escapeMark?: string;
  lineEnd?: string;
  quoteAll?: boolean;
}

function written(cell: string, { delimiter = ",", quote = '"', escapeMark = quote, quoteAll = false }: Style): string {
  const needed = cell.includes(delimiter.trim() || delimiter) || cell.includes(quote);
  return quoteAll || needed ? `${quote}${cell.replaceAll(quote, `${escapeMark}${quote}`)}${quote}` : cell;
}

export function line(cells: readonly string[], style: Style = {}): string {
  return cells.map((cell) => written(cell, style)).join(style.delimiter ?? ",");
}

export function file(rows: readonly (readonly string[])[], style: Style = {}): string {
  return rows.map((row) => `${line(row, style)}${style.lineEnd ?? "\n"}`).join("");
}

/** What may happen to one line of a file. */
export const damages: Record<string, (cells: readonly string[], column: number) => string> = {
  "without a separator": (cells, column) => changed(cells, column, (cell) => cell).replace(",", ""),
  "with a separator too many": (cells, column) => changed(cells, column, (cell) => `,${cell}`),
  "with a quote before a cell": (cells, column) => changed(cells, column, (cell) => `"${cell}`),
  "with a quote after a cell": (cells, column) => changed(cells, column, (cell) => `${cell}"`),
  "with a quote inside of a cell": (cells, column) =>
    changed(cells, column, (cell) => `${cell.slice(0, 3)}"${cell.slice(3)}`),
  "with quotes that are not doubled": (cells, column) =>
    changed(cells, column, () => `"${cells[column]?.slice(0, 3)}"${cells[column]?.slice(3)}"`),
  "with a line end inside of a cell": (cells, column) =>
    changed(cells, column, (cell) => `${cell.slice(0, 2)}\n${cell.slice(2)}`),
  "with semicolons": (cells) => line(cells, { delimiter: ";" }),
  "with tabs": (cells) => line(cells, { delimiter: "\t" }),
  "in single quotes": (cells) => line(cells, { quote: "'", quoteAll: true }),
  "in quotes as a whole": (cells) => `"${line(cells).replaceAll('"', '""')}"`,
  "with all cells in quotes": (cells) => line(cells, { quoteAll: true }),
  "ended twice": (cells) => `${line(cells)}\r`,
  "with a separator at its end": (cells) => `${line(cells)},`,
  "of a single word": () => "damaged",
};

function changed(cells: readonly string[], column: number, change: (cell: string) => string): string {
  return cells.map((cell, index) => (index === column ? change(written(cell, {})) : written(cell, {}))).join(",");
}

/** Each damage at each place that differs: the first, a middle and the last row; a number and a quoted text. */
export function damagedFiles(): { name: string; content: string; damaged: number }[] {
  const lines = whole.map((row) => line(row));
  return Object.entries(damages).flatMap(([what, damage]) =>
    [1, 16, orders.length].flatMap((at) =>
      [...new Set([4, 6].map((column) => damage(whole[at] ?? [], column)))].map((broken, index) => ({
        name: `line ${at + 1} ${what}${index > 0 ? ", in another column" : ""}`,
        content: lines.map((one, number) => `${number === at ? broken : one}\n`).join(""),
        damaged: at + 1,
      })),
    ),
  );
}

const umlauts = (text: string) => text.replaceAll("Model", "Möbelstück").replaceAll("Chair", "Stühlchen");
const mixedEnds = (ends: string[]) => whole.map((row, index) => line(row) + ends[index % ends.length]).join("");

/** Files that are odd as a whole, and yet hold the same table. */
export const oddFiles: Record<string, string | Uint8Array> = {
  "CR LF": file(whole, { lineEnd: "\r\n" }),
  "CR alone": file(whole, { lineEnd: "\r" }),
  "CR CR LF": file(whole, { lineEnd: "\r\r\n" }),
  "LF and CR LF": mixedEnds(["\n", "\r\n"]),
  "LF, CR LF and CR": mixedEnds(["\n", "\r\n", "\r"]),
  "a header ended by CR": `${line(header)}\r${file(orders)}`,
  "no line end at the end": file(whole).trimEnd(),
  "blank lines between": file(whole, { lineEnd: "\n\n" }),
  "control-Z at the end": `${file(whole)}\u001a`,
  ...Object.fromEntries(
    [";", "\t", "|", " ", ", ", ":", "^", "~", "||", "::", "&", "#", "/", "*", "\u0001", "\u001e"].map((delimiter) => [
      `separators ${JSON.stringify(delimiter)}`,
      file(whole, { delimiter }),
    ]),
  ),
  "single quotes": file(whole, { quote: "'" }),
  backticks: file(whole, { quote: "`", quoteAll: true }),
  backslashes: file(whole, { escapeMark: "\\", quoteAll: true }),
  "NULs before quotes": file(whole, { escapeMark: "\0" }),
  "quotes that nothing escapes": file(whole, { escapeMark: "", quoteAll: true }),
  "everything in quotes": file(whole, { quoteAll: true }),
  "blanks around cells": whole.map((row) => `${row.map((cell) => ` ${written(cell, {})} `).join(",")}\n`).join(""),
  "a separator at each line's end": file(whole, { lineEnd: ",\n" }),
  "empty last cells left out": file(whole).replaceAll(/,+\n/g, "\n"),
  "rows of separators below": `${file(whole)}${`${",".repeat(8)}\n`.repeat(5)}`,
  "a title above": `Orders of the shop\n\n${file(whole)}`,
  "notes with commas above": `Orders of the shop, 2024\nExported by the till, on request\n\n${file(whole)}`,
  "names and values above": `Report:,Orders\nFrom:,2024-01-01\nTo:,2024-12-31\n\n${file(whole)}`,
  "padded names and values above": `Report:,Orders${",".repeat(7)}\nFrom:,2024-01-01${",".repeat(7)}\n${",".repeat(8)}\n${file(whole)}`,
  "a long text above": `${"This file has been written by the till of the shop.\n".repeat(12)}${file(whole)}`,
  "comments above": `# Orders of the shop\n#, 2024\n${file(whole)}`,
  "the separator's name above": `sep=,\n${file(whole)}`,
  "UTF-8 with a mark": `\ufeff${umlauts(file(whole))}`,
  "UTF-16": Buffer.from(umlauts(file(whole)), "utf16le"),
  "UTF-16, big-endian": Buffer.from(`\ufeff${umlauts(file(whole))}`, "utf16le").swap16(),
  "Latin-1": Buffer.from(umlauts(file(whole)), "latin1"),
};

export function inUmlauts(rows: readonly (readonly string[])[]): string[][] {
  return rows.map((row) => row.map(umlauts));
}
