import { readDate, readTimeOfDay } from "../types/dates.ts";
import { isNull } from "../types/null-words.ts";
import { isMeasure, readNumber } from "../types/numbers.ts";

export type CellKind = "empty" | "number" | "time" | "text";

/** What a cell looks like by itself. */
export function cellKind(cell: string): CellKind {
  const trimmed = cell.trim();
  if (isNull(trimmed)) return "empty";
  if (!/\d/.test(trimmed)) return "text";
  if (readDate(trimmed) || readTimeOfDay(trimmed)) return "time";
  const number = readNumber(trimmed);
  // "5 km" may be a name above a column of times.
  return number && !isMeasure(number.unit) ? "number" : "text";
}
