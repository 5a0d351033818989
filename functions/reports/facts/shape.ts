import type { Cell, ChartType, QueryResult } from "../../../contract/index.ts";
import { toNumber } from "../../charts/render/cells.ts";
import { isNumeric } from "../../charts/render/column-kinds.ts";
import { measureName } from "../../shared/words.ts";
import { isAdditive } from "./additive.ts";
import { findOverlap } from "./overlap.ts";
import { grouped, type Item, inTime, type Measure, measureOf, type NumberCell, nameOf } from "./shape-cells.ts";
import { expressionOf, isYearOf, limitOf } from "./sql-columns.ts";
import { type TimeAxis, timeAxis } from "./time-axis.ts";
import { namesPlaces, namesThings } from "./words.ts";

/** A measure along an axis. */
export interface Series extends Measure {
  /** What the items are, in words: "region". */
  dimension: string;
  items: Item[];
  /** Set where the items stand in time; they are then in its order, and `ordinals` are theirs. */
  time: Pick<TimeAxis, "grain" | "ordinals"> | undefined;
}

/** A part of a measure along time. */
export interface Line extends Series {
  part: string;
  /** What the parts are, in words: "region". */
  split: string;
}

/** A chart's result as facts look at it. */
export interface Shape {
  /** By the x axis: one for each measure, or, of a measure that is split, its sums. */
  series: Series[];
  /** By what splits the chart into series, if anything does. */
  parts: Series[];
  /** Along time, one for each part of a split measure. */
  lines: Line[];
  /** Pairs of numbers, of scatters and bubbles, with the names of the two. */
  points: { x: string; y: string; pairs: { x: number; y: number; row: number }[] } | undefined;
  /** Set where the query asked for the first few by a measure only. */
  listed: "highest" | "lowest" | undefined;
  /** A category that is the sum of the others, which is left out. */
  overlap: { name: string; rows: number[] } | undefined;
  /** Rows whose measure has no value, by measure. */
  blanks: { measure: string; rows: number[] }[];
}

const mostMeasures = 6;

/** Reads a result by the order of its columns, which says what is what: see `Plan`. */
export function readShape({ columns, rows }: QueryResult, type: ChartType, sql: string): Shape {
  const [first, second, third] = columns;
  const none: Shape = {
    series: [],
    parts: [],
    lines: [],
    points: undefined,
    listed: undefined,
    overlap: undefined,
    blanks: [],
  };
  if (!first || rows.length === 0) return none;
  if (type === "scatter" || type === "bubble") {
    if (!second || !isNumeric(second)) return none;
    const pairs = rows.flatMap(([x, y], row) => {
      const pair = { x: toNumber(x), y: toNumber(y), row };
      return pair.x === null || pair.y === null ? [] : [{ x: pair.x, y: pair.y, row }];
    });
    if (isNumeric(first) && !(namesPlaces(first.name) || namesPlaces(second.name))) {
      return { ...none, points: { x: measureName(first.name), y: measureName(second.name), pairs } };
    }
  }
  const isYear = isYearOf(expressionOf(first.name, sql));
  const axis = timeAxis(
    rows.map(([value]) => value ?? null),
    first.name,
    isYear,
  );
  const dimension = isYear ? "year" : measureName(first.name);
  const isSplit = type !== "table" && second && third && !isNumeric(second) && isNumeric(third);
  if (isSplit) return splitShape(none, { columns, rows, sql, axis, dimension });
  return plainShape(none, { columns, rows, sql, axis, dimension });
}

interface Reading {
  columns: QueryResult["columns"];
  rows: Cell[][];
  sql: string;
  axis: TimeAxis | undefined;
  dimension: string;
}

