import type { Grain, TimeKind } from "../query.ts";
import { identifier } from "./names.ts";

/** A column of time as one that DuckDB can compare: a date, a timestamp, or the number of a year. */
export function moment(column: string, holds: TimeKind): string {
  const name = identifier(column);
  if (holds === "year") return name;
  if (holds === "text-year") return `try_cast(${name} AS INTEGER)`;
  if (holds === "text-month") return `try_strptime(${name}, '%Y-%m')`;
  return name;
}

/** A column of time, cut to a step. */
export function time(column: string, holds: TimeKind, grain: Grain): string {
  const at = moment(column, holds);
  if (holds === "year" || holds === "text-year") return at;
  switch (grain) {
    case "year":
      return `year(${at})`;
    case "weekday":
      return `strftime(${at}, '%a')`;
    case "month-of-year":
      return `strftime(${at}, '%b')`;
    case "hour-of-day":
      return `hour(${at})`;
    case "hour":
      return `date_trunc('hour', ${at})`;
    case "day":
      return holds === "date" ? at : `CAST(${at} AS DATE)`;
    default:
      return `CAST(date_trunc('${grain}', ${at}) AS DATE)`;
  }
}
