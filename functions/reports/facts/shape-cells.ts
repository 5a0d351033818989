import type { Cell, ValueFormat } from "../../../contract/index.ts";
import { isNumeric } from "../../charts/render/column-kinds.ts";
import { valueFormat } from "../../charts/render/value-format.ts";
import { isAdditive } from "./additive.ts";
import type { TimeAxis } from "./time-axis.ts";
import { additiveName, measureName, shortName } from "./words.ts";

/** One value of a measure: of a category, or of a moment. */
export interface Item {
  name: string;
  value: number;
  rows: number[];
}

/** What is measured. */
export interface Measure {
  /** In words. */
  measure: string;
  format: ValueFormat | null;
  /** Whether values of different categories may be added up. */
  additive: boolean;
}

/** A number where it stands in the result. */
export interface NumberCell {
  index: number;
  value: number;
}

interface InTime {
  items: Item[];
  time: Pick<TimeAxis, "grain" | "ordinals">;
}

/** Cells along time, in its order, those of the same moment added up. */
export function inTime<Of>(of: Of, cells: NumberCell[], axis: TimeAxis): Of & InTime {
  const ordinalOf = ({ index }: NumberCell) => axis.ordinals[index] ?? 0;
  const sorted = cells.toSorted((a, b) => ordinalOf(a) - ordinalOf(b));
  const items = grouped(sorted, ({ index }) => axis.names[index] ?? "");
  const ordinals = items.map(({ rows }) => axis.ordinals[rows[0] ?? 0] ?? 0);
  return { ...of, items, time: { grain: axis.grain, ordinals } };
}

/** Cells of the same key added up, in the order in which keys come. */
export function grouped<C extends NumberCell>(cells: C[], key: (cell: C) => string): Item[] {
  const items = new Map<string, Item>();
  for (const cell of cells) {
    const name = key(cell);
    const item = items.get(name) ?? { name, value: 0, rows: [] };
    item.value += cell.value;
    item.rows.push(cell.index);
    items.set(name, item);
  }
  return [...items.values()];
}

/** A category's name in a sentence: a number says what it is a number of. */
export function nameOf(cell: Cell | undefined, column: { type: string }, dimension: string): string {
  if (cell === null || cell === undefined) return "(none)";
  if (typeof cell === "boolean") return `${dimension}: ${cell ? "yes" : "no"}`;
  return isNumeric(column) ? `${dimension} ${cell}` : shortName(String(cell));
}

/** A cell as a number, also one that is too large for JSON and stands there as text. */
export function toNumber(cell: Cell | undefined): number | undefined {
  if (typeof cell === "number") return cell;
  return typeof cell === "string" && /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : undefined;
}

/** What a result's column measures. */
export function measureOf(column: string, rows: Cell[][], index: number, sql: string): Measure {
  const additive = isAdditive(column, sql);
  const measure = additive ? additiveName(column) : measureName(column);
  const format = valueFormat(
    column,
    rows.map((row) => toNumber(row[index]) ?? null),
  );
  return { measure, format, additive };
}
