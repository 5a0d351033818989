import { longFormsOf } from "../../language/abbreviations.ts";
import { stem } from "../../language/stem.ts";
import { isVerb } from "../../language/synonyms.ts";
import { wordsIn } from "../../language/tokens.ts";
import { deedOf } from "../../link/deeds.ts";
import { type Field, isOfCountries } from "../../link/fields.ts";
import { type Item, operatorOf } from "../../link/items.ts";
import type { Reading } from "../../read/reading.ts";
import { isTelling } from "../../read/verbs.ts";
import { columnItem, groupItem, textOf } from "../computed-field.ts";

const stems = (words: string) => new Set(words.split(/\s+/).map(stem));

const places = stems(
  `country nation city town region state county province location loc place site venue area district address station port
  airport origin destination dest depot branch room neighbourhood neighborhood street`,
);
const starts = stems("from origin source departure home country nation nationality");
const ends = stems("to destination dest arrival");

/** Words that say which end of a way is asked for. */
const sides: [RegExp, Set<string>][] = [
  [/^(from|origin)$/i, starts],
  [/^(to|into|go|goes|going|sent|send|shipped|deliver|delivers|delivered|arrive)$/i, ends],
];

const named = (field: Field, words: Set<string>) =>
  wordsIn(field.id).some((word) => [stem(word), ...longFormsOf(stem(word))].some((one) => words.has(one)));

function placesIn(fields: Field[]): Field[] {
  return fields.filter(
    (field) =>
      field.role === "dimension" && !field.flag && !field.unique && (named(field, places) || isOfCountries(field)),
  );
}

/** "where did they hear of us", "where was it bought": by the column that tells how that was done. */
function takeHow(items: Item[], at: number): boolean {
  const told = items.findIndex((item, index) => {
    const deed = item.kind === "column" && !item.used ? deedOf(item.field) : null;
    return index > at && deed?.tells === "how" && wordsIn(item.text).some((word) => stem(word) === deed.done);
  });
  const how = items[told];
  if (how?.kind !== "column") return false;
  const others = items.slice(at + 1).filter((item) => item !== how);
  for (const item of others)
    if (/^(about|of|us|our|from|it|this)$/i.test(item.text)) Object.assign(item, { kind: "stop", used: true });
  items.splice(at, items.length, ...others, groupItem("by"), columnItem(how.field, how.text));
  return true;
}

/** "where do our visitors come from", "where do most parcels go": by the column that tells the place, if it is clear which. */
export function takeWhere({ items, table, assumptions, objections }: Reading): void {
  const at = items.findIndex(({ kind }) => kind !== "stop" && kind !== "break");
  if (!/^where$/i.test(items[at]?.text ?? "")) return;
  const asks = /^(do|does|did|is|are|was|were|have|has)$/i.test(items[at + 1]?.text ?? "");
  const placed = items.some(
    (item) => item.kind === "column" && (named(item.field, places) || item.field.role === "identifier"),
  );
  if (!asks || placed || takeHow(items, at)) return;
  const text = textOf(items, at, items.length);
  const found = placesIn(table.fields);
  const side = sides.find(([word]) => items.slice(at + 1).some((item) => word.test(item.text)))?.[1];
  const there = side ? found.filter((field) => named(field, side)) : [];
  const [field, ...others] = there.length === 1 ? there : found;
  if (!field || others.length > 0) {
    const names = [field, ...others].flatMap((one) => one?.name ?? []);
    objections.add(
      names.length > 0
        ? `“${text}” may be asked of ${names.join(" or ")}: say which.`
        : `Nothing in the data tells “${text}”.`,
    );
    return;
  }
  assumptions.add(`“where” is read as ${field.name}.`);
  const ranks = items.some((item) => ["superlative", "top"].includes(operatorOf(item)?.op ?? ""));
  const where = items[at];
  // The words for the way, and for what is done there, are part of what the column says.
  for (const item of items.slice(at + 1)) {
    const verb = item.kind === "unknown" && isVerb(stem(item.text)) && !isTelling(item.text);
    if (verb || sides.some(([word]) => word.test(item.text))) Object.assign(item, { kind: "stop", used: true });
  }
  if (ranks && where) items.splice(at, 1, { ...where, text: "which" }, columnItem(field, "where"));
  else items.splice(at, items.length, ...items.slice(at + 1), groupItem("by"), columnItem(field, "where"));
}
