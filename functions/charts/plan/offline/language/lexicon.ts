import type { ChartType } from "../../../../../contract/index.ts";
import type { Aggregate, Comparison, Grain, WindowKind } from "../query.ts";
import { phrases } from "./wordings.ts";

/** What a word or phrase of the question asks to be done; columns and values are linked elsewhere. */
export type Operator =
  | { op: "aggregate"; aggregate: Aggregate }
  /** "how many", "number of": counts what follows. */
  | { op: "count" }
  /** "how much": asks for a quantity that the question must name. */
  | { op: "amount" }
  | { op: "distinct" }
  /** What follows is a dimension. */
  | { op: "group" }
  /** What follows splits the chart into series. */
  | { op: "series" }
  | { op: "axis"; axis: "x" | "y" }
  | { op: "versus" }
  | { op: "sort" }
  | { op: "direction"; direction: "asc" | "desc" }
  | { op: "alphabetical" }
  /** `about` are words for the scale, if the phrase names it: "older than". `after`: it follows its number ("or more"). */
  | { op: "compare"; comparison: Comparison; time: boolean; about: string[]; after: boolean }
  | { op: "between" }
  | { op: "upto" }
  /** "highest", "oldest": the end of a scale; `about` are words for the scale itself, if the word names it. */
  | { op: "superlative"; end: "max" | "min"; about: string[] }
  | { op: "top"; end: "max" | "min" }
  | { op: "chart"; chart: ChartType }
  | { op: "grain"; grain: Grain }
  | { op: "trend" }
  | { op: "relation" }
  | { op: "distribution" }
  /** `percent`: in numbers, rather than as the slices of a pie. */
  | { op: "share"; percent: boolean }
  | { op: "window"; window: WindowKind | "change"; grain: Grain | null }
  /** A computation that no query here makes. */
  | { op: "uncomputed" }
  /** "range of prices": from the lowest to the highest. */
  | { op: "range" }
  | { op: "not" }
  | { op: "or" }
  | { op: "and" }
  | { op: "text"; match: "contains" | "starts" | "ends" }
  | { op: "missing"; negated: boolean }
  | { op: "which" }
  | { op: "list" }
  | { op: "since" }
  | { op: "in" };

/** The length of the longest phrase that begins with a word. */
const longest = new Map<string, number>();
for (const phrase of phrases.keys()) {
  const words = phrase.split(" ");
  const [first = ""] = words;
  longest.set(first, Math.max(longest.get(first) ?? 0, words.length));
}

/** The longest phrase of the lexicon that begins at a word, with the number of tokens it takes. */
export function operatorAt(words: readonly string[], at: number): { operator: Operator; length: number } | null {
  for (let length = Math.min(longest.get(words[at] ?? "") ?? 0, words.length - at); length > 0; length--) {
    const operator = phrases.get(words.slice(at, at + length).join(" "));
    if (operator) return { operator, length };
  }
  return null;
}
