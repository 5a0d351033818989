import { isTypo } from "../similarity.ts";
import { stem } from "../stem.ts";
import { plain } from "../tokens.ts";
import { deeds as deedLines } from "./deeds.ts";
import { fillers as fillerLines } from "./fillers.ts";
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
const fillers = new Set(list(fillerLines).map((phrase) => phrase.join(" ")));

const all = [quantities, degrees, groups, things, persons, values, deeds, moments];
const words = new Set(all.flatMap((meanings) => [...meanings.keys()].filter((key) => !key.includes(" "))));
const fewestLetters = 6;

/** What words are looked up by; a word that none of these lists has may be a slip for one that they have. */
export function keyOf(said: string[]): string {
  const key = said.map((word) => stem(plain(word))).join(" ");
  if (said.length > 1 || key.length < fewestLetters || words.has(key)) return key;
  const meant = [...words].filter((word) => word.length >= fewestLetters && isTypo(key, word));
  return meant.length === 1 ? (meant[0] ?? key) : key;
}

/** Whether words that stand beside one another mean something together. */
export function isPhrase(said: string[]): boolean {
  const key = keyOf(said);
  return fillers.has(key) || all.some((meanings) => meanings.has(key));
}

/** Whether words say nothing that would be missed. */
export function isFiller(said: string[]): boolean {
  return fillers.has(keyOf(said));
}
