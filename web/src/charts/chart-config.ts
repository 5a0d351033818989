import type { ChartConfiguration, ChartDataset, ChartOptions, ChartType as DrawnType } from "chart.js";
import type { Chart, ChartType, TimeGrain } from "../../../contract/index.ts";
import { formatCompact } from "../format/numbers.ts";
import { clockTime, formatTimes, isIsoTime, timeGrain } from "../format/times.ts";
import { type Scheme, seriesColor, withAlpha } from "../theme/palette.ts";
import { formatValue, formatX } from "./value-format.ts";

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
export function chartConfig(asGiven: Drawable, theme: ChartTheme): ChartConfiguration {
  const chart = theme.narrow && liesWhereNarrow(asGiven) ? lying(asGiven) : asGiven;
  const type = drawnTypes[chart.type];
  const round = type === "pie" || type === "doughnut";
  const timeAxis = hasTimeAxis(chart);
  const base = themeOptions(chart, theme, round);
  const themed = timeAxis ? mergeOptions(base, { scales: { x: timeScale(chart) } }) : base;
  const options = mergeOptions(mergeOptions(themed, chart.options), pageOptions(round && theme.narrow));
  const names = timeAxis
    ? chart.data.labels.map((label) => clockTime(String(label)))
    : formatTimes(chart.data.labels, undefined, stepOf(chart.options));
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

/** Whether bars have more or longer names than fit side by side where there is little room. */
function liesWhereNarrow({ type, data, options }: Pick<Chart, "type" | "data" | "options">): boolean {
  if (type !== "bar" || options.indexAxis === "y" || data.labels.every((label) => isIsoTime(label))) return false;
  const names = formatTimes(data.labels).map(String);
  return names.length > 8 || names.some((name) => name.length > 14);
}

/** The chart with its bars from left to right, and what was said of one axis said of the other. */
function lying<Of extends Drawable>(chart: Of): Of {
  const scales = branch(chart.options, "scales");
  return {
    ...chart,
    options: { ...chart.options, indexAxis: "y", scales: { x: branch(scales, "y"), y: branch(scales, "x") } },
  };
}

/** Whether the options, or else the labels, say that x is time: lines and areas over ISO dates. */
function hasTimeAxis({ type, data, options }: Drawable): boolean {
  const declared = branch(branch(options, "scales"), "x").type;
  if (declared !== undefined) return declared === "time" || declared === "timeseries";
  if (type !== "line" && type !== "area") return false;
  return data.labels.length > 1 && data.labels.every(isIsoTime);
}

/** Ticks and tooltips no finer than the times themselves: months are not shown as their first days. */
function timeScale({ data: { labels, datasets }, options }: Pick<Drawable, "data" | "options">): Json {
  if (stepOf(options) === "quarter") {
    // Left alone, Chart.js names years only.
    return { type: "time", time: labels.length > 24 ? quarters : { ...quarters, unit: "quarter" } };
  }
  const points = datasets.flatMap(({ data }) => data.map((point) => (isPlain(point) ? point.x : undefined)));
  const grain = timeGrain([...labels, ...points].filter(isIsoTime));
  const tooltipFormat = { year: "yyyy", month: "MMM yyyy", day: "PP", moment: "PPp" }[grain];
  return { type: "time", time: { tooltipFormat, ...(grain === "moment" ? {} : { minUnit: grain }) } };
}

const quarters = { minUnit: "quarter", tooltipFormat: "QQQ yyyy", displayFormats: { quarter: "QQQ yyyy" } };

/** The step that the times on x are cut to, where the API says. */
function stepOf(options: Json): TimeGrain | undefined {
  const { grain } = branch(options, "quantibi");
  return timeGrains.find((step) => step === grain);
}

const timeGrains: TimeGrain[] = ["year", "quarter", "month", "week", "day", "hour", "minute"];

function seriesStyle({ type, data, options }: Drawable, theme: ChartTheme, index: number): Json {
  const { scheme, surface } = theme;
  // The one group or series that stands for several is no peer of the others.
  const { other } = branch(options, "quantibi");
  const isRest = (name: unknown) => other !== undefined && name === other;
  const color = isRest(data.datasets[index]?.label) ? theme.inkSoft : seriesColor(index, scheme);
  const crowded = (data.datasets[index]?.data.length ?? 0) > 60;
  switch (type) {
    case "pie":
    case "doughnut":
      return {
        backgroundColor: data.labels.map((label, slice) =>
          isRest(label) ? theme.inkSoft : seriesColor(slice, scheme),
        ),
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
      return {
        backgroundColor: data.labels.some(isRest)
          ? data.labels.map((label) => (isRest(label) ? withAlpha(theme.inkSoft, 0.6) : color))
          : color,
        borderRadius: 4,
        maxBarThickness: 56,
      };
    case "scatter":
    case "bubble":
      return {
        ...(type === "scatter" && { pointRadius: (data.datasets[index]?.data.length ?? 0) > 500 ? 2 : 3.5 }),
        backgroundColor: withAlpha(color, 0.6),
        borderColor: color,
        borderWidth: 1,
      };
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
    autoSkip:
      hasTimeAxis({ data, type, options }) ||
      type === "histogram" ||
      data.labels.length > 30 ||
      (theme.narrow && !horizontal),
    autoSkipPadding: 12,
  };
  const nameAxis = { ...axis, grid: { display: false }, ticks: nameTicks };
  const points = type === "scatter" || type === "bubble";
  const scales = points
    ? { x: isTimePoints(data) ? { ...nameAxis, ...timeScale({ data, options }) } : valueAxis("x"), y: valueAxis("y") }
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
        callbacks: {
          label: round ? sliceLabel(options) : points ? pointLabel(options) : valueLabel(options, horizontal),
        },
      },
    },
    ...(round ? {} : { scales }),
  };
}

interface Hovered {
  dataset: { label?: string };
  datasetIndex: number;
  label: string;
}

/** What the tooltip says of a slice, of a bar or a point on a line, and of a point among points: values in full. */
function sliceLabel(options: Json) {
  return ({ parsed }: { parsed: number }) => formatValue(parsed, options);
}

function valueLabel(options: Json, horizontal: boolean) {
  return ({ parsed, dataset, datasetIndex }: Hovered & { parsed: { x: number | null; y: number | null } }) => {
    const value = horizontal ? parsed.x : parsed.y;
    const text = value === null ? "–" : formatValue(value, options, datasetIndex);
    return dataset.label ? `${dataset.label}: ${text}` : text;
  };
}

function pointLabel(options: Json) {
  return ({ parsed, dataset, label }: Hovered & { parsed: { x: number; y: number } }) => {
    // On an axis of time Chart.js has the time as people write it.
    const x = label === "" || /^[\d.,\s-]+$/.test(label) ? formatX(parsed.x, options) : label;
    return `${dataset.label ? `${dataset.label}: ` : ""}${x} / ${formatValue(parsed.y, options)}`;
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
export function chartHeight(chart: Pick<Chart, "type" | "data" | "options">, narrow = false): number {
  const lies = chart.options.indexAxis === "y" || (narrow && liesWhereNarrow(chart));
  return lies ? Math.min(900, Math.max(240, chart.data.labels.length * 30 + 60)) : 320;
}
