import { wordsIn } from "../language/tokens.ts";
import type { Field, Table } from "../link/fields.ts";
import { doerOf, namesPersons } from "../link/near-names.ts";
import { isOfPersons } from "../read/row-label.ts";
import type { Refusal } from "../refusal.ts";
import { type Gap, gapsOf } from "./gaps.ts";
import { leftover } from "./leftovers.ts";
import { apart, nearStandIn } from "./near-stand-ins.ts";
import { filled } from "./rephrase.ts";
import { type StandIn, standIn, toldAs } from "./stand-ins.ts";

/** What a word is read as, and how that is told, if it says anything; no fields where no column is meant. */
export type Read = Pick<StandIn, "fields" | "told" | "others">;

/**
 * The refused question with each word that was not understood replaced by the only thing of the table that it can mean, or
 * else by the only thing that it is near to. Null: one of them has none, or several.
 */
export function likeliest(question: string, refusal: Refusal): { question: string; reads: Read[] } | null {
  const { reading } = refusal;
  const whole = gapsOf(question, refusal);
  if (!reading || whole.length === 0) return null;
  const saidIn = ({ start, end }: Gap) => question.slice(start, end);
  const strictly = allOf(whole, (gap) => standIn(gap, saidIn(gap), reading));
  const loosely = (gap: Gap) => {
    const said = saidIn(gap);
    return standIn(gap, said, reading) ?? nearStandIn(gap, said, reading, question) ?? leftover(gap, said, reading);
  };
  const read = strictly
    ? whole.map((gap, at) => ({ gap, found: strictly[at] }))
    : apart(question, whole).map((gap) => ({ gap, found: loosely(gap) }));
  // What is left may be clear once the rest is.
  const clear = read.flatMap(({ gap, found }) => (found ? [{ gap, found }] : []));
  if (clear.length === 0) return null;
  const gaps = clear.map(({ gap }) => gap);
  const found = clear.map((one) => one.found);
  const filledIn = filled(question, gaps, found);
  const done = gaps.some((gap, at) => found[at]?.fields.length === 0 && gap.worded("") !== "");
  if (
    !/\bwho\b/i.test(question) ||
    !(done || found.some(({ fields }) => fields.some(({ role }) => role === "measure")))
  )
    return { question: filledIn, reads: found };
  const person = doerOf([...wordsIn(question)], reading.table) ?? onlyPerson(reading.table);
  if (!person) return null;
  // "who was in charge when we …": said twice, and asked for no time.
  const twice = found.some(({ fields }) => fields.includes(person));
  const others = found.map((one) => (one.fields.includes(person) ? { ...one, text: "" } : one));
  const asked = filled(question, gaps, others).replace(/\bwho\b/i, `which ${person.name}`);
  const whose = { fields: [person], told: toldAs("who", person.name), others: [] };
  return {
    question: twice ? asked.replace(/\bwhen\b/i, "with") : asked,
    reads: [whose, ...found],
  };
}

function onlyPerson({ fields }: Table): Field | null {
  const found = fields.filter((field) => isOfPersons(field) || namesPersons(field));
  return found.length === 1 ? (found[0] ?? null) : null;
}

function allOf(gaps: Gap[], read: (gap: Gap) => StandIn | null): StandIn[] | null {
  const found = gaps.flatMap((gap) => read(gap) ?? []);
  return found.length === gaps.length ? found : null;
}
