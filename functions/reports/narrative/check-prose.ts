import type { Fact } from "../../../contract/index.ts";

/** What prose may name: the facts it cites, and all the names that are known but would be false here. */
export interface Evidence {
  /** The facts that the sentence cites. */
  cited: Fact[];
  /** Names of categories and dates of the whole report. */
  known: string[];
  /** Words that are no claims: titles, measures, dimensions, data sets. */
  allowed: string[];
}

/**
 * Whether every number, date and name in a sentence is one of the facts that it cites: numbers to the precision that they
 * are written with. Answers what is wrong, in words that a model can act on, or undefined.
 */
export function findFault(text: string, { cited, known, allowed }: Evidence): string | undefined {
  if (cited.length === 0) return "it cites no fact that exists";
  const names = cited.flatMap((fact) => [...Object.values(fact.names), ...dimensionWords(fact)].map(unmarked));
  // Names come out first, so that the 3 of "Route 3" is no number, nor the 2019 of "March 2019".
  const phrases = [...names, ...allowed.map(unmarked)]
    .filter((name) => name.length > 1)
    .toSorted((a, b) => b.length - a.length);
  let rest = unmarked(text);
  for (const phrase of phrases) rest = rest.replace(wordPattern(phrase), " ‹› ");
  const unknown = known
    .map(unmarked)
    .find((name) => name.length > 2 && /\p{L}/u.test(name) && wordPattern(name).test(rest));
  if (unknown !== undefined) return `it names ${unknown}, which its facts do not`;
  const date = datePattern.exec(rest)?.[0];
  if (date !== undefined) return `it names the date ${date}, which its facts do not`;
  for (const written of numbersIn(rest)) {
    if (!cited.some((fact) => Object.values(fact.numbers).some((value) => matches(written, value, fact))))
      return `the number ${written.text} is not in its facts`;
  }
  const quoted = /["“”]([^"“”]+)["“”]/.exec(rest)?.[1] ?? properName(rest);
  if (quoted !== undefined && !quoted.includes("‹›")) return `it names ${quoted}, which its facts do not`;
  return directionFault(rest, cited);
}

interface Written {
  text: string;
  value: number;
  /** Half a unit of the last digit that is written. */
  tolerance: number;
  percent: boolean;
  /** Set where the text gives a bound: "less than 0.1%", "over 40". */
  bound?: "above" | "below" | undefined;
}

const scales: Record<string, number> = {
  k: 1e3,
  thousand: 1e3,
  m: 1e6,
  million: 1e6,
  bn: 1e9,
  b: 1e9,
  billion: 1e9,
  trillion: 1e12,
};
const words: Record<string, number> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  half: 0.5,
  twice: 2,
  double: 2,
  doubled: 2,
  tripled: 3,
  halved: 0.5,
};
const months = "january|february|march|april|may|june|july|august|september|october|november|december";
const datePattern = new RegExp(
  `\\b\\d{4}-\\d{2}(-\\d{2})?\\b|\\bQ[1-4]\\b( \\d{4})?|\\b(?:${months})\\b(?= \\d)|\\b(?:${months.replace("may|", "").replace("march|", "")})\\b|\\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\\b`,
  "i",
);

function numbersIn(text: string): Written[] {
  const digits = [
    ...text.matchAll(/[-−]?\d[\d,]*(?:\.\d+)?\s*(%|percent\b|(?:k|m|bn|b|thousand|million|billion|trillion)\b)?/gi),
  ];
  const found = digits.map(({ 0: whole, 1: unit = "", index }): Written => {
    const number = whole.replace(/[^\d.]/g, "");
    const scale = scales[unit.toLowerCase()] ?? 1;
    const decimals = number.split(".")[1]?.length ?? 0;
    const zeros = decimals === 0 ? (/0+$/.exec(number)?.[0].length ?? 0) : 0;
    // "about 12,300" is rounded to hundreds; 100 itself may be exact, which is closer.
    const unitOfLastDigit = 10 ** (decimals > 0 ? -decimals : Math.min(zeros, Math.max(0, number.length - 2)));
    return {
      text: whole.trim(),
      value: Number(number) * scale,
      tolerance: (unitOfLastDigit * scale) / 2,
      percent: /^(%|percent)$/i.test(unit),
      bound: boundBefore(text, index),
    };
  });
  const spelled = [...text.matchAll(/\b[a-z]+\b/gi)].flatMap(([word]): Written[] => {
    const value = words[word.toLowerCase()];
    return value === undefined ? [] : [{ text: word, value, tolerance: value * 0.05, percent: false }];
  });
  return [...found, ...spelled];
}

/** Whether the words before a number make it a bound. */
function boundBefore(text: string, index: number): Written["bound"] {
  const before = text.slice(0, index);
  if (/\b(less than|fewer than|below|under|at most)\s+$/i.test(before)) return "below";
  return /\b(more than|above|over|at least)\s+$/i.test(before) ? "above" : undefined;
}

function matches({ value, tolerance, percent, bound }: Written, fact: number, { format }: Fact): boolean {
  const actual = Math.abs(fact) * (percent ? 100 : 1);
  // A bound says little, but nothing false; it should be near, as a percentage below always is.
  if (bound === "below") return actual <= value && (percent || actual > value / 10);
  if (bound === "above") return actual >= value && actual < value * 10;
  // Of a measure in per cent, the numbers are percentages already.
  if (percent && format?.style === "unit" && Math.abs(Math.abs(fact) - value) <= tolerance * 1.000001) return true;
  return Math.abs(actual - value) <= tolerance * 1.000001 + Number.EPSILON * Math.max(actual, value);
}

/** Words such as "region" that facts carry as names are no claims; their plurals neither. */
function dimensionWords({ names }: Fact): string[] {
  return [names.dimension, names.measure].flatMap((name) => (name === undefined ? [] : [`${name}s`]));
}

/** Without the marks that isolate a name's direction. */
function unmarked(text: string): string {
  return text.replace(/[\u2066-\u2069]/g, "");
}

function wordPattern(name: string): RegExp {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+");
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, "giu");
}

/** A capitalized word within a sentence: a name, which must be one of the data's. */
function properName(text: string): string | undefined {
  const [name] = [...text.matchAll(/(?<=[\p{Ll}\d,;:)›] )\p{Lu}[\p{L}\p{N}’'-]+/gu)].map(([word]) => word);
  return name;
}

const up = /\b(rose|rises?|risen|grew|grows?|grown|increas\w*|climb\w*|gain\w*|higher|upwards?|surg\w*|jump\w*)\b/i;
const down = /\b(fell|falls?|fallen|declin\w*|decreas\w*|drop\w*|lost|shrank|shrink\w*|lower|downwards?|plung\w*)\b/i;

/** A change is told in its direction. */
function directionFault(text: string, cited: Fact[]): string | undefined {
  const moves = cited.flatMap(({ kind, numbers }) =>
    kind === "change" ? (numbers.difference ?? 0) : kind === "trend" ? (numbers.slope ?? 0) : [],
  );
  if (moves.length === 0) return undefined;
  if (moves.every((move) => move < 0) && up.test(text) && !down.test(text)) return "it calls a decrease an increase";
  if (moves.every((move) => move > 0) && down.test(text) && !up.test(text)) return "it calls an increase a decrease";
  return undefined;
}
