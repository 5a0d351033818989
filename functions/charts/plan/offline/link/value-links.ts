import { countryAsked, countryName, countryOfCode } from "../language/countries.ts";
import { operatorAt } from "../language/lexicon.ts";
import { remembered } from "../language/remembered.ts";
import { people } from "../language/row-words.ts";
import { isTypo } from "../language/similarity.ts";
import { stem } from "../language/stem.ts";
import { rowWords, stopWords } from "../language/stop-words.ts";
import { plain, type Token, wordsIn } from "../language/tokens.ts";
import { type Field, isOfCountries, type Table } from "./fields.ts";
import { isWord, type Link } from "./links.ts";

/** A value meant by a slip of the keyboard ("Comdy"). */
function isMistyped(word: string, parts: string[]): boolean {
  const [only] = parts;
  if (parts.length !== 1 || only === undefined || word.length < 5) return false;
  return isTypo(word, only) || (/ing$/.test(only) && doerStem(word) === stem(only));
}

/**
 * A word that values hold among others: "Acme" of "Acme Ltd" means that value, if all values are known and no other has
 * it; "hammers" means whatever has it.
 */
function wordOfValues(token: Token, field: Field, values: string[][]): { value: string; within: boolean } | null {
  if (!isWord(token) || token.lower.length < 3) return null;
  const holders = values.flatMap((parts, index) => {
    const part =
      parts.length > 1
        ? parts.find(
            (one) => one === token.lower || (one[0] === token.lower[0] && one.length > 3 && stem(one) === token.stem),
          )
        : undefined;
    return part === undefined ? [] : [{ index, part }];
  });
  const [first] = holders;
  if (!first) return null;
  const { topValues, distinctCount } = field.column.profile;
  const whole = topValues[first.index]?.value;
  if (holders.length === 1 && distinctCount <= topValues.length && typeof whole === "string")
    return { value: whole, within: false };
  return { value: first.part, within: true };
}

/**
 * What comes after "which" or "by" is a kind of thing, as is what time is spent on: "which campaign" is not the value
 * "Email campaign", nor "time on site" the "partner site".
 */
function asksForKind(words: string[], at: number, text: string): boolean {
  const before = words[at - 1] ?? "";
  // "how many Rowling books"
  if (before === "many" && /^\p{Lu}\p{Ll}/u.test(text)) return false;
  return (
    /^(which|what|by|per|each|every|many)$/.test(before) ||
    (before === "on" && /^(time|minutes|hours|days|seconds)$/.test(words[at - 2] ?? ""))
  );
}

/** "swimmers" do what "Swimming" says. */
function doerStem(word: string): string | null {
  const root = /^(.{3,})[eo]rs?$/.exec(word)?.[1];
  return root === undefined ? null : stem(`${root}ing`);
}

/** "grade A": a value right after the name of its column needs no capital. */
function follows(before: Token | undefined, { names }: Field): boolean {
  return isWord(before) && names.some((name) => name.at(-1)?.stem === before.stem);
}

/** "unsold" for the value "Sold". */
function opposes(word: string, value: string): boolean {
  return value.length >= 4 && (word === `un${value}` || word === `non${value}`);
}

/** Words for people by their sex, each with what columns say for it; a letter only beside its other. */
const sexes = [
  ["male males man men guy guys boy boys gentleman gentlemen lad lads", "m male man men boy"],
  ["female females woman women lady ladies girl girls gal gals", "f w female woman women girl"],
].map((pair) => pair.map((words) => new Set(words.split(" ")))) as [Set<string>, Set<string>][];

/** What different tables call the same by different words. */
const others = [
  ["mobile phone cell cellphone smartphone handset mobiles phones smartphones", "mobile phone smartphone cell"],
  ["desktop computer pc computers pcs", "desktop pc computer"],
  ["check cheque checks cheques", "check cheque"],
  ["company companies corporate business businesses firm firms", "company corporate business companies"],
].map((pair) => pair.map((words) => new Set(words.split(" ")))) as [Set<string>, Set<string>][];

/** "guys" for "M", where there are "F" too: a shirt's size has no sex. */
function isSex(asked: string, value: string, values: string[][]): boolean {
  if (!sexes.some(([said, written]) => said.has(asked) && written.has(value))) return false;
  const has = (letter: string) => values.some((parts) => parts.length === 1 && parts[0] === letter);
  return value.length > 1 || (has("m") && (has("f") || has("w")));
}

