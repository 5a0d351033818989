import { readDate, readTimeOfDay } from "../types/dates.ts";
import { isNull } from "../types/null-words.ts";
import { readNumber } from "../types/numbers.ts";

export type CellKind = "empty" | "number" | "time" | "text";

/** What a cell looks like by itself. */
export function cellKind(cell: string): CellKind {
  const trimmed = cell.trim();
  if (isNull(trimmed)) return "empty";
  if (!/\d/.test(trimmed)) return "text";
  if (readDate(trimmed) || readTimeOfDay(trimmed)) return "time";
  return readNumber(trimmed) ? "number" : "text";
}
