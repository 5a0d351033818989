import { persons } from "../language/row-words.ts";
import { stem } from "../language/stem.ts";
import { isKindOfPerson } from "../language/synonyms.ts";
import { wordsIn } from "../language/tokens.ts";
import { chargedColumn } from "../link/charged-columns.ts";
import { type Field, isOfCountries, type Table } from "../link/fields.ts";
import { impliedColumn } from "../link/implied-columns.ts";
import { operatorOf } from "../link/items.ts";
import type { Reading } from "../read/reading.ts";
import type { Gap } from "./gaps.ts";

/** The one thing of a table that a word can mean which the table does not have. */
export interface StandIn {
  /** The columns that it is of, which the answer must use. */
  fields: Field[];
  /** How it is told; null for words that say nothing of their own where they stand. */
  told: string | null;
  /** What is put in the place of the word. */
  text: string;
  /** Where its place begins, if not where the gap does. */
  start?: number;
  /** What else could have been meant. */
  others: Field[];
}

export const toldAs = (said: string, meant: string) => `“${said}” is read as ${meant}.`;

const stems = (words: string) => new Set(words.split(/\s+/).map(stem));

const income = stems("revenue revenues turnover income earnings earning earn earns takings proceeds sales");
const customers = stems("customer client buyer shopper purchaser payer");
const anyone = stems("people person persons participant attendee entrant contestant individual somebody");
const parties = stems("account acct counterparty company firm organisation organization");
const regions = stems("country nation nationality state county province region district");
const places = stems("location place site venue town city");
const towns = stems("city town location place area");

/** What of a table may be meant by a word, by kinds of things; only where there is one of the kind is it what is meant. */
const kinds: ((word: string, table: Table) => Field[])[] = [
  (word, table) => (income.has(word) ? takenIn(table) : []),
  (word, { fields }) => (customers.has(word) ? fields.filter((field) => isNamed(field, parties)) : []),
  (word, { fields }) => (anyone.has(word) ? fields.filter(namesOrCountsPersons) : []),
  (word, { fields }) =>
    word === "region" ? fields.filter((field) => isNamed(field, regions) || isOfCountries(field)) : [],
  (word, { fields }) => (towns.has(word) ? fields.filter((field) => isNamed(field, places)) : []),
];

/** What is money coming in: a column that says so, or the only one that others are charged by. */
function takenIn(table: Table): Field[] {
  const implied = impliedColumn("revenue", table);
  if (implied) return [implied.field, ...implied.alternatives];
  return [chargedColumn(table)].filter((field) => field !== null);
}

/** What is done to have money come in: "how much did we make". */
const earning =
  /^(make|makes|made|take|takes|took|taken|earn|earns|earned|bring|brings|brought|charge|charged|bill|billed|invoice|invoiced)$/i;

/** Whether what is asked is how much came in. */
export function isEarned({ words }: Gap, { items }: Reading): boolean {
  const much = items.some((item) => operatorOf(item)?.op === "amount" && !item.used);
  return words.length === 0 && much && items.some(({ text }) => earning.test(text));
}

/** "average order by city": how much an order came to. */
function averagesRows({ items }: Reading): boolean {
  return items.some((item, at) => {
    const operator = operatorOf(items[at - 1]);
    return item.kind === "rows" && operator?.op === "aggregate" && operator.aggregate === "avg";
  });
}

/** The stand-in for the word of a gap. Null: none, or more than one. */
export function standIn(gap: Gap, said: string, reading: Reading): StandIn | null {
  const { words, wants, after, worded } = gap;
  const { table } = reading;
  if (words.length === 0 && averagesRows(reading)) {
    const [field, ...more] = takenIn(table);
    if (!field || more.length > 0) return null;
    return { fields: [field], told: toldAs(`average ${said}`, `that of ${field.name}`), others: [], text: field.name };
  }
  const word = isEarned(gap, reading) ? "revenue" : words[0];
  if (word === undefined || words.length > 1) return null;
  const [found] = kinds.map((kind) => kind(stem(word), table)).filter(({ length }) => length > 0);
  const [field] = found ?? [];
  if (!field || found?.length !== 1) return null;
  const measure = field.role === "measure";
  // "top 3 vets by revenue"
  if (wants === "value" || (!measure && wants === "measure")) return null;
  // How much was taken in is all of it, whatever else such a column is asked for.
  const sums = measure && !field.additive && after !== "aggregate" && after !== "count";
  const text = worded(sums ? `total ${field.name}` : field.name);
  return { fields: [field], told: toldAs(said, field.name), others: [], text };
}

/** Whether what a column holds is what a word of some says: `acct_name`, but no `account_type`. */
function isNamed({ role, flag, names }: Field, words: Set<string>): boolean {
  const named = names.some((name) => {
    const head = name.filter(({ weight }) => weight >= 1).at(-1);
    return head !== undefined && words.has(head.stem);
  });
  return role !== "measure" && role !== "time" && flag === null && named;
}

/** A column that names persons, or says how many there were. */
function namesOrCountsPersons({ id, role, flag, discrete }: Field): boolean {
  if (role === "time" || flag !== null || discrete) return false;
  const words = wordsIn(id).filter((word) => !/^(name|id|no|count|full|number|of)$/i.test(word));
  const [word = ""] = words;
  return words.length === 1 && persons.has(stem(word)) && isKindOfPerson(stem(word));
}
