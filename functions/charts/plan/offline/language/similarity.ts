import { isShortFor, longFormsOf } from "./abbreviations.ts";
import { areSynonyms, differByPrefix, isVerb } from "./synonyms.ts";

/**
 * Whether two words are one slip of the keyboard apart: a letter too many, too few, wrong, or two swapped; two slips
 * in words of nine letters and more. Short words must agree but for a swap: "rate" is not "date".
 */
export function isTypo(one: string, other: string): boolean {
  const longer = Math.max(one.length, other.length);
  if (longer < 3 || Math.abs(one.length - other.length) > 2) return false;
  if (longer <= 4) return isSwap(one, other);
  if (one[0] !== other[0] && longer < 7) return false;
  // "driven" is no slip of "driver": only the ending differs.
  if (one.length === other.length && longer < 9 && one.slice(0, -1) === other.slice(0, -1)) return false;
  return editDistance(one, other) <= (longer >= 9 ? 2 : 1) && !differByPrefix(one, other);
}

function isSwap(one: string, other: string): boolean {
  if (one.length !== other.length || one === other) return false;
  for (let at = 0; at + 1 < one.length; at++) {
    const swapped = one.slice(0, at) + one[at + 1] + one[at] + one.slice(at + 2);
    if (swapped === other) return true;
  }
  return false;
}

/** Damerau–Levenshtein distance in its restricted form (optimal string alignment). */
export function editDistance(one: string, other: string): number {
  let before: number[] = [];
  let above = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      let least = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    before = above;
    above = row;
  }
  return above[other.length] ?? Number.POSITIVE_INFINITY;
}

/**
 * Whether two words are nearly the same: two slips apart, three in long words, of one root ("absence", "absent"), or with
 * the same consonants ("dubble", "double"). Too loose to answer by, close enough to ask back.
 */
export function isNearly(one: string, other: string): boolean {
  const longer = Math.max(one.length, other.length);
  if (longer < 5 || one[0] !== other[0] || differByPrefix(one, other)) return false;
  if (skeleton(one) === skeleton(other)) return true;
  let shared = 0;
  while (shared < longer && one[shared] === other[shared]) shared++;
  if (shared >= 5 && shared >= longer - 3) return true;
  return longer >= 7 && editDistance(one, other) <= (longer >= 9 ? 3 : 2);
}

/** The consonants of a word, each double one once. */
const skeleton = (word: string) => word.replace(/[aeiouy]/g, "").replace(/(.)\1/g, "$1");

const shortForms = new Set("dept cust prod desc addr temp acct emp org loc num tel cat ref est".split(" "));

/**
 * Whether a short name abbreviates a word the way column names do: "dept" for department, "qty" for quantity. It
 * begins and ends like the word, and its consonants come in the word in that order.
 */
export function isAbbreviation(named: string, asked: string): boolean {
  if (named.length < 3 || named.length > 4 || asked.length < named.length + 2) return false;
  // "cost" is a word of its own, and no short form of "consultant".
  if (named[0] !== asked[0] || (/[aeiou]/.test(named.slice(1)) && !shortForms.has(named))) return false;
  if (named.at(-1) !== asked.at(-1)) return false;
  let at = 0;
  for (const letter of asked) if (letter === named[at]) at++;
  return at === named.length;
}

/** "absence" and "absent", "presence" and "present" */
function isNounOf(one: string, other: string): boolean {
  const root = (word: string) => word.replace(/(?<=.{3}[ae]n)(c|t)$/, "");
  return one !== other && root(one) === root(other) && root(one) !== one && root(other) !== other;
}

/** Whether two words for one another begin alike: "admission" and "admitted", but not "doctor" and "physician". */
function isOneRoot(one: string, other: string): boolean {
  return one.slice(0, 4) === other.slice(0, 4) && Math.min(one.length, other.length) >= 4;
}

/** "fundraising" is to raise funds, and no fund; "membership" is of members. */
function isCompound(word: string, of: string): boolean {
  const rest = word.slice(of.length);
  return rest.length >= 4 && (isVerb(rest) || isVerb(`${rest}e`));
}

/** How well a word of the question stands for a word of a name, 0 to 1. Both are stems. */
export function wordSimilarity(asked: string, named: string, allowTypos: boolean): number {
  if (asked === named) return 1;
  if (isShortFor(asked, named)) return 0.92;
  if (areSynonyms(asked, named) || isNounOf(asked, named)) return isOneRoot(asked, named) ? 0.74 : 0.7;
  for (const long of longFormsOf(named)) if (areSynonyms(asked, long)) return 0.7;
  // What is produced is no name of a product.
  if (named === "product" && asked === "production") return 0;
  // An inspector is not what "inspected" tells.
  if (asked.startsWith(named) && /^(e|o)?r$/.test(asked.slice(named.length))) return 0;
  if (named.startsWith(asked) && /^(e|o)r$/.test(named.slice(asked.length))) return 0;
  if (named.length >= 3 && asked.length > named.length + 1 && asked.startsWith(named))
    return isCompound(asked, named) ? 0 : 0.75;
  if (asked.length >= 4 && named.length > asked.length && named.startsWith(asked)) return 0.8;
  if (allowTypos && isAbbreviation(named, asked)) return 0.72;
  if (allowTypos && isTypo(asked, named)) return 0.78;
  // "waight" of a `wt_kg`
  if (allowTypos) for (const long of longFormsOf(named)) if (isTypo(asked, long)) return 0.78;
  return 0;
}
