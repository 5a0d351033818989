import { sum } from "../../shared/statistics.ts";
import type { Item } from "./shape-cells.ts";

const namesOfTotals = /^(all|total|grand total|sum|overall|together|world|entire)\b|\btotal$/i;
/** Totals in tables are rounded, and their parts too. */
const tolerance = 0.01;

/** The category that is the sum of the others by its name and its value, as tables from spreadsheets have it. */
export function findOverlap(items: Item[]): { name: string; rows: number[] } | undefined {
  if (items.length < 3) return undefined;
  const total = sum(items.map(({ value }) => value));
  const found = items.find(
    ({ name, value }) => namesOfTotals.test(name) && Math.abs(value - (total - value)) <= tolerance * Math.abs(value),
  );
  return found && { name: found.name, rows: found.rows.slice(0, 100) };
}
