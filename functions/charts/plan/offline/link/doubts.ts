import type { Operator } from "../language/lexicon.ts";
import { stem } from "../language/stem.ts";
import { plain, type Token, wordsIn } from "../language/tokens.ts";
import type { Field } from "./fields.ts";
import { type Item, operatorOf } from "./items.ts";
import type { Link } from "./links.ts";

const clauseStart = new Set(["and", "to", "you", "please", "then", ",", ".", "?", "could", "would", "i", ";", "the"]);

/** Whether a word that is both a column's name and a word of the lexicon means the column here. */
export function meansColumn(
  link: Link,
  operator: Operator,
  words: number,
  tokens: Token[],
  links: Link[],
  dated: boolean,
): boolean {
  const length = link.to - link.from;
  if (link.value !== undefined) return link.score > 1 || length > words;
  if (link.words > 1 && length >= words) return true;
  const before = tokens[link.from - 1];
  const previous = before?.kind === "word" ? before.lower : (before?.text ?? "");
  const followed = links.some(
    (other) =>
      other.value === undefined &&
      other.from > link.to - 1 &&
      other.from <= link.to + 2 &&
      tokens
        .slice(link.to, other.from)
        .every((token) =>
          token.kind === "symbol"
            ? token.text === "("
            : token.kind === "word" && ["of", "the", "number", "each"].includes(token.lower),
        ),
  );
  switch (operator.op) {
    case "grain":
      // "by year" where the only year is a `year_built`, and dates are there to be had.
      if (link.synonym || (link.unsaid && dated)) return false;
      // "per day" of a column of dates that is called so: a step of it.
      if (link.field.holds === "date" || link.field.holds === "timestamp") return words < length;
      return words <= length;
    case "aggregate":
    case "superlative":
    case "top":
      return link.score >= 0.95 && !followed;
    case "count":
      return (
        link.score >= 0.75 &&
        link.field.numeric &&
        words <= 2 &&
        // "the average amount of smokers" is of a column, whatever follows.
        (words <= length || !followed || /^(average|avg|mean|median|total|sum)$/.test(previous)) &&
        operator.op === "count" &&
        link.score * link.words > 0.9
      );
    case "sort":
      return link.score >= 0.95 && previous !== "" && (!clauseStart.has(previous) || previous === "the");
    // "which line", "by table": a column that is called so.
    case "chart":
      return (
        (link.score >= 0.95 && words <= length) ||
        (saysLast(link, tokens) && link.field.role === "dimension" && /^(by|per|each|every|which|what)$/.test(previous))
      );
    case "axis":
    case "direction":
    case "group":
    case "series":
    case "trend":
    case "compare":
      return false;
    case "share":
    case "distribution":
    case "relation":
      return link.score >= 0.95 && !followed;
    default:
      return link.score >= 0.95 && words <= length;
  }
}

/** "line" of a `prod_line` */
function saysLast({ to, field }: Link, tokens: Token[]): boolean {
  return stem(wordsIn(field.id).at(-1) ?? "") === stem(tokens[to - 1]?.text ?? "");
}

/**
 * What speaks against a link where it stands: "closed tickets" have the status, unless it is asked when; and what things
 * are grouped by, or named in the plural, is hardly one of their measures.
 */
export function doubt({ from, to, field, unsaid, synonym, sameRoot }: Link, words: string[], timed: boolean): number {
  if (!timed && field.role === "time" && /ed$/.test(words[to - 1] ?? "")) return 0.1;
  const grouped = /^(by|per|each|every)$/.test(words[from - 1] ?? "");
  // "per venue" is not by the `Places` that there are.
  if (grouped && synonym && !sameRoot && field.numeric && field.role === "measure" && !field.discrete) return 1;
  // "pages per session": `page_views` tell how many there are, a `landing_page` does not.
  if (words[to] === "per" && unsaid && !grouped && (field.additive || !field.numeric)) return field.additive ? 0 : 0.1;
  const word = words[from] ?? "";
  const plural = word.endsWith("s") && wordsIn(field.id).every((one) => plain(one) !== word);
  return unsaid === "head" && (plural || (grouped && field.role === "measure" && !field.discrete)) ? 0.3 : 0;
}

/**
 * Words that seem to name a column of numbers and speak of something else: "patients" is no `patient_age`, and the
 * "rate" of "conversion rate" no `bounce_rate`.
 */
export function isOtherThing(link: Link, before: Item[], tokens: Token[]): boolean {
  // "on time" tells of no date.
  const phrase = tokens.slice(link.from - 1, link.to).map(({ text }) => text.toLowerCase());
  if (link.synonym && phrase.join(" ") === "on time") return true;
  if (link.value !== undefined) return false;
  // "occupancy rate" is no `Rate/Night`.
  const rate = /^(rate|ratio)s?$/.test(phrase.at(-1) ?? "") && link.to === link.from + 1;
  if (rate && before.at(-1)?.kind === "unknown" && wordsIn(link.field.id).length > 1) return true;
  if (!link.unsaid) return false;
  if (link.field.flag) return false;
  if (link.field.role !== "measure") return isOwner(link, before, tokens);
  const token = tokens[link.from];
  const last = before.at(-1);
  if (last?.kind === "column" && last.field === link.field) return false;
  // A rating is no `credit_score`, a price no `claim_amount`.
  if (link.synonym && !link.sameRoot && link.to - link.from === 1 && !isPlainly(link.field)) return true;
  // "loan amount" is no `claim_amount`.
  if (last?.kind === "unknown" && token?.kind === "word" && /^(amount|value|total)s?$/.test(token.lower)) return true;
  if (link.unsaid === "head") {
    const groups =
      !link.field.discrete &&
      operatorOf(last)?.op === "group" &&
      /^(by|per|each|for each)$/i.test(last?.text ?? "") &&
      !before.some((item) => ["sort", "top"].includes(operatorOf(item)?.op ?? ""));
    const per = link.field.additive && tokens[link.to]?.text.toLowerCase() === "per";
    return groups || (token?.kind === "word" && isPlural(token, link.field) && !per);
  }
  return last?.kind === "unknown" || (last?.kind === "column" && last.field.role === "measure");
}

const qualities = new Set(
  `total annual yearly monthly weekly daily list listed base basic net gross average avg mean overall current final actual
  sale full asking the of in on at est estimated median reported raw avg`
    .split(/\s+/)
    .map(stem),
);

/** Whether all that a name says besides what a column is tells no other thing: `annual_pay` is pay. */
function isPlainly({ names }: Field): boolean {
  return names.some((name) => name.filter(({ stem, weight }) => weight >= 0.5 && !qualities.has(stem)).length === 1);
}

/** "customers" are no `Customer Type`, unless it is grouped by them. */
function isOwner(link: Link, before: Item[], tokens: Token[]): boolean {
  const token = tokens[link.from];
  const grouped = ["group", "series", "versus"].includes(operatorOf(before.at(-1))?.op ?? "");
  const whole = link.to - link.from === 1 && link.field.role === "dimension" && link.unsaid === "head";
  return whole && !grouped && token?.kind === "word" && isPlural(token, link.field);
}

/** Whether a word is a plural and the column's name has it in the singular. */
function isPlural(token: Extract<Token, { kind: "word" }>, { id }: Field): boolean {
  return token.lower.endsWith("s") && wordsIn(id).every((word) => plain(word) !== token.lower);
}
