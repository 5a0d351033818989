import type { Cell } from "../../../contract/index.ts";

export type Grain = "year" | "quarter" | "month" | "week" | "day" | "hour" | "moment";

/** Moments in order, with the step between them. */
export interface TimeAxis {
  grain: Grain;
  /** Of each value, its place on the axis in steps of the grain from some origin. */
  ordinals: number[];
  /** Of each value, as prose has it: "2019", "Q2 2019", "March 2019", "March 4, 2019". */
  names: string[];
}

const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const dayMs = 86_400_000;

/**
 * The values as an axis of time: ISO dates and timestamps, or whole years, also of two digits, where the column is called one
 * or made of the years of dates.
 */
export function timeAxis(values: Cell[], columnName: string, holdsYears: boolean): TimeAxis | undefined {
  if (values.length === 0) return undefined;
  if (values.every((value) => typeof value === "number")) {
    const isCalledYear = /(^|[^a-z])(year|yr)s?($|[^a-z])/i.test(columnName);
    const within = (from: number, to: number) =>
      values.every((year) => Number.isInteger(year) && year >= from && year < to);
    if (!(holdsYears || isCalledYear) || !(within(1000, 3000) || within(40, 100))) return undefined;
    return { grain: "year", ordinals: values, names: values.map(String) };
  }
  const clocks = values.map((value) => (typeof value === "string" ? clockOf(value) : undefined));
  if (!clocks.every((clock) => clock !== undefined)) return undefined;
  const grain = grainOf(clocks);
  return {
    grain,
    ordinals: clocks.map((clock) => ordinal(clock, grain)),
    names: clocks.map((clock) => name(clock, grain)),
  };
}

/** How many steps make the cycle that a grain is known for, and its name: twelve months a year, seven days a week. */
export function cycleOf(grain: Grain): { period: number; name: string } | undefined {
  switch (grain) {
    case "month":
      return { period: 12, name: "year" };
    case "quarter":
      return { period: 4, name: "year" };
    case "day":
      return { period: 7, name: "week" };
    case "hour":
      return { period: 24, name: "day" };
    default:
      return undefined;
  }
}

/** What a place in the cycle is called: "December", "Q4", "Saturday", "14:00". */
export function phaseName(ordinalValue: number, grain: Grain): string {
  switch (grain) {
    case "month":
      return format(Date.UTC(2000, mod(ordinalValue, 12)), { month: "long" });
    case "quarter":
      return `Q${mod(ordinalValue, 4) + 1}`;
    case "day":
      return format(ordinalValue * dayMs, { weekday: "long" });
    default:
      return `${String(mod(ordinalValue, 24)).padStart(2, "0")}:00`;
  }
}

/** When a step of a calendar begins, in milliseconds; for those up to a day, which are taken as they come, undefined. */
export function stepStart(value: number, grain: Grain): number | undefined {
  switch (grain) {
    case "year":
      return Date.UTC(value, 0);
    case "quarter":
      return Date.UTC(Math.floor(value / 4), mod(value, 4) * 3);
    case "month":
      return Date.UTC(Math.floor(value / 12), mod(value, 12));
    case "week":
      return value * 7 * dayMs;
    default:
      return undefined;
  }
}

/** The name of a place on the axis that need not be among its values. */
export function ordinalName(value: number, grain: Grain): string {
  switch (grain) {
    case "year":
      return String(value);
    case "quarter":
    case "month":
    case "week":
      return name(stepStart(value, grain) ?? 0, grain);
    case "day":
      return name(value * dayMs, grain);
    default:
      return name(value * 3_600_000, grain);
  }
}

function clockOf(value: string): number | undefined {
  const [, date, time = "00:00"] = iso.exec(value) ?? [];
  return date === undefined ? undefined : Date.parse(`${date}T${time}:00Z`);
}

function grainOf(clocks: number[]): Grain {
  const all = (test: (date: Date) => boolean) => clocks.every((clock) => test(new Date(clock)));
  if (!all((date) => date.getTime() % dayMs === 0)) {
    return all((date) => date.getUTCMinutes() === 0) ? "hour" : "moment";
  }
  const several = new Set(clocks).size > 1;
  if (several && all((date) => date.getUTCDate() === 1)) {
    if (all((date) => date.getUTCMonth() === 0)) return "year";
    return all((date) => date.getUTCMonth() % 3 === 0) ? "quarter" : "month";
  }
  const first = Math.min(...clocks);
  const weeks = new Set(clocks).size > 2 && clocks.every((clock) => ((clock - first) / dayMs) % 7 === 0);
  return weeks ? "week" : "day";
}

function ordinal(clock: number, grain: Grain): number {
  const date = new Date(clock);
  switch (grain) {
    case "year":
      return date.getUTCFullYear();
    case "quarter":
      return date.getUTCFullYear() * 4 + date.getUTCMonth() / 3;
    case "month":
      return date.getUTCFullYear() * 12 + date.getUTCMonth();
    case "week":
      return clock / dayMs / 7;
    case "day":
      return clock / dayMs;
    default:
      return clock / 3_600_000;
  }
}

function name(clock: number, grain: Grain): string {
  const date = new Date(clock);
  switch (grain) {
    case "year":
      return String(date.getUTCFullYear());
    case "quarter":
      return `Q${date.getUTCMonth() / 3 + 1} ${date.getUTCFullYear()}`;
    case "month":
      return format(clock, { month: "long", year: "numeric" });
    case "week":
      return `the week of ${format(clock, { dateStyle: "long" })}`;
    case "day":
      return format(clock, { dateStyle: "long" });
    default:
      return `${format(clock, { dateStyle: "long" })}, ${date.toISOString().slice(11, 16)}`;
  }
}

function format(clock: number, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat("en-US", { ...options, timeZone: "UTC" }).format(clock);
}

function mod(value: number, by: number): number {
  return ((value % by) + by) % by;
}
