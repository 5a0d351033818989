import type { Token } from "../language/tokens.ts";
import type { Table } from "./fields.ts";
import type { Link } from "./links.ts";

/** Whether a name has more to it than words: "0-60 mph (s)", "CO2 %". */
const isOdd = (name: string) => /[^\p{L}_ ]/u.test(name);
const isWordPart = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}]/u.test(character);

/** Columns whose names stand in the question letter by letter, signs and numbers included. */
export function writtenLinks(question: string, tokens: Token[], table: Table): Link[] {
  const text = question.toLowerCase();
  return table.fields.flatMap((field) =>
    [...new Set([field.id, field.name].filter(isOdd).map((name) => name.trim().toLowerCase()))].flatMap((name) => {
      const start = text.indexOf(name);
      const end = start + name.length;
      if (name === "" || start < 0 || isWordPart(text[start - 1]) || isWordPart(text[end])) return [];
      const from = tokens.findIndex((token) => token.start >= start);
      const after = tokens.findIndex((token) => token.start >= end);
      const to = after < 0 ? tokens.length : after;
      if (from < 0 || to <= from) return [];
      return [{ from, to, field, score: 1, words: to - from, corrected: false, alternatives: [] }];
    }),
  );
}
