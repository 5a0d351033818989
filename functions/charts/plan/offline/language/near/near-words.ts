import { isTypo } from "../similarity.ts";
import { stem } from "../stem.ts";
import { plain } from "../tokens.ts";
import { deeds as deedLines } from "./deeds.ts";
import { fillers as fillerLines, repeated as repeatedLines } from "./fillers.ts";
import { groups as groupLines, persons as personLines, things as thingLines } from "./groups.ts";
import { moments as momentLines } from "./moments.ts";
import { degrees as degreeLines, quantities as quantityLines } from "./quantities.ts";
import { values as valueLines } from "./values.ts";

/** Names of what is meant, each as the stems of its words. */
export interface Meant {
  names: string[][];
  /** Everything that is called so is meant together, as the parts of a whole. */
  together: boolean;
}

/** What a word or phrase may mean: what comes first is likelier. */
export type Meanings = ReadonlyMap<string, Meant[][]>;

const stemsOf = (phrase: string) => phrase.split("_").map(stem);
const list = (words: string) => words.trim().split(/\s+/).filter(Boolean).map(stemsOf);

/** Reads lines of "said : named > named + named". */
function meaningsIn(lines: string): Meanings {
  const meanings = new Map<string, Meant[][]>();
  for (const line of lines.replace(/\n +/g, " ").split("\n")) {
    const [said = "", named = ""] = line.split(" : ");
    if (named === "") continue;
    const meant = named
      .split(/(?= [>+] )/)
      .map((part) => ({ names: list(part.replace(/^ [>+] /, "")), together: part.startsWith(" +") }));
    for (const key of new Set(list(said).map((phrase) => phrase.join(" ")))) {
      meanings.set(key, [...(meanings.get(key) ?? []), meant]);
    }
  }
  return meanings;
}

export const quantities = meaningsIn(quantityLines);
export const degrees = meaningsIn(degreeLines);
export const groups = meaningsIn(groupLines);
export const things = meaningsIn(thingLines);
export const persons = meaningsIn(personLines);
export const values = meaningsIn(valueLines);
export const deeds = meaningsIn(deedLines);

export const moments = meaningsIn(momentLines);
const phrasesIn = (lines: string) => new Set(list(lines).map((phrase) => phrase.join(" ")));
const fillers = phrasesIn(fillerLines);
const repeated = phrasesIn(repeatedLines);

const all = [quantities, degrees, groups, things, persons, values, deeds, moments];
const known = new Set(all.flatMap((meanings) => [...meanings.keys()]));
/** The words as they are written, each with what it is looked up by. */
const written = new Map<string, string>();
for (const lines of [quantityLines, degreeLines, groupLines, thingLines, personLines, valueLines])
  for (const word of lines.split(/\s+/))
    if (/^[a-z]+$/.test(word) && known.has(stem(word))) written.set(word, stem(word));
const fewestLetters = 6;

/** What words are looked up by; a word that none of these lists has may be a slip for one that they have. */
export function keyOf(said: string[]): string {
  const key = said.map((word) => stem(plain(word))).join(" ");
  const word = plain(said[0] ?? "");
  if (said.length > 1 || word.length < fewestLetters || known.has(key)) return key;
  const meant = new Set(
    [...written].flatMap(([one, of]) => (one.length >= fewestLetters && isNear(word, one) ? [of] : [])),
  );
  const [only] = meant;
  return meant.size === 1 && only !== undefined ? only : key;
}

const isNear = (word: string, one: string) => isTypo(word, one) || isTypo(word.replace(/s$/, ""), one);

/** Whether words that stand beside one another mean something together. */
export function isPhrase(said: string[]): boolean {
  const key = keyOf(said);
  return fillers.has(key) || repeated.has(key) || all.some((meanings) => meanings.has(key));
}

/** Whether words say nothing that would be missed. */
export function isFiller(said: string[]): boolean {
  return fillers.has(keyOf(said));
}

/** Whether words say that something happens again and again, so that those are meant to whom it does most. */
export function isRepeated(said: string[]): boolean {
  return repeated.has(keyOf(said));
}
