import type { Chart, ChartData, ChartType, QueryResult } from "../../../contract/index.ts";
import { inCalendarOrder, isRanked } from "./calendar-order.ts";
import { toLabel, toNumber } from "./cells.ts";
import { chartOptions } from "./chart-options.ts";
import { isNumeric, isTemporal } from "./column-kinds.ts";
import { type CategoryData, limitCategories, limitSeries, mostCategories, mostSeries, mostSlices } from "./crowding.ts";
import { withGaps } from "./time-gaps.ts";

export interface Rendered extends Pick<Chart, "type" | "data" | "options"> {
  /** What the drawing does not show as it was asked. */
  drawingWarnings: string[];
}

/**
 * Draws a result: Chart.js data and options. The order of its columns says what is what, see `Plan`. A type that would
 * mislead gives way to bars, and what is too much for the eye is drawn together or left out; both with a warning.
 *
 * @param additive whether values of several groups may be added up
 * @param averages whether there are averages or extremes among the measures
 */
export function renderChart(result: QueryResult, wanted: ChartType, additive: boolean, averages = false): Rendered {
  const drawingWarnings: string[] = [];
  if (!drawsCategories(wanted)) {
    const data = chartData(result, wanted);
    return { type: wanted, data, options: chartOptions(result, wanted), drawingWarnings };
  }
  const all = inCalendarOrder(categorySeries(result));
  const adds = additive && !result.truncated;
  const suits = isRound(wanted) ? suitsPie(all, wanted, adds, averages, drawingWarnings) : !isLineOfOne(all, wanted);
  const type = suits ? wanted : "bar";
  if (isNominal(result, all) && !adds && !canBeCut(all)) {
    drawingWarnings.push(`A chart of ${all.labels.length} groups can't be read, so this is a table.`);
    return { type: "table", data: chartData(result, "table"), options: {}, drawingWarnings };
  }
  const { other, ...data } = readable(result, all, type, adds, drawingWarnings);
  return { type, data, options: chartOptions(result, type, other), drawingWarnings };
}

function drawsCategories(type: ChartType): boolean {
  return !["table", "stat", "scatter", "bubble", "histogram"].includes(type);
}

/** A line through one point would be a dot on an axis without a scale; a bar tells how much it is. */
function isLineOfOne({ labels }: CategoryData, type: ChartType): boolean {
  return (type === "line" || type === "area") && labels.length === 1;
}

function isRound(type: ChartType): boolean {
  return type === "pie" || type === "doughnut";
}

function suitsPie(
  { labels, datasets }: CategoryData,
  type: ChartType,
  additive: boolean,
  averages: boolean,
  warnings: string[],
): boolean {
  if (datasets.some(({ data }) => data.some((value) => value !== null && value < 0))) {
    warnings.push(`A ${type} can't show values below zero, so these are bars.`);
    return false;
  }
  if (averages) {
    warnings.push(`A ${type} shows parts of a whole, and averages or extremes are none, so these are bars.`);
    return false;
  }
  if (labels.length <= mostSlices || additive) return true;
  warnings.push(`A ${type} of ${labels.length} slices can't be read, so these are bars.`);
  return false;
}

function readable(
  result: QueryResult,
  data: CategoryData,
  type: ChartType,
  additive: boolean,
  warnings: string[],
): CategoryData {
  const { columns } = result;
  const [x] = columns;
  if (x && (type === "line" || type === "area") && (isTemporal(x) || isNumeric(x)) && columns.length > 1)
    return limitSeries(withGaps(data, x.name, warnings), additive && splits(columns), warnings);
  const limited =
    isNominal(result, data) || isRound(type)
      ? limitCategories(data, isRound(type) ? mostSlices : mostCategories, additive, warnings)
      : data;
  return limitSeries(limited, additive && splits(columns), warnings);
}

/** Whether the groups are mere names: numbers and times have an order that leaving some out would break. */
function isNominal({ columns }: QueryResult, { labels }: CategoryData): boolean {
  const [x] = columns;
  return x !== undefined && columns.length > 1 && !isNumeric(x) && !isTemporal(x) && !labels.every(isPeriod);
}

/** Whether the first of the groups are worth showing alone: there are few, or those with the largest values come first. */
function canBeCut({ labels, datasets }: CategoryData): boolean {
  const [first] = datasets;
  return labels.length <= mostCategories || (first !== undefined && isRanked(first.data));
}

/** Whether the second column splits the measure into series; measures beside one another are never added up. */
function splits([, second, ...measures]: QueryResult["columns"]): boolean {
  return second !== undefined && measures.length > 0 && !isNumeric(second);
}

