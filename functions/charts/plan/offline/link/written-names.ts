import { remembered } from "../language/remembered.ts";
import type { Token } from "../language/tokens.ts";
import type { Table } from "./fields.ts";
import type { Link } from "./links.ts";

/** Whether a name has more to it than words: "0-60 mph (s)", "CO2 %"; or words that would say something else: "No show". */
const isOdd = remembered((name) => /[^\p{L}_ ]/u.test(name) || /^(no|non|not)[ _]/i.test(name));
const isWordPart = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}]/u.test(character);

/** A name as it is written, and where a hyphen joins its words also with a space: "no shows" for "No-show". */
const waysToWrite = remembered((name): readonly string[] => {
  const lower = name.trim().toLowerCase();
  if (!/^\p{L}+([- ]\p{L}+)+$/u.test(lower) || !(lower.includes("-") || isOdd(lower))) return [lower];
  const one = lower.replace(/s$/, "");
  return [one, `${one}s`].flatMap((way) => [way, way.replaceAll("-", " ")]);
});

/** The tokens that a text covers where it stands in the question by itself. */
function spanOf(text: string, question: string, tokens: Token[]): { from: number; to: number } | null {
  const start = question.indexOf(text);
  const end = start + text.length;
  if (text === "" || start < 0 || isWordPart(question[start - 1]) || isWordPart(question[end])) return null;
  const from = tokens.findIndex((token) => token.start >= start);
  const after = tokens.findIndex((token) => token.start >= end);
  const to = after < 0 ? tokens.length : after;
  return from < 0 || to <= from ? null : { from, to };
}

/** Columns and values that stand in the question letter by letter, signs and numbers included: "Cedar & Co", "S-01". */
export function writtenLinks(question: string, tokens: Token[], table: Table): Link[] {
  const text = question.toLowerCase();
  const link = { corrected: false, alternatives: [] };
  return table.fields.flatMap((field) => {
    const names = [...new Set([field.id, field.name].filter(isOdd).flatMap(waysToWrite))];
    const values = field.column.type === "VARCHAR" ? field.column.profile.topValues.map(({ value }) => value) : [];
    return [
      ...names.flatMap((name): Link[] => {
        const span = spanOf(name, text, tokens);
        return span ? [{ ...link, ...span, field, score: 1, words: span.to - span.from }] : [];
      }),
      ...values.flatMap((value): Link[] => {
        if (typeof value !== "string" || !isOdd(value) || value.trim().length < 2) return [];
        return waysToWrite(value).flatMap((way) => {
          const span = spanOf(way, text, tokens);
          return span ? [{ ...link, ...span, field, value, score: 1.1, words: span.to - span.from }] : [];
        });
      }),
    ];
  });
}
