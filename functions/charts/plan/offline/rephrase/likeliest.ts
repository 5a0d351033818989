import type { Field, Table } from "../link/fields.ts";
import { isOfPersons } from "../read/row-label.ts";
import type { Refusal } from "../refusal.ts";
import { type Gap, gapsOf } from "./gaps.ts";
import { namesPersons } from "./near-names.ts";
import { apart, doerOf, isDoer, nearStandIn } from "./near-stand-ins.ts";
import { filled } from "./rephrase.ts";
import { type StandIn, standIn } from "./stand-ins.ts";

/** What a word is read as. */
export interface Read {
  said: string;
  /** Null: nothing that the question would not say without it. */
  meant: string | null;
  fields: Field[];
  others: Field[];
}

/**
 * The refused question with each word that was not understood replaced by the only thing of the table that it can mean, or
 * else by the only thing that it is near to. Null: one of them has none, or several.
 */
export function likeliest(question: string, refusal: Refusal): { question: string; reads: Read[] } | null {
  const { reading } = refusal;
  const whole = gapsOf(question, refusal);
  if (!reading || whole.length === 0) return null;
  const strictly = allOf(whole, (gap) => standIn(gap, reading));
  const gaps = strictly ? whole : apart(question, whole);
  const found = strictly ?? allOf(gaps, (gap) => standIn(gap, reading) ?? nearStandIn(question, gap, reading));
  if (!found || gaps.length === 0) return null;
  const reads = found.map(({ fields, meant, others = [] }, at): Read => {
    const { start = 0, end = 0 } = gaps[at] ?? {};
    return { said: question.slice(start, end), meant, fields, others };
  });
  const filledIn = filled(question, gaps, found);
  const done = gaps.some((gap, at) => found[at]?.fields.length === 0 && gap.worded("") !== "");
  if (
    !/\bwho\b/i.test(question) ||
    !(done || found.some(({ fields }) => fields.some(({ role }) => role === "measure")))
  )
    return { question: filledIn, reads };
  const person = doerOf(question, reading.table) ?? onlyPerson(reading.table);
  if (!person) return null;
  const whose = { said: "who", meant: person.name, fields: [person], others: [] };
  return { question: filledIn.replace(/\bwho\b/i, `which ${person.name}`), reads: [whose, ...reads] };
}

function onlyPerson({ fields }: Table): Field | null {
  const found = fields.filter((field) => isOfPersons(field) || isDoer(field) || namesPersons(field));
  return found.length === 1 ? (found[0] ?? null) : null;
}

function allOf(gaps: Gap[], read: (gap: Gap) => StandIn | null): StandIn[] | null {
  const found = gaps.flatMap((gap) => read(gap) ?? []);
  return found.length === gaps.length ? found : null;
}
