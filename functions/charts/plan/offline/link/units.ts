import { wordsIn } from "../language/tokens.ts";
import type { Field } from "./fields.ts";

/** Units of one kind, each with how many of the smallest it is. */
const kinds: [names: string, size: number][][] = [
  [
    ["ms millisecond milliseconds millis", 1],
    ["s sec secs second seconds", 1_000],
    ["min mins minute minutes", 60_000],
    ["h hr hrs hour hours", 3_600_000],
    ["day days", 86_400_000],
    ["week weeks", 604_800_000],
  ],
  [
    ["g gram grams", 1],
    ["kg kilo kilos kilogram kilograms", 1_000],
    ["t ton tons tonne tonnes", 1_000_000],
  ],
  [
    ["mm millimeters millimetres", 1],
    ["cm centimeters centimetres", 10],
    ["m meter meters metre metres", 1_000],
    ["km kilometer kilometers kilometre kilometres", 1_000_000],
    ["mi mile miles", 1_609_344],
  ],
  [
    ["ml millilitre millilitres milliliter milliliters", 1],
    ["cl centilitre centilitres centiliter centiliters", 10],
    ["l litre litres liter liters", 1_000],
    ["hl hectolitre hectolitres hectoliter hectoliters", 100_000],
  ],
  [
    ["wh", 1],
    ["kwh", 1_000],
    ["mwh", 1_000_000],
    ["gwh", 1_000_000_000],
  ],
  [
    ["bytes", 1],
    ["kb kilobytes", 1_000],
    ["mb megabytes", 1_000_000],
    ["gb gigabytes", 1_000_000_000],
  ],
];

/** How much of a unit one of another is; null where they are not of one kind. */
export function factorBetween(from: string, to: string): number | null {
  for (const kind of kinds) {
    const size = (name: string) => kind.find(([names]) => names.split(" ").includes(name))?.[1];
    const [one, other] = [size(from), size(to)];
    if (one !== undefined && other !== undefined) return one / other;
  }
  return null;
}

export const isUnit = (word: string) => kinds.some((kind) => kind.some(([names]) => names.split(" ").includes(word)));

/** The unit that a column's name ends in, if any: `call_sec`, "Running Time (min)". */
export function unitOf({ id, column }: Field): string | null {
  const last = [column.label ?? "", id].map((name) => wordsIn(name).at(-1)?.toLowerCase() ?? "");
  return last.find(isUnit) ?? null;
}
