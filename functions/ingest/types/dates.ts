import { plainDate } from "./date-words.ts";
import { quarterPattern } from "./quarters.ts";

/** The order of a date's parts: year, month, day; `b` is a month's name. */
export type DateOrder = "ymd" | "dmy" | "mdy" | "dby" | "bdy" | "ybd" | "by";

export interface WrittenDate {
  /** How the date part is written, in every order in which it is a date of the calendar, as `strptime` has it. */
  datePatterns: string[];
  /** As `strptime` has it, with the separator before it; empty without a time. */
  timePattern: string;
  zone: boolean;
  /** It is written with words that `plainDate` replaces. */
  worded?: boolean;
}

const monthNames = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const longMonths = "january february march april may june july august september october november december".split(" ");

const datePart =
  /^(?:(?<y>\d{4})(?<s1>[-/. ]?)(?<m>\d{1,2})\k<s1>(?<d>\d{1,2})|(?<a>\d{1,2})(?<s2>[-/. ])(?<b>\d{1,2})\k<s2>(?<c>\d{4}|\d{2})|(?<d2>\d{1,2})(?<s3>[-/. ]|\. )(?<n2>[A-Za-z]{3,9})(?<s4>[-/., ]|, )(?<y2>\d{4}|\d{2})|(?<n3>[A-Za-z]{3,9})(?<p3>\.?)(?<s5>[-/ ])(?<d3>\d{1,2})(?<s6>,? |[-/])(?<y3>\d{4}|\d{2})|(?<n4>[A-Za-z]{3,9})(?<s7>[-/ ])(?<y4>\d{4}|\d{2})|(?<y5>\d{4})(?<s8>[-/ ])(?<n5>[A-Za-z]{3,9})(?<s9>[-/ ])(?<d5>\d{1,2}))(?=$|[T ])/;
const timePart =
  /^(?<before>[T ]\s?)(?<h>\d{1,2}):(?<min>\d{2})(?::(?<s>\d{2})(?<f>[.,]\d{1,9})?)?(?<gap>\s?)(?<half>[AaPp]\.?[Mm]\.?)?(?<space>\s?)(?<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?$/;

/** Reads a date, perhaps with a time, or a quarter of a year. Undefined for what is none. */
export function readDate(cell: string): WrittenDate | undefined {
  const quarter = quarterPattern(cell);
  if (quarter !== undefined) return { datePatterns: [quarter], timePattern: "", zone: false };
  if (cell.length < 6 || cell.length > 45) return undefined;
  if (plainIsoDate.test(cell)) return plainIso;
  const plain = plainDate(cell);
  if (plain !== cell) {
    const date = readDate(plain);
    if (date) return { ...date, worded: true };
  }
  const match = datePart.exec(cell);
  const groups = match?.groups;
  if (!match || !groups) return undefined;
  const datePatterns = patternsOf(groups);
  if (datePatterns.length === 0) return undefined;
  const rest = cell.slice(match[0].length);
  if (rest === "") return { datePatterns, timePattern: "", zone: false };
  // Eight digits in a row are a date only by themselves.
  const time = readTime(rest);
  return time && groups.s1 !== "" ? { datePatterns, ...time } : undefined;
}

const plainIso: WrittenDate = { datePatterns: ["%Y-%m-%d"], timePattern: "", zone: false };

/** `2024-01-31`, the most common way, without the cost of the others; days from 29 on are left to them. */
const plainIsoDate = /^[12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])$/;

/** Reads the time of a day: `13:45`, `1:45:10 PM`. Returns its pattern. */
export function readTimeOfDay(cell: string): string | undefined {
  const time = /^\d{1,2}:\d{2}/.test(cell) ? readTime(` ${cell}`) : undefined;
  return time && !time.zone ? time.timePattern.slice(1) : undefined;
}

function readTime(rest: string): Omit<WrittenDate, "datePatterns"> | undefined {
  const groups = timePart.exec(rest)?.groups;
  if (!groups) return undefined;
  const { before = "", h, min, s, f, gap = "", half, space, zone } = groups;
  const hour = Number(h);
  if (hour > 23 || Number(min) > 59 || Number(s ?? 0) > 59 || (half !== undefined && (hour > 12 || hour === 0)))
    return undefined;
  if (before.length > 1 || f?.startsWith(",")) return undefined;
  const hasZoneApart = (half === undefined ? gap : space) !== "" && /^[+-]/.test(zone ?? "");
  const seconds = s === undefined ? "" : f === undefined ? ":%S" : ":%S.%f";
  return {
    timePattern: `${before}${half === undefined ? "%H" : "%I"}:%M${seconds}${half === undefined ? "" : `${gap}%p`}`,
    zone: zone !== undefined,
    ...((hasZoneApart || half?.includes(".") || (f?.length ?? 0) > 7) && { worded: true }),
  };
}

function patternsOf(groups: Record<string, string | undefined>): string[] {
  const { y, s1 = "", m, d, a, s2 = "", b, c } = groups;
  if (y !== undefined) return isDate(y, m, d) ? [`%Y${s1}%m${s1}%d`] : [];
  if (a !== undefined) {
    const year = c?.length === 4 ? "%Y" : "%y";
    return [
      ...(isDate(c, b, a) ? [`%d${s2}%m${s2}${year}`] : []),
      ...(isDate(c, a, b) ? [`%m${s2}%d${s2}${year}`] : []),
      ...(c?.length === 2 && s2 !== "." && isDate(a, b, c) && Number(a) > 31 ? [`%y${s2}%m${s2}%d`] : []),
    ];
  }
  const {
    d2,
    s3 = "",
    n2,
    s4 = "",
    y2,
    n3,
    p3 = "",
    s5 = "",
    d3,
    s6 = "",
    y3,
    n4,
    s7 = "",
    y4,
    y5,
    s8 = "",
    n5,
    s9 = "",
    d5,
  } = groups;
  const [name, day, year] = [n2 ?? n3 ?? n4 ?? n5 ?? "", d2 ?? d3 ?? d5 ?? "1", y2 ?? y3 ?? y4 ?? y5 ?? ""];
  const month = monthOf(name);
  if (month === undefined || !isDate(year, String(month.number), day)) return [];
  const yearMark = year.length === 4 ? "%Y" : "%y";
  if (n2 !== undefined) return [`%d${s3}${month.mark}${s4}${yearMark}`];
  if (n3 !== undefined) return [`${month.mark}${p3}${s5}%d${s6}${yearMark}`];
  if (n4 !== undefined) return [`${month.mark}${s7}${yearMark}`];
  return [`%Y${s8}${month.mark}${s9}%d`];
}

function monthOf(name: string): { number: number; mark: "%b" | "%B" } | undefined {
  const lower = name.toLowerCase();
  const short = monthNames.indexOf(lower);
  if (short >= 0) return { number: short + 1, mark: "%b" };
  const long = longMonths.indexOf(lower);
  return long >= 0 ? { number: long + 1, mark: "%B" } : undefined;
}

const longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isDate(year: string | undefined, month: string | undefined, day: string | undefined): boolean {
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  if (!(m >= 1 && m <= 12 && d >= 1 && d <= (longest[m - 1] ?? 0))) return false;
  if (year?.length === 4 && (y < 1000 || y > 2999)) return false;
  return m !== 2 || d < 29 || year?.length === 2 || (y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0));
}
