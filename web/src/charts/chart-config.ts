import type { ChartConfiguration, ChartDataset, ChartOptions, ChartType as DrawnType } from "chart.js";
import type { Chart, ChartType } from "../../../contract/index.ts";
import { formatCompact } from "../format/numbers.ts";
import { clockTime, formatTimes, isIsoTime, timeGrain } from "../format/times.ts";
import { type Scheme, seriesColor, withAlpha } from "../theme/palette.ts";
import { formatValue } from "./value-format.ts";

/** What the page's look gives to a chart. */
export interface ChartTheme {
  scheme: Scheme;
  ink: string;
  inkSoft: string;
  line: string;
  surface: string;
  fontFamily: string;
  animate: boolean;
  /** Little room: legends go below. */
  narrow: boolean;
}

type Drawable = Pick<Chart, "data" | "options"> & { type: Exclude<ChartType, "stat" | "table"> };
type Json = Record<string, unknown>;

const drawnTypes = {
  bar: "bar",
  histogram: "bar",
  line: "line",
  area: "line",
  pie: "pie",
  doughnut: "doughnut",
  scatter: "scatter",
  bubble: "bubble",
} as const satisfies Record<Drawable["type"], DrawnType>;

/** Chart.js configuration of a chart: its own data and options, with this page's colours, fonts and number formats. */
export function chartConfig(chart: Drawable, theme: ChartTheme): ChartConfiguration {
  const type = drawnTypes[chart.type];
  const round = type === "pie" || type === "doughnut";
  const timeAxis = hasTimeAxis(chart);
  const base = themeOptions(chart, theme, round);
  const themed = timeAxis ? mergeOptions(base, { scales: { x: timeScale(chart.data) } }) : base;
  const options = mergeOptions(mergeOptions(themed, chart.options), pageOptions(round && theme.narrow));
  const names = timeAxis ? chart.data.labels.map((label) => clockTime(String(label))) : formatTimes(chart.data.labels);
  // The legend of slices takes text only.
  const labels = round ? names.map(String) : names;
  const datasets = chart.data.datasets.map((dataset, index) => ({
    label: dataset.label,
    data: dataset.data.map((point) =>
      typeof point === "object" && point !== null && isIsoTime(point.x) ? { ...point, x: clockTime(point.x) } : point,
    ),
    ...seriesStyle(chart, theme, index),
  }));
  // Chart.js ties the type of each dataset's points to its chart type, which is only known at run time here.
  return { type, data: { labels, datasets: datasets as ChartDataset[] }, options: options as ChartOptions };
}

/** Whether the options, or else the labels, say that x is time: lines and areas over ISO dates. */
function hasTimeAxis({ type, data, options }: Drawable): boolean {
  const declared = branch(branch(options, "scales"), "x").type;
  if (declared !== undefined) return declared === "time" || declared === "timeseries";
  if (type !== "line" && type !== "area") return false;
  return data.labels.length > 1 && data.labels.every(isIsoTime);
}

/** Ticks and tooltips no finer than the times themselves: months are not shown as their first days. */
function timeScale({ labels, datasets }: Drawable["data"]): Json {
  const points = datasets.flatMap(({ data }) => data.map((point) => (isPlain(point) ? point.x : undefined)));
  const grain = timeGrain([...labels, ...points].filter(isIsoTime));
  const tooltipFormat = { year: "yyyy", month: "MMM yyyy", day: "PP", moment: "PPp" }[grain];
  return { type: "time", time: { tooltipFormat, ...(grain === "moment" ? {} : { minUnit: grain }) } };
}

function seriesStyle({ type, data }: Drawable, { scheme, surface }: ChartTheme, index: number): Json {
  const color = seriesColor(index, scheme);
  const crowded = (data.datasets[index]?.data.length ?? 0) > 60;
  switch (type) {
    case "pie":
    case "doughnut":
      return {
        backgroundColor: data.labels.map((_label, slice) => seriesColor(slice, scheme)),
        borderColor: surface,
        borderWidth: 2,
      };
    case "line":
    case "area":
      return {
        borderColor: color,
        backgroundColor: type === "area" ? withAlpha(color, 0.2) : color,
        fill: type === "area",
        borderWidth: 2.25,
        // A curve that never goes beyond its points, as a smoother one would, below zero even.
        cubicInterpolationMode: "monotone",
        pointRadius: crowded ? 0 : 2.5,
        pointHoverRadius: 5,
        pointBackgroundColor: color,
      };
    case "histogram":
      return { backgroundColor: color, barPercentage: 1, categoryPercentage: 0.97, borderRadius: 2 };
    case "bar":
      return { backgroundColor: color, borderRadius: 4, maxBarThickness: 56 };
    case "scatter":
    case "bubble":
      return { backgroundColor: withAlpha(color, 0.6), borderColor: color, borderWidth: 1 };
  }
}

