import { stem } from "../../language/stem.ts";
import { stopWords } from "../../language/stop-words.ts";
import { wordsIn } from "../../language/tokens.ts";
import type { Field } from "../../link/fields.ts";
import { type Item, type ItemOf, operatorOf } from "../../link/items.ts";
import { doubt, type Reading } from "../../read/reading.ts";
import { columnItem } from "../computed-field.ts";
import { differenceField, isMeasure } from "../ratios/quotients.ts";
import { sumField, takeSums } from "./sums.ts";

/** Words that tell two readings of one thing apart, which are no parts of a whole: planned and actual, before and after. */
const opposed = new Set(
  `planned plan actual target budget forecast estimated expected net gross before after old new previous prior last this next
  current min max minimum maximum lowest highest average avg mean median start end opening closing initial final list asking
  sold unit on hand reserved available used left`
    .split(/\s+/)
    .map(stem),
);
const whole = new Set("total overall sum all combined".split(" ").map(stem));
const apart = /^(difference|differences|gap|gaps|margin)$/i;
/** More columns than this are not shown beside one another for one word. */
const mostShown = 4;

const wordsOf = ({ id }: Field) => wordsIn(id).map(stem);

/**
 * Columns that have the words in common: "goals" of `home_goals` and `away_goals`. None where the question says elsewhere
 * which of them it means ("goals at home"), unless that is the name of another column ("by home team").
 */
function membersOf({ items, table }: Reading, item: Item & ItemOf<"column">): Field[] {
  const { field, link } = item;
  const said = wordsIn(item.text).map(stem);
  const partly = link.unsaid || marksOf(field, new Set(said)).length > 0;
  if (!partly || link.synonym || !isMeasure(item)) return [];
  const ends = (words: string[]) => said.every((word, at) => words.at(at - said.length) === word);
  const sameEnd = ends(wordsOf(field)) ? table.fields.filter((one) => ends(wordsOf(one))) : [];
  const begins = (words: string[]) => said.every((word, at) => words[at] === word) && words.length === said.length + 1;
  // "majority" of `majority_for` and `majority_against`: what is not said are no nouns of their own.
  const small = wordsOf(field).at(-1) ?? "";
  const sameStart =
    begins(wordsOf(field)) && stopWords.has(small) ? table.fields.filter((one) => begins(wordsOf(one))) : [];
  const members = [field, ...link.alternatives, ...sameEnd, ...sameStart].filter(
    (one, at, all) => all.indexOf(one) === at && one.numeric && one.role === "measure",
  );
  const told = items.some(
    (other) =>
      other !== item &&
      !(other.kind === "column" && other.link.score >= 0.99) &&
      wordsIn(other.text).some((word) => members.some((one) => marksOf(one, new Set(said)).includes(stem(word)))),
  );
  return told ? [] : table.fields.filter((one) => members.includes(one));
}

/** The words by which each member differs from what was said. */
const marksOf = (field: Field, said: Set<string>) => wordsOf(field).filter((word) => !said.has(word));

/**
 * One word that several columns have in common is all of them: their sum where they are parts of a whole, their difference
 * where that is asked for, else one beside the other. Where only one can be used (to rank by, to filter by), it stays a
 * choice, and is told as one.
 */
export function takeFamilies(reading: Reading): void {
  const { items } = reading;
  takeSums(reading);
  for (let at = 0; at < items.length; at++) {
    const item = items[at];
    if (item?.kind !== "column") continue;
    const members = membersOf(reading, item);
    if (members.length < 2) continue;
    const said = new Set(wordsIn(item.text).map(stem));
    const total = members.find((field) => marksOf(field, said).every((word) => whole.has(word)));
    if (total) {
      items[at] = { ...item, field: total, link: { ...item.link, field: total, alternatives: [] } };
      continue;
    }
    if (takeApart(reading, at, members)) continue;
    const beside = besideOf(reading, members, said);
    if (beside) {
      const alternatives = members.filter((field) => field !== beside);
      items[at] = { ...item, field: beside, link: { ...item.link, field: beside, alternatives } };
      continue;
    }
    if (arePartsOf(members, said)) items[at] = sumItem(reading, item, members);
    else if (members.length <= mostShown && canShowAll(items, at)) at += spread(reading, at, members);
    else items[at] = { ...item, link: { ...item.link, alternatives: members.filter((field) => field !== item.field) } };
  }
  for (const [at, item] of items.entries()) {
    if (item.kind !== "column") continue;
    const told = toldOf(reading, item);
    if (told) items[at] = { ...item, field: told, link: { ...item.link, field: told, alternatives: [] } };
    else tellChoice(reading, item);
  }
}

