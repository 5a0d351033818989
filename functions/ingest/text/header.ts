import { readDate } from "../types/dates.ts";
import { quarterPattern } from "../types/quarters.ts";
import { type CellKind, cellKind } from "./cell-kind.ts";
import type { NumberedRow } from "./layout.ts";

const maxFurtherLines = 3;

export function filledIn(cells: readonly string[]): number {
  return cells.filter((cell) => cell.trim() !== "").length;
}

/** Whether empty cells stand before filled ones, as in a row of names over groups of columns. */
export function hasGaps(cells: readonly string[]): boolean {
  return cells.slice(0, filledIn(cells)).some((cell) => cell.trim() === "");
}

/** Whether a row names columns rather than being one of the rows of data. */
export function isHeader(cells: readonly string[], rest: readonly NumberedRow[], usual: number): boolean {
  const kinds = cells.map(cellKind);
  const below = rest
    .slice(0, 100)
    .filter((row) => row.cells.length >= Math.min(usual, cells.length) && row.cells.join("\n") !== cells.join("\n"));
  const filled = kinds.filter((kind) => kind !== "empty").length;
  if (filled === 0) return false;
  if (below.length === 0)
    return rest.length === 0 && kinds.every((kind, index) => kind === "text" && !/\d:|\d\d/.test(cells[index] ?? ""));
  let votes = 0;
  let typed = 0;
  for (const [index, kind] of kinds.entries()) {
    const column = below.map((row) => cellKind(row.cells[index] ?? "")).filter((one) => one !== "empty");
    if (column.length === 0) continue;
    const usualKind = mostFrequent(column);
    if (usualKind !== "text") {
      typed += 1;
      if (kind === "text") votes += 1;
      else if (kind !== "empty")
        votes -= isPeriod(cells[index] ?? "") && below.every((row) => row.cells[index] !== cells[index]) ? 0 : 1.5;
    } else if (kind === "number" || kind === "time") {
      votes -= isPeriod(cells[index] ?? "") ? 0 : 0.5;
    } else if (kind === "text") {
      votes += evidenceOfName(
        cells[index] ?? "",
        below.map((row) => row.cells[index] ?? ""),
      );
    }
  }
  const periods = cells.filter(isPeriod).length;
  if (periods >= 2 && kinds[0] !== "number" && isProgression(cells.filter(isPeriod))) votes += periods;
  if (votes !== 0) return votes > 0;
  // All is text: a first row usually names the columns, unless it has gaps, repeats itself, or holds numbers.
  const names = cells.map((cell) => cell.trim().toLowerCase()).filter((cell) => cell !== "");
  return (
    typed === 0 && new Set(names).size === names.length && kinds.every((kind) => kind !== "number" && kind !== "time")
  );
}

/** Among columns of text: positive where a cell looks like a name above the others, negative where it is one of them. */
function evidenceOfName(cell: string, column: readonly string[]): number {
  const repeats = column.filter((one) => one === cell).length;
  // Once may be by chance, or a header that was pasted among the rows.
  if (repeats > 0) return repeats > 1 && column.length > 3 ? -1 : -0.4;
  const digits = (text: string) => /\d/.test(text);
  // Written as the others are, but for its digits: one of them.
  const shape = (text: string) => text.replace(/\d+/g, "0");
  if (
    digits(cell) &&
    column.length > 2 &&
    column.filter((one) => shape(one) === shape(cell)).length * 2 > column.length
  )
    return -1;
  const withDigits = column.filter(digits).length / column.length;
  if (withDigits > 0.9 && !digits(cell) && column.length > 1) return 0.8;
  const lengths = column.map((one) => one.length);
  const same = lengths.every((length) => length === lengths[0]);
  if (same && column.length > 2 && cell.length !== lengths[0]) return 0.5;
  if (same && column.length > 2 && lengths[0] !== undefined && lengths[0] > 3) return -0.3;
  return /^[a-z][a-z0-9]*(_[a-z0-9]+)+$/i.test(cell) ? 0.5 : 0;
}

