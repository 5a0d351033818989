import type { Cell } from "../../../../../contract/index.ts";
import type { Token } from "../language/tokens.ts";
import type { Field } from "./fields.ts";

/** Tokens `from` up to (not including) `to` speak of a column, or of a value in it. */
export interface Link {
  from: number;
  to: number;
  field: Field;
  /** 0 to 1: how much of the name was said, and how exactly. */
  score: number;
  /** How many words of the question it explains. */
  words: number;
  /** Present when a value of the column was named rather than the column. */
  value?: Exclude<Cell, null>;
  /** The word was not spelt as in the data. */
  corrected: boolean;
  /** Another word was said for a word of the name. */
  synonym?: boolean;
  /** If so, it was one of the same root: "absences" for "absent". */
  sameRoot?: boolean;
  /** Values that hold the word among others are meant ("hammers"), not one value. */
  within?: boolean;
  /** The opposite of a column of yes and no was said: "unapproved". */
  negated?: boolean;
  /** What of the column's name was not said: what it is ("patient" of `patient_age`), or which one ("rate" of `bounce_rate`). */
  unsaid?: "head" | "modifier" | null;
  /** Other columns that fit as well, or nearly. */
  alternatives: Field[];
}

export function isWord(token: Token | undefined): token is Extract<Token, { kind: "word" }> {
  return token?.kind === "word";
}

/**
 * The set of links that do not overlap and together explain the question best: the sum of score × words, less a little
 * for each link, so that one name of two words beats two names of one.
 */
export function choose(links: Link[], length: number): Link[] {
  const ending = new Map<number, Link[]>();
  for (const link of links) ending.set(link.to, [...(ending.get(link.to) ?? []), link]);
  const worth = (link: Link) =>
    link.score * link.words -
    0.2 -
    (link.to - link.from - link.words) * 0.1 +
    (link.value === undefined ? 0.02 : 0) -
    // The word itself says more than another word for it.
    (link.synonym ? 0.01 : 0) -
    // What a column is says more than whose it is: "delay" is no `delay_cause`, where there is an `arrival_delay`.
    (link.unsaid === "head" ? 0.01 : 0);
  const best: { score: number; chosen: Link[] }[] = [{ score: 0, chosen: [] }];
  for (let at = 1; at <= length; at++) {
    let top = best[at - 1] ?? { score: 0, chosen: [] };
    for (const link of ending.get(at) ?? []) {
      const before = best[link.from];
      if (before && before.score + worth(link) > top.score + 1e-9)
        top = { score: before.score + worth(link), chosen: [...before.chosen, link] };
    }
    best.push(top);
  }
  return (best[length]?.chosen ?? []).map((link) => ({
    ...link,
    alternatives: links
      .filter(
        (other) =>
          other.field !== link.field &&
          other.from === link.from &&
          other.to === link.to &&
          (other.value === undefined) === (link.value === undefined) &&
          (other.synonym !== true || link.synonym === true) &&
          other.score >= link.score - 0.08,
      )
      .map(({ field }) => field),
  }));
}
