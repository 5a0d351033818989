import type { Token } from "../language/tokens.ts";

/** A stretch of the calendar as a question names it. */
export interface NamedPeriod {
  /** Null: the question says no year ("since March"), so the data must. */
  year: number | null;
  /** Its first month, 0 to 11. */
  month: number;
  /** How many months it has; a single day has none. */
  months: number;
  /** For a single day. */
  day: number | null;
}

/** From the first day up to, not including, the last; ISO dates. */
export interface DateRange {
  from: string;
  before: string;
}

const months = "january february march april may june july august september october november december".split(" ");
const ordinals = new Map([
  ["first", 1],
  ["1st", 1],
  ["second", 2],
  ["2nd", 2],
  ["third", 3],
  ["3rd", 3],
  ["fourth", 4],
  ["4th", 4],
  ["last", 0],
]);
/** What may stand before a month that could be another word ("may", "march", "mar", "dec"). */
const introducing = new Set(
  "in since from until till before after between to through during for of and by vs versus , - early late mid".split(
    " ",
  ),
);

function monthNumber(word: string): number | null {
  if (word.length < 3) return null;
  const index = months.findIndex(
    (month) =>
      month === word ||
      (word.length <= 4 && word !== "mar" && month.startsWith(word)) ||
      (word === "mar" && month === "march"),
  );
  return index < 0 ? null : index;
}

const isYear = (value: number | null): value is number => value !== null && value >= 1000 && value <= 2999;
const isDay = (value: number | null): value is number => value !== null && value >= 1 && value <= 31;

const isoDay = (year: number, month: number, day: number) =>
  new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);

/** The days of a period in a year. */
export function rangeIn(year: number, { month, months: length, day }: NamedPeriod): DateRange {
  if (day !== null) return { from: isoDay(year, month, day), before: isoDay(year, month, day + 1) };
  return { from: isoDay(year, month, 1), before: isoDay(year, month + length, 1) };
}

/**
 * The period that begins at a token, with the number of tokens it takes: "2015-03-15", "15 March 2015", "March 15, 2015",
 * "March 2015", "Q3 2021", "third quarter of 2021", "H2 2021", "second half of 2021", each also without its year.
 */
export function periodAt(tokens: Token[], at: number): { period: NamedPeriod; length: number } | null {
  const token = tokens[at];
  if (token?.kind === "date") {
    const [year, month, day] = token.iso.split("-").map(Number);
    if (year === undefined || month === undefined || day === undefined) return null;
    return Number.isNaN(Date.parse(token.iso))
      ? null
      : { period: { year, month: month - 1, months: 0, day }, length: 1 };
  }
  return partAt(tokens, at) ?? monthAt(tokens, at);
}

const numberAt = (tokens: Token[], at: number): number | null => {
  const one = tokens[at];
  if (one?.kind === "number") return Number.isInteger(one.value) ? one.value : null;
  return one?.kind === "word" && /^\d+$/.test(one.lower) ? Number(one.lower) : null;
};
const wordAt = (tokens: Token[], at: number): string => {
  const one = tokens[at];
  return one?.kind === "word" ? one.lower : (one?.text ?? "");
};

/** A year that follows, perhaps after "of", "in" or a comma. */
function yearAfter(tokens: Token[], at: number): { year: number; to: number } | null {
  const skip = /^(of|in|,|\/|'|-)$/.test(wordAt(tokens, at)) ? 1 : 0;
  const the = wordAt(tokens, at + skip) === "the" ? 1 : 0;
  const named = wordAt(tokens, at + skip + the) === "year" ? 1 : 0;
  const year = numberAt(tokens, at + skip + the + named);
  return isYear(year) ? { year, to: at + skip + the + named + 1 } : null;
}

/** "Q3 2021", "2021 Q3", "H1 of 2020", "first half of 2021". */
function partAt(tokens: Token[], at: number): { period: NamedPeriod; length: number } | null {
  const before = numberAt(tokens, at);
  const start = isYear(before) ? at + 1 : at;
  const part = quarterOrHalf(tokens, start);
  if (!part) return null;
  const after = isYear(before) ? null : yearAfter(tokens, part.to);
  const year = isYear(before) ? before : (after?.year ?? null);
  return { period: { year, month: part.month, months: part.months, day: null }, length: (after?.to ?? part.to) - at };
}

function quarterOrHalf(tokens: Token[], at: number): { month: number; months: number; to: number } | null {
  const word = wordAt(tokens, at);
  const next = numberAt(tokens, at + 1);
  const glued = tokens[at + 1]?.start === (tokens[at]?.start ?? 0) + 1;
  if (word === "q" && glued && next !== null && next >= 1 && next <= 4)
    return { month: (next - 1) * 3, months: 3, to: at + 2 };
  if (word === "h" && glued && (next === 1 || next === 2)) return { month: (next - 1) * 6, months: 6, to: at + 2 };
  const joined = numberAt(tokens, at);
  const suffixed = joined !== null && /^(st|nd|rd|th)$/.test(wordAt(tokens, at + 1));
  const ordinal = suffixed ? joined : ordinals.get(word);
  if (ordinal === undefined || ordinal === null) return null;
  const unitAt = suffixed ? at + 2 : at + 1;
  const unit = wordAt(tokens, unitAt);
  if (unit === "half" && ordinal <= 2) return { month: ordinal === 1 ? 0 : 6, months: 6, to: unitAt + 1 };
  // "last quarter" without a year is counted back from the end of the data.
  if (unit !== "quarter" || ordinal > 4 || (ordinal === 0 && !yearAfter(tokens, unitAt + 1))) return null;
  return { month: ((ordinal === 0 ? 4 : ordinal) - 1) * 3, months: 3, to: unitAt + 1 };
}

function monthAt(tokens: Token[], at: number): { period: NamedPeriod; length: number } | null {
  const day = numberAt(tokens, at);
  const suffix = isDay(day) && /^(st|nd|rd|th)$/.test(wordAt(tokens, at + 1)) ? 1 : 0;
  const of = isDay(day) && wordAt(tokens, at + 1 + suffix) === "of" ? 1 : 0;
  const dayMonth = isDay(day) ? monthNumber(wordAt(tokens, at + 1 + suffix + of)) : null;
  if (isDay(day) && dayMonth !== null) {
    const next = at + 2 + suffix + of;
    const year = yearAfter(tokens, next);
    return { period: { year: year?.year ?? null, month: dayMonth, months: 0, day }, length: (year?.to ?? next) - at };
  }
  const month = tokens[at]?.kind === "word" ? monthNumber(wordAt(tokens, at)) : null;
  if (month === null) return null;
  const next = numberAt(tokens, at + 1);
  if (isDay(next)) {
    const ending = /^(st|nd|rd|th)$/.test(wordAt(tokens, at + 2)) ? 1 : 0;
    const year = yearAfter(tokens, at + 2 + ending);
    const to = year?.to ?? at + 2 + ending;
    return { period: { year: year?.year ?? null, month, months: 0, day: next }, length: to - at };
  }
  const year = yearAfter(tokens, at + 1);
  if (year) return { period: { year: year.year, month, months: 1, day: null }, length: year.to - at };
  const whole = wordAt(tokens, at).length > 4 && wordAt(tokens, at) !== "march";
  if (!whole && !introducing.has(wordAt(tokens, at - 1))) return null;
  return { period: { year: null, month, months: 1, day: null }, length: 1 };
}
