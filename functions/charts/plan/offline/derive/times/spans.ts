import { begins, endsIt, sameEvent } from "../../language/events.ts";
import { isAhead } from "../../language/states.ts";
import { wordsIn } from "../../language/tokens.ts";
import { type Field, nameWords } from "../../link/fields.ts";
import type { DurationUnit, Instant } from "../../query.ts";
import { doubt, type Reading } from "../../read/reading.ts";
import { computedField } from "../computed-field.ts";

const hour = 3_600_000;
const day = 24 * hour;

/** How long a unit of time is, a month and a year by and large. */
export const milliseconds: Record<DurationUnit, number> = {
  second: 1_000,
  minute: 60_000,
  hour,
  day,
  week: 7 * day,
  month: 30 * day,
  year: 365 * day,
};

/** Columns of days or moments. */
export function dated(fields: Field[]): Field[] {
  return fields.filter(({ holds }) => holds === "date" || holds === "timestamp");
}

/** How well a column's name tells of one of some events. */
const tells = (field: Field, events: string[]) =>
  Math.max(0, ...events.flatMap((event) => nameWords(field).map((word) => sameEvent(event, word))));

/** What should happen, rather than what did. */
const isPlanned = (field: Field) => isAhead(field.id);

/** What changes again and again, so that nothing begins or ends with it. */
const isPassing = (field: Field) => nameWords(field).some((word) => /^(last|latest|updated|modified|next)$/.test(word));

/** What some rows do not have yet comes after what all have, though by their quartiles it might be before. */
const isBackwards = (from: Field, to: Field) =>
  from.column.profile.nullCount > to.column.profile.nullCount && between(to, from) !== null;

/** "check in" and "check out", "start time" and "end time" go together. */
function areNamedAlike(one: Field, other: Field): boolean {
  const words = new Set(wordsIn(one.id).map((word) => word.toLowerCase()));
  return wordsIn(other.id).some((word) => words.has(word.toLowerCase()) && !/^(on|at|date|time|day)$/i.test(word));
}

/** The quartiles of a column of time, else its ends, in milliseconds. */
function moments({ column: { profile } }: Field): number[] {
  const known = profile.quartiles ?? [profile.min, profile.max];
  return known.map((cell) => Date.parse(String(cell)));
}

/** By how much a column is later than another, for the middle of the rows. Null: it is not, or not for all. */
function between(from: Field, to: Field): number | null {
  const [starts, ends] = [moments(from), moments(to)];
  if (starts.length !== ends.length) return null;
  const gaps = starts.map((start, at) => (ends[at] ?? Number.NaN) - start);
  const whole = from.holds === "date" || to.holds === "date" ? day : 0;
  if (!gaps.every((gap) => Number.isFinite(gap))) return null;
  // Rows that have no end yet are mostly those that began last, which shifts the quartiles.
  if (to.column.profile.nullCount <= from.column.profile.nullCount)
    return gaps.every((gap) => gap >= -whole) ? (gaps[1] ?? gaps[0] ?? 0) : null;
  const first = Date.parse(String(to.column.profile.min)) - Date.parse(String(from.column.profile.min));
  const last = Date.parse(String(to.column.profile.max)) - Date.parse(String(from.column.profile.max));
  const lengths = [...gaps, first, last].map(Math.abs).sort((one, other) => one - other);
  return first >= -whole ? (lengths[Math.floor(lengths.length / 2)] ?? 0) : null;
}

interface Pair {
  from: Field;
  to: Field;
  gap: number;
  score: number;
}

/** How to show a length of time that is typically so long, in milliseconds. `days`: nothing shorter is known. */
export function unitFor(gap: number, days: boolean): DurationUnit {
  if (days) return "day";
  if (gap < 3 * 60_000) return "second";
  if (gap < 3 * hour) return "minute";
  return gap < 3 * day ? "hour" : "day";
}

/** How a question asks for the time from one column of dates to another. */
export interface AskedSpan {
  /** Words for what happens at its beginning, and at its end. */
  starts: string[];
  ends: string[];
  /** Whether the only pair there is serves as well, if the words choose none. */
  open: boolean;
  unit: DurationUnit | null;
  /** Somebody or something waits meanwhile, which ends before they leave. */
  wait?: boolean;
  /** Whether all of it is asked for, rather than how long it typically is. */
  sums?: boolean;
  /** The words of the question, where another pair can be offered in their place, with what else they said. */
  said?: string;
  rest?: string;
}

/** What nobody waits for: to be gone. */
const isGone = (field: Field) => tells(field, ["leave", "cancel", "return"]) > 0;

/** Which of two columns tells of what happened before the other, for a sort. */
const firstOf = (one: Field, other: Field) =>
  String(one.column.profile.min).localeCompare(String(other.column.profile.min));

