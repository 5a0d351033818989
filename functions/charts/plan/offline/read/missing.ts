import { people } from "../language/row-words.ts";
import { isTypo } from "../language/similarity.ts";
import { stem } from "../language/stem.ts";
import { isKindOfPerson, isVerb } from "../language/synonyms.ts";
import { type Item, operatorOf } from "../link/items.ts";
import type { Query } from "../query.ts";
import type { Interpretation } from "../write/settle.ts";
import { isHarmless } from "./harmless.ts";
import { neighbour, type Reading } from "./reading.ts";
import { isTelling, isTraded } from "./verbs.ts";

/** "each type of cylinder" is each cylinder. */
const kinds = /^(type|kind|sort|class|level|variety|varieties|category|categories)s?$/i;

/** Words after a measure that leave it what it is: "co2 levels", "mpg related to …". */
const adding =
  /(ed|ing)$|^(sold|bought|made|spent|paid|won|lost|given|taken|driven|run|done|sent|written|shown|grown)$|^(amount|point|level|figure|number|value|stat|statistic|detail|record|reading|info|data)s?$/i;

/** Times that no filter here knows; an answer over all times would be another. */
const timeWords = /^(tonight|spring|summer|autumn|winter|season|weekend|holiday|easter|christmas)s?$/i;

const loose = new Set(
  `overall typical general actual current respective corresponding individual usual observed reported recorded given mere nice
  higher lower greater smaller larger bigger better worse economic financial monetary asking simple quick rough good full exact certain specific particular known common normal standard regular`.split(
    /\s+/,
  ),
);
const verbs = ["show", "plot", "list", "display", "visualize", "graph", "chart", "compare", "draw", "give", "find"];

