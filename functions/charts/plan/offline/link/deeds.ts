import { stem } from "../language/stem.ts";
import { type Token, wordsIn } from "../language/tokens.ts";
import type { Field } from "./fields.ts";
import { isWord, type Link } from "./links.ts";

/** What a column tells of something that was done. */
export interface Deed {
  /** The stem of the verb. */
  done: string;
  tells: "who" | "how";
}

/** What is told by columns called after what was done: who by a `Booked by` or `Assigned to`, how by a `Heard via`. */
export function deedOf({ id, column }: Pick<Field, "id" | "column">): Deed | null {
  const words = wordsIn(column.label ?? id).map((word) => word.toLowerCase());
  const [done, preposition] = words.slice(-2);
  if (column.type !== "VARCHAR" || words.length < 2 || done === undefined || preposition === undefined) return null;
  // "Paid by" is by card or in cash.
  const doer = preposition === "by" && !/^(paid|payable|sorted|grouped)$/.test(done);
  if (doer || (preposition === "to" && /^(assigned|reported|sold|lent|issued|given)$/.test(done)))
    return { done: stem(done), tells: "who" };
  return /^(by|via|through|from|with|using|on|at|in)$/.test(preposition) && /(ed|d|t|n)$/.test(done)
    ? { done: stem(done), tells: "how" }
    : null;
}

/** "how many readings", "% estimated reads": how often a meter was read, and not what it showed. */
export function isReading({ field, from, to }: Link, tokens: Token[]): boolean {
  const said = tokens[from];
  return (
    field.intensive &&
    to === from + 1 &&
    isWord(said) &&
    /^(readings|reads)$/.test(said.lower) &&
    wordsIn(field.id).length > 1 &&
    wordsIn(field.id).some((word) => /^readings?$/i.test(word))
  );
}

/** "how long do people stay before they leave": what they do is no `Leave reason`, unless it is asked why. */
export function isTheirs({ field, from, to, unsaid, synonym }: Link, tokens: Token[]): boolean {
  const [before, said] = [tokens[from - 1], tokens[from]];
  const asksWhy = tokens.some((token) => isWord(token) && /^(why|reasons?|causes?)$/.test(token.lower));
  const does = isWord(before) && /^(they|we|you|i|people)$/.test(before.lower) && isWord(said);
  return does && !asksWhy && !synonym && field.role === "dimension" && unsaid === "head" && to === from + 1;
}

/**
 * What was "sold" is no `Sold by`, nor are "readings" and "bookings by month" a `Read by` and a `Booked by`: such a column
 * is named with its preposition, or where it is asked where.
 */
export function isThingDone({ field, from, to, synonym }: Link, tokens: Token[]): boolean {
  const deed = deedOf(field);
  if (!deed) return false;
  const said = tokens.slice(from, to).filter(isWord);
  // "where did they hear of us"; who did it is read from the whole question.
  const where = isWord(tokens[0]) && tokens[0].lower === "where";
  if (where) return said.some(({ lower }) => /ings$/.test(lower));
  const written = wordsIn(field.column.label ?? field.id).map((word) => word.toLowerCase());
  const verb = said.some(({ lower }) => written.at(-2) === lower);
  const preposition = said.some(({ lower }) => written.at(-1) === lower);
  return synonym === true || !verb || !preposition;
}