/** Pairs of columns of which the one is later, how likely they are meant, the likeliest first. */
function pairsOf({ table }: Reading, { starts, ends: said, open, wait }: AskedSpan): Pair[] {
  const columns = dated(table.fields);
  // Who stays does so until they leave, or whatever else ends it.
  const stays = open && said.includes("leave") && !columns.some((one) => tells(one, said) > 0);
  const ends = stays ? [] : said;
  const pairs = columns.flatMap((from) =>
    columns.flatMap((to): Pair[] => {
      if (from === to || nameWords(from).some((word) => /^(birth|born|dob|birthday|birthdate)$/.test(word))) return [];
      if (isBackwards(from, to)) return [];
      if (wait && ends.length === 0 && (isGone(to) || isPlanned(to))) return [];
      const gap = between(from, to);
      if (gap === null) return [];
      const [end, start] = [tells(to, ends), tells(from, starts)];
      if (tells(from, ends) > end && !open) return [];
      const likely =
        (nameWords(from).some(begins) ? 0.2 : 0) +
        (nameWords(to).some(endsIt) ? 0.2 : 0) +
        (areNamedAlike(from, to) ? 0.1 : 0) +
        // A stay is as long as who came was there, whenever it was booked.
        (tells(from, ["arrive"]) > 0 && tells(to, ["leave"]) > 0 ? 0.3 : 0) -
        (isPlanned(to) ? 0.3 : 0) -
        (isPlanned(from) ? 0.3 : 0) -
        (isPassing(from) || isPassing(to) ? 0.3 : 0);
      return [{ from, to, gap, score: end * 2 + start * 2 + likely }];
    }),
  );
  const asked = pairs.filter(
    ({ from, to }) => (ends.length === 0 || tells(to, ends) > 0) && (starts.length === 0 || tells(from, starts) > 0),
  );
  const known = ends.length + starts.length === 0 || ends.some((word) => columns.some((one) => tells(one, [word]) > 0));
  const left =
    asked.length > 0
      ? asked
      : open && (known || pairs.length === 1 || ends.every((word) => !endsIt(word)))
        ? pairs
        : [];
  return left.sort(
    (one, other) =>
      // Who waits does so from the first thing that happens until the next.
      (wait && ends.length === 0 ? firstOf(one.from, other.from) || firstOf(one.to, other.to) : 0) ||
      other.score - one.score ||
      table.fields.indexOf(one.from) - table.fields.indexOf(other.from) ||
      // All of it, rather than its first part.
      firstOf(other.to, one.to) ||
      other.gap - one.gap,
  );
}

/** The time from one column of dates to another, which the words of the question choose. Null: there is no such pair. */
export function durationField(reading: Reading, asked: AskedSpan): Field | null {
  const { unit, sums, said, rest = "" } = asked;
  const left = pairsOf(reading, asked);
  const [best] = left;
  if (!best || (best.score < 0.2 && left.length > 1)) return null;
  const { from, to } = best;
  const typical = unitFor(best.gap, from.holds === "date" || to.holds === "date");
  // All together is more than one typically is.
  const shown = unit ?? (sums && typical === "minute" ? "hour" : typical);
  const name = `${shown[0]?.toUpperCase()}${shown.slice(1)}s from ${from.name} to ${to.name}`;
  const missing = to.column.profile.nullCount;
  const read = `The time is that from ${from.name} to ${to.name}, in ${shown}s${missing > 0 ? `; ${missing} rows have no ${to.name}, and so no such time` : ""}.`;
  const others = left.filter((one) => one !== best && one.score >= best.score - 0.2 && !isPlanned(one.to));
  const offered = others.slice(0, 2).map((one) => ({
    said: said ?? "",
    instead: `time from ${one.from.name} to ${one.to.name}${rest}`,
    label: `from ${one.from.name} to ${one.to.name}`,
  }));
  // Those that have not ended yet are not told how long they take: many of them leave a short average.
  const unended = missing > 0.1 * reading.table.table.rowCount;
  if ((offered.length > 0 && said !== undefined) || unended) doubt(reading, read, said === undefined ? [] : offered);
  else reading.assumptions.add(read);
  return computedField(
    reading.table,
    name,
    { kind: "duration", from: instant(from), to: instant(to), unit: shown, whole: false },
    { min: 0, max: Math.max(1, (2 * best.gap) / milliseconds[shown]), additive: sums ?? false },
  );
}

/** A length of time as how many midnights lie in it. Null: it is not from one column to another. */
export function calendarDays(table: Reading["table"], { name, formula, additive }: Field, word: string): Field | null {
  if (formula?.kind !== "duration") return null;
  const byDay = (one: Instant): Instant => ("column" in one ? { ...one, holds: "date" } : one);
  const { from, to } = formula;
  return computedField(
    table,
    name.replace(/^\S+/, word),
    { ...formula, from: byDay(from), to: byDay(to), unit: "day" },
    { min: 0, max: 30, additive },
  );
}

export function instant({ id, holds }: Field): { column: string; holds: "date" | "timestamp" | "year" } {
  return { column: id, holds: holds === "date" || holds === "timestamp" ? holds : "year" };
}
