import { operatorAt } from "../language/lexicon.ts";
import { isCountable } from "../language/row-words.ts";
import { stem } from "../language/stem.ts";
import { type Token, wordsIn } from "../language/tokens.ts";
import { called } from "./covers.ts";
import { type FieldWord, isOwnRowNoun, isRowNoun, type Table } from "./fields.ts";
import { impliedColumn, takings } from "./implied-columns.ts";
import { isWord, type Link } from "./links.ts";

/** "highest rent" of a `net_rent`, in a table of rents: how much it is, and not one of the rows. */
export function isHowMuch({ field, from, to }: Link, tokens: Token[], table: Table): boolean {
  const [token, next] = [tokens[from], tokens[to]];
  const measured = field.role === "measure" && field.numeric && to === from + 1;
  // "rent income" is income.
  if (isWord(next) && impliedColumn(next.lower, table)) return false;
  return measured && isWord(token) && field.names.some((name) => isHead(name, token));
}

function isHead(name: FieldWord[], { lower, stem: said }: { lower: string; stem: string }): boolean {
  const last = name.findLast(({ weight }) => weight > 0.3);
  return !lower.endsWith("s") && last?.weight === 1 && last.stem === said;
}

/** "downtime by line": rows are no lines here, if that is what they are grouped by. */
export function isGrouped({ from }: Link, tokens: Token[]): boolean {
  const before = tokens[from - 1];
  return isWord(before) && /^(by|per|each|every|which|what)$/.test(before.lower);
}

const numbering = new Set(["id", "no", "number"]);

/** "energy by building" in a table called energy: what there is no number of is a quantity, and no row. */
export function isMeasured(
  { from, to, field, score, synonym }: Link,
  tokens: Token[],
  { table: { label } }: Table,
): boolean {
  const [before, last] = [tokens[from - 1], tokens[to - 1]];
  const one = isWord(before) && /^(a|an|per|each|every|this|that|which|one)$/.test(before.lower);
  const names = field.names.some((name) => name.some(({ stem }) => called.has(stem)));
  // "oldest unpaid invoice" of a table called invoices is no amount; "yield" of one called yields is a `yield_t`.
  const named =
    synonym === true && isWord(last) && isCountable(label) && stem(wordsIn(label).at(-1) ?? "") === last.stem;
  return (
    field.role === "measure" && !names && score >= 0.6 && !one && isWord(last) && !isCountable(last.lower) && !named
  );
}

/** "sales" and "revenue" are no `sales_rep`. */
export function isTakings({ field, score, unsaid, synonym }: Link, said: string[]): boolean {
  const partly = score < 0.99 && (unsaid === "head" || synonym === true);
  return (
    partly &&
    !field.numeric &&
    field.role === "dimension" &&
    said.length === 1 &&
    said.every((word) => takings.has(word) || deals.has(word))
  );
}

const deals = new Set(["sell", "sold", "selling"].map(stem));

/** "who sold the most" does not ask when it was `Sold on`. */
export function isDeed({ field: { names, role }, from, to }: Link, tokens: Token[]): boolean {
  const next = tokens.slice(to, to + 2).map(({ text }) => text.toLowerCase());
  const most = /^(most|least|more|less|fewer|fewest|best|worst)$/.test(next.find((word) => word !== "the") ?? "");
  // "cars sold" are no sum of what they were `Sold For`.
  const sum = role === "measure" && names.every((name) => name.some(({ stem: word }) => word === "for"));
  const said = tokens[from]?.text.toLowerCase() ?? "";
  const whole = (name: FieldWord[]) => name.length === 2 && ways.test(name[1]?.stem ?? "");
  const done = /(ed|sold|made|done|sent|lent|bought|given|taken)$/.test(said);
  return done && (sum || (role === "time" && most)) && names.every(whole);
}

const ways = /^(by|with|via|through|at|to|from|in|on|for)$/;

/** "full time", "one time", "the first time": how, and not when. */
export function isKindOfTime({ from, to }: Link, tokens: Token[]): boolean {
  const [before, token] = [tokens[from - 1], tokens[from]];
  const alone = to === from + 1 && isWord(token) && /^times?$/.test(token.lower);
  return alone && isWord(before) && /^(one|first|full|part|real|on|same|half|long|last)$/.test(before.lower);
}

/** "admissions" of an `admission_date` and "properties" of a `property_type` are rows, unless those are what is grouped by. */
export function namesRows({ from, field, score }: Link, said: string[], tokens: Token[], table: Table): boolean {
  const before = tokens[from - 1];
  if (score >= 0.99 || field.role === "measure" || field.flag || said.length !== 1) return false;
  if (tokens[from]?.text.toLowerCase().endsWith("ed")) return false;
  if (isWord(before) && /^(by|per|each|every|versus|vs)$/.test(before.lower)) return false;
  // "which line": no chart is asked for so.
  const drawn = operatorAt([tokens[from]?.text.toLowerCase() ?? ""], 0)?.operator.op === "chart";
  if (drawn && isWord(before) && /^(which|what)$/.test(before.lower)) return false;
  const more = field.names.every((name) =>
    name.some(({ stem, weight }) => weight >= 0.5 && !said.includes(stem) && !numbering.has(stem)),
  );
  return more && said.every((word) => isRowNoun(word, table));
}

/** "longest stop" in a table of stops: the row, though its `stopped` tells when. */
export function isHappening({ field, from, to }: Link, tokens: Token[], table: Table): boolean {
  const token = tokens[from];
  if (field.role !== "time" || to !== from + 1 || !isWord(token) || /(ed|ing)$/.test(token.lower)) return false;
  const called = wordsIn(field.id).some((word) => word.toLowerCase() === token.lower);
  return !called && isOwnRowNoun(token.stem, table);
}
