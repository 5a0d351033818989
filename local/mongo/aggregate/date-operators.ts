import { Int32, Long } from "bson";
import { CommandError, notSupported } from "../errors.ts";
import { isDocument, typeOf } from "../values/types.ts";
import { compileExpression, type ExpressionOperator, namedOperands } from "./expression.ts";

const DAY = 86_400_000;

function dateOnly(name: string, value: unknown): Date | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value;
  throw new CommandError("TypeMismatch", `${name} requires a date, found: ${typeOf(value)}`);
}

function onlyUtc(name: string, timezone: unknown): void {
  if (timezone !== undefined && timezone !== "UTC" && timezone !== "GMT")
    throw notSupported(`${name} in a time zone other than UTC`);
}

/** A calendar field of a date in UTC: `{$year: "$at"}` or `{$year: {date: "$at"}}`. */
function part(read: (date: Date) => number): ExpressionOperator {
  return (operand, name) => {
    const named =
      isDocument(operand) && "date" in operand ? namedOperands(name, operand, ["date", "timezone"]) : undefined;
    onlyUtc(name, named?.timezone);
    const single = Array.isArray(operand) && operand.length === 1 ? operand[0] : operand;
    const expression = compileExpression(named ? named.date : single);
    return (scope) => {
      const date = dateOnly(name, expression(scope));
      return date && new Int32(read(date));
    };
  };
}

const dayOfYear = (date: Date): number =>
  Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY) + 1;

/** ISO 8601 week: that of the Thursday in the same week. */
function isoWeek(date: Date): { year: number; week: number } {
  const thursday = new Date(date.getTime() + (3 - ((date.getUTCDay() + 6) % 7)) * DAY);
  return { year: thursday.getUTCFullYear(), week: Math.floor((dayOfYear(thursday) - 1) / 7) + 1 };
}

const FORMATS: Record<string, (date: Date) => string> = {
  Y: (date) => String(date.getUTCFullYear()).padStart(4, "0"),
  m: (date) => String(date.getUTCMonth() + 1).padStart(2, "0"),
  d: (date) => String(date.getUTCDate()).padStart(2, "0"),
  H: (date) => String(date.getUTCHours()).padStart(2, "0"),
  M: (date) => String(date.getUTCMinutes()).padStart(2, "0"),
  S: (date) => String(date.getUTCSeconds()).padStart(2, "0"),
  L: (date) => String(date.getUTCMilliseconds()).padStart(3, "0"),
  j: (date) => String(dayOfYear(date)).padStart(3, "0"),
  G: (date) => String(isoWeek(date).year).padStart(4, "0"),
  V: (date) => String(isoWeek(date).week).padStart(2, "0"),
  u: (date) => String(((date.getUTCDay() + 6) % 7) + 1),
  z: () => "+0000",
  Z: () => "+000",
  "%": () => "%",
};

function formatDate(date: Date, format: string): string {
  return format.replace(/%(.?)/g, (_, letter: string) => {
    const write = FORMATS[letter];
    if (!write) throw new CommandError("BadValue", `Invalid format character '%${letter}' in format string`);
    return write(date);
  });
}

const dateToString: ExpressionOperator = (operand, name) => {
  const parts = namedOperands(name, operand, ["date", "format", "timezone", "onNull"]);
  onlyUtc(name, parts.timezone);
  const date = compileExpression(parts.date);
  const onNull = compileExpression(parts.onNull ?? null);
  const format = parts.format ?? "%Y-%m-%dT%H:%M:%S.%LZ";
  if (typeof format !== "string") throw notSupported("A computed format of $dateToString");
  return (scope) => {
    const value = dateOnly(name, date(scope));
    return value ? formatDate(value, format) : onNull(scope);
  };
};

function truncated(date: Date, unit: unknown): Date {
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  switch (unit) {
    case "year":
      return new Date(Date.UTC(year, 0, 1));
    case "quarter":
      return new Date(Date.UTC(year, month - (month % 3), 1));
    case "month":
      return new Date(Date.UTC(year, month, 1));
    case "week": // starts on Sunday, MongoDB's default
      return new Date(Date.UTC(year, month, day - date.getUTCDay()));
    case "day":
      return new Date(Date.UTC(year, month, day));
    case "hour":
      return new Date(Math.floor(date.getTime() / 3_600_000) * 3_600_000);
    case "minute":
      return new Date(Math.floor(date.getTime() / 60_000) * 60_000);
    case "second":
      return new Date(Math.floor(date.getTime() / 1000) * 1000);
    default:
      throw notSupported(`The $dateTrunc unit ${String(unit)}`);
  }
}

const dateTrunc: ExpressionOperator = (operand, name) => {
  const parts = namedOperands(name, operand, ["date", "unit", "timezone"]);
  onlyUtc(name, parts.timezone);
  const date = compileExpression(parts.date);
  return (scope) => {
    const value = dateOnly(name, date(scope));
    return value && truncated(value, parts.unit);
  };
};

/** Operators on dates, in UTC. */
export const DATE_OPERATORS: Record<string, ExpressionOperator> = {
  $year: part((date) => date.getUTCFullYear()),
  $month: part((date) => date.getUTCMonth() + 1),
  $dayOfMonth: part((date) => date.getUTCDate()),
  $dayOfWeek: part((date) => date.getUTCDay() + 1),
  $dayOfYear: part(dayOfYear),
  $hour: part((date) => date.getUTCHours()),
  $minute: part((date) => date.getUTCMinutes()),
  $second: part((date) => date.getUTCSeconds()),
  $millisecond: part((date) => date.getUTCMilliseconds()),
  $isoWeek: part((date) => isoWeek(date).week),
  $isoDayOfWeek: part((date) => ((date.getUTCDay() + 6) % 7) + 1),
  $isoWeekYear: (operand, name) => {
    const year = part((date) => isoWeek(date).year)(operand, name);
    return (scope) => {
      const value = year(scope);
      return value instanceof Int32 ? Long.fromNumber(value.value) : value;
    };
  },
  $dateToString: dateToString,
  $dateTrunc: dateTrunc,
};