/** A measure by two columns: along the axis its sums, if it has any, and what splits it. */
function splitShape(none: Shape, { columns, rows, sql, axis, dimension }: Reading): Shape {
  const [first, second, third] = columns;
  if (!first || !second || !third) return none;
  const of = measureOf(third, sql);
  const part = measureName(second.name);
  const blanks: number[] = [];
  const all = rows.flatMap((row, index) => {
    const value = toNumber(row[2]);
    if (value === null) blanks.push(index);
    const names = { part: nameOf(row[1], second, part), label: nameOf(row[0], first, dimension) };
    return value === null ? [] : [{ index, value, ...names }];
  });
  const grouping = (dimensionName: string, key: (cell: (typeof all)[number]) => string, cells = all): Series => ({
    ...of,
    dimension: dimensionName,
    items: grouped(cells, key),
    time: undefined,
  });
  const shape = { ...none, blanks: blanks.length > 0 ? [{ measure: of.measure, rows: blanks }] : [] };
  const overlap = of.additive ? findOverlap(grouped(all, (cell) => cell.part)) : undefined;
  const cells = overlap ? all.filter((cell) => cell.part !== overlap.name) : all;
  const lines = axis
    ? grouped(cells, (cell) => cell.part).map(({ name }) => {
        const own = cells.filter((cell) => cell.part === name);
        return { ...inTime({ ...of, dimension }, own, axis), part: name, split: part };
      })
    : [];
  if (!of.additive) {
    // What may not be added up is compared cell by cell, or, along time, part by part.
    if (axis) return { ...shape, lines };
    return {
      ...shape,
      series: [grouping(`${dimension} and ${part}`, ({ label, part: name }) => `${label} / ${name}`)],
    };
  }
  const along = axis ? inTime({ ...of, dimension }, cells, axis) : grouping(dimension, ({ label }) => label, cells);
  const parts = [grouping(part, (cell) => cell.part, cells)];
  return { ...shape, series: [along], parts, lines, overlap };
}

/** Measures by one column. */
function plainShape(none: Shape, { columns, rows, sql, axis, dimension }: Reading): Shape {
  const [first] = columns;
  if (!first) return none;
  const shape: Shape = { ...none, blanks: [] };
  const measures = columns.flatMap((column, index) => {
    const isMeasure = isNumeric(column) && (index > 0 || columns.length === 1);
    // An id is no quantity, unless the query has made one and called it so.
    const counts = (!namesThings(column.name) && !namesPlaces(column.name)) || isAdditive(column.name, sql);
    return isMeasure && counts ? [{ column, index }] : [];
  });
  for (const { column, index } of measures.slice(0, mostMeasures)) {
    const of = measureOf(column, sql);
    const blanks: number[] = [];
    const cells = rows.flatMap((row, position) => {
      const value = toNumber(row[index]);
      if (value === null) blanks.push(position);
      return value === null ? [] : [{ index: position, value, label: nameOf(row[0], first, dimension) }];
    });
    if (blanks.length > 0) shape.blanks.push({ measure: of.measure, rows: blanks });
    const listed = listing(cells, rows, sql, axis);
    if (listed && shape.series.length === 0) shape.listed = listed;
    const along = axis && !listed && inTime({ ...of, dimension }, cells, axis);
    // Several values of a moment that may not be added up make no series.
    if (along && (of.additive || along.items.length === cells.length)) {
      shape.series.push(along);
      continue;
    }
    const label = axis
      ? ({ index: row }: NumberCell) => axis.names[row] ?? ""
      : (cell: (typeof cells)[number]) => cell.label;
    const items = cells.map((cell) => ({ name: label(cell), value: cell.value, rows: [cell.index] }));
    // Where names come again, the rows are what there is to count, and no name stands for one of them.
    const named = new Set(items.map(({ name }) => name)).size === items.length;
    const overlap = of.additive && named && !listed ? findOverlap(items) : undefined;
    if (overlap) shape.overlap = overlap;
    shape.series.push({
      ...of,
      dimension: named ? dimension : "row",
      items: overlap ? items.filter(({ name }) => name !== overlap.name) : items,
      time: undefined,
    });
  }
  return shape;
}

/** Whether the rows are the first of a ranking, cut off by the query: they stand in the order of the measure, and not of time. */
function listing(cells: NumberCell[], rows: Cell[][], sql: string, axis: TimeAxis | undefined): Shape["listed"] {
  if (limitOf(sql) !== rows.length || cells.length < 2) return undefined;
  if (axis && isOrdered(axis.ordinals)) return undefined;
  const values = cells.map(({ value }) => value);
  if (!isOrdered(values)) return undefined;
  return (values[0] ?? 0) >= (values.at(-1) ?? 0) ? "highest" : "lowest";
}

function isOrdered(values: number[]): boolean {
  const steps = values.slice(1).map((value, index) => Math.sign(value - (values[index] ?? 0)));
  return steps.every((step) => step >= 0) || steps.every((step) => step <= 0);
}
