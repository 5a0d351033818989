import type { Cell } from "../../../../contract/index.ts";
import { countryName, isCountry } from "./countries.ts";
import type { Field, Table } from "./fields.ts";
import { operatorAt, stopWords } from "./lexicon.ts";
import { isTypo, wordSimilarity } from "./similarity.ts";
import { stem } from "./stem.ts";
import { areSynonyms } from "./synonyms.ts";
import { type Token, wordsIn } from "./tokens.ts";

/** Tokens `from` up to (not including) `to` speak of a column, or of a value in it. */
export interface Link {
  from: number;
  to: number;
  field: Field;
  /** 0 to 1: how much of the name was said, and how exactly. */
  score: number;
  /** How many words of the question it explains. */
  words: number;
  /** Present when a value of the column was named rather than the column. */
  value?: Exclude<Cell, null>;
  /** The word was not spelt as in the data. */
  corrected: boolean;
  /** Other columns that fit as well, or nearly. */
  alternatives: Field[];
}

const longestName = 8;
/** Words that may stand inside a name without being in it: "amount of each payment". */
const skippable = new Set("of the in for a an each s its their made is was to".split(" "));
const least = 0.45;

function isWord(token: Token | undefined): token is Extract<Token, { kind: "word" }> {
  return token?.kind === "word";
}

interface Coverage {
  to: number;
  score: number;
  words: number;
  corrected: boolean;
}

/** How far the tokens from `start` go on naming a column, and how well. */
function cover(tokens: Token[], start: number, name: Field["names"][number], typos: boolean): Coverage | null {
  const left = name.map((word) => ({ ...word, used: false }));
  const total = left.reduce((sum, { weight }) => sum + weight, 0);
  let matched = 0;
  let best: Coverage | null = null;
  let words = 0;
  let corrected = false;
  for (let at = start; at < Math.min(tokens.length, start + longestName); at++) {
    const token = tokens[at];
    if (token?.kind === "number") {
      const word = left.find((one) => !one.used && one.stem === String(token.value));
      if (!word) break;
      word.used = true;
      matched += word.weight;
    } else if (isWord(token)) {
      let found: { word: (typeof left)[number]; quality: number } | null = null;
      for (const word of left) {
        if (word.used) continue;
        const quality = wordSimilarity(token.stem, word.stem, typos);
        if (quality > (found?.quality ?? 0)) found = { word, quality };
      }
      // A unit alone is no name: "minimum" is not the (min) of a running time.
      if (found && at === start && found.word.weight < 0.2) return null;
      if (found && stopWords.has(token.lower) && (found.quality < 1 || found.word.weight < 0.2) && at === start)
        return null;
      if (!found) {
        if (at > start && skippable.has(token.lower)) continue;
        break;
      }
      if (found.quality < 1 && stopWords.has(token.lower)) {
        if (at > start && skippable.has(token.lower)) continue;
        break;
      }
      found.word.used = true;
      matched += found.word.weight * found.quality;
      corrected ||= found.quality === 0.78;
    } else break;
    words++;
    best = { to: at + 1, score: matched / total, words, corrected };
  }
  return best;
}

/** "horse power" for `Horsepower`, "miles per gallon" for `MPG`. */
function coverJoined(tokens: Token[], start: number, field: Field): Coverage | null {
  const joined = field.names.map((name) =>
    name
      .filter(({ weight }) => weight > 0.2)
      .map((word) => word.stem)
      .join(""),
  );
  const own = field.id.toLowerCase();
  let text = "";
  let initials = "";
  for (let at = start; at < Math.min(tokens.length, start + 5); at++) {
    const token = tokens[at];
    if (!isWord(token)) return null;
    text += token.lower;
    initials += token.lower[0] ?? "";
    if (at === start && !joined.includes(stem(text)) && !joined.includes(text) && own !== text) continue;
    const words = at - start + 1;
    if (joined.includes(stem(text)) || own === text || (joined.length > 0 && joined.includes(text)))
      return { to: at + 1, score: 0.98, words, corrected: false };
    const abbreviated = initials.slice(0, -1) + token.lower;
    if (own === abbreviated || own === initials.slice(0, -1) + token.stem)
      return { to: at + 1, score: 0.95, words, corrected: false };
    if (words >= 3 && initials === own) return { to: at + 1, score: 0.9, words, corrected: false };
  }
  return null;
}

