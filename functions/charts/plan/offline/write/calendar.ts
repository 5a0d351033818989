import { type CalendarPart, dayParts, seasons } from "../language/calendar.ts";
import { literal } from "./names.ts";

/** The part of time that a moment is in; null where there is none. */
export function calendarSql(at: string, part: CalendarPart): string {
  switch (part) {
    case "week-part":
      return `CASE WHEN isodow(${at}) >= 6 THEN 'Weekend' WHEN isodow(${at}) < 6 THEN 'Weekday' END`;
    case "weekday":
      return `strftime(${at}, '%a')`;
    case "hour":
      return `hour(${at})`;
    case "half-year":
      return `(year(${at}) || ' H' || CASE WHEN month(${at}) <= 6 THEN 1 ELSE 2 END)`;
    case "season":
      return cases(seasons.map(({ name, months }) => [`month(${at}) IN (${months.join(", ")})`, name]));
    case "day-part":
      return cases(
        dayParts.map(({ name, from, before }) => [
          `hour(${at}) >= ${from} ${from < before ? "AND" : "OR"} hour(${at}) < ${before}`,
          name,
        ]),
      );
  }
}

/** What the parts of time sort by. */
export function calendarRank(at: string, part: CalendarPart): string {
  switch (part) {
    case "weekday":
    case "week-part":
      return `min(isodow(${at}))`;
    case "season":
      return `min(month(${at}) % 12)`;
    case "day-part":
      return `min((hour(${at}) + 18) % 24)`;
    case "hour":
      return `min(hour(${at}))`;
    case "half-year":
      return `min(${at})`;
  }
}

function cases(parts: [condition: string, name: string][]): string {
  return `CASE ${parts.map(([condition, name]) => `WHEN ${condition} THEN ${literal(name)}`).join(" ")} END`;
}
