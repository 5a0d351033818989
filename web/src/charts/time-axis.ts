import type { Chart, TimeGrain } from "../../../contract/index.ts";
import { isIsoTime, timeGrain } from "../format/times.ts";
import { branch, isPlain, type Json } from "./options-tree.ts";

/** Whether the options, or else the labels, say that x is time: lines and areas over ISO dates. */
export function hasTimeAxis({ type, data, options }: Pick<Chart, "type" | "data" | "options">): boolean {
  const declared = branch(branch(options, "scales"), "x").type;
  if (declared !== undefined) return declared === "time" || declared === "timeseries";
  if (type !== "line" && type !== "area") return false;
  return data.labels.length > 1 && data.labels.every(isIsoTime);
}

/** Ticks and tooltips no finer than the times themselves: months are not shown as their first days. */
export function timeScale({ data: { labels, datasets }, options }: Pick<Chart, "data" | "options">): Json {
  if (stepOf(options) === "quarter") {
    // Left alone, Chart.js names years only.
    return { type: "time", time: labels.length > 24 ? quarters : { ...quarters, unit: "quarter" } };
  }
  if (stepOf(options) === "week" && labels.length <= 30) return { type: "time", time: weeks };
  const points = datasets.flatMap(({ data }) => data.map((point) => (isPlain(point) ? point.x : undefined)));
  const step = stepOf(options);
  // One month alone could as well be a day, but for what the API says.
  const grain = step === "year" || step === "month" ? step : timeGrain([...labels, ...points].filter(isIsoTime));
  const tooltipFormat = { year: "yyyy", month: "MMM yyyy", day: "PP", moment: "PPp" }[grain];
  return { type: "time", time: { tooltipFormat, ...(grain === "moment" ? {} : { minUnit: grain }) } };
}

const weeks = {
  unit: "week",
  // ISO weeks, as the engine cuts them: from Monday.
  isoWeekday: true,
  tooltipFormat: "'Week of' PP",
};

const quarters = { minUnit: "quarter", tooltipFormat: "QQQ yyyy", displayFormats: { quarter: "QQQ yyyy" } };

/** The step that the times on x are cut to, where the API says. */
export function stepOf(options: Json): TimeGrain | undefined {
  const { grain } = branch(options, "quantibi");
  return timeGrains.find((step) => step === grain);
}

const timeGrains: TimeGrain[] = ["year", "quarter", "month", "week", "day", "hour", "minute"];

export function isTimePoints({ datasets }: Chart["data"]): boolean {
  const points = datasets.flatMap(({ data }) => data);
  return (
    points.length > 0 && points.every((point) => typeof point === "object" && point !== null && isIsoTime(point.x))
  );
}
