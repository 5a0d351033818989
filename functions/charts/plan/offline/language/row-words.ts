import { stem } from "./stem.ts";
import { wordsIn } from "./tokens.ts";

const stemsOf = (words: string) => new Set(words.split(/\s+/).map(stem));

/** What rows are called where each is a person: "people" are those. */
export const persons = stemsOf(
  `staff employee worker student pupil customer client patient player athlete member user passenger respondent voter
  guest visitor teacher candidate participant subscriber borrower tenant donor applicant person`,
);

/** Words for a person of any kind. */
export const people = stemsOf("person individual member folk");

/** Words in the singular that stand for several. */
const collective = /^(people|staff|personnel|workforce|men|women|children|traffic|police|crew|everyone|everybody)$/i;

/** Whether a word for rows is said so that they can be counted: "orders" and "staff", not "energy" or "yield". */
export function isCountable(text: string): boolean {
  const last = wordsIn(text).at(-1) ?? "";
  return /[^su]s$/i.test(last) || collective.test(last);
}

/** Things that a row may be, by the words that people use for one another when they count them. */
const kinds = [
  "order purchase transaction sale deal invoice receipt payment",
  "ticket request issue case inquiry complaint incident call",
  "visit admission case stay encounter appointment treatment patient",
  "session visit hit visitor traffic user",
  "employee staff person worker headcount hire colleague personnel workforce",
  "listing home house property apartment flat unit building",
  "match game fixture",
  "loan credit borrower application mortgage",
  "student pupil learner kid person",
  "event disaster incident accident catastrophe",
  "product item article sku good part material",
  "customer client account subscriber buyer person",
  "reading measurement observation sample",
  "respondent participant response answer person",
  "film movie title picture",
  "book title volume",
  "trip ride journey flight",
  "car vehicle auto model",
  "song track",
  "shipment delivery parcel consignment package",
  "campaign ad",
  "subscription contract",
  "claim case",
  "crime offence offense incident",
].map(stemsOf);

/** Whether two words may name the same kind of row. */
export function nameSameRows(one: string, other: string): boolean {
  return kinds.some((kind) => kind.has(one) && kind.has(other));
}