function themeOptions({ data, type, options }: Drawable, theme: ChartTheme, round: boolean): Json {
  const horizontal = options.indexAxis === "y";
  const ticks = { color: theme.inkSoft, font: { size: 12 }, maxRotation: 45 };
  // Values get short numbers, unless the API gave them a format; the names on the other axis stay as they are.
  const valueTicks = { ...ticks, maxTicksLimit: 7, callback: shortNumber };
  const title = { color: theme.inkSoft, font: { size: 12, weight: 500 } };
  const axis = { border: { display: false }, grid: { color: theme.line, drawTicks: false }, title };
  const valueAxis = (name: "x" | "y") => ({
    ...axis,
    beginAtZero: type !== "scatter" && type !== "bubble" && type !== "line",
    ticks: hasOwnFormat(options, name) ? ticks : valueTicks,
  });
  // Names are left out only where there is no room for them even when slanted.
  const nameTicks = {
    ...ticks,
    autoSkip: hasTimeAxis({ data, type, options }) || data.labels.length > 30,
    autoSkipPadding: 12,
  };
  const nameAxis = { ...axis, grid: { display: false }, ticks: nameTicks };
  const points = type === "scatter" || type === "bubble";
  const scales = points
    ? { x: isTimePoints(data) ? { ...nameAxis, ...timeScale(data) } : valueAxis("x"), y: valueAxis("y") }
    : { x: horizontal ? valueAxis("x") : nameAxis, y: horizontal ? nameAxis : valueAxis("y") };
  return {
    responsive: true,
    maintainAspectRatio: false,
    color: theme.ink,
    font: { family: theme.fontFamily },
    ...(theme.animate ? { animation: { duration: 350 } } : { animation: false }),
    interaction: { mode: points || round ? "nearest" : "index", intersect: points || round },
    layout: { padding: { top: 4 } },
    plugins: {
      legend: {
        display: round || data.datasets.length > 1,
        position: round ? (theme.narrow ? "bottom" : "right") : "top",
        align: round ? "center" : "start",
        labels: { color: theme.ink, usePointStyle: true, pointStyle: "circle", boxHeight: 7, padding: 14 },
      },
      tooltip: {
        padding: 10,
        cornerRadius: 8,
        boxPadding: 5,
        usePointStyle: true,
        ...(round && { callbacks: { label: ({ parsed }: { parsed: number }) => formatValue(parsed, options) } }),
      },
    },
    ...(round ? {} : { scales }),
  };
}

function isTimePoints({ datasets }: Drawable["data"]): boolean {
  const points = datasets.flatMap(({ data }) => data);
  return (
    points.length > 0 && points.every((point) => typeof point === "object" && point !== null && isIsoTime(point.x))
  );
}

function shortNumber(value: unknown): string {
  return typeof value === "number" ? formatCompact(value) : String(value);
}

function hasOwnFormat(options: Json, axis: "x" | "y"): boolean {
  return "format" in branch(branch(branch(options, "scales"), axis), "ticks");
}

/** What only the page can know: it shows the title itself, and there may be no room beside a pie. */
function pageOptions(legendBelow: boolean): Json {
  return { plugins: { title: { display: false }, ...(legendBelow && { legend: { position: "bottom" } }) } };
}

/** `base` with everything that `over` says, deeply; arrays are taken whole. Neither is changed. */
export function mergeOptions(base: Json, over: Json): Json {
  const merged: Json = { ...base };
  for (const [key, value] of Object.entries(over)) {
    if (key === "__proto__") continue;
    const below = merged[key];
    merged[key] = isPlain(below) && isPlain(value) ? mergeOptions(below, value) : value;
  }
  return merged;
}

function branch(options: Json, key: string): Json {
  const value = options[key];
  return isPlain(value) ? value : {};
}

function isPlain(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The one number of a `stat`, as text; "–" where there is none. */
export function statText({ data, options }: Pick<Chart, "data"> & Partial<Pick<Chart, "options">>): string {
  const first = data.datasets[0]?.data[0];
  const value = typeof first === "object" && first !== null ? first.y : first;
  return value === null || value === undefined ? "–" : formatValue(value, options);
}

/** Pixels that a chart should be high: bars that lie need room for each. */
export function chartHeight({ data, options }: Pick<Chart, "data" | "options">): number {
  return options.indexAxis === "y" ? Math.min(900, Math.max(240, data.labels.length * 30 + 60)) : 320;
}
