import { stem } from "../language/stem.ts";
import { isKindOfPerson } from "../language/synonyms.ts";
import { wordsIn } from "../language/tokens.ts";
import { deedOf } from "../link/deeds.ts";
import type { Field } from "../link/fields.ts";
import { doerOf } from "../link/near-names.ts";
import { doubt, type Reading } from "./reading.ts";

const persons =
  /\b(name|person|assigned|responsible|driver|employee|staff|worker|agent|consultant|customer|client|author|player|student|user|manager|owner|seller|rep|athlete|director|artist|teacher|member|patient|doctor|assignee|borrower|referee|host|physician|instructor|coach|handler|cashier|waiter|waitress|server|barista|clerk|nurse|trainer|technician|mechanic|pilot|captain|courier|salesperson|supporter|donor|giver|operator|submitter|requester|reporter|picker|inspector|fitter|stylist|tutor)\b/i;

/** Whether a column tells who: `waiter`, "Account Manager". */
export function isOfPersons(field: Field): boolean {
  const { column, name, flag } = field;
  if (flag !== null) return false;
  if (deedOf(field)?.tells === "who") return true;
  const kind = wordsIn(name).some((word) => isKindOfPerson(stem(word.toLowerCase())));
  return column.type === "VARCHAR" && (persons.test(name) || kind);
}

/**
 * Who is meant where a table tells of several persons: whom the question names or what they do ("who writes the most
 * reports" of "Reported by"), else the first, which is told as a choice.
 */
export function whoOf(reading: Reading): Field | null {
  const { table, items } = reading;
  const [first, ...others] = table.fields.filter(isOfPersons);
  if (!first || others.length === 0) return first ?? null;
  // "who reads more, Ana or Tom" is of those who read.
  const held = [first, ...others].find((field) => items.some((item) => item.kind === "value" && item.field === field));
  if (held) return held;
  const words = items.filter(({ kind }) => kind !== "stop").flatMap(({ text }) => wordsIn(text));
  const stems = new Set(words.map(stem));
  const named = [first, ...others].filter(({ id }) => wordsIn(id).some((word) => stems.has(stem(word))));
  const [told] = named;
  if (told && named.length === 1) return told;
  const doer = doerOf(words, table);
  if (doer) return doer;
  doubt(
    reading,
    `“who” is read as ${first.name}, not as ${others.map(({ name }) => name).join(" or ")}.`,
    others.map(({ name }) => ({ said: "who", instead: `which ${name}`, label: name })),
  );
  return first;
}

/** The column that names a row to a person: its name or title, else the text that differs most. */
export function labelField(reading: Reading): Field | null {
  const { table, items } = reading;
  const asksWho = items.some(({ text }) => /^(who|whose|whom)$/i.test(text));
  const person = asksWho ? whoOf(reading) : null;
  if (person) return person;
  const texts = table.fields.filter(({ column, role }) => column.type === "VARCHAR" && role !== "time");
  const unique = texts.filter(({ unique }) => unique);
  const named = (fields: Field[]) => fields.find(({ id }) => /name|title|label/i.test(id));
  return (
    named(unique) ??
    unique[0] ??
    named(texts) ??
    table.fields.find(({ role }) => role === "identifier") ??
    texts[0] ??
    null
  );
}