/** "cheque" for "Check" */
function isOtherWord(asked: string, value: string): boolean {
  return others.some(([said, written]) => said.has(asked) && written.has(value));
}

function sameValue(asked: string[], value: string[]): number {
  if (asked.length !== value.length) return 0;
  let score = 1;
  for (const [index, word] of asked.entries()) {
    const other = value[index] ?? "";
    if (word === other) continue;
    const plural = word === `${other}s` || `${word}s` === other;
    if (word[0] === other[0] && stem(word) === stem(other)) score = Math.min(score, plural ? 0.95 : 0.86);
    else if (word === `${other}ly`) score = Math.min(score, 0.9);
    else return 0;
  }
  return score;
}

/** "Britain", "Germans" or "the united states" for a country by another name, or by its code in a column of countries. */
function countryLinks(tokens: Token[], field: Field): Link[] {
  const coded = isOfCountries(field);
  const values = new Map<string, string>();
  for (const { value } of field.column.profile.topValues) {
    if (typeof value !== "string") continue;
    const name = countryName(value) ?? (coded ? countryOfCode(value) : null);
    if (name !== null) values.set(name, value);
  }
  if (values.size === 0) return [];
  return tokens.flatMap((_, from) =>
    [1, 2, 3].flatMap((words): Link[] => {
      const said = tokens.slice(from, from + words).map(({ text }) => text);
      const name = countryAsked(said.join(" "));
      const value = name === null ? undefined : values.get(name);
      // "us" is a country in capitals only.
      if (value === undefined || said[0] === "us" || said.length < words) return [];
      return [{ field, value, from, to: from + words, score: 0.85, words, corrected: false, alternatives: [] }];
    }),
  );
}

/** "corporate vs individual": what stands beside a value of the same column is one, though it be a word of speech. */
function comparesValues(words: string[], at: number, values: string[][]): boolean {
  return [-1, 1].some((step) => {
    const other = words[at + 2 * step] ?? "";
    return (
      /^(vs|versus|against|or|and|,)$/.test(words[at + step] ?? "") &&
      other !== words[at] &&
      values.some(
        (parts) => parts.length === 1 && (sameValue([other], parts) > 0 || isOtherWord(other, parts[0] ?? "")),
      )
    );
  });
}

/** Words that people put into a value's name: "returned to their owner" for "Return to Owner". */
const inserted = new Set("the a an their his her its our my your to of".split(" "));

/** As many tokens as a value has words, without those put in between, and where they end. */
function saidOf(tokens: Token[], start: number, parts: string[]): { said: string[]; to: number } {
  const said: string[] = [];
  let to = start;
  for (; to < tokens.length && said.length < parts.length; to++) {
    const token = tokens[to];
    const text = token === undefined ? "" : isWord(token) ? token.lower : token.kind === "number" ? token.text : "";
    if (to > start && text !== parts[said.length] && inserted.has(text)) continue;
    said.push(text);
  }
  return { said, to };
}

/** The words of a value, as they are compared. */
const partsOf = remembered((value) => wordsIn(value).map(plain));

/** Whether a column of numbers has the word in its name. */
function isMeasured({ fields }: Table, word: string): boolean {
  const called = ({ names }: Field) =>
    names.some((name) => name.some((one) => one.weight >= 1 && one.stem === stem(word)));
  return fields.some((field) => field.numeric && field.role === "measure" && called(field));
}

/** Whether a word stands where only a quantity can: combined, or against another. */
function isCompared(words: string[], at: number): boolean {
  const before = operatorAt(words, at - 1)?.operator.op ?? "";
  const versus = [words[at - 1], words[at + 1]].some((word) => /^(vs|versus|against)$/.test(word ?? ""));
  return (at > 0 && ["aggregate", "superlative"].includes(before)) || versus;
}

