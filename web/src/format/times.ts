import type { TimeGrain as TimeStep } from "../../../contract/index.ts";

const isoDate = /^\d{4}-\d{2}-\d{2}$/;
const isoTimestamp = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** Whether a value is a date or a timestamp as the API writes them. */
export function isIsoTime(value: unknown): value is string {
  return typeof value === "string" && (isoDate.test(value) || isoTimestamp.test(value));
}

/**
 * A timestamp without its zone, so that it is read as the clock time that stands in the file wherever the reader is:
 * the first of a month must not turn into the last of the one before.
 */
export function clockTime(value: string): string {
  return value.replace(/(Z|[+-]\d{2}:?\d{2})$/, "").replace(" ", "T");
}

/** A date or timestamp of the data, as its clock time; anything else unchanged. */
export function formatTime(value: string, locale?: string): string {
  if (!isIsoTime(value)) return value;
  const clock = clockTime(value);
  const date = new Date(isoDate.test(clock) ? `${clock}T00:00:00Z` : `${clock}Z`);
  if (Number.isNaN(date.getTime())) return value;
  const midnight = isoDate.test(clock) || /T00:00(:00(\.0+)?)?$/.test(clock);
  const style = midnight ? ({ dateStyle: "medium" } as const) : ({ dateStyle: "medium", timeStyle: "short" } as const);
  return new Intl.DateTimeFormat(locale, { ...style, timeZone: "UTC" }).format(date);
}

/** A time of the data that was cut to a step, no finer than that: "2019", "Q1 2019", "Mar 2019". */
export function formatAtGrain(value: string, grain: TimeStep, locale?: string): string {
  if (!isIsoTime(value)) return value;
  const day = new Date(`${clockTime(value).slice(0, 10)}T00:00:00Z`);
  const year = day.getUTCFullYear();
  if (grain === "year") return String(year);
  if (grain === "quarter") return `Q${Math.floor(day.getUTCMonth() / 3) + 1} ${year}`;
  if (grain !== "month") return formatTime(value, locale);
  return new Intl.DateTimeFormat(locale, { year: "numeric", month: "short", timeZone: "UTC" }).format(day);
}

export type TimeGrain = "year" | "month" | "day" | "moment";

/** The coarsest grain at which none of some dates and timestamps loses anything. */
export function timeGrain(values: readonly string[]): TimeGrain {
  const clocks = values.map(clockTime);
  if (!clocks.every((clock) => /^.{10}(T00:00(:00(\.0+)?)?)?$/.test(clock))) return "moment";
  if (!clocks.every((clock) => clock.slice(8, 10) === "01")) return "day";
  // A single first of January is more likely a day than a whole year.
  if (clocks.length < 2) return "day";
  return clocks.every((clock) => clock.slice(5, 7) === "01") ? "year" : "month";
}

/** Labels of a chart, where all are times at the step that they are cut to, or at their common grain, else each as it is. */
export function formatTimes(
  labels: readonly (string | number)[],
  locale?: string,
  step?: TimeStep,
): (string | number)[] {
  if (step) return labels.map((label) => (typeof label === "string" ? formatAtGrain(label, step, locale) : label));
  const times = labels.filter(isIsoTime);
  const grain = timeGrain(times);
  if (times.length < labels.length || grain === "day" || grain === "moment") {
    return labels.map((label) => (typeof label === "string" ? formatTime(label, locale) : label));
  }
  const month = grain === "month" ? ({ month: "short" } as const) : {};
  const format = new Intl.DateTimeFormat(locale, { year: "numeric", ...month, timeZone: "UTC" });
  return times.map((time) => format.format(new Date(`${time.slice(0, 10)}T00:00:00Z`)));
}

const steps = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
] as const;

/** How long before `now` (milliseconds) something was: "5 minutes ago"; "just now" below a minute. */
export function formatAgo(timestamp: string, now: number, locale?: string): string {
  const seconds = (now - Date.parse(timestamp)) / 1000;
  const step = steps.find(([, length]) => seconds >= length);
  if (!step) return "just now";
  const [unit, length] = step;
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(-Math.floor(seconds / length), unit);
}
