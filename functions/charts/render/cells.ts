import type { Cell } from "../../../contract/index.ts";

/** A cell as a name on an axis or in a legend. */
export function toLabel(cell: Cell | undefined): string | number {
  if (cell === null || cell === undefined) return "(none)";
  return typeof cell === "boolean" ? String(cell) : cell;
}

/** A cell as a number; null for what is none. */
export function toNumber(cell: Cell | undefined): number | null {
  if (typeof cell === "number") return cell;
  // An integer too large for JSON comes as text; a chart can show it to the precision of a double.
  if (typeof cell === "string" && /^-?\d+(\.\d+)?$/.test(cell)) return Number(cell);
  return null;
}