/** The one of several columns that the question means by what it says elsewhere: "team" and "at home". */
function toldOf({ items }: Reading, item: Item & ItemOf<"column">): Field | null {
  const said = new Set(wordsIn(item.text).map(stem));
  const [one, ...more] = [item.field, ...item.link.alternatives].filter((field) =>
    items.some(
      (other) =>
        other !== item &&
        !(other.kind === "column" && other.link.score >= 0.99) &&
        wordsIn(other.text).some((word) => marksOf(field, said).includes(stem(word))),
    ),
  );
  return item.link.alternatives.length > 0 && one && more.length === 0 ? one : null;
}

/** One column of several that fit. */
function tellChoice(reading: Reading, { text, field, link }: Item & ItemOf<"column">): void {
  const others = link.alternatives.map(({ name }) => name);
  if (others.length === 0) return;
  if (field.role === "dimension" && link.alternatives.every((other) => isSameKind(field, other))) {
    reading.objections.add(
      `“${text}” may be ${[field.name, ...others].join(" or ")}, and each row has both: say which.`,
    );
    for (const instead of [field.name, ...others]) reading.rewordings.push({ said: text, instead });
    return;
  }
  doubt(
    reading,
    `“${text}” is read as ${field.name}, not as ${others.join(" or ")}.`,
    others.map((instead) => ({ said: text, instead })),
  );
}

/** `home_team` and `away_team`: they hold the same names, so that groups of one would leave out half of each. */
function isSameKind(one: Field, other: Field): boolean {
  const values = (field: Field) => field.column.profile.topValues.map(({ value }) => value);
  const held = new Set(values(other));
  return (
    other.role === "dimension" &&
    wordsOf(one).at(-1) === wordsOf(other).at(-1) &&
    values(one).filter((value) => held.has(value)).length * 2 > held.size
  );
}

/** "goals by home team": hardly those of the away team. */
function besideOf({ items, table }: Reading, members: Field[], said: Set<string>): Field | null {
  const groups = items.flatMap((one) => (one.kind === "column" && one.field.role === "dimension" ? [one.field] : []));
  const paired = groups.filter((field) => table.fields.some((one) => one !== field && isSameKind(field, one)));
  const words = new Set(paired.flatMap(wordsOf));
  const [one, ...more] = members.filter((field) => marksOf(field, said).some((word) => words.has(word)));
  return one && more.length === 0 ? one : null;
}

/** "goal difference", "difference in price": the first less the second. */
function takeApart(reading: Reading, at: number, members: Field[]): boolean {
  const { items, assumptions } = reading;
  const [one, other, more] = members;
  const item = items[at];
  if (!item || !one || !other || more) return false;
  const after = apart.test(items[at + 1]?.text ?? "");
  const before = apart.test(items[at - 1]?.text ?? "") ? 1 : apart.test(items[at - 2]?.text ?? "") ? 2 : 0;
  if (!after && before === 0) return false;
  const name = `${one.name} minus ${other.name}`;
  const field = differenceField(reading, one, other, name);
  const [from, length] = after ? [at, 2] : [at - before, before + 1];
  const text = items
    .slice(from, from + length)
    .map((part) => part.text)
    .join(" ");
  items.splice(from, length, columnItem(field, text));
  assumptions.add(`“${text}” is read as ${name}.`);
  return true;
}

/** Whether the columns add up to what the word says: home and away goals do, planned and actual costs do not. */
function arePartsOf(members: Field[], said: Set<string>): boolean {
  return members.every((field) => {
    const marks = marksOf(field, said);
    const isHead = said.has(wordsOf(field).at(-1) ?? "");
    return (
      field.additive && isHead && marks.length > 0 && !marks.some((word) => opposed.has(word) || /^\d{2,}$/.test(word))
    );
  });
}

function sumItem(reading: Reading, { text }: Item, members: Field[]): Item {
  const field = sumField(reading.table, members);
  doubt(
    reading,
    `“${text}” is read as ${field.name}.`,
    members.map(({ name }) => ({ said: text, instead: name })),
  );
  return columnItem(field, text);
}

/** Whether nothing in the question needs a single column: no order, no comparison, no second quantity. */
function canShowAll(items: Item[], at: number): boolean {
  const single = [
    "compare",
    "between",
    "superlative",
    "top",
    "sort",
    "direction",
    "versus",
    "relation",
    "share",
    "window",
    "distribution",
  ];
  const per = /^per$/i.test(items[at + 1]?.text ?? "");
  const alone = items.every((item, index) => index === at || !isMeasure(item) || item.field.discrete);
  return alone && !per && !items.some((item) => single.includes(operatorOf(item)?.op ?? ""));
}

/** Puts all of the columns in the place of the word. */
function spread({ items, assumptions }: Reading, at: number, members: Field[]): number {
  const { text } = items[at] ?? { text: "" };
  const and = (): Item => ({ kind: "operator", operator: { op: "and" }, words: 1, text: "and", used: false });
  const all = members.flatMap((field, index) => [...(index > 0 ? [and()] : []), columnItem(field, text)]);
  items.splice(at, 1, ...all);
  assumptions.add(`“${text}” is read as ${members.map(({ name }) => name).join(" and ")}, so all are shown.`);
  return all.length - 1;
}
