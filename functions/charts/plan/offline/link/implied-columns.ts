import { isCountable, people, persons } from "../language/row-words.ts";
import { isAhead } from "../language/states.ts";
import { stem } from "../language/stem.ts";
import { wordsIn } from "../language/tokens.ts";
import type { Field, Table } from "./fields.ts";

/** What a sum of money is to whoever keeps the table; "bare": its sign is all that tells that it is one. */
export type Side = "in" | "out" | "neutral" | "each" | "unit" | "bare";

const stems = (words: string) => new Set(words.split(/\s+/).map(stem));

/** Words in the names of columns, by the side that they tell; "each": of one thing, so that it does not add up. */
const named: [Side | null, Set<string>][] = [
  // What is left over, owed by law or granted is no other sum of money.
  [
    null,
    stems("profit margin rate pct percent percentage discount tax rebate ratio index score growth change lost wasted"),
  ],
  ["unit", stems("unit")],
  // "Price paid": what was, of each row.
  ["neutral", stems("paid")],
  ["each", stems("price tariff")],
  ["in", stems("sale revenue turnover income proceeds gross earnings receipts takings inc rev")],
  [
    "out",
    stems(
      "cost spend spending spent expense expenses expenditure charge charges fee fees bill salary pay wage payroll compensation damage loss freight shipping",
    ),
  ],
  ["neutral", stems("amount amt value worth total payment paid money principal usd eur gbp musd subtotal price")],
];

/** The stems of words for what was taken. */
export const takings = stems("sales revenue revenues turnover income earnings proceeds takings receipts");

/** What each word asks for: the sides that fit, the likeliest first. */
const asked: [Side[], Set<string>][] = [
  [["in", "neutral", "bare"], takings],
  [["neutral", "out", "in", "bare"], stems("spend spent spending spender pay")],
  [
    ["out", "neutral"],
    stems("cost costs expense expenses expenditure payroll charge charges charged bill billing billed"),
  ],
  [["neutral", "in", "out"], stems("lend lent lending borrow borrows borrowed")],
  [["neutral", "in", "out", "bare", "each"], stems("money value worth dollars euros amount paid")],
  [["each", "unit", "out", "neutral"], stems("price priced pricing expensive cheap")],
];

export function sideOf({ id, name, numeric, role }: Field): Side | null {
  if (!numeric || role !== "measure" || id.includes("%")) return null;
  const words = new Set([...wordsIn(id), ...wordsIn(name)].map(stem));
  // A nightly rate is a price.
  if (/\bsold (for|at)\b/i.test(id.replaceAll("_", " "))) return "in";
  // So is what a litre costs: `GBP/L`.
  if (/\/|\bper\b/i.test(id.replaceAll("_", " "))) return "each";
  if (words.has("rate") && /hour|night|day|daily|week|month|room/i.test(id)) return "each";
  const [side] = named.find(([, telling]) => [...telling].some((word) => words.has(word))) ?? [];
  if (side !== undefined) return side;
  // "Net ($)": money of each row, though no word tells which.
  return isMoney(id) && ![...words].some((word) => aside.has(word)) ? "bare" : null;
}

/** Sums of money beside what a row is about. */
const aside = stems("fine penalty deposit tip gratuity late refund refunded");

const uses = stems("usage use used consumption consumed demand");
const physical = /(^|[_ (])(k|m|g)?wh\b|\b(litres?|liters?|gallons?|m3|gb|mb|tb|tons?|tonnes?|therms?|gal|kwh|mwh)\b/i;

const goods = stems("sold sell selling sells stock inventory pieces units production output");
const kept = stems("stock inventory");
/** What happened to things, one after the other: how many there were each time is not how many are left. */
const isOfEvents = (fields: Field[]) =>
  fields.some(
    ({ holds, id }) =>
      (holds === "date" || holds === "timestamp") &&
      !isAhead(id) &&
      !/count|check|updat|last|latest|stock|inventory|as.?of|snapshot|audit|month|week/i.test(id),
  );
const pieces = stems("qty quantity units pieces volume sold items stock");

/** What things were "Sold For (£)" is no number of them. */
const isMoney = (id: string) => /[£$€]|\b(eur|usd|gbp|chf|for)\b/i.test(id.replaceAll("_", " "));

const isPersons = (word: string) => persons.has(stem(word)) && isCountable(word);

export interface Implied {
  field: Field;
  alternatives: Field[];
}

/** The column that a word means by what the column holds, though none is called so: "revenue" of the only `amount`. */
export function impliedColumn(word: string, { fields }: Table): Implied | null {
  const stemmed = stem(word);
  // Takings are what was taken in; what is taken may be anything.
  const taken = stemmed === stem("takings") && !/^takings$/.test(word);
  const sides = taken ? undefined : asked.find(([, words]) => words.has(stemmed))?.[0];
  if (sides) return likeliest(sides.map((side) => fields.filter((field) => sideOf(field) === side)));
  const measures = fields.filter(({ numeric, role }) => numeric && role === "measure");
  if (uses.has(stemmed) && word !== "used" && word !== "use")
    return likeliest([measures.filter(({ id, additive }) => additive && physical.test(id.replaceAll("_", " ")))]);
  // "how many people came" of a column that counts `visitors`
  if (people.has(stemmed)) return likeliest([measures.filter(({ id }) => wordsIn(id).every(isPersons))]);
  if (goods.has(stemmed)) {
    const words = kept.has(stemmed) && isOfEvents(fields) ? kept : pieces;
    const counted = measures.filter(
      ({ id, additive }) => additive && !isMoney(id) && wordsIn(id).some((one) => words.has(stem(one))),
    );
    return likeliest([counted]);
  }
  return null;
}

/** The first of the first group that has any; what was before what was meant to be, and the plainest name first. */
function likeliest(groups: Field[][]): Implied | null {
  const group = groups.find(({ length }) => length > 0);
  const meant = ({ id }: Field) => Number(/plan|budget|target|estimat|forecast|expected/i.test(id));
  const [field, ...rest] = [...(group ?? [])].sort(
    (one, other) => meant(one) - meant(other) || wordsIn(one.id).length - wordsIn(other.id).length,
  );
  return field ? { field, alternatives: rest } : null;
}
