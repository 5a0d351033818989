/** A schedule that names the minutes at which it is due. */
export interface Cron {
  /** The first due minute after `after`, or `undefined` when there is none before the year 2200. */
  next(after: Date): Date | undefined;
}

interface Field {
  name: string;
  min: number;
  max: number;
  names?: string[];
}

const FIELDS = {
  minutes: { name: "minutes", min: 0, max: 59 },
  hours: { name: "hours", min: 0, max: 23 },
  dayOfMonth: { name: "day of month", min: 1, max: 31 },
  month: {
    name: "month",
    min: 1,
    max: 12,
    names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
  },
  dayOfWeek: { name: "day of week", min: 1, max: 7, names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] },
  year: { name: "year", min: 1970, max: 2199 },
} satisfies Record<string, Field>;

/**
 * Reads the six fields of an AWS cron expression: minutes, hours, day of month, month, day of week, year, in UTC
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html#eb-cron-expressions).
 * Throws a `RangeError` that names the field at fault.
 */
export function parseCron(text: string): Cron {
  const fields = text.trim().split(/\s+/);
  const [minutes = "", hours = "", dayOfMonth = "", month = "", dayOfWeek = "", year = ""] = fields;
  if (fields.length !== 6) throw new RangeError(`cron(${text}) has ${fields.length} fields, not six`);
  if ((dayOfMonth === "?") === (dayOfWeek === "?")) {
    throw new RangeError(`cron(${text}) must have ? for either the day of month or the day of week, and not for both`);
  }
  const isMinute = matcher(minutes, FIELDS.minutes);
  const isHour = matcher(hours, FIELDS.hours);
  const isMonth = matcher(month, FIELDS.month);
  const isYear = matcher(year, FIELDS.year);
  const isDay = dayOfMonth === "?" ? weekdayMatcher(dayOfWeek) : monthdayMatcher(dayOfMonth);

  return {
    next(after) {
      const time = new Date(after);
      time.setUTCSeconds(60, 0);
      // Skips to the start of the next year, month, day or hour that can match at all.
      while (time.getUTCFullYear() <= FIELDS.year.max) {
        if (!isYear(time.getUTCFullYear())) time.setTime(Date.UTC(time.getUTCFullYear() + 1, 0));
        else if (!isMonth(time.getUTCMonth() + 1))
          time.setTime(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() + 1));
        else if (!isDay(time)) time.setUTCHours(24, 0);
        else if (!isHour(time.getUTCHours())) time.setUTCMinutes(60);
        else if (!isMinute(time.getUTCMinutes())) time.setUTCMinutes(time.getUTCMinutes() + 1);
        else return time;
      }
      return undefined;
    },
  };
}

function matcher(text: string, field: Field): (value: number) => boolean {
  const ranges = text.split(",").map((part) => range(part, field));
  return (value) => ranges.some(({ from, to, step }) => value >= from && value <= to && (value - from) % step === 0);
}

function range(part: string, field: Field): { from: number; to: number; step: number } {
  const [span = "", stepText, ...rest] = part.split("/");
  const step = stepText === undefined ? 1 : Number(stepText);
  if (rest.length > 0 || !Number.isInteger(step) || step < 1) throw invalid(part, field);
  if (span === "*") return { from: field.min, to: field.max, step };
  const [fromText = "", toText, ...more] = span.split("-");
  const from = number(fromText, field);
  const to = toText === undefined ? (stepText === undefined ? from : field.max) : number(toText, field);
  if (more.length > 0 || from > to) throw invalid(part, field);
  return { from, to, step };
}

function number(text: string, field: Field): number {
  const named = field.names?.indexOf(text.toUpperCase()) ?? -1;
  if (named !== -1) return field.min + named;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < field.min || value > field.max) throw invalid(text, field);
  return value;
}

/** `L` is the last day, `15W` the weekday nearest to the 15th within the month, `LW` the last weekday. */
function monthdayMatcher(text: string): (date: Date) => boolean {
  if (text === "L") return (date) => date.getUTCDate() === lastDay(date);
  if (text === "LW") return (date) => date.getUTCDate() === nearestWeekday(date, lastDay(date));
  const day = /^(\d+)W$/.exec(text)?.[1];
  if (day !== undefined) {
    const wanted = number(day, FIELDS.dayOfMonth);
    return (date) => wanted <= lastDay(date) && date.getUTCDate() === nearestWeekday(date, wanted);
  }
  const matches = matcher(text, FIELDS.dayOfMonth);
  return (date) => matches(date.getUTCDate());
}

/** `6L` is the last Friday of the month, `6#3` the third one, `L` Saturday; weeks begin on Sunday, which is 1. */
function weekdayMatcher(text: string): (date: Date) => boolean {
  const weekday = (date: Date) => date.getUTCDay() + 1;
  if (text === "L") return (date) => weekday(date) === 7;
  const [, last] = /^(\w+)L$/.exec(text) ?? [];
  if (last !== undefined) {
    const wanted = number(last, FIELDS.dayOfWeek);
    return (date) => weekday(date) === wanted && date.getUTCDate() + 7 > lastDay(date);
  }
  const [, nth, ordinalText] = /^(\w+)#([1-5])$/.exec(text) ?? [];
  if (nth !== undefined) {
    const wanted = number(nth, FIELDS.dayOfWeek);
    return (date) => weekday(date) === wanted && Math.ceil(date.getUTCDate() / 7) === Number(ordinalText);
  }
  const matches = matcher(text, FIELDS.dayOfWeek);
  return (date) => matches(weekday(date));
}

function lastDay(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}

function nearestWeekday(date: Date, day: number): number {
  const weekday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), day)).getUTCDay();
  if (weekday === 6) return day === 1 ? day + 2 : day - 1;
  if (weekday === 0) return day === lastDay(date) ? day - 2 : day + 1;
  return day;
}

function invalid(text: string, { name, min, max }: Field): RangeError {
  return new RangeError(`${text} is not valid for the ${name} (${min} to ${max}) of a cron expression`);
}
