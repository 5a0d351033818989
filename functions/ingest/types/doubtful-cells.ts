import type { ColumnType } from "../../../contract/index.ts";
import { quoteLiteral } from "../../shared/engine/engine.ts";

/**
 * SQL that is true for cells which a cast would read otherwise than they stand there, or might; it is not true for none, nor for
 * what no cast reads. DuckDB's casts forgive too much to be trusted: they drop leading zeros, a date's time and a time's zone,
 * and round `1.5` to a whole number. As almost no cell is doubtful, this way round DuckDB casts a chunk as a whole. `value` is
 * SQL of what the cast made of the text. Text is compared rather than matched, which is cheaper; `:` comes after `9`, so
 * `>= '0'` and `< ':'` is a digit first.
 */
export const doubtfulCells: Partial<Record<ColumnType, (text: string, value: string) => string>> = {
  // To write each number again and compare would take as long as to read it. A number of as many digits as its text is written
  // plainly, unless with an exponent, which ends in a zero, or in another system, which begins with one.
  BIGINT: (text, value) =>
    `strlen(${text}) >= 16 OR ((${text} < '1' OR ${value} < ${powersOfTen}[strlen(${text})] OR ${value} % 10 = 0) AND ${value}::VARCHAR <> ${text})`,
  // Most numbers begin with a digit of one to nine and are short; only of the others the rest is asked.
  DOUBLE: (text) =>
    `(${text} < '1' OR ${text} >= ':' OR contains(${text}, '_') OR strlen(${text}) >= 16) AND NOT (${isDecimal(text)})`,
  DATE: (text) => `strlen(${text}) <> 10`,
  // Up to minutes, seconds, or parts of seconds; what is longer or ends otherwise has a zone.
  TIMESTAMP: (text) =>
    `strlen(${text}) NOT IN (10, 16, 19) AND NOT (strlen(${text}) < 27 AND regexp_full_match(substr(${text}, 20), '\\.[0-9]+'))`,
  BOOLEAN: (text) => `lower(${text}) NOT IN ('true', 'false')`,
};

/** The smallest number of so many digits. */
const powersOfTen = `[${Array.from({ length: 15 }, (_, digits) => 10 ** digits).join(", ")}]`;

/** A digit first, perhaps after a minus, but no zero before another digit; and no more digits than a double holds. */
function isDecimal(text: string): string {
  const begins = (sign: string) =>
    `(${text} >= '${sign}0' AND ${text} < '${sign}:' AND NOT (${text} >= '${sign}00' AND ${text} < '${sign}0:'))`;
  const short = `(strlen(${text}) < 16 OR (strlen(${text}) < 26 AND contains(left(${text}, 16), '.')))`;
  return `(${begins("")} OR ${begins("-")}) AND NOT contains(${text}, '_') AND ${short}`;
}

/**
 * SQL that tells whether `text` is one of these words, none of which has a `|`. Not by `IN`, which DuckDB makes a join of, and
 * rows out of a join are no longer in the order of the file.
 */
export function isAnyOf(text: string, words: readonly string[]): string {
  const equal = words.map((word) => `${text} = ${quoteLiteral(word)}`);
  // Few texts are a part of all words in a row, and only those are compared with each.
  return `contains(${quoteLiteral(words.join("|"))}, ${text}) AND (${equal.join(" OR ")})`;
}
