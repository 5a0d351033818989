import type { ChartType } from "../../../../../contract/index.ts";
import type { Field } from "../link/fields.ts";
import type { Grain } from "../query.ts";
import type { Parts } from "./asked.ts";
import type { AskedFilters } from "./filters.ts";
import { doubt, type Reading, timeField } from "./reading.ts";
import { relativeAt } from "./relative-range.ts";
import type { Mention, Selection } from "./selection.ts";

/** Groups by steps of time, where the question names a step or asks for a trend. */
export function addTime(
  reading: Reading,
  selection: Selection,
  parts: Parts,
  years: AskedFilters["compared"],
  chart: ChartType | null,
  addDimension: (field: Field, grain: Grain | null, cue: Mention["cue"]) => void,
): void {
  const dimension = parts.dimensions.find(({ field }) => field.role === "time");
  if (
    dimension &&
    selection.grain === "month" &&
    years.some(({ field, grain }) => field === dimension.field && grain === "year")
  ) {
    // "2023 vs 2024 by month": the months of each year above one another.
    parts.dimensions.push({ field: dimension.field, grain: "month-of-year", series: false, cue: "x" });
    Object.assign(dimension, { grain: "year", series: true, cue: "series" });
    return;
  }
  if (dimension) {
    coarse(reading, dimension.field, selection.grain);
    dimension.grain = stepOf(reading, dimension.field, selection.grain) ?? dimension.grain;
    return;
  }
  const drawn = (chart === "line" || chart === "area") && parts.dimensions.length === 0;
  if (selection.grain === null && !selection.trend && !drawn) return;
  const field = timeField(reading, true, ({ holds }) => tellsSteps(holds, selection.grain));
  if (!field) return;
  coarse(reading, field, selection.grain);
  addDimension(field, stepOf(reading, field, selection.grain), "x");
}

const day = 86_400_000;

/** "orders by hour" of many days: the hours of the day, rather than each hour of each of them. */
function stepOf(reading: Reading, { column: { profile } }: Field, grain: Grain | null): Grain | null {
  const days = (Date.parse(String(profile.max)) - Date.parse(String(profile.min))) / day;
  const within = reading.items.some(
    (item, at) =>
      (item.kind === "period" && item.period.day !== null) ||
      /^(day|days|week|today)$/.test(relativeAt(reading.items, at)?.step ?? ""),
  );
  if (grain !== "hour" || within || !(days > 14)) return grain;
  doubt(reading, "Hours are those of the day, over all days.");
  return "hour-of-day";
}

/** Whether a column that holds time so can tell steps of a length. */
function tellsSteps(holds: Field["holds"], grain: Grain | null): boolean {
  if (grain === null || grain === "year") return true;
  if (holds === "text-month") return ["quarter", "month", "month-of-year"].includes(grain);
  if (grain === "hour" || grain === "hour-of-day") return holds === "timestamp";
  return holds === "date" || holds === "timestamp";
}

/** Years are no months: an answer by years would be one to another question. */
function coarse({ objections }: Reading, { holds, name }: Field, grain: Grain | null): void {
  if (tellsSteps(holds, grain)) return;
  const told = holds === "date" ? "day" : holds === "text-month" ? "month" : "year";
  objections.add(`${name} only tells the ${told}, so nothing can be shown by ${grain?.replaceAll("-", " ")}.`);
}
