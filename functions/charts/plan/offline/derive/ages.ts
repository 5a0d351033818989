import { begins, sameFamily } from "../language/events.ts";
import { wordsIn } from "../language/tokens.ts";
import type { Field } from "../link/fields.ts";
import type { Reading } from "../read/reading.ts";
import { computedField } from "./computed-field.ts";
import { dated, instant } from "./spans.ts";

const births = ["birth", "born", "dob", "birthdate", "birthday", "birthyear"];
const joining = ["hire", "join", "start", "employ", "onboard", "begin"];
const leaving = ["leave", "left", "exit", "terminate", "end", "quit", "depart"];

const called = (field: Field, words: string[]) =>
  wordsIn(field.id).some((word) => words.some((one) => sameFamily(word.toLowerCase(), one)));

/**
 * The day up to which ages are told: the last of the table's other dates that is not in the future, as the data is of
 * that time; today where there is none. It is written into the SQL, so that the same SQL gives the same rows later.
 */
function asOf({ table }: Reading, except: Field): { day: string; from: string } {
  const today = new Date().toISOString().slice(0, 10);
  const days = dated(table.fields).flatMap((field) => {
    const last = String(field.column.profile.max ?? "").slice(0, 10);
    return field !== except && /^\d{4}-\d\d-\d\d$/.test(last) && last <= today
      ? [{ day: last, from: `the last ${field.name}` }]
      : [];
  });
  return days.sort((one, other) => other.day.localeCompare(one.day))[0] ?? { day: today, from: "today" };
}

/** Full years since birth. Null: no column tells when somebody or something was born. */
export function ageField(reading: Reading): Field | null {
  const { table, assumptions } = reading;
  const birth = table.fields.find((field) => field.role === "time" && called(field, births));
  if (!birth || birth.holds === "text-year" || birth.holds === "text-month") return null;
  const { day, from } = asOf(reading, birth);
  assumptions.add(`Age is in full years since ${birth.name}, on ${day} (${from}).`);
  const year = (cell: unknown) => Number(day.slice(0, 4)) - Number(String(cell ?? "").slice(0, 4));
  const { min, max } = birth.column.profile;
  return computedField(
    table,
    "Age",
    { kind: "duration", from: instant(birth), to: { day }, unit: "year", whole: birth.holds !== "year" },
    { min: year(max), max: year(min), distinct: Math.max(2, year(min) - year(max)) },
  );
}

/** Years since somebody joined, up to when they left. Null: no column tells when. */
export function tenureField(reading: Reading): Field | null {
  const { table, assumptions } = reading;
  const columns = dated(table.fields);
  const joined =
    columns.find((field) => called(field, joining)) ?? columns.find((field) => wordsIn(field.id).some(begins));
  if (!joined || called(joined, births)) return null;
  const left = columns.find((field) => field !== joined && called(field, leaving));
  const { day, from } = asOf(reading, joined);
  const end = left ? `${left.name}; those who have none are counted up to ${day} (${from})` : `${day} (${from})`;
  assumptions.add(`Tenure is in years from ${joined.name} to ${end}.`);
  return computedField(
    table,
    "Tenure in years",
    {
      kind: "duration",
      from: instant(joined),
      to: left ? instant(left) : { day },
      ...(left && { until: day }),
      unit: "year",
      whole: false,
    },
    { min: 0, max: Number(day.slice(0, 4)) - Number(String(joined.column.profile.min ?? day).slice(0, 4)) },
  );
}
