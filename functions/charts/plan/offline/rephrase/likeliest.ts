import type { Field } from "../link/fields.ts";
import { isOfPersons } from "../read/row-label.ts";
import type { Refusal } from "../refusal.ts";
import { gapsOf } from "./gaps.ts";
import { type Leftover, leftover } from "./leftovers.ts";
import { filled } from "./rephrase.ts";
import { standIn } from "./stand-ins.ts";

/** What a word is read as, and how that is told; the field is null where no column is meant. */
export interface Read {
  field: Field | null;
  told: string;
}

/**
 * The refused question with each word that was not understood replaced by the only thing of the table that it can mean.
 * Null: one of them has none, or several.
 */
export function likeliest(question: string, refusal: Refusal): { question: string; reads: Read[] } | null {
  const { reading } = refusal;
  const gaps = gapsOf(question, refusal);
  if (!reading || gaps.length === 0) return null;
  const found = gaps.flatMap((gap): Leftover[] => {
    const said = question.slice(gap.start, gap.end);
    const one = standIn(gap, reading);
    if (one) return [{ field: one.field, text: gap.worded(one.text), told: asColumn(said, one.field) }];
    const left = leftover(gap, said, reading);
    return left ? [left] : [];
  });
  if (found.length < gaps.length) return null;
  const filledIn = filled(question, gaps, found);
  if (!/\bwho\b/i.test(question) || !found.some(({ field }) => field?.role === "measure"))
    return { question: filledIn, reads: found };
  const [person, ...others] = reading.table.fields.filter(isOfPersons);
  if (!person || others.length > 0) return null;
  const whose = { field: person, told: asColumn("who", person) };
  return { question: filledIn.replace(/\bwho\b/i, `which ${person.name}`), reads: [whose, ...found] };
}

const asColumn = (said: string, { name }: Field) => `“${said}” is read as ${name}.`;