/** A year, a quarter or a month, as columns may be named. */
function isPeriod(cell: string): boolean {
  const trimmed = cell.trim();
  if (/^(1[89]|20|21)\d\d([-/](0[1-9]|1[0-2]))?$/.test(trimmed) || quarterPattern(trimmed) !== undefined) return true;
  return /^[a-z]{3,9}[- ](\d{2}|\d{4})$/i.test(trimmed) && readDate(trimmed) !== undefined;
}

function isProgression(periods: readonly string[]): boolean {
  const years = periods.map((period) => Number(/\d{4}/.exec(period)?.[0]));
  const step = (years[1] ?? 0) - (years[0] ?? 0);
  return (
    new Set(periods).size === periods.length &&
    years.every((year, index) => index === 0 || Math.abs(year - (years[index - 1] ?? 0) - step) <= 1)
  );
}

function mostFrequent(kinds: readonly CellKind[]): CellKind {
  const counts = new Map<CellKind, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? "empty";
}

/** How many rows below the header's first one belong to it: names under groups, units or explanations under names. */
export function furtherHeaderLines(first: readonly string[], rest: readonly NumberedRow[]): number {
  let above = first;
  let count = 0;
  for (; count < maxFurtherLines; count += 1) {
    const [next, ...data] = rest.slice(count);
    if (!next || data.length < 2 || !continuesHeader(above, next.cells, data)) return count;
    above = next.cells;
  }
  return count;
}

/** Only above columns of numbers or dates can a row of words be told from data. */
function continuesHeader(above: readonly string[], cells: readonly string[], data: readonly NumberedRow[]): boolean {
  const kinds = cells.map(cellKind);
  if (cells.length < 2 || kinds.some((kind) => kind === "number" || kind === "time")) return false;
  const usual = usualKinds(data);
  const typed = usual.flatMap((kind, index) => (kind === "number" || kind === "time" ? [index] : []));
  if (typed.length === 0) return false;
  const filled = cells.filter((cell) => cell.trim() !== "");
  const units = filled.length > 0 && filled.every((cell) => /^[([].*[)\]]$/.test(cell.trim()));
  if (units) return typed.some((index) => kinds[index] === "text");
  const typedShare = typed.length / usual.filter((kind) => kind !== "empty").length;
  const [below] = data;
  const namesFollow = filled.length === cells.length || (hasGaps(cells) && below && isAllWords(below.cells));
  if (filledIn(above) < above.length && namesFollow && typedShare >= 0.5) return true;
  return (
    typed.length > 1 &&
    typedShare >= 0.3 &&
    typed.every((index) => kinds[index] === "text" && startsWithWord.test(cells[index] ?? ""))
  );
}

/** The first letter stands before any digit. */
const startsWithWord = /^[^\d\p{L}]*\p{L}/u;

function isAllWords(cells: readonly string[]): boolean {
  return cells.every((cell) => cellKind(cell) === "text");
}

/** What most filled cells of each column look like. */
export function usualKinds(rows: readonly NumberedRow[]): CellKind[] {
  const some = rows.slice(0, 50).map(({ cells }) => cells.map(cellKind));
  const width = Math.max(0, ...some.map((kinds) => kinds.length));
  return Array.from({ length: width }, (_, index) =>
    mostFrequent(some.map((kinds) => kinds[index] ?? "empty").filter((kind) => kind !== "empty")),
  );
}

/** Joins the lines of a header; a group's name goes on over the empty cells to its right. */
export function joinLines(lines: readonly (readonly string[])[]): string[] {
  const [first = [], ...more] = lines;
  if (more.length === 0) return [...first];
  let group = "";
  return Array.from({ length: Math.max(...lines.map((cells) => cells.length)) }, (_, index) => {
    if ((first[index] ?? "").trim() !== "") group = (first[index] ?? "").trim();
    const parts = [group, ...more.map((cells) => (cells[index] ?? "").trim())];
    // What programs tell each other of a column is none of its name.
    return [...new Set(parts.filter((part) => part !== "" && !/^\{.*\}$/s.test(part)))].join(" ");
  });
}
