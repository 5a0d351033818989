import { isAhead } from "../language/states.ts";
import type { Field } from "../link/fields.ts";
import type { Item } from "../link/items.ts";
import type { Placed } from "./placed.ts";
import { doubt, type Reading, timeField } from "./reading.ts";
import {
  type Days,
  daysOf,
  endOf,
  isoDay,
  isWhole,
  type Relative,
  relativeAt,
  shifted,
  stepOf,
} from "./relative-range.ts";
import { type OpenRange, timeConditions, yearStart } from "./time-conditions.ts";

/** "last 6 months", "last year", "this month", "same month last year", "last monday": counted from the end of the data, and said so. */
export function readRelative(reading: Reading, placed: Placed[]): void {
  const { items, assumptions, objections } = reading;
  const said: string[] = [];
  for (const index of items.keys()) {
    if (items[index]?.used) continue;
    const asked = relativeAt(items, index) ?? sameAt(items, index) ?? weekdayAt(items, index);
    const field = asked ? timeField(reading) : null;
    if (!asked || !field) continue;
    const next = asked.kind === "next" || asked.kind === "coming";
    const end = lastOf(reading, field, next);
    const range = rangeOf(field, asked, end);
    if (!range) continue;
    for (const item of items.slice(index, index + asked.length)) item.used = true;
    const before = items[index - 1];
    if (before?.kind === "operator" && ["in", "since"].includes(before.operator.op)) before.used = true;
    for (const condition of timeConditions(field, range)) placed.push({ condition, from: index, to: index });
    const words = items
      .slice(index, index + asked.length)
      .map(({ text }) => text)
      .join(" ");
    said.push(words);
    const max = String(field.column.profile.max ?? "").slice(0, 10);
    const last =
      (next || isAhead(field.id)) && end
        ? `the last day of the data, ${isoDay(end)}`
        : `the last ${field.name} in the data, ${max}`;
    if (/^today$/i.test(words)) doubt(reading, `“${words}” is read as ${last}.`);
    else if (/^yesterday$/i.test(words)) doubt(reading, `“${words}” is read as the day before ${last}.`);
    else if (/^soon$/i.test(words)) doubt(reading, `“${words}” is read as within 30 days after ${last}.`);
    else if (next) doubt(reading, `“${words}” is counted from ${last}${endsBefore(field, range)}.`);
    else
      assumptions.add(
        range.before === null || asked.kind === "current"
          ? `“${words}” is counted back from ${last}.`
          : `“${words}” is that before ${last}.`,
      );
  }
  if (said.length > 1)
    objections.add(
      `${said.map((one) => `“${one}”`).join(" and ")} are two times: ask for one, or for one against the other.`,
    );
}

type Asked =
  | Relative
  | { kind: "same"; step: Relative["step"]; length: number }
  | { kind: "weekday"; day: number; length: number };

/** "same month last year": that which the data ends in, a year before. */
function sameAt(items: Item[], index: number): Asked | null {
  const step = stepOf(items[index + 1]);
  const year = relativeAt(items, index + 2);
  if (!/^same$/i.test(items[index]?.text ?? "") || !step || year?.kind !== "previous" || year.step !== "year")
    return null;
  return { kind: "same", step, length: 4 };
}

const days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** "last monday": the last one in the data. */
function weekdayAt(items: Item[], index: number): Asked | null {
  const day = days.indexOf(items[index + 1]?.text.toLowerCase() ?? "");
  return /^(last|this|past)$/i.test(items[index]?.text ?? "") && day >= 0 ? { kind: "weekday", day, length: 2 } : null;
}

/** That there is nothing of what is to come. */
function endsBefore({ name, column }: Field, { from }: OpenRange): string {
  const max = String(column.profile.max ?? "").slice(0, 10);
  return from !== null && max < from ? `, and no ${name} is later than ${max}` : "";
}

/**
 * The last day that the data is of: not that until when something is due, which may be yet to come, nor, where it is asked
 * what comes next, the last day of what was entered before it came.
 */
function lastOf({ table }: Reading, field: Field, next: boolean): Date | null {
  const ahead = isAhead(field.id);
  if (!ahead && !next) return endOf(field);
  const others = table.fields
    .filter((one) => one.role === "time" && !isAhead(one.id) && !/birth|[dy]ob(?![a-z])/i.test(one.id))
    .flatMap((one) => endOf(one) ?? [])
    .sort((one, other) => other.getTime() - one.getTime());
  return (ahead ? others[0] : others.at(-1)) ?? endOf(field);
}

function rangeOf(field: Field, asked: Asked, end: Date | null): OpenRange | null {
  const { holds, column } = field;
  if (holds === "year" || holds === "text-year") {
    const last = Number(column.profile.max);
    const years = asked.kind !== "same" && asked.kind !== "weekday" && asked.step === "year";
    return years && Number.isInteger(last) ? { from: yearStart(last - asked.count + 1), before: null } : null;
  }
  if (!end) return null;
  if (asked.kind === "weekday") {
    if (holds === "text-month") return null;
    const day = shifted(end, "day", -((end.getUTCDay() - asked.day + 7) % 7));
    return closed({ from: day, before: shifted(day, "day", 1) });
  }
  if (asked.kind === "same") {
    const { from, before } = daysOf({ kind: "current", count: 1, step: asked.step, length: 0 }, end);
    return closed({ from: shifted(from, "year", -1), before: shifted(before, "year", -1) });
  }
  const days = daysOf(asked, end);
  if (asked.kind === "next" || asked.kind === "coming" || asked.step === "day") return closed(days);
  // What is due may be so after the data ends.
  if (isAhead(field.id))
    return closed(asked.kind === "current" ? { from: days.from, before: shifted(days.from, asked.step, 1) } : days);
  const range = closed(days);
  return asked.kind === "previous" && !isWhole(asked.step, end) ? range : { from: range.from, before: null };
}

function closed({ from, before }: Days): { from: string; before: string } {
  return { from: isoDay(from), before: isoDay(before) };
}