/** An unknown word right before a measure that leaves it what it is: a verb, an adverb, a participle. */
function isLoose(items: Item[], index: number): boolean {
  const word = items[index]?.text.toLowerCase() ?? "";
  if (loose.has(word) || /(ly|ed|ing|'s)$/.test(word)) return true;
  return index === 0 && verbs.some((verb) => verb.startsWith(word.slice(0, 2)) || isTypo(word, verb));
}

/** Words that name a quantity wherever they stand; without its column there is nothing to show of it. */
export const quantities =
  /^(sales?|revenues?|turnover|takings|proceeds|costs?|profits?|incomes?|expenses?|spend|spending|budgets?|prices?|margins?|salar(y|ies)|wages?|fees?|tax(es)?|debts?|earnings|losses|savings)$/i;

/** Words that place a value right after them: "in narnia", "from acme", "on mondays". */
const placing = /^(in|from|for|on|at|during)$/i;

/**
 * The words without which an answer would mislead: what nothing in the table explains, where it stands for what is
 * measured ("average price"), for what groups ("by planet"), or for a value to filter by ("horror movies", "in narnia").
 * All of them, where they are more than what was explained.
 */
export function missingWords({ items }: Reading, { query, unknown }: Interpretation): string[] {
  if (unknown.length === 0) return [];
  const linked =
    query.dimensions.length + query.measures.filter(({ column }) => column !== null).length + query.filters.length;
  if (unknown.length > linked) return unknown;
  // Nothing was named but a time or a value: what of them is asked for is the unknown.
  const named = items.some(({ kind }) => kind === "rows" || kind === "column") || items.some(asksForCount);
  if (!named) return unknown;
  const central = items.flatMap((item, index) =>
    isUnknown(item) && isCentral(items, index, query) ? [item.text] : [],
  );
  if (central.length > 0) return central;
  const counts = query.shape === "groups" && query.measures.every(({ column }) => column === null);
  if (counts && !items.some(asksForCount)) return unknown;
  return items.flatMap((item, index) =>
    isUnknown(item) && !isTraded(items, index) && (tellsOfRows(items, index) || !isHarmless(items, index))
      ? [item.text]
      : [],
  );
}

/** "failed students", "what customers buy": what the rows are like, or what is done with them, and is not known. */
function tellsOfRows(items: Item[], index: number): boolean {
  const word = items[index]?.text.toLowerCase() ?? "";
  // "unresolved urgent tickets": what the rows are not, and no column says so.
  if (/^un\w{3,}ed$/.test(word)) return true;
  const beside = [items[index - 1], items[index + 1]].some((one) => one?.kind === "rows");
  return isTelling(word) || (beside && items[index + 1]?.kind !== "column" && /ed$/.test(word) && isVerb(stem(word)));
}

function isUnknown(item: Item | undefined): boolean {
  return item?.kind === "unknown" && !item.used;
}

function isCentral(items: Item[], index: number, query: Query): boolean {
  const item = items[index];
  const next = items[index + 1];
  const before = items[index - 1];
  if (/^(rate|ratio)s?$/i.test(item?.text ?? "") || inUnreadClause(items, index)) return true;
  // "vacation days": days of what is not known.
  const counting = query.shape === "groups" && query.measures.every(({ column }) => column === null);
  const first = items.findIndex(({ kind }) => kind !== "stop") === index && !/(ed|ing)$/i.test(item?.text ?? "");
  const head = first && !/[^s]s$/i.test(item?.text ?? "");
  // "inspector with most violations": who or what is sought is not known.
  if (head && /^(with|who|that|whose)$/i.test(next?.text ?? "")) return true;
  if (first && /^(in|for|from|at|on|by|since|during)$/i.test(next?.text ?? "")) return true;
  if (operatorOf(before)?.op === "which" && /^(which|whose)$/i.test(before?.text ?? "")) return true;
  if (counting && head && /^(of|for|in|per|by)$/i.test(next?.text ?? "")) return true;
  if (isRanked(items, index)) return true;
  if (quantities.test(item?.text ?? "")) return true;
  if (isKindOfPerson(stem(item?.text ?? "")) && !people.has(stem(item?.text ?? ""))) return true;
  if (timeWords.test(item?.text ?? "")) return true;
  if (
    next?.kind === "column" &&
    next.field.role === "measure" &&
    !next.field.discrete &&
    (next.link.score >= 0.95 || next.link.synonym) &&
    !isLoose(items, index)
  )
    return true;
  if (next?.kind === "column" && next.field.role === "time" && /^(day|hour|week|month|year)s?$/i.test(next.text))
    return true;
  const placed = before !== undefined && placing.test(before.text);
  // "for female directors": what narrows the column is not known.
  if (placed && next?.kind === "column" && items[index + 2]?.kind !== "value") return true;
  // "copper pipes" where only copper was found within the values.
  if (before?.kind === "value" && before.link.within) return true;
  // "product category" where only the category is known: the next word says what is meant.
  if (next?.kind === "column" || next?.kind === "value") return false;
  // "population of china", "stock of hammers"
  const owned = /^of$/i.test(before?.text ?? "") && modifies(items[index - 2], query);
  if (owned) return true;
  if (modifies(before, query) && !adding.test(item?.text ?? "")) return true;
  // "traffic by device": nothing else is measured.
  const measured = items.slice(0, index).some((one) => one.kind === "column" || operatorOf(one)?.op === "count");
  if (["group", "series"].includes(operatorOf(next)?.op ?? "") && !measured && !kinds.test(item?.text ?? ""))
    return true;
  if (item && kinds.test(item.text)) {
    const of = neighbour(items, index, 1, ["stop", "operator"]);
    if (of !== null && items[of]?.kind === "column") return false;
  }
  if (next?.kind === "rows") return !/(ed|ing)$/i.test(item?.text ?? "");
  const sought = before?.kind === "number" ? items[index - 2] : before;
  switch (operatorOf(sought)?.op) {
    case "group":
    case "series":
    case "versus":
    case "compare":
    case "aggregate":
    case "superlative":
    case "top":
      return true;
    default:
      return placed;
  }
}

/** "which machine breaks most": by what they rank is not known. */
function isRanked(items: Item[], index: number): boolean {
  const end = neighbour(items, index, 1, ["stop"]);
  if (end === null || operatorOf(items[end])?.op !== "superlative") return false;
  const last = neighbour(items, end, 1, ["stop"]);
  return last === null || items[last]?.kind === "break" || operatorOf(items[last])?.op === "in";
}

/** "restaurants that stayed open": what the rows must be like, and nothing of it was read. */
function inUnreadClause(items: Item[], index: number): boolean {
  const start = items.findLastIndex(({ text }, at) => at < index && at > 0 && /^(that|who|whose)$/i.test(text));
  if (start < 0) return false;
  const end = items.findIndex(({ kind }, at) => at > start && kind === "break");
  const clause = items.slice(start + 1, end < 0 ? undefined : end);
  return clause.includes(items[index] as Item) && !clause.some(({ used }) => used);
}

/** "conversion rate", "price index": the word right after makes another measure of the column. */
function modifies(before: Item | undefined, { measures, dimensions }: Query): boolean {
  if (before?.kind !== "column" || before.field.role !== "measure" || before.field.discrete) return false;
  return (
    measures.some(({ column }) => column === before.field.id) ||
    dimensions.some(({ expression }) => expression.column === before.field.id)
  );
}

/** Whether the question itself wants rows counted, so that a count is no stand-in for a measure that is not there. */
export function asksForCount(item: Item): boolean {
  const op = operatorOf(item)?.op;
  return item.kind === "rows" || op === "count" || op === "distribution" || op === "share" || op === "superlative";
}
