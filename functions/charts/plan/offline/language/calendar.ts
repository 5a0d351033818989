/** Parts of time that come again. */
export type CalendarPart = "week-part" | "weekday" | "day-part" | "season" | "half-year" | "hour";

export interface PartOfTime {
  part: CalendarPart;
  /** As the data's rows are labelled. */
  value: string;
}

/** The hours that parts of the day begin at; the night goes on until the morning. */
export const dayParts = [
  { name: "Night", from: 22, before: 6 },
  { name: "Morning", from: 6, before: 12 },
  { name: "Afternoon", from: 12, before: 18 },
  { name: "Evening", from: 18, before: 22 },
] as const;

/** The seasons of the north, by the months (1 to 12) that meteorologists give them. */
export const seasons = [
  { name: "Winter", months: [12, 1, 2] },
  { name: "Spring", months: [3, 4, 5] },
  { name: "Summer", months: [6, 7, 8] },
  { name: "Autumn", months: [9, 10, 11] },
] as const;

export const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

const named = new Map<string, PartOfTime>();
const say = (part: CalendarPart, value: string, words: string) => {
  for (const word of words.split(" ")) named.set(word, { part, value });
};
for (const day of ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
  say("weekday", `${day[0]?.toUpperCase()}${day.slice(1, 3)}`, `${day} ${day}s`);
say("week-part", "Weekend", "weekend weekends");
say("day-part", "Morning", "morning mornings");
say("day-part", "Afternoon", "afternoon afternoons");
say("day-part", "Evening", "evening evenings");
say("day-part", "Night", "night nights overnight nighttime");
say("season", "Winter", "winter winters wintertime");
say("season", "Spring", "spring springs springtime");
say("season", "Summer", "summer summers summertime");
say("season", "Autumn", "autumn autumns fall");

/** "mondays", "evening", "summer". */
export function partOfTime(word: string): PartOfTime | null {
  return named.get(word.toLowerCase()) ?? null;
}

/** What the parts are in words, for those who may draw the line elsewhere. Null: nobody would. */
export function boundsOf({ part, value }: PartOfTime): string | null {
  const hours = dayParts.find(({ name }) => name === value);
  if (part === "day-part" && hours) return `from ${hours.from}:00 to ${hours.before}:00`;
  const season = seasons.find(({ name }) => name === value);
  const months = "January February March April May June July August September October November December".split(" ");
  if (part === "season" && season) return season.months.map((month) => months[month - 1]).join(", ");
  return null;
}