/** All readings of the tokens as values found in the profile's most frequent values of text columns. */
export function valueLinks(tokens: Token[], table: Table): Link[] {
  const links: Link[] = [];
  const words = tokens.map((token) => (isWord(token) ? token.lower : token.text));
  const known = new Set([
    ...table.rowNouns,
    ...table.fields.flatMap(({ names }) => names.flat().map((word) => word.stem)),
  ]);
  const open = tokens.map(
    (token, at) =>
      isWord(token) && !stopWords.has(token.lower) && !known.has(token.stem) && operatorAt(words, at) === null,
  );
  for (const field of table.fields) {
    if (field.numeric || field.column.type === "BOOLEAN") continue;
    const values = field.column.profile.topValues.map(({ value }) => partsOf(String(value)));
    for (const [start, token] of tokens.entries()) {
      if (!isWord(token) || !open[start]) continue;
      // "people" are no team of "People Ops".
      if (people.has(token.stem)) continue;
      const found = asksForKind(words, start, token.text) ? null : wordOfValues(token, field, values);
      if (found)
        links.push({
          field,
          ...found,
          from: start,
          to: start + 1,
          score: 0.7,
          words: 1,
          corrected: true,
          alternatives: [],
        });
    }
    links.push(...countryLinks(tokens, field));
    for (const [index, { value }] of field.column.profile.topValues.entries()) {
      const parts = values[index] ?? [];
      if (typeof value !== "string" || parts.length === 0) continue;
      const joined = parts.length > 1 && !/[^\p{L}\p{N}-]/u.test(value) ? plain(value.replaceAll("-", "")) : null;
      for (let start = 0; start < tokens.length; start++) {
        const token = tokens[start];
        const link = { field, value, corrected: false, alternatives: [] };
        if (token?.kind === "quoted") {
          if (token.value.toLowerCase() === value.toLowerCase())
            links.push({ ...link, from: start, to: start + 1, score: 1.2, words: 2 });
          continue;
        }
        if (token === undefined || token.kind === "symbol") continue;
        const { said, to } = saidOf(tokens, start, parts);
        if (joined !== null && isWord(token) && (token.lower === joined || token.lower === `${joined}s`)) {
          links.push({ ...link, from: start, to: start + 1, score: 1, words: 1 });
          continue;
        }
        let score = sameValue(said, parts);
        // "rows" are rows, even where a value is "Rowing".
        if (score < 1 && rowWords.has(said[0] ?? "")) score = 0;
        if (score === 0 && parts.length === 1 && isSex(words[start] ?? "", parts[0] ?? "", values)) score = 0.9;
        if (
          score === 0 &&
          parts.length === 1 &&
          !known.has(isWord(token) ? token.stem : "") &&
          isOtherWord(words[start] ?? "", parts[0] ?? "")
        ) {
          links.push({ ...link, from: start, to: start + 1, score: 0.85, words: 1, corrected: true });
          continue;
        }
        if (
          score === 0 &&
          isWord(token) &&
          !stopWords.has(token.lower) &&
          !known.has(token.stem) &&
          !operatorAt(words, start)
        ) {
          if (isMistyped(token.lower, parts))
            links.push({ ...link, from: start, to: start + 1, score: 0.7, words: 1, corrected: true });
        }
        if (score === 0 && isWord(token) && parts.length === 1 && opposes(token.lower, parts[0] ?? ""))
          links.push({ ...link, from: start, to: start + 1, score: 0.9, words: 1, negated: true });
        // "by manager" is by the column of them, if there is one, though it be someone's job.
        if (/^(by|per|each|every)$/.test(words[start - 1] ?? "") && parts.length === 1) score -= 0.2;
        // "max vibration", "vibration vs temperature": a quantity, though an alarm is called so too.
        // "exchanges vs refunds": what stands beside another value is one.
        const among = score > 0 && parts.length === 1 && comparesValues(words, start, values);
        if (among) score += 0.1;
        else if (parts.length === 1 && isMeasured(table, parts[0] ?? "") && isCompared(words, start)) score -= 0.6;
        if (score <= 0) continue;
        const short = said.join("").length <= 2;
        const named = follows(tokens[start - 1], field);
        if (named && score === 1) {
          links.push({ ...link, from: start, to, score, words: parts.length });
          continue;
        }
        const participle = score === 1 && /(ed|ing)$/.test(said[0] ?? "") && operatorAt(words, start) === null;
        const ordinary =
          parts.length === 1 &&
          !participle &&
          (stopWords.has(said[0] ?? "") || operatorAt(words, start) !== null) &&
          !comparesValues(words, start, values);
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
