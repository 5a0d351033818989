import type { Token } from "../language/tokens.ts";

const months = "january february march april may june july august september october november december".split(" ");

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

const isoDay = (year: number, month: number, day: number) =>
  new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);

/** "March 2015", "15 March 2015", "March 15, 2015", "2015-03-15". */
export function periodAt(tokens: Token[], at: number): { from: string; before: string; length: number } | null {
  const token = tokens[at];
  if (token?.kind === "date") {
    const day = new Date(`${token.iso}T00:00:00Z`);
    if (Number.isNaN(day.getTime())) return null;
    const next = new Date(day.getTime() + 86_400_000);
    return { from: token.iso, before: next.toISOString().slice(0, 10), length: 1 };
  }
  const numberAt = (index: number) => {
    const one = tokens[index];
    return one?.kind === "number" && Number.isInteger(one.value) ? one.value : null;
  };
  const monthAt = (index: number) => {
    const one = tokens[index];
    return one?.kind === "word" ? monthNumber(one.lower) : null;
  };
  const isYear = (value: number | null): value is number => value !== null && value >= 1000 && value <= 2999;
  const isDay = (value: number | null): value is number => value !== null && value >= 1 && value <= 31;

  const day = numberAt(at);
  const monthAfter = monthAt(at + 1);
  const yearAfter = numberAt(at + 2);
  if (isDay(day) && monthAfter !== null && isYear(yearAfter))
    return { from: isoDay(yearAfter, monthAfter, day), before: isoDay(yearAfter, monthAfter, day + 1), length: 3 };
  const month = monthAt(at);
  if (month === null) return null;
  const comma = tokens[at + 2]?.text === "," ? 1 : 0;
  const next = numberAt(at + 1);
  const year = numberAt(at + 2 + comma);
  if (isDay(next) && isYear(year))
    return { from: isoDay(year, month, next), before: isoDay(year, month, next + 1), length: 3 + comma };
  if (isYear(next)) return { from: isoDay(next, month, 1), before: isoDay(next, month + 1, 1), length: 2 };
  return null;
}
