import { remembered } from "../language/remembered.ts";
import { isNearly, wordSimilarity } from "../language/similarity.ts";
import { stem } from "../language/stem.ts";
import { plain, wordsIn } from "../language/tokens.ts";
import type { Field, Table } from "../link/fields.ts";
import type { Gap } from "./gaps.ts";

/** Something of the table that a word may have meant. */
export interface LikelyName {
  /** A value's, or the column's name. */
  text: string;
  field: Field;
  /** 0 to 1 */
  likeness: number;
}

const least = 0.5;
/** How much less likely than the likeliest one may be. */
const span = 0.25;
const most = 3;

/** Words that many names end in: beside another word they are no evidence. */
const vague = new Set("rate ratio amount number total value type name level count average".split(" ").map(stem));

const valueStems = remembered((value) =>
  wordsIn(value)
    .map((word) => stem(plain(word)))
    .join(" "),
);

/**
 * The columns and values that words may have meant, the likeliest first. The evidence is softer than that which an answer
 * may rest on, since a person chooses: part of a name, another word for one word of several, the same root, two slips.
 */
export function likelyNames({ words, wants }: Gap, table: Table): LikelyName[] {
  const all = words.map((word) => stem(plain(word))).filter((word) => word.length >= 3);
  const telling = all.filter((word) => !vague.has(word));
  const stems = telling.length > 0 ? telling : all;
  const names = table.fields.flatMap((field): LikelyName[] => {
    const column = fits(field, wants)
      ? Math.max(columnLikeness(stems, field), wants === "group" && holdsKind(stems, field) ? 0.6 : 0)
      : 0;
    const found: LikelyName[] = column >= least ? [{ text: field.name, field, likeness: column }] : [];
    return wants === "measure" || wants === "group" ? found : [...found, ...likelyValues(stems, field)];
  });
  names.sort((one, other) => other.likeness - one.likeness);
  const [best] = names;
  return names.filter(({ likeness }) => likeness >= (best?.likeness ?? 1) - span).slice(0, most);
}

function fits({ role, discrete, flag }: Field, wants: Gap["wants"]): boolean {
  if (wants === "value") return false;
  const measures = role === "measure";
  return wants === "any" || (wants === "measure" ? measures || flag !== null : !measures || discrete);
}

/** How well the likeliest word of a name is one of those that were said. */
function columnLikeness(stems: string[], { names }: Field): number {
  const telling = names.flat().filter(({ weight }) => weight >= 0.5);
  return Math.max(
    0,
    ...telling.flatMap(({ stem, weight }) => stems.map((word) => likeness(word, stem) * (0.8 + weight / 5))),
  );
}

/** "which campaign", where a column has an "Email campaign". */
function holdsKind(stems: string[], field: Field): boolean {
  return textsOf(field).some((value) => {
    const parts = valueStems(value).split(" ");
    return parts.length > 1 && stems.includes(parts.at(-1) ?? "");
  });
}

function textsOf({ column: { type, profile }, unique }: Field): string[] {
  if (type !== "VARCHAR" || unique) return [];
  return profile.topValues.flatMap(({ value }) => (typeof value === "string" ? [value] : []));
}

function likelyValues(stems: string[], field: Field): LikelyName[] {
  return textsOf(field).flatMap((value): LikelyName[] => {
    const parts = valueStems(value).split(" ");
    const found = Math.max(
      0,
      ...parts.flatMap((part) =>
        stems.map((word) => (part.length >= 4 || !word.startsWith(part) ? likeness(word, part) : 0)),
      ),
    );
    // A column says more than one of its many values.
    return found >= least ? [{ text: value, field, likeness: found - 0.05 }] : [];
  });
}

/** How likely a word was meant by another; both are stems. */
function likeness(word: string, named: string): number {
  const known = wordSimilarity(word, named, true);
  if (known > 0) return known;
  return isNearly(word, named) ? 0.6 : 0;
}
