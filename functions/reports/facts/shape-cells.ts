import type { Cell, QueryResult, ValueFormat } from "../../../contract/index.ts";
import { isNumeric } from "../../charts/render/column-kinds.ts";
import { measureName } from "../../shared/words.ts";
import { isAdditive } from "./additive.ts";
import type { TimeAxis } from "./time-axis.ts";
import { additiveName, shortName } from "./words.ts";

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
  format: ValueFormat | undefined;
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

/** What a result's column measures. */
export function measureOf({ name, format }: QueryResult["columns"][number], sql: string): Measure {
  const additive = isAdditive(name, sql);
  return { measure: additive ? additiveName(name) : measureName(name), format, additive };
}
