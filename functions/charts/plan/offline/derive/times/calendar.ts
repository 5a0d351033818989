import { boundsOf, type CalendarPart, type PartOfTime, partOfTime } from "../../language/calendar.ts";
import { stem } from "../../language/stem.ts";
import { wordsIn } from "../../language/tokens.ts";
import { type Field, nameWords } from "../../link/fields.ts";
import { type Item, operatorOf } from "../../link/items.ts";
import { doubt, type Reading, timeField } from "../../read/reading.ts";
import { columnItem, computedField, groupItem } from "../computed-field.ts";
import { valueItem } from "../ratios/rates.ts";
import { takeClock } from "./clock.ts";
import { dated } from "./spans.ts";
import { timeSaid } from "./steps.ts";

const names: Record<CalendarPart, [name: string, distinct: number]> = {
  "week-part": ["Part of the week", 2],
  weekday: ["Day of the week", 7],
  "day-part": ["Part of the day", 4],
  season: ["Season", 4],
  "half-year": ["Half-year", 20],
  hour: ["Hour of the day", 24],
};

/** "on mondays", "weekday mornings", "in summer", "by season", "per half-year", "after 6pm", "weekday vs weekend". */
export function takeCalendar(reading: Reading): void {
  takeHalves(reading);
  takeHours(reading);
  takeClock(reading, (text) => calendarField(reading, "hour", text));
  takeWeekParts(reading);
  takeSeasons(reading);
  for (const [at, item] of reading.items.entries()) {
    // "at night", where the nights of each row are counted
    const atNight =
      item.kind === "column" &&
      /^night$/i.test(item.text) &&
      /^(at|by|during)$/i.test(reading.items[at - 1]?.text ?? "");
    const free = (item.kind !== "column" && item.kind !== "value") || atNight;
    const named = free ? partOfTime(item.text) : null;
    if (!named || named.part === "week-part" || isOtherThing(reading, at, named)) continue;
    // "how many nights" counts none of them.
    if (/^nights$/i.test(item.text) && operatorOf(reading.items[at - 1])?.op === "count") continue;
    // "last monday" is one day, and "fall in sales" no season.
    if (/^(last|past|this|next|previous)$/i.test(reading.items[at - 1]?.text ?? "")) continue;
    // Since a summer it has been winter too.
    if (operatorOf(reading.items[at - 1])?.op === "since") {
      reading.objections.add(`“since ${item.text}” does not say since which day: name a month, or a date.`);
      continue;
    }
    const field = calendarField(reading, named.part, item.text);
    if (!field) continue;
    reading.items[at] = valueItem(field, named.value, item.text);
    const bounds = boundsOf(named);
    if (bounds) reading.assumptions.add(`“${item.text}” is taken as ${bounds}.`);
  }
}

/** The part of time that each row is in. Null: no column tells it. */
function calendarField(reading: Reading, part: CalendarPart, text: string): Field | null {
  const hours = part === "day-part" || part === "hour";
  const tells = (field: Field) => (hours ? field.holds === "timestamp" : dated([field]).length > 0);
  const clock = hours ? clockColumn(reading, text) : null;
  const field = clock ?? timeField(reading, true, tells);
  if (!clock && (!field || !tells(field) || (field.holds !== "date" && field.holds !== "timestamp"))) {
    if (field && hours) reading.objections.add(`${field.name} tells no time of day, so “${text}” can't be answered.`);
    return null;
  }
  if (!field) return null;
  timeSaid(reading.items, field.id);
  const [name, distinct] = names[part];
  const number = part === "hour";
  return computedField(
    reading.table,
    `${name} of ${field.name}`,
    { kind: "calendar", column: field.id, part },
    number ? { min: 0, max: 23, distinct } : { role: "dimension", numeric: false, distinct },
  );
}

const ends = new Set(
  "end ends ended ending finish finishes finished finishing close closes closed closing out until till to leave leaves leaving left depart departs departed departure".split(
    " ",
  ),
);
const lasts = /duration|length|elapsed|\b(lap|run|running|total|taken|worked)\b/i;

/**
 * The column of times of day that a question goes by: the one it names, or else when things begin, before the timestamp of
 * something else, such as a booking. Null where a timestamp is named, and where there is none.
 */
