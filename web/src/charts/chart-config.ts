import type { ChartConfiguration, ChartDataset, ChartOptions, ChartType as DrawnType } from "chart.js";
import type { Chart, ChartType } from "../../../contract/index.ts";
import { formatCompact, formatShare } from "../format/numbers.ts";
import { clockTime, formatTimes, isIsoTime } from "../format/times.ts";
import { restColors, type Scheme, seriesColor, withAlpha } from "../theme/palette.ts";
import { liesDown, longestName, shortened } from "./axis-names.ts";
import { type Bins, binsOf } from "./histogram-bins.ts";
import { branch, type Json, mergeOptions } from "./options-tree.ts";
import { hasTimeAxis, isTimePoints, stepOf, timeScale } from "./time-axis.ts";
import { pointLabel, sliceLabel, valueLabel } from "./tooltips.ts";
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
  const chart = liesDown(asGiven, theme.narrow) ? lying(asGiven) : asGiven;
  const type = drawnTypes[chart.type];
  const round = type === "pie" || type === "doughnut";
  const timeAxis = hasTimeAxis(chart);
  const bins = chart.type === "histogram" ? binsOf(chart.data) : undefined;
  const base = themeOptions(chart, theme, round);
  const themed = timeAxis
    ? mergeOptions(base, { scales: { x: timeScale(chart) } })
    : bins
      ? mergeOptions(base, binOptions(bins, chart.options))
      : base;
  const options = mergeOptions(mergeOptions(themed, chart.options), pageOptions(round && theme.narrow));
  const names = timeAxis
    ? chart.data.labels.map((label) => clockTime(String(label)))
    : formatTimes(chart.data.labels, undefined, stepOf(chart.options));
  const labels = round ? sliceNames(names, chart.data.datasets[0]?.data ?? [], theme) : bins ? [] : names;
  const datasets = chart.data.datasets.map((dataset, index) => ({
    label: dataset.label,
    data:
      bins?.points[index] ??
      dataset.data.map((point) =>
        typeof point === "object" && point !== null && isIsoTime(point.x) ? { ...point, x: clockTime(point.x) } : point,
      ),
    ...seriesStyle(chart, theme, index),
  }));
  // Chart.js ties the type of each dataset's points to its chart type, which is only known at run time here.
  return { type, data: { labels, datasets: datasets as ChartDataset[] }, options: options as ChartOptions };
}

/** What the legend says of each slice, which a picture has no other place for: its name and its part of the whole. */
function sliceNames(names: (string | number)[], data: readonly unknown[], { narrow }: ChartTheme): string[] {
  const values = names.map((_, slice) => Number(data[slice] ?? 0));
  const whole = values.reduce((sum, value) => sum + value, 0);
  return names.map((name, slice) => {
    const short = shortened(String(name), narrow ? longestName.narrow : longestName.wide);
    return whole > 0 ? `${short} · ${formatShare((values[slice] ?? 0) / whole)}` : short;
  });
}

/** An axis whose ticks are the bounds of the bins, and tooltips that say both bounds of one. */
function binOptions({ lowest, highest, width, points }: Bins, options: Json): Json {
  const title = ([bin]: { parsed: { x: number } }[]) => {
    const from = (bin?.parsed.x ?? 0) - width / 2;
    return `${formatX(from, options)} – ${formatX(from + width, options)}`;
  };
  // Each bound where there are few; left alone, Chart.js picks some that are round.
  const ticks = (points[0]?.length ?? 0) <= 24 ? { stepSize: width, autoSkip: true } : {};
  return {
    scales: { x: { type: "linear", offset: false, min: lowest, max: highest, ticks } },
    plugins: { tooltip: { callbacks: { title } } },
  };
}

/** The chart with its bars from left to right, and what was said of one axis said of the other. */
function lying<Of extends Drawable>(chart: Of): Of {
  const scales = branch(chart.options, "scales");
  return {
    ...chart,
    options: { ...chart.options, indexAxis: "y", scales: { x: branch(scales, "y"), y: branch(scales, "x") } },
  };
}

function seriesStyle({ type, data, options }: Drawable, theme: ChartTheme, index: number): Json {
  const { scheme, surface } = theme;
  // The one group or series that stands for several is no peer of the others.
  const { other } = branch(options, "quantibi");
  const isRest = (name: unknown) => other !== undefined && name === other;
  const rest = restColors[scheme];
  const color = isRest(data.datasets[index]?.label) ? rest : seriesColor(index, scheme);
  const crowded =
    (data.datasets[index]?.data.length ?? 0) > 60 || (data.datasets.length > 4 && data.labels.length > 30);
  switch (type) {
    case "pie":
    case "doughnut":
      return {
        backgroundColor: data.labels.map((label, slice) => (isRest(label) ? rest : seriesColor(slice, scheme))),
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
          ? data.labels.map((label) => (isRest(label) ? withAlpha(rest, 0.6) : color))
          : color,
        // Series that lack a group leave no hole among its bars.
        skipNull: true,
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
    ticks: hasOwnFormat(options, name) ? { ...ticks, maxTicksLimit: 8 } : valueTicks,
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
    ...(type === "bar" && { callback: shortName(theme.narrow ? longestName.narrow : longestName.wide) }),
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
        title: { color: theme.inkSoft, font: { size: 12, weight: 500 }, position: "start" },
        labels: {
          ...{ color: theme.ink, usePointStyle: true, pointStyle: "circle", boxHeight: 7, padding: 14 },
          // The name of points that all have one is that of the axis.
          ...(points && { filter: () => data.datasets.length > 1 }),
        },
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

/** A tick of an axis of names, which knows them by their place. */
function shortName(most: number) {
  return function (this: { getLabelForValue: (place: number) => string }, place: number): string {
    return shortened(String(this.getLabelForValue(place)), most);
  };
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

/** The one number of a `stat`, as text; "–" where there is none. */
export function statText({ data, options }: Pick<Chart, "data"> & Partial<Pick<Chart, "options">>): string {
  const first = data.datasets[0]?.data[0];
  const value = typeof first === "object" && first !== null ? first.y : first;
  return value === null || value === undefined ? "–" : formatValue(value, options);
}
