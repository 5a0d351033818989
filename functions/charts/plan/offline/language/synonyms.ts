import { stem } from "./stem.ts";

/**
 * Words that people use for one another when they speak of tables. Within a group each may stand for any other, at a
 * lower score than the word itself; the owner's labels and descriptions come before these.
 */
const groups = [
  "country nation nationality origin",
  "country region territory area",
  "city town municipality",
  "location place site venue",
  "sales revenue turnover income proceeds",
  "price cost amount fee charge",
  "salary pay wage earnings income compensation earn earner",
  "profit margin gain",
  "quantity units volume qty",
  "customer client buyer",
  "employee staff worker personnel",
  "vendor supplier",
  "car vehicle automobile auto",
  "movie film",
  "gender sex",
  "date day time when",
  "name title",
  "type kind category class genre",
  "department division unit dept",
  "rating score stars grade",
  "length duration runtime",
  "mileage mpg economy",
  "horsepower power hp",
  "acceleration accelerate",
  "company firm organisation organization business manufacturer maker brand",
  "product item article",
  "job occupation profession position role",
  "degree education",
  "temperature temp",
  "description details comment note",
  "population inhabitants residents",
  "student pupil",
  "teacher professor instructor faculty lecturer",
  "deaths fatalities casualties killed",
  "phone telephone",
  "id identifier code number",
  "avg average mean",
  "max maximum highest",
  "min minimum lowest",
  "birthday birthdate dob born",
  "address street location",
  "weight mass",
  "gross earnings revenue",
  "budget spending expenditure",
].map((group) => group.split(" ").map(stem));

const synonyms = new Map<string, Set<string>>();
for (const group of groups)
  for (const word of group) synonyms.set(word, new Set([...(synonyms.get(word) ?? []), ...group]));

/** Whether two stems may stand for one another. */
export function areSynonyms(one: string, other: string): boolean {
  return synonyms.get(one)?.has(other) ?? false;
}
