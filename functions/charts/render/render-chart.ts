import type { Cell, Chart, ChartData, ChartType, QueryResult } from "../../../contract/index.ts";
import { chartOptions } from "./chart-options.ts";
import { isNumeric, isTemporal } from "./column-kinds.ts";

export type Rendered = Pick<Chart, "data" | "options">;

/** Draws a result: Chart.js data and options. The order of its columns says what is what, see `Plan`. */
export function renderChart(result: QueryResult, type: ChartType): Rendered {
  return { data: chartData(result, type), options: chartOptions(result, type) };
}

/** The type that suits a result whose maker did not choose one. */
export function suitableType({ columns, rows }: QueryResult): ChartType {
  const [first, ...others] = columns;
  if (!first || rows.length === 0) return "table";
  const measures = others.filter(isNumeric);
  if (rows.length === 1 && columns.length === 1 && isNumeric(first)) return "stat";
  if (measures.length === 0 || measures.length < others.length - 1 || rows.length > 200) {
    return isTemporal(first) && measures.length > 0 ? "line" : "table";
  }
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
function categorySeries({ columns, rows }: QueryResult): ChartData {
  if (columns.length === 1) {
    const label = columns[0]?.name ?? "";
    return {
      labels: rows.map((_, index) => index + 1),
      datasets: [{ label, data: rows.map(([value]) => toNumber(value)) }],
    };
  }
  const labels = [...new Set(rows.map(([value]) => toLabel(value)))];
  const second = columns[1];
  if (columns.length >= 3 && second && !isNumeric(second)) {
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
  for (const row of rows) {
    const [x = null, y] = row;
    const height = toNumber(y);
    if (x === null || height === null) continue;
    const name = nameIndex < 0 ? (columns[1]?.name ?? "") : String(toLabel(row[nameIndex]));
    const points = series.get(name) ?? [];
    // A bubble's area, not its radius, is in proportion to its value; the largest is 20 pixels wide.
    const r = largest > 0 ? 20 * Math.sqrt(Math.abs(toNumber(row[radiusIndex]) ?? 0) / largest) : 4;
    points.push({ x: toNumber(x) ?? String(x), y: height, ...(type === "bubble" && { r }) });
    series.set(name, points);
  }
  return [...series].map(([label, data]) => ({ label, data }));
}

function toLabel(cell: Cell | undefined): string | number {
  if (cell === null || cell === undefined) return "(none)";
  return typeof cell === "boolean" ? String(cell) : cell;
}

function toNumber(cell: Cell | undefined): number | null {
  if (typeof cell === "number") return cell;
  // An integer too large for JSON comes as text; a chart can show it to the precision of a double.
  if (typeof cell === "string" && /^-?\d+(\.\d+)?$/.test(cell)) return Number(cell);
  return null;
}
