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
  if (preposition === "by" || (preposition === "to" && /^(assigned|reported|sold|lent|issued|given)$/.test(done)))
    return { done: stem(done), tells: "who" };
  return /^(via|through|from|with|using|on|at|in)$/.test(preposition) && /(ed|d|t|n)$/.test(done)
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

/** "readings", "bookings by month", "estimated reads": what is done, and not the `Read by` or the `Booked by` of it. */
export function isThingDone({ field, from, to }: Link, tokens: Token[]): boolean {
  const deed = deedOf(field);
  const said = tokens.slice(from, to).find((token) => isWord(token) && token.stem === deed?.done);
  if (!deed || !isWord(said) || wordsIn(field.id).some((word) => word.toLowerCase() === said.lower)) return false;
  const before = tokens.slice(0, from).findLast(isWord)?.lower ?? "";
  if (/ings$/.test(said.lower)) return true;
  // "who reads the most" is of those who do.
  const does = tokens
    .slice(0, from)
    .some(
      (token, at) =>
        isWord(token) && (/^(who|do|does|did)$/.test(token.lower) || (at === 0 && token.lower === "where")),
    );
  return !does && (/s$/.test(said.lower) || /^(a|an|the|each|per)$/.test(before));
}
