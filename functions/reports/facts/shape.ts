import type { Cell, ChartType, QueryResult } from "../../../contract/index.ts";
import { isNumeric } from "../../charts/render/column-kinds.ts";
import { isAdditive } from "./additive.ts";
import { additiveName, measureName, shortName } from "./format.ts";
import { type TimeAxis, timeAxis } from "./time-axis.ts";

/** One value of a measure: of a category, or of a moment. */
export interface Item {
  name: string;
  value: number;
  rows: number[];
}

/** A measure along an axis. */
export interface Series {
  /** The measure in words. */
  measure: string;
  additive: boolean;
  /** What the items are, in words: "region". */
  dimension: string;
  items: Item[];
  /** Set where the items stand in time; they are then in its order, and `ordinals` are theirs. */
  time: Pick<TimeAxis, "grain" | "ordinals"> | undefined;
}

/** A chart's result as facts look at it. */
export interface Shape {
  /** By the x axis: one for each measure, or, of a measure that is split, its sums. */
  series: Series[];
  /** By what splits the chart into series, if anything does. */
  parts: Series[];
  /** Pairs of numbers, of scatters and bubbles, with the names of the two. */
  points: { x: string; y: string; pairs: { x: number; y: number; row: number }[] } | undefined;
  /** Rows whose measure has no value, by measure. */
  blanks: { measure: string; rows: number[] }[];
}

const mostMeasures = 3;

/** Reads a result by the order of its columns, which says what is what: see `Plan`. */
export function readShape({ columns, rows }: QueryResult, type: ChartType, sql: string): Shape {
  const [first, second, third] = columns;
  const blanks: Shape["blanks"] = [];
  const none: Shape = { series: [], parts: [], points: undefined, blanks };
  if (!first || rows.length === 0) return none;
  if (type === "scatter" || type === "bubble") {
    if (!second || !isNumeric(second)) return none;
    const pairs = rows.flatMap(([x, y], row) => {
      const pair = { x: toNumber(x), y: toNumber(y), row };
      return pair.x === undefined || pair.y === undefined ? [] : [{ x: pair.x, y: pair.y, row }];
    });
    if (isNumeric(first)) {
      return { ...none, points: { x: measureName(first.name), y: measureName(second.name), pairs } };
    }
  }
  const dimension = measureName(first.name);
  const labels = rows.map(([value]) => value ?? null);
  const axis = timeAxis(labels, first.name);

  if (type !== "table" && second && third && !isNumeric(second) && isNumeric(third)) {
    const additive = isAdditive(third.name, sql);
    const measure = additive ? additiveName(third.name) : measureName(third.name);
    const cells = rows.flatMap((row, index) => {
      const value = toNumber(row[2]);
      if (value === undefined) blankOf(blanks, measure).push(index);
      return value === undefined ? [] : [{ index, value, part: nameOf(row[1]), label: nameOf(row[0]) }];
    });
    const of = (dimensionName: string, key: (cell: (typeof cells)[number]) => string) =>
      ({ measure, additive, dimension: dimensionName, items: grouped(cells, key), time: undefined }) satisfies Series;
    const parts = of(measureName(second.name), ({ part }) => part);
    if (!additive) {
      // What may not be added up is compared cell by cell, or, along time, part by part.
      if (!axis) return { ...none, series: [of(dimension, ({ label, part }) => `${label}, ${part}`)] };
      const names = [...new Set(cells.map(({ part }) => part))].slice(0, mostMeasures);
      const series = names.map((name) => {
        const own = cells.filter(({ part }) => part === name);
        return inTime({ measure: `${measure} of ${name}`, additive, dimension }, own, axis);
      });
      return { ...none, series };
    }
    const along = axis ? inTime({ measure, additive, dimension }, cells, axis) : of(dimension, ({ label }) => label);
    return { ...none, series: [along], parts: [parts] };
  }

  const measures = columns.flatMap((column, index) =>
    isNumeric(column) && (index > 0 || columns.length === 1) ? [{ column, index }] : [],
  );
  const series = measures.slice(0, mostMeasures).map(({ column, index }): Series => {
    const additive = isAdditive(column.name, sql);
    const measure = additive ? additiveName(column.name) : measureName(column.name);
    const cells = rows.flatMap((row, position) => {
      const value = toNumber(row[index]);
      if (value === undefined) blankOf(blanks, measure).push(position);
      return value === undefined ? [] : [{ index: position, value, label: nameOf(row[0]) }];
    });
    const along = axis && inTime({ measure, additive, dimension }, cells, axis);
    // Several values of a moment that may not be added up make no series.
    if (along && (additive || along.items.length === cells.length)) return along;
    const items = cells.map(({ label, value, index: row }) => ({ name: label, value, rows: [row] }));
    // Where names come again, the rows are what there is to count, and no name stands for one of them.
    const named = new Set(items.map(({ name }) => name)).size === items.length;
    return { measure, additive, dimension: named ? dimension : "row", items, time: undefined };
  });
  return { ...none, series };
}

interface NumberCell {
  index: number;
  value: number;
}

/** Cells along time, in its order, those of the same moment added up. */
function inTime(of: Pick<Series, "measure" | "additive" | "dimension">, cells: NumberCell[], axis: TimeAxis): Series {
  const ordinalOf = ({ index }: NumberCell) => axis.ordinals[index] ?? 0;
  const sorted = cells.toSorted((a, b) => ordinalOf(a) - ordinalOf(b));
  const items = grouped(sorted, ({ index }) => axis.names[index] ?? "");
  const ordinals = items.map(({ rows }) => axis.ordinals[rows[0] ?? 0] ?? 0);
  return { ...of, items, time: { grain: axis.grain, ordinals } };
}

function grouped<C extends NumberCell>(cells: C[], key: (cell: C) => string): Item[] {
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

function blankOf(blanks: Shape["blanks"], measure: string): number[] {
  const known = blanks.find((blank) => blank.measure === measure);
  if (known) return known.rows;
  const blank = { measure, rows: [] };
  blanks.push(blank);
  return blank.rows;
}

function nameOf(cell: Cell | undefined): string {
  return cell === null || cell === undefined ? "(none)" : shortName(String(cell));
}

function toNumber(cell: Cell | undefined): number | undefined {
  if (typeof cell === "number") return cell;
  return typeof cell === "string" && /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : undefined;
}
