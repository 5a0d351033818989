import { operatorAt } from "../language/lexicon.ts";
import { remembered } from "../language/remembered.ts";
import { wordSimilarity } from "../language/similarity.ts";
import { stem } from "../language/stem.ts";
import { stopWords } from "../language/stop-words.ts";
import { type Token, wordsIn } from "../language/tokens.ts";
import type { Field, FieldWord } from "./fields.ts";
import { isWord, type Link } from "./links.ts";

const longestName = 8;

/** Words that may stand inside a name without being in it: "amount of each payment". */
const skippable = new Set("of the in for a an each s its their made is was to".split(" "));

export const called = new Set(["name", "id", "no", "number", "code"]);

export interface Coverage {
  to: number;
  score: number;
  words: number;
  corrected: boolean;
  synonym?: boolean;
  sameRoot?: boolean;
  unsaid: Link["unsaid"];
}

/** Words that end the names of quantities without saying of what: "sales amount". */
const amounts = new Set("amount value total sum figure".split(" ").map(stem));

/** Which part of a name was left out; its last word says what the column is. */
function unsaid(name: (FieldWord & { used: boolean })[]): Link["unsaid"] {
  const telling = name.filter(({ weight, stem }) => weight >= 1 && !amounts.has(stem));
  if (telling.length === 0 || telling.every(({ used }) => used)) return null;
  return telling.at(-1)?.used ? "modifier" : "head";
}

/** The last word of a name that was said. */
const lastOf = (name: { used: boolean }[]) => name.findLastIndex(({ used }) => used);

/** "resolution time" of a "Time to resolve", "birth date" of a "Date of birth": what such names say last is said first. */
function isJoined(name: (FieldWord & { used: boolean })[], word: FieldWord & { used: boolean }): boolean {
  const join = name.findIndex(({ stem, weight }) => weight <= 0.1 && /^(to|of)$/.test(stem));
  return join > name.indexOf(word) && lastOf(name) > join;
}

/** How far the tokens from `start` go on naming a column, and how well. */
export function cover(tokens: Token[], start: number, name: Field["names"][number], typos: boolean): Coverage | null {
  const left = name.map((word) => ({ ...word, used: false }));
  // A unit in brackets and words like "on" need not be said.
  const telling = left.filter(({ weight, stem }) => weight > 0.1 || called.has(stem));
  const total = (telling.length > 0 ? telling : left).reduce((sum, { weight }) => sum + weight, 0);
  let matched = 0;
  let best: Coverage | null = null;
  let words = 0;
  let corrected = false;
  let synonym = false;
  let sameRoot = true;
  for (let at = start; at < Math.min(tokens.length, start + longestName); at++) {
    const token = tokens[at];
    if (token?.kind === "number") {
      const word = left.find((one) => !one.used && one.stem === String(token.value));
      if (!word) break;
      word.used = true;
      matched += word.weight;
    } else if (isWord(token)) {
      // The 2 of "CO2" is no `q2_price`.
      if (at === start && /^\d+$/.test(token.lower)) return null;
      let found: { word: (typeof left)[number]; quality: number } | null = null;
      for (const word of left) {
        if (word.used) continue;
        const quality = wordSimilarity(token.stem, word.stem, typos);
        if (quality === 0.7 && word.done) continue;
        // A "time gift" is no "gift date".
        const turned = words === at - start && left.indexOf(word) < lastOf(left) && !isJoined(left, word);
        if (turned && (synonym || quality === 0.7)) continue;
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
      synonym ||= found.quality === 0.7 || found.quality === 0.74;
      sameRoot &&= found.quality !== 0.7;
    } else break;
    words++;
    best = {
      to: at + 1,
      score: Math.min(1, matched / total),
      words,
      corrected,
      synonym,
      sameRoot,
      unsaid: unsaid(left),
    };
  }
  return best;
}

const acronymsIn = remembered((name) => wordsIn(name).filter((word) => word.length > 1 && word === word.toUpperCase()));

const isStop = (token: Token) => isWord(token) && stopWords.has(token.lower);

/** "horse power" for `Horsepower`, "miles per gallon" for `MPG`. */
export function coverJoined(tokens: Token[], start: number, field: Field): Coverage | null {
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
      return { to: at + 1, score: 0.98, words, corrected: false, unsaid: null };
    // "personal trainer" for `Has PT`
    const isAcronym = words > 1 && words === initials.length && acronymsIn(field.id).includes(initials.toUpperCase());
    if (isAcronym && !tokens.slice(start, at + 1).some(isStop))
      return { to: at + 1, score: 0.9, words, corrected: false, unsaid: null };
    const abbreviated = initials.slice(0, -1) + token.lower;
    // "between received and" is no `Brand`.
    const worded = isStop(token) || operatorAt([token.lower], 0) !== null;
    if ((own === abbreviated || own === initials.slice(0, -1) + token.stem) && (words === 1 || !worded))
      return { to: at + 1, score: 0.95, words, corrected: false, unsaid: null };
    if (words >= 3 && initials === own) return { to: at + 1, score: 0.9, words, corrected: false, unsaid: null };
  }
  return null;
}
