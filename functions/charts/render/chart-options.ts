import type { Chart, ChartType, QueryResult } from "../../../contract/index.ts";
import { isNumeric, isTemporal } from "./column-kinds.ts";

const round = new Set<ChartType>(["pie", "doughnut"]);
const withoutAxes = new Set<ChartType>(["stat", "table"]);

/** Chart.js options that follow from the data: axes with titles, time where x is time, a legend where it tells something. */
export function chartOptions({ columns, rows }: QueryResult, type: ChartType): Chart["options"] {
  if (withoutAxes.has(type)) return {};
  const [x, second, third] = columns;
  if (round.has(type)) return { plugins: { legend: { display: true, position: "right" } } };
  const split = columns.length > 2 && second !== undefined && !isNumeric(second);
  const measures = columns.slice(1).filter(isNumeric);
  const y = split ? third : type === "scatter" || type === "bubble" || measures.length === 1 ? measures[0] : undefined;
  const onTime = x !== undefined && isTemporal(x) && type !== "histogram";
  return {
    plugins: { legend: { display: split || measures.length > 1 } },
    scales: {
      x: {
        title: { display: true, text: x?.name ?? "" },
        ...(onTime && { type: "time", ...(type === "bar" && { offset: true }) }),
        ...((type === "scatter" || type === "bubble") && !onTime && { type: "linear" }),
        ...(type === "histogram" && { grid: { display: false } }),
      },
      y: {
        title: { display: y !== undefined, text: y?.name ?? "" },
        // Bars and areas say a quantity by their length, which needs the zero.
        beginAtZero: type === "bar" || type === "area" || type === "histogram",
      },
    },
    // Points would hide a line of many.
    ...(type === "line" || type === "area" ? { elements: { point: { radius: rows.length > 60 ? 0 : 3 } } } : {}),
  };
}
