import { remembered } from "./remembered.ts";
import { editDistance, isTypo } from "./similarity.ts";
import { stem } from "./stem.ts";
import { phrases } from "./wordings.ts";
import words from "./wordnet/words.json" with { type: "json" };

const others = `please between compare display through during without actually usually typically normally
  january february march april june july august september october november december monday tuesday wednesday
  thursday friday saturday sunday weekend yesterday today spring summer autumn winter morning afternoon evening month
  months monthly quarter quarters quarterly year years yearly week weeks weekly daily`;

/** Words of any question; short ones are too near to others. */
const known = [...new Set([...phrases.keys(), ...others.split(/\s+/)])].filter(
  (word) => word.length >= 5 && !word.includes(" "),
);

/** Words of their own that come near to those, and are in no list of relations. */
const near = `court county mouth moth shoe stow plat media overage charge dairy line pace plaice string shore stare three
  abort abound older march gross wheel leather feather lumber mount counter order`;

/** Words that are no slips: "plane" is not place. */
const spelt = new Set([
  ...near.split(/\s+/).map(stem),
  ...[words.synonyms, words.derived, words.attributes, words.verbs, words.persons]
    .flat()
    .flatMap((pair) => pair.split(" ")),
]);

/** The word of any question that another is a slip of the keyboard from. Null: none, or several. */
export const meantBy: (word: string) => string | null = remembered((word) => {
  const lower = word.toLowerCase();
  if (lower.length < 4 || spelt.has(stem(lower))) return null;
  const found = known.filter((one) => one !== lower && isTypo(lower, one) && editDistance(lower, one) === 1);
  // "montly" is monthly and, with another slip, month: the longer of two that begin alike.
  const [first, ...others] = found.sort((one, other) => other.length - one.length);
  return first !== undefined && others.every((other) => first.startsWith(other.slice(0, 4))) ? first : null;
});