/** All readings of the tokens as columns, better or worse; {@link choose} picks among them. */
export function columnLinks(tokens: Token[], table: Table): Link[] {
  const links: Link[] = [];
  const exact = new Set(table.fields.flatMap(({ names }) => names.flat().map((word) => word.stem)));
  const words = tokens.map((token) => (isWord(token) ? token.lower : token.text));
  for (let start = 0; start < tokens.length; start++) {
    const token = tokens[start];
    if (token?.kind === "quoted") {
      const field = table.fields.find((one) => one.id.toLowerCase() === token.value.toLowerCase());
      if (field)
        links.push({ from: start, to: start + 1, field, score: 1, words: 1, corrected: false, alternatives: [] });
      continue;
    }
    if (!isWord(token)) continue;
    const typos =
      !exact.has(token.stem) &&
      !stopWords.has(token.lower) &&
      !operatorAt(words, start) &&
      !table.rowNouns.has(token.stem);
    for (const field of table.fields) {
      const covers = [
        ...field.names.map((name) => cover(tokens, start, name, typos)),
        coverJoined(tokens, start, field),
      ];
      let best: Coverage | null = null;
      for (const one of covers) if (one && one.score * one.words > (best ? best.score * best.words : 0)) best = one;
      if (best && best.score >= least - 0.2) links.push({ from: start, ...best, field, alternatives: [] });
    }
  }
  return withContext(links, tokens, table);
}

/**
 * A name said in part is likelier where its other words are near ("the name of each player" for `Player_Name`), and
 * unlikely where all that was said is the word for the rows.
 */
function withContext(links: Link[], tokens: Token[], table: Table): Link[] {
  const stems = tokens.map((token) => (isWord(token) ? token.stem : ""));
  const kept: Link[] = [];
  for (const link of links) {
    const said = stems.slice(link.from, link.to).filter((word) => word !== "");
    const onlyRows = said.length > 0 && said.every((word) => table.rowNouns.has(word));
    if (onlyRows && link.score < 0.99) continue;
    let score = link.score;
    if (score < 0.99) {
      for (const name of link.field.names)
        for (const { stem: word, weight } of name) {
          if (weight < 0.2 || said.includes(word)) continue;
          const at = stems.indexOf(word);
          if (at >= 0 && (at < link.from || at >= link.to)) {
            const near = Math.min(Math.abs(at - link.from), Math.abs(at - link.to + 1)) <= 4;
            score += near ? 0.15 : 0.05;
          }
        }
      // A generic word says enough where only one column has it.
      const own = said.every((word) => {
        const holders = table.fields.filter(({ names }) =>
          names.some((name) => name.some((one) => says(word, one.stem))),
        );
        return holders.length === 1 && holders[0] === link.field;
      });
      if (own) score += 0.2;
      score += said.some((word) => link.field.hints.has(word)) ? 0.05 : 0;
    }
    if (score >= least) kept.push({ ...link, score: Math.min(0.99, score === 1 ? 1 : score) });
  }
  return kept;
}

/** The word itself, or another word for it. */
function says(word: string, named: string): boolean {
  return word === named || areSynonyms(word, named);
}

/**
 * A value meant by one of its words ("Acme" for "Acme Ltd"), if no other value has that word, or by a slip of the
 * keyboard ("Comdy").
 */
function nearlyValue(word: string, parts: string[], values: string[][]): number {
  if (word.length < 4) return 0;
  if (parts.length > 1 && parts.includes(word))
    return values.filter((one) => one.includes(word)).length === 1 ? 0.7 : 0;
  return parts.length === 1 && word.length >= 5 && isTypo(word, parts[0] ?? "") ? 0.7 : 0;
}

const genders = new Map([
  ["male", ["m", "male"]],
  ["men", ["m", "male"]],
  ["female", ["f", "female"]],
  ["women", ["f", "female"]],
]);

function sameValue(asked: string[], value: string[]): number {
  if (asked.length !== value.length) return 0;
  let score = 1;
  for (const [index, word] of asked.entries()) {
    const other = value[index] ?? "";
    if (word === other) continue;
    if (stem(word) === stem(other)) score = Math.min(score, 0.95);
    else return 0;
  }
  return score;
}

