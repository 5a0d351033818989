import { stem } from "../language/stem.ts";
import { isKindOfPerson } from "../language/synonyms.ts";
import { wordsIn } from "../language/tokens.ts";
import { deedOf } from "../link/deeds.ts";
import type { Field } from "../link/fields.ts";
import type { Reading } from "./reading.ts";

const persons =
  /\b(name|person|assigned|responsible|driver|employee|staff|worker|agent|consultant|customer|client|author|player|student|user|manager|owner|seller|rep|athlete|director|artist|teacher|member|patient|doctor|assignee|borrower|referee|host|physician|instructor|coach|handler|cashier|waiter|waitress|server|barista|clerk|nurse|trainer|technician|mechanic|pilot|captain|courier|salesperson)\b/i;

/** Whether a column tells who: `waiter`, "Account Manager". */
export function isOfPersons(field: Field): boolean {
  const { column, name } = field;
  if (deedOf(field)?.tells === "who") return true;
  const kind = wordsIn(name).some((word) => isKindOfPerson(stem(word.toLowerCase())));
  return column.type === "VARCHAR" && (persons.test(name) || kind);
}

/** The column that names a row to a person: its name or title, else the text that differs most. */
export function labelField({ table, items }: Reading): Field | null {
  const asksWho = items.some(({ text }) => /^(who|whose|whom)$/i.test(text));
  const persons = asksWho ? table.fields.filter(isOfPersons) : [];
  // "who reads more, Ana or Tom" is of those who read.
  const told = persons.find((field) =>
    items.some((item) => (item.kind === "value" || item.kind === "column") && item.field === field),
  );
  const person = told ?? persons.find((field) => deedOf(field) === null) ?? persons[0];
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
