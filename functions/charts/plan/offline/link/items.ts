import { isCountry } from "../language/countries.ts";
import { type Operator, operatorAt } from "../language/lexicon.ts";
import { isTypo } from "../language/similarity.ts";
import { stem } from "../language/stem.ts";
import { stopWords } from "../language/stop-words.ts";
import { type Token, tokenize, wordsIn } from "../language/tokens.ts";
import type { Aggregate } from "../query.ts";
import { columnLinks } from "./column-links.ts";
import { areCounted, isAveragedRow, isCountedBy } from "./counted-words.ts";
import { meansDates } from "./days.ts";
import { doubt, isOtherThing, meansColumn } from "./doubts.ts";
import { type Field, isOfCountries, isOwnRowNoun, isRowNoun, type Table } from "./fields.ts";
import { joinHeads } from "./heads.ts";
import { impliedItem, saysMoneyAgain } from "./implied-items.ts";
import { choose, type Link } from "./links.ts";
import { type NamedPeriod, periodAt } from "./periods.ts";
import { factorBetween, unitOf } from "./units.ts";
import { valueLinks } from "./value-links.ts";
import { writtenLinks } from "./written-names.ts";

/** One piece of the question, with what it was taken to mean. A later stage that has dealt with it sets `used`. */
export type Item = { text: string; used: boolean } & (
  | { kind: "column"; field: Field; link: Link }
  | { kind: "value"; field: Field; link: Link }
  /** `percent`: written as one. */
  | { kind: "number"; value: number; percent?: boolean }
  | { kind: "period"; period: NamedPeriod }
  | { kind: "quoted"; value: string }
  | { kind: "operator"; operator: Operator; words: number }
  /** A word for the table's rows. */
  | { kind: "rows"; about?: Field }
  | { kind: "break" }
  | { kind: "stop" }
  /** A word with a meaning that nothing here knows. */
  | { kind: "unknown"; capital: boolean; about?: Field }
);

export type ItemOf<Kind extends Item["kind"]> = Extract<Item, { kind: Kind }>;

const numberWords = new Map(
  "zero one two three four five six seven eight nine ten eleven twelve".split(" ").map((word, value) => [word, value]),
);
for (const [word, value] of [
  ["fifteen", 15],
  ["twenty", 20],
  ["fifty", 50],
  ["hundred", 100],
] as const)
  numberWords.set(word, value);

