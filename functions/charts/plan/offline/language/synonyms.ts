import { remembered } from "./remembered.ts";
import { stem } from "./stem.ts";
import words from "./wordnet/words.json" with { type: "json" };

/**
 * Words that people use for one another when they speak of tables, beyond what WordNet knows (`wordnet/distil.ts`): terms
 * of business, and nearly the same in a table though not in a dictionary. Within a group each may stand for any other, at
 * a lower score than the word itself; the owner's labels and descriptions come before these.
 */
const groups = [
  "nation nationality origin country",
  "region territory area zone continent origin",
  "city town municipality",
  "location place site venue stadium arena",
  "sales sold sell",
  "paid pay payment",
  "revenue turnover income proceeds earnings sales",
  "price cost fee charge fare",
  "airline carrier",
  "delay lateness late",
  "branch club store office outlet",
  "harvest production output yield",
  "plane aircraft airplane jet",
  "amount price fee value sum",
  "bill billing charge invoice amount",
  "salary pay wage earnings income compensation earn earner payroll remuneration",
  "profit gain",
  "quantity units volume pieces",
  "resolve resolution",
  "customer client buyer purchaser shopper",
  "employee staff worker personnel",
  "manager boss supervisor lead",
  "agent representative rep salesperson seller realtor",
  "assignee agent owner handler",
  "vendor supplier",
  "car vehicle automobile auto",
  "movie film",
  "gender sex",
  "date day time when",
  "name title",
  "type kind category class genre sort",
  "type method mode means",
  "department division unit team",
  "rating score stars grade",
  "mark score grade",
  "satisfaction csat rating score",
  "length duration runtime time",
  "mileage mpg economy",
  "horsepower power hp",
  "company firm organisation organization business manufacturer maker brand",
  "product item article good",
  "item material part",
  "job occupation profession position role",
  "degree education",
  "comment note detail description",
  "population inhabitants residents",
  "pupil student",
  "teacher professor instructor faculty lecturer",
  "doctor physician surgeon clinician",
  "patient name",
  "insurance insurer payer coverage",
  "deaths fatalities casualties killed dead",
  "phone telephone",
  "id identifier code number",
  "average mean",
  "maximum highest",
  "minimum lowest",
  "birthday birthdate birth born",
  "address street location",
  "weight mass",
  "gross earnings revenue",
  "budget spending expenditure",
  "shipping freight delivery postage transport",
  "energy electricity power kwh consumption usage",
  "size acreage area sqft surface footage square",
  "beds bedrooms",
  "baths bathrooms",
  "damage loss",
  "discount rebate reduction",
  "stock inventory",
  "warehouse depot",
  "visitors attendance crowd spectators",
  "absence sick leave absenteeism",
  "purpose reason",
  "started begun",
  "source referrer channel",
  "view pageviews",
  "child kid",
  "ship vessel boat",
].map((group) => group.split(" ").map(stem));

const synonyms = new Map<string, Set<string>>();
for (const group of groups)
  for (const word of group) synonyms.set(word, new Set([...(synonyms.get(word) ?? []), ...group]));

/** Words for sums of money: what a dictionary says of them is too loose for accounts. */
const money = new Set(
  "sale revenue turnover income proceeds earning earn profit gain cost price expense budget pay salary wage"
    .split(" ")
    .map(stem),
);
const units = new Set("second minute hour day week month quarter year".split(" ").map(stem));
/** What is rated is given no rate. */
const rates = new Set(["rate", "rating"].map(stem));
const areApart = (one: string, other: string) =>
  [money, units, rates].some((words) => words.has(one) && words.has(other));

for (const pair of [...words.synonyms, ...words.derived]) {
  const [one = "", other = ""] = pair.split(" ");
  if (areApart(one, other)) continue;
  synonyms.set(one, (synonyms.get(one) ?? new Set()).add(other));
  synonyms.set(other, (synonyms.get(other) ?? new Set()).add(one));
}

const attributes = new Map<string, Set<string>>();
for (const pair of words.attributes) {
  const [one = "", other = ""] = pair.split(" ");
  attributes.set(one, (attributes.get(one) ?? new Set()).add(other));
  attributes.set(other, (attributes.get(other) ?? new Set()).add(one));
}

const prefixes = /^(re|un|non|pre|over|under|dis|mis|sub|inter)(?=.{4})/;
const prefixOf = remembered((word) => prefixes.exec(word)?.[0] ?? "");

/** Whether two stems may stand for one another. */
export function areSynonyms(one: string, other: string): boolean {
  if (synonyms.get(one)?.has(other)) return true;
  // "readmissions" were readmitted as admissions were admitted.
  const prefix = prefixOf(one);
  if (prefix === "" || prefix !== prefixOf(other)) return false;
  return synonyms.get(one.slice(prefix.length))?.has(other.slice(prefix.length)) ?? false;
}

/** Whether one of two stems is a degree of the other: "old" of "age", "hot" of "temperature". */
export function isDegreeOf(one: string, other: string): boolean {
  return attributes.get(one)?.has(other) ?? false;
}

/** Whether only one of two words has a prefix, as those that turn a meaning: "readmitted" is not "admitted". */
export function differByPrefix(one: string, other: string): boolean {
  return prefixOf(one) !== prefixOf(other);
}

const verbs = new Set(words.verbs);
const persons = new Set(words.persons);

/** Whether a stem is that of a word that is mostly a verb. */
export function isVerb(word: string): boolean {
  return verbs.has(word);
}

/** Whether a stem is that of a word for persons of some kind: "child", "survivor". */
export function isKindOfPerson(word: string): boolean {
  return persons.has(word);
}