/** All readings of the tokens as values found in the profile's most frequent values of text columns. */
export function valueLinks(tokens: Token[], table: Table): Link[] {
  const links: Link[] = [];
  const words = tokens.map((token) => (isWord(token) ? token.lower : token.text));
  const known = new Set([
    ...table.rowNouns,
    ...table.fields.flatMap(({ names }) => names.flat().map((word) => word.stem)),
  ]);
  for (const field of table.fields) {
    if (field.numeric || field.column.type === "BOOLEAN") continue;
    const values = field.column.profile.topValues.map(({ value }) =>
      wordsIn(String(value)).map((word) => word.toLowerCase()),
    );
    for (const { value } of field.column.profile.topValues) {
      if (typeof value !== "string") continue;
      const parts = wordsIn(value).map((word) => word.toLowerCase());
      if (parts.length === 0) continue;
      for (let start = 0; start < tokens.length; start++) {
        const token = tokens[start];
        const link = { field, value, corrected: false, alternatives: [] };
        if (token?.kind === "quoted") {
          if (token.value.toLowerCase() === value.toLowerCase())
            links.push({ ...link, from: start, to: start + 1, score: 1.2, words: 2 });
          continue;
        }
        if (token === undefined || token.kind === "symbol") continue;
        const to = start + parts.length;
        const said = tokens
          .slice(start, to)
          .map((one) => (isWord(one) ? one.lower : one.kind === "number" ? one.text : ""));
        let score = sameValue(said, parts);
        if (score === 0 && parts.length === 1 && genders.get(words[start] ?? "")?.includes(parts[0] ?? "")) score = 0.9;
        if (score === 0 && isCountry(value)) {
          const asked = countryName(words[start] ?? "");
          if (asked !== null && asked === countryName(value) && (words[start] !== "us" || token.text === "US")) {
            links.push({ ...link, from: start, to: start + 1, score: 0.85, words: 1 });
            continue;
          }
        }
        if (
          score === 0 &&
          isWord(token) &&
          !stopWords.has(token.lower) &&
          !known.has(token.stem) &&
          !operatorAt(words, start)
        ) {
          const near = nearlyValue(token.lower, parts, values);
          if (near > 0) links.push({ ...link, from: start, to: start + 1, score: near, words: 1, corrected: true });
        }
        if (score === 0) continue;
        const short = said.join("").length <= 2;
        const ordinary = parts.length === 1 && (stopWords.has(said[0] ?? "") || operatorAt(words, start) !== null);
        const sameCase =
          tokens
            .slice(start, to)
            .map(({ text }) => text)
            .join(" ") === wordsIn(value).join(" ");
        if (ordinary && !(sameCase && start > 0 && /^\p{Lu}/u.test(value) && !short)) continue;
        if (short && !(sameCase && (said[0] !== "a" || start + 1 === tokens.length))) continue;
        links.push({ ...link, from: start, to, score, words: parts.length });
      }
    }
  }
  return links;
}

/**
 * The set of links that do not overlap and together explain the question best: the sum of score × words, less a little
 * for each link, so that one name of two words beats two names of one.
 */
export function choose(links: Link[], length: number): Link[] {
  const ending = new Map<number, Link[]>();
  for (const link of links) ending.set(link.to, [...(ending.get(link.to) ?? []), link]);
  const worth = (link: Link) =>
    link.score * link.words - 0.2 - (link.to - link.from - link.words) * 0.1 + (link.value === undefined ? 0.02 : 0);
  const best: { score: number; chosen: Link[] }[] = [{ score: 0, chosen: [] }];
  for (let at = 1; at <= length; at++) {
    let top = best[at - 1] ?? { score: 0, chosen: [] };
    for (const link of ending.get(at) ?? []) {
      const before = best[link.from];
      if (before && before.score + worth(link) > top.score + 1e-9)
        top = { score: before.score + worth(link), chosen: [...before.chosen, link] };
    }
    best.push(top);
  }
  return (best[length]?.chosen ?? []).map((link) => ({
    ...link,
    alternatives: links
      .filter(
        (other) =>
          other.field !== link.field &&
          other.from === link.from &&
          other.to === link.to &&
          (other.value === undefined) === (link.value === undefined) &&
          other.score >= link.score - 0.08,
      )
      .map(({ field }) => field),
  }));
}
