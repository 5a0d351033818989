import { stem } from "../stem.ts";
import { deeds as deedLines } from "./deeds.ts";
import { groups as groupLines, persons as personLines } from "./groups.ts";
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
export const persons = meaningsIn(personLines);
export const values = meaningsIn(valueLines);
export const deeds = meaningsIn(deedLines);

const all = [quantities, degrees, groups, persons, values, deeds];

/** Whether words that stand beside one another mean something together. */
export function isPhrase(words: string[]): boolean {
  const key = words.map(stem).join(" ");
  return all.some((meanings) => meanings.has(key));
}
