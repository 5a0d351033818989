import type { ColumnType } from "../../../contract/index.ts";
import { quoteLiteral } from "../../shared/engine/engine.ts";

/**
 * SQL that is true for cells which a cast reads just as they stand there; DuckDB's casts forgive too much to be trusted with
 * others: they drop leading zeros, a date's time and a time's zone, and round `1.5` to a whole number. Text is compared rather
 * than matched, which is cheaper; `:` comes after `9`, so `>= '0'` and `< ':'` is a digit first.
 */
export const simpleCells: Partial<Record<ColumnType, (text: string) => string>> = {
  BIGINT: (text) => `TRY_CAST(${text} AS BIGINT)::VARCHAR = ${text} AND strlen(${text}) < 16`,
  DOUBLE: (text) =>
    `((${text} >= '0' AND ${text} < ':' AND NOT (${text} >= '00' AND ${text} < '0:')) OR (${text} >= '-0' AND ${text} < '-:' AND NOT (${text} >= '-00' AND ${text} < '-0:'))) AND NOT contains(${text}, '_') AND (strlen(${text}) < 16 OR (strlen(${text}) < 26 AND contains(left(${text}, 16), '.')))`,
  DATE: (text) => `strlen(${text}) = 10`,
  // Up to minutes, seconds, or parts of seconds; what is longer or ends otherwise has a zone.
  TIMESTAMP: (text) =>
    `strlen(${text}) IN (10, 16, 19) OR (strlen(${text}) < 27 AND regexp_full_match(substr(${text}, 20), '\\.[0-9]+'))`,
  BOOLEAN: (text) => `lower(${text}) IN ('true', 'false')`,
};

/**
 * SQL that tells whether `text` is one of these words, none of which has a `|`. Not by `IN`, which DuckDB makes a join of, and
 * rows out of a join are no longer in the order of the file.
 */
export function isAnyOf(text: string, words: readonly string[]): string {
  const equal = words.map((word) => `${text} = ${quoteLiteral(word)}`);
  // Few texts are a part of all words in a row, and only those are compared with each.
  return `contains(${quoteLiteral(words.join("|"))}, ${text}) AND (${equal.join(" OR ")})`;
}