/** A year, or a month of a year, in text. */
function isPeriod(label: string | number): boolean {
  return /^\d{4}(-\d{2})?$/.test(String(label));
}

/** The type that suits a result whose maker did not choose one. */
export function suitableType({ columns, rows }: QueryResult): ChartType {
  const [first, ...others] = columns;
  const [second] = others;
  if (!first || rows.length === 0) return "table";
  const measures = others.filter(isNumeric);
  if (rows.length === 1 && columns.length === 1 && isNumeric(first)) return "stat";
  const split = second !== undefined && !isNumeric(second);
  // One text may name the series, or stand beside the measures; rows with more of them are to be read.
  const texts = others.length - measures.length - (split ? 1 : 0);
  if (measures.length === 0 || texts > (split ? 0 : 1)) return "table";
  if (rows.length > 200 && !isTemporal(first)) return "table";
  if (isTemporal(first)) return "line";
  if (isNumeric(first)) return measures.length === 1 && rows.length > 25 ? "scatter" : "bar";
  return "bar";
}

function chartData(result: QueryResult, type: ChartType): ChartData {
  switch (type) {
    case "table":
      return { labels: [], datasets: [] };
    case "stat": {
      const index = Math.max(0, result.columns.findIndex(isNumeric));
      const label = result.columns[index]?.name ?? "";
      return { labels: [label], datasets: [{ label, data: [toNumber(result.rows[0]?.[index] ?? null)] }] };
    }
    case "scatter":
    case "bubble":
      return { labels: [], datasets: pointSeries(result, type) };
    default:
      return categorySeries(result);
  }
}

/** One series per measure, or, where the second column is a dimension, one per value of it. */
function categorySeries({ columns, rows }: QueryResult): CategoryData {
  if (columns.length === 1) {
    const label = columns[0]?.name ?? "";
    return {
      labels: rows.map((_, index) => index + 1),
      datasets: [{ label, data: rows.map(([value]) => toNumber(value)) }],
    };
  }
  const labels = [...new Set(rows.map(([value]) => toLabel(value)))];
  const second = columns[1];
  if (second && splits(columns)) {
    const position = new Map(labels.map((label, index) => [label, index]));
    const series = new Map<string, (number | null)[]>();
    for (const [x, name, value] of rows) {
      const label = String(toLabel(name));
      const data = series.get(label) ?? labels.map(() => null);
      data[position.get(toLabel(x)) ?? 0] = toNumber(value);
      series.set(label, data);
    }
    return { labels, datasets: [...series].map(([label, data]) => ({ label, data })) };
  }
  const measures = columns.flatMap((column, index) => (index > 0 && isNumeric(column) ? [{ ...column, index }] : []));
  return {
    labels: rows.map(([value]) => toLabel(value)),
    datasets: measures.map(({ name, index }) => ({ label: name, data: rows.map((row) => toNumber(row[index])) })),
  };
}

function pointSeries({ columns, rows }: QueryResult, type: "scatter" | "bubble"): ChartData["datasets"] {
  const radiusIndex = type === "bubble" ? 2 : -1;
  const nameIndex = columns.findIndex((column, index) => index > 1 && index !== radiusIndex && !isNumeric(column));
  const largest = Math.max(...rows.map((row) => Math.abs(toNumber(row[radiusIndex]) ?? 0)));
  const series = new Map<string, { x: number | string; y: number; r?: number }[]>();
  const named = namesDrawn(rows.map((row) => String(toLabel(row[nameIndex]))));
  for (const row of rows) {
    const [x = null, y] = row;
    const height = toNumber(y);
    if (x === null || height === null) continue;
    const own = String(toLabel(row[nameIndex]));
    const name = nameIndex < 0 ? (columns[1]?.name ?? "") : named.has(own) ? own : "Other";
    const points = series.get(name) ?? [];
    // A bubble's area, not its radius, is in proportion to its value; the largest has 20 pixels. Nothing is a dot, and not no row.
    const r = largest > 0 ? Math.max(1.5, 20 * Math.sqrt(Math.abs(toNumber(row[radiusIndex]) ?? 0) / largest)) : 4;
    points.push({ x: toNumber(x) ?? String(x), y: height, ...(type === "bubble" && { r }) });
    series.set(name, points);
  }
  return [...series].map(([label, data]) => ({ label, data }));
}

/** The names of points that get a colour of their own: the most frequent, if there are too many. */
function namesDrawn(names: string[]): Set<string> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  if (counts.size <= mostSeries) return new Set(counts.keys());
  const frequent = [...counts].sort((one, other) => other[1] - one[1]).slice(0, mostSeries - 1);
  return new Set(frequent.map(([name]) => name));
}
