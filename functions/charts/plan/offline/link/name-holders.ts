import { isShortFor } from "../language/abbreviations.ts";
import { wordSimilarity } from "../language/similarity.ts";
import { stem } from "../language/stem.ts";
import { wordsIn } from "../language/tokens.ts";
import type { Field, Table } from "./fields.ts";

/** The columns that have a word, or another word for it, in their names. */
export function holdersOf(word: string, { fields }: Table, exactly: boolean): Field[] {
  return fields.filter(({ names }) =>
    names.some((name) =>
      name.some(({ stem }) => (exactly ? word === stem || isShortFor(word, stem) : says(word, stem))),
    ),
  );
}

const kinds = new Set("type kind class category status".split(" ").map(stem));

/** Whether a column only tells the kind of what is said, and another column names it. */
export function tellsKindOf(field: Field, [word, ...more]: string[], { fields }: Table): boolean {
  if (word === undefined || more.length > 0 || !kinds.has(stem(wordsIn(field.id).at(-1) ?? ""))) return false;
  return fields.some(
    (other) =>
      other !== field &&
      other.role !== "measure" &&
      other.names.some((name) => {
        const [only, ...rest] = name.filter(({ weight }) => weight >= 0.5);
        return only !== undefined && rest.length === 0 && says(word, only.stem);
      }),
  );
}

/** The columns that are what a word says: `dep_delay_min` is a delay, `delayReason` a reason. */
export function fieldsHeadedBy(word: string, { fields }: Table): Field[] {
  return fields.filter(({ names }) =>
    names.some((name) => name.filter(({ weight }) => weight >= 1).at(-1)?.stem === word),
  );
}

/** The word itself, or another word for it. */
export function says(word: string, named: string): boolean {
  return word === named || [0.7, 0.74].includes(wordSimilarity(word, named, false));
}
