import type { Field } from "../link/fields.ts";
import type { Refusal } from "../refusal.ts";
import { gapsOf } from "./gaps.ts";
import { filled } from "./rephrase.ts";
import { standIn } from "./stand-ins.ts";

/** What a word is read as. */
export interface Read {
  said: string;
  field: Field;
}

/**
 * The refused question with each word that was not understood replaced by the only thing of the table that it can mean.
 * Null: one of them has none, or several.
 */
export function likeliest(question: string, refusal: Refusal): { question: string; reads: Read[] } | null {
  const { reading } = refusal;
  const gaps = gapsOf(question, refusal);
  if (!reading || gaps.length === 0) return null;
  const found = gaps.flatMap((gap) => {
    const one = standIn(gap, reading.table);
    return one ? [{ said: gap.words.join(" "), field: one.field, text: gap.worded(one.text) }] : [];
  });
  return found.length === gaps.length ? { question: filled(question, gaps, found), reads: found } : null;
}