/** Reads the question into items: columns, values, operators, numbers, and the words that nothing explains. */
export function readItems(asked: string, table: Table): Item[] {
  const question = asked
    .replace(/\b(?:(non|un)-|(non) )(?=\p{L})/giu, "$1$2")
    .replace(/\b(over|under|above|below)[- ](\d+)['’]?s\b/giu, "$1 $2")
    .replace(/\b(who|what|how|where|when)s\b/giu, "$1 is")
    .replace(/\b(over|under)-?(?=budget)/giu, "$1 ")
    .replace(/\b(have|has|had|is|are|was|were|do|does|did)n['’]?t\b/giu, "$1 not");
  const tokens = tokenize(question);
  const words = tokens.map((token) => (token.kind === "word" ? token.lower : token.text));
  const timed = tokens.some((_, at) => operatorAt(words, at)?.operator.op === "grain" || periodAt(tokens, at) !== null);
  const columns = columnLinks(tokens, table).map((link) => ({
    ...link,
    score: link.score - doubt(link, words, timed),
  }));
  const links = choose(
    [...writtenLinks(question, tokens, table), ...columns, ...valueLinks(tokens, table)],
    tokens.length,
  );
  const items: Item[] = [];
  const dated = table.fields.some(({ holds }) => holds === "date" || holds === "timestamp");
  const textOf = (from: number, to: number) =>
    question.slice(tokens[from]?.start ?? 0, (tokens[to - 1]?.start ?? 0) + (tokens[to - 1]?.text.length ?? 0));

  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at];
    if (token === undefined) break;
    const push = (to: number, item: DistributiveOmit<Item, "text" | "used">) => {
      items.push({ text: textOf(at, to), used: false, ...item });
      at = to;
    };
    const named = links.find(({ from }) => from === at);
    const verb = named !== undefined && (isDoing(tokens, named) || (!timed && isDone(tokens, named, items.at(-1))));
    const link = verb || (dated && named && meansDates(named, tokens)) ? undefined : named;
    const found = operatorAt(words, at);
    const period = periodAt(tokens, at);
    const other = link && !(found && link.synonym) && isOtherThing(link, items, tokens);
    // The costs of "travel costs" are no `cost_center`, and may be what an amount says.
    // What sells is goods, and not the time of the sale.
    const sells = link?.field.role === "time" && link.to === at + 1 && /^sells?$/i.test(token.text);
    const priced = link?.synonym === true && /^pric(es?|ing)$/i.test(token.text);
    const free =
      !link || sells || priced || isOfOne(link) || (other && link.field.role !== "measure" && link.to === at + 1);
    const implied =
      free && !found
        ? impliedItem(
            tokens,
            at,
            items,
            links.filter((one) => one !== link),
            table,
          )
        : null;
    const most = /^(most|least|the)$/.test(words[at + 1] ?? "") && !/^(often|frequently)$/.test(words[at + 2] ?? "");
    // "refund amount" of a `refunded_eur`: a sum of money is one.
    const measured = items.at(-1);
    const repeated =
      link !== undefined &&
      link.to === at + 1 &&
      measured?.kind === "column" &&
      repeats(token.text, link, measured.field);
    const done = verb && !implied;
    if (done || repeatsUnit(tokens, at, items.at(-1)))
      push(done ? at + 1 : at + 2, done && most ? { kind: "unknown", capital: false } : { kind: "stop" });
    else if (repeated) push(at + 1, { kind: "stop" });
    else if (period && !(link && link.words >= period.length))
      push(at + period.length, { kind: "period", period: period.period });
    else if (implied && saysMoneyAgain(token, items.at(-1))) push(at + 1, { kind: "stop" });
    else if (link && implied) push(at + 1, implied);
    else if (link && items.at(-1)?.kind === "number" && isCountedBy(link, tokens[link.to - 1]))
      push(link.to, { kind: "rows" });
    else if (link && isAveragedRow(link, token, items.at(-1), table)) push(at + 1, { kind: "rows" });
    else if (link && other) push(link.to, { kind: "unknown", capital: false, about: link.field });
    else if (link && (!found || meansColumn(link, found.operator, found.length, tokens, links, dated)))
      push(link.to, { kind: link.value === undefined ? "column" : "value", field: link.field, link });
    else if (found?.operator.op === "sort" && namesRows(tokens, at, table)) push(at + 1, { kind: "rows" });
    else if (found && token.kind !== "quoted" && !isPlainWord(found.operator, token, tokens[at + 1], items))
      push(at + found.length, { kind: "operator", operator: found.operator, words: found.length });
    else if (token.kind === "number" && /^(%|percent|pct)$/.test(words[at + 1] ?? ""))
      push(at + 2, { kind: "number", value: token.value, percent: true });
    else if (token.kind === "number") push(at + 1, { kind: "number", value: token.value });
    else if (token.kind === "quoted") push(at + 1, { kind: "quoted", value: token.value });
    else if (token.kind === "symbol" || token.kind === "date") push(at + 1, { kind: "break" });
    else if (numberWords.has(token.lower) && (token.lower !== "one" || isQuantity(items.at(-1))))
      push(at + 1, { kind: "number", value: numberWords.get(token.lower) ?? 0 });
    else if (implied) push(at + 1, implied);
    else if (areCounted(token.lower, table)) push(at + 1, { kind: "unknown", capital: false });
    else if (isRowNoun(token.stem, table) && (!token.lower.endsWith("ed") || isOwnRowNoun(token.stem, table)))
      push(at + 1, { kind: "rows" });
    else if (isMistypedRow(token.stem, table)) push(at + 1, { kind: "rows" });
    else if (/^values?$/.test(token.lower) && namesMeasure(tokens, at, items))
      push(at + 1, { kind: "unknown", capital: false });
    else if (
      stopWords.has(token.lower) ||
      (token.lower === "far" && words[at - 1] === "so") ||
      (token.lower.length === 1 && !/\p{Lu}/u.test(token.text))
    )
      push(at + 1, { kind: "stop" });
    else push(at + 1, { kind: "unknown", capital: isProper(tokens, at) || isKindOfCountry(token.text, table) });
  }
  return joinHeads(items);
}

/** "which boat sails the most" of a `sailed_on`: what is done, and not when. */
function isDoing(tokens: Token[], { from, to, field }: Link): boolean {
  const [word, ...after] = tokens.slice(from, from + 3).map(({ text }) => text.toLowerCase());
  const most = after.find((one) => one !== "the") ?? "";
  return field.role === "time" && to === from + 1 && /[^su]s$/.test(word ?? "") && /^(most|least)$/.test(most);
}

/** "refund amount" of a `refunded_eur`, "response time" of a `response_min`: what the unit says, and no other column. */
function repeats(word: string, { synonym, unsaid, field: other }: Link, field: Field): boolean {
  if (field.role !== "measure" || other === field) return false;
  if (/^(amounts?|values?|figures?|sums?)$/i.test(word)) return synonym === true && field.additive;
  const unit = unitOf(field);
  return (
    /^(time|duration|length)$/i.test(word) && unsaid === "head" && unit !== null && factorBetween(unit, "s") !== null
  );
}

/** "price per night" of a `Rate/Night`: what it is counted by, its name says. */
function repeatsUnit(tokens: Token[], at: number, before: Item | undefined): boolean {
  const [per, unit] = tokens.slice(at, at + 2);
  if (before?.kind !== "column" || unit?.kind !== "word" || !/^per$/i.test(per?.text ?? "")) return false;
  const by = /(?:\/|[_ ]per[_ ])\s*(\p{L}+)/iu.exec(before.field.id)?.[1];
  return by !== undefined && (stem(by) === unit.stem || factorBetween(unit.lower, by.toLowerCase()) === 1);
}

/** "kilometres sailed per boat": no month of the `sailed_on`. */
function isDone(tokens: Token[], { from, to, field }: Link, before: Item | undefined): boolean {
  const measured = before?.kind === "column" && before.field.role === "measure";
  return measured && field.role === "time" && to === from + 1 && /ed$/i.test(tokens[from]?.text ?? "");
}

/** The "cost" of a `unit_cost` is that of one thing; what all of them cost may be another column. */
function isOfOne({ from, to, field, value }: Link): boolean {
  return value === undefined && to === from + 1 && wordsIn(field.id).some((word) => /^units?$/i.test(word));
}

/** "membres" of a table of members. */
function isMistypedRow(word: string, { ownNouns }: Table): boolean {
  return word.length >= 5 && [...ownNouns].some((noun) => noun.length >= 5 && isTypo(word, noun));
}

/** "inventory value by warehouse": the value is what is asked for. */
function namesMeasure(tokens: Token[], at: number, before: Item[]): boolean {
  const next = tokens[at + 1];
  const last = before.at(-1);
  return (
    next?.kind === "word" &&
    /^(by|per|of|for|in)$/.test(next.lower) &&
    (last?.kind === "rows" || last?.kind === "unknown")
  );
}

/** "order value", "order id", "per order": the order is a row. */
function namesRows(tokens: Token[], at: number, table: Table): boolean {
  const [before, token, next] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  if (token?.text.toLowerCase() === "order" && isNoun(before, next)) return true;
  const named = next?.kind === "word" && /^(values?|sizes?|totals?|amounts?|volumes?|counts?)$/.test(next.lower);
  const each =
    before?.kind === "word" && /^(per|each|every|expensive|first|last|next|single|average|\w+est)$/.test(before.lower);
  return (named || each) && token?.kind === "word" && isRowNoun(token.stem, table);
}

/** "monthly order value", "the biggest order": no order to show rows in. */
function isNoun(before: Token | undefined, next: Token | undefined): boolean {
  const ranked = /^(biggest|largest|smallest|latest|last|first|oldest|newest|highest|lowest)$/.test(lowerOf(before));
  const measured = /^(average|avg|mean|median|total|monthly|weekly|daily|yearly|annual|quarterly|typical)$/;
  return ranked
    ? !/^first$/.test(lowerOf(next))
    : measured.test(lowerOf(before)) && /^(value|size)$/.test(lowerOf(next));
}

const lowerOf = (token: Token | undefined) => (token?.kind === "word" ? token.lower : "");

/** A country that is not among the frequent values of the column of countries. */
function isKindOfCountry(text: string, { fields }: Table): boolean {
  return isCountry(text) && fields.some(isOfCountries);
}

/** "one" is a number after "more than", and mostly a pronoun elsewhere. */
function isQuantity(before: Item | undefined): boolean {
  const operator = operatorOf(before);
  return (
    operator?.op === "compare" ||
    operator?.op === "between" ||
    (before?.kind === "stop" && /^(a|than)$/.test(before.text))
  );
}

const introducing = new Set("in for from of at by named called is was are with to versus vs and or ,".split(" "));

/** A capital that marks a name: after a word that introduces one, and not where every word has one. */
function isProper(tokens: Token[], at: number): boolean {
  const words = tokens.filter((token) => token.kind === "word");
  const capitals = words.filter(({ text }) => /^\p{Lu}/u.test(text));
  const before = tokens[at - 1];
  const token = tokens[at];
  const introduced =
    before !== undefined &&
    (introducing.has(before.text.toLowerCase()) || (before.kind === "word" && isProper(tokens, at - 1)));
  return introduced && /^\p{Lu}/u.test(token?.text ?? "") && capitals.length * 2 < words.length + 2;
}

/** "US" is not "us", and a hyphen within a name is no range. */
function isPlainWord(operator: Operator, token: Token, next: Token | undefined, before: Item[]): boolean {
  if (operator.op === "upto") return !(before.at(-1)?.kind === "number" && next?.kind === "number");
  return (
    operator.op === "axis" &&
    token.kind === "word" &&
    token.text.length === 1 &&
    next?.kind === "symbol" &&
    next.text === "'"
  );
}

export type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** The operator of an item, or null. */
/** A word that asks for an aggregate, where the question leaves it out or says it otherwise. */
export function aggregateItem(aggregate: Aggregate, text: string): Item {
  return { kind: "operator", operator: { op: "aggregate", aggregate }, words: 1, text, used: false };
}

export function operatorOf(item: Item | undefined): Operator | null {
  return item?.kind === "operator" ? item.operator : null;
}
