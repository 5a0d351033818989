const msPerDay = 86_400_000;
const minutesPerDay = 1440;
/** The last day of the year 9999, as spreadsheets end there. */
const lastSerial = { 1900: 2_958_465, 1904: 2_957_003 };

/** Whether there is a day with this number, and so a `dateOfSerial`. */
export function isSerialDate(serial: number, date1904: boolean): boolean {
  const day = Math.floor(Math.round(serial * msPerDay) / msPerDay);
  return date1904 ? day >= 0 && day <= lastSerial[1904] : day >= 1 && day !== 60 && day <= lastSerial[1900];
}

/**
 * A spreadsheet's day number as `2024-01-31`, with `13:45:00` (and milliseconds, if any) where it has a time or `withTime` asks for it. Undefined if
 * there is no such day: before the first, after the year 9999, or 29 February 1900, which spreadsheets count although it
 * never was (they keep a fault of Lotus 1-2-3).
 */
export function dateOfSerial(serial: number, date1904: boolean, withTime: boolean): string | undefined {
  if (!isSerialDate(serial, date1904)) return undefined;
  let ms = Math.round(serial * msPerDay);
  let day = Math.floor(ms / msPerDay);
  ms -= day * msPerDay;
  if (date1904) day -= 24_107;
  else day -= day < 60 ? 25_568 : 25_569;
  const date = civilDate(day);
  return ms === 0 && !withTime ? date : `${date} ${clock(ms)}`;
}

/** A part of a day as `13:45:00`. Undefined for what is not one. */
export function timeOfSerial(serial: number): string | undefined {
  const ms = Math.round(serial * msPerDay);
  return ms >= 0 && ms < msPerDay ? clock(ms) : undefined;
}

/** A length of time in hours, to the millisecond. */
export function hoursOfSerial(serial: number): number {
  return Number((Math.round(serial * msPerDay) / 3_600_000).toFixed(7));
}

/** A length of time as `255:10:10`. */
export function durationOfSerial(serial: number): string {
  const ms = Math.round(Math.abs(serial) * msPerDay);
  const hours = Math.floor(ms / 3_600_000);
  return `${serial < 0 ? "-" : ""}${two(hours)}:${clock(ms % 3_600_000).slice(3)}`;
}

function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60) % minutesPerDay;
  const rest = ms % 1000;
  const whole = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(seconds % 60)}`;
  return rest === 0 ? whole : `${whole}.${String(rest).padStart(3, "0")}`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

const recent = new Map<number, string>();

/** Days since 1970-01-01 as a date of the Gregorian calendar. */
function civilDate(day: number): string {
  let date = recent.get(day);
  if (date === undefined) {
    date = new Date(day * msPerDay).toISOString().slice(0, 10);
    if (recent.size > 50_000) recent.clear();
    recent.set(day, date);
  }
  return date;
}