function clockColumn(reading: Reading, text: string): Field | null {
  const { items, table } = reading;
  const clocks = table.fields.filter(({ column, name }) => column.type === "TIME" && !lasts.test(name));
  const named = clocks.find(({ id }) => items.some((item) => item.kind === "column" && item.field.id === id));
  if (named) return named;
  const stamps = table.fields.filter(({ holds }) => holds === "timestamp");
  const words = new Set(items.flatMap((item) => wordsIn(item.text)).map((word) => stem(word)));
  const said = (field: Field) => field.names.some((name) => name.some((one) => one.weight >= 1 && words.has(one.stem)));
  if (stamps.some(said)) return null;
  const asksEnd = [...words].some((word) => word !== "to" && word !== "until" && ends.has(word));
  const isEnd = (field: Field) => nameWords(field).some((word) => ends.has(word));
  const [first, other] = clocks.filter((field) => isEnd(field) === asksEnd);
  const field = first ?? clocks[0];
  if (!field) return null;
  if (other) doubt(reading, `“${text}” goes by ${field.name}, not by ${other.name}.`);
  else if (clocks.length > 1 || stamps.length > 0) reading.assumptions.add(`“${text}” goes by ${field.name}.`);
  return field;
}

/** "summer campaigns" may be a name, "spring" a part of a machine, and "fall" a loss. */
function isOtherThing({ items }: Reading, at: number, { part }: PartOfTime): boolean {
  if (part !== "season") return false;
  const [before, next] = [items[at - 1], items[at + 1]];
  if (/^fall$/i.test(items[at]?.text ?? "") && !/^(in|during|every|each|this|last)$/i.test(before?.text ?? ""))
    return true;
  return next?.kind === "column" && next.field.unique && next.field.role === "dimension";
}

/** "per half-year", "half yearly" */
function takeHalves(reading: Reading): void {
  const { items } = reading;
  const at = items.findIndex(({ text, kind }) => /^half$/i.test(text) && kind === "unknown");
  if (at < 0) return;
  const year = items[at + 1]?.text === "-" ? at + 2 : at + 1;
  const text = items[year]?.text ?? "";
  const grouped = operatorOf(items[at - 1])?.op === "group";
  if (!/^(years?|yearly)$/i.test(text) || (!grouped && !/^yearly$/i.test(text))) return;
  const field = calendarField(reading, "half-year", "half-year");
  if (!field) return;
  items.splice(at, year + 1 - at, columnItem(field, "half-year"));
  if (!grouped) items.splice(at, 0, groupItem("by"));
}

/** "by hour of the day", where a column holds times of day. */
function takeHours(reading: Reading): void {
  const { items } = reading;
  const at = items.findIndex((item) => {
    const operator = operatorOf(item);
    return operator?.op === "grain" && operator.grain === "hour-of-day";
  });
  const text = items[at]?.text ?? "";
  const clock = at < 0 ? null : clockColumn(reading, text);
  if (!clock) return;
  timeSaid(items, clock.id);
  const formula = { kind: "calendar", column: clock.id, part: "hour" } as const;
  const traits = { role: "dimension", numeric: false, distinct: 24 } as const;
  items[at] = columnItem(computedField(reading.table, `Hour of ${clock.name}`, formula, traits), text);
}

/** "by season", "seasonal" */
function takeSeasons(reading: Reading): void {
  const { items } = reading;
  const at = items.findIndex(({ text, kind }) => /^(seasons?|seasonal|seasonally)$/i.test(text) && kind === "unknown");
  const grouped = operatorOf(items[at - 1])?.op === "group";
  if (at < 0 || (!grouped && !/^seasonal/i.test(items[at]?.text ?? ""))) return;
  const field = calendarField(reading, "season", "season");
  if (!field) return;
  items.splice(at, 1, ...(grouped ? [] : [groupItem("by")]), columnItem(field, "season"));
  reading.assumptions.add("Seasons are those of the north: winter is December to February, summer June to August.");
}

/** "weekday vs weekend", "weekends and weekdays" group; "on weekends", "weekday mornings" filter. */
function takeWeekParts(reading: Reading): void {
  const { items } = reading;
  const isPart = (item: Item | undefined) => /^(weekends?|weekdays?|working days?)$/i.test(item?.text ?? "");
  const at = items.findIndex(({ text }) => /^weekends?$/i.test(text));
  const days = items.findIndex(({ text }) => /^weekdays?$/i.test(text));
  const place = at >= 0 ? at : days;
  if (place < 0 || items[place]?.kind === "column" || items[place]?.kind === "value") return;
  const filters =
    /^(on|during)$/i.test(items[days - 1]?.text ?? "") || partOfTime(items[days + 1]?.text ?? "")?.part === "day-part";
  if (at < 0 && !(filters && (/s$/i.test(items[days]?.text ?? "") || partOfTime(items[days + 1]?.text ?? "")))) return;
  const part = calendarField(reading, "week-part", items[place]?.text ?? "");
  if (!part) return;
  const other = [place - 2, place + 2].find((one) => isPart(items[one]));
  if (other !== undefined) {
    items.splice(Math.min(place, other), 3, groupItem("by"), columnItem(part, "weekday or weekend"));
    return;
  }
  items[place] = valueItem(part, at >= 0 ? "Weekend" : "Weekday", items[place]?.text ?? "");
}
