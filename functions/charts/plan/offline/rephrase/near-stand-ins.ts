import { isFiller, isPhrase, isRepeated } from "../language/near/near-words.ts";
import type { Field, Table } from "../link/fields.ts";
import { operatorOf } from "../link/items.ts";
import { type Near, nearTo } from "../link/near-names.ts";
import { factorBetween, unitOf } from "../link/units.ts";
import type { Reading } from "../read/reading.ts";
import type { Gap } from "./gaps.ts";
import { moneyParts, saysMoneyOf } from "./money-parts.ts";
import { isEarned, type StandIn, toldAs } from "./stand-ins.ts";

const longestPhrase = 4;
/** "main causes" are those that most rows have. */
const foremost = /^(main|major|chief|key|leading|principal|biggest|top)$/i;
const often = /\b(most|least) (often|frequently)\b/i;

/** A gap for each word of one, or for the words around it that mean something together. */
export function apart(question: string, gaps: Gap[]): Gap[] {
  const single = gaps.flatMap((gap) => {
    if (gap.words.length === 0) return [gap];
    let from = gap.start;
    return gap.words.map((word, at): Gap => {
      const start = Math.max(from, question.indexOf(word, from));
      from = start + word.length;
      const last = at === gap.words.length - 1;
      return {
        ...gap,
        start,
        end: last ? gap.end : from,
        words: [word],
        after: at === 0 ? gap.after : null,
        wants: at === 0 || gap.wants === "value" ? gap.wants : "any",
        worded: last ? gap.worded : (text) => text,
        narrows: !last,
      };
    });
  });
  const wide = single.map((gap) => widened(question, gap));
  return wide.filter(({ start, end }, at) => !wide.slice(0, at).some((one) => one.end >= end && one.start <= start));
}

function widened(question: string, gap: Gap): Gap {
  if (gap.words.length === 0) return gap;
  const tokens = [...question.matchAll(/[\p{L}\p{N}]+/gu)].map(({ 0: text, index }) => ({ text, start: index }));
  const own = tokens.findIndex(({ start }) => start >= gap.start);
  for (let length = longestPhrase; length > 1; length--)
    for (let from = Math.max(0, own - length + 1); from <= own; from++) {
      const phrase = tokens.slice(from, from + length);
      const last = phrase.at(-1);
      if (!last || phrase.length < length || !isPhrase(phrase.map(({ text }) => text))) continue;
      const start = phrase[0]?.start ?? gap.start;
      const end = Math.max(gap.end, last.start + last.text.length);
      const after = start < gap.start ? null : gap.after;
      return { ...gap, start, end, words: phrase.map(({ text }) => text), after, beside: [] };
    }
  return gap;
}

/**
 * What the words of a gap are near to, where that can be only one thing of the table. Null: nothing, or several things.
 */
export function nearStandIn(gap: Gap, said: string, reading: Reading, question: string): StandIn | null {
  const { table, items } = reading;
  const { words, beside } = gap;
  const word = isEarned(gap, reading) ? "revenue" : (words[0] ?? "");
  const before = question.slice(0, gap.start);
  if (words.length === 1 && beside.some((field) => saysMoneyOf(word, field))) return unsaid("");
  if (words.length === 1 && foremost.test(word)) return unsaid("most common");
  if (isFiller(words)) return unsaid("");
  if (isRepeated(words)) return unsaid("have the most");
  const much = items.some((item) => operatorOf(item)?.op === "amount");
  const found = nearTo(words, table);
  if (words.length === 1 && saysNoMore(word, gap, reading)) return unsaid(gap.after === "amount" ? "in total" : "");
  const parts = words.length === 1 || (words.length === 0 && much) ? sumsOfMoney(word, table) : [];
  if (parts.length > 0) found.push({ kind: "quantity", fields: parts, others: [] });
  const same = found.find(({ fields }) => fields.length === 1 && fields.every((field) => beside.includes(field)));
  if (same && !ranks(gap)) return unsaid("");
  const named = items.flatMap((item) =>
    item.kind === "column" && !words.some((word) => item.text.includes(word)) ? [item.field] : [],
  );
  const marked = found.find(({ kind, value }) => kind === "value" && value === undefined);
  if (marked?.fields.every((field) => named.includes(field))) return unsaid("");
  const near = chosen(
    found.filter(({ fields, kind }) => kind === "value" || !fields.some((field) => named.includes(field))),
    gap,
    {
      per: /\bper\s*$/i.test(before),
      often: often.test(question),
      much,
    },
  );
  // "energy cost": what narrows a quantity is no other quantity.
  const narrows = beside.some(({ role, discrete }) => role === "measure" && !discrete);
  if (!near) return null;
  if (gap.narrows && near.kind === "thing") return null;
  if (narrows && near.kind !== "value" && near.kind !== "deed") return null;
  return standInFor(near, gap, said, before);
}

/** What is done with what is named anyway ("how much time do we lose on setups"), and what it is measured in. */
const dealing =
  /^(give|gave|given|giving|hand|handed|pay|paid|lose|lost|losing|spend|spent|spending|waste|wasted|take|took|taken)$/i;

function saysNoMore(word: string, gap: Gap, { items }: Reading): boolean {
  const measures = items.flatMap((item) =>
    item.kind === "column" && item.field.numeric && item.field.role === "measure" ? [item.field] : [],
  );
  if (ranks(gap) || measures.length === 0) return false;
  const timed = measures.some((field) => {
    const unit = unitOf(field);
    return unit !== null && factorBetween(unit, "s") !== null;
  });
  return dealing.test(word) || (timed && /^(time|hours?|minutes?)$/i.test(word));
}

/** Of how much that is not said of what: of the money that there is, if it goes one way. */
function sumsOfMoney(word: string, table: Table): Field[] {
  if (word !== "") return moneyParts(word, table);
  const [taken, spent] = [moneyParts("revenue", table), moneyParts("cost", table)];
  return taken.length === 0 ? spent : spent.length === 0 ? taken : [];
}

interface Told {
  per: boolean;
  often: boolean;
  much: boolean;
}

/** In the place of words that say nothing of their own where they stand. */
const unsaid = (text: string): StandIn => ({ fields: [], told: null, others: [], text });

const ranks = ({ worded }: Gap) => worded("") !== "";

/** The one reading that fits where the words stand. */
function chosen(found: Near[], gap: Gap, { per, often, much }: Told): Near | null {
  const of = (...kinds: Near["kind"][]) => found.filter(({ kind }) => kinds.includes(kind));
  const only = (ones: Near[]): Near | null => {
    const [one, ...more] = ones;
    return one && more.every((other) => sameThing(one, other)) ? one : null;
  };
  const first = (...choices: Near[][]) => only(choices.find(({ length }) => length > 0) ?? []);
  const groups = of("group", "thing", "person");
  const rest = [of("value"), of("quantity", "degree", "group", "thing", "person"), of("moment")];
  if (ranks(gap)) return often ? first(of("deed")) : first(of("quantity"), of("degree"), of("deed"));
  switch (gap.wants) {
    case "group":
      return per ? first(groups, of("quantity")) : only(groups);
    case "measure":
      return first(of("quantity", "degree"), of("thing"), of("value"));
    case "value":
      return first(...rest);
    case "any":
      if (gap.after === "count") return first(of("quantity"), groups, of("value"), of("deed"));
      return much ? first(of("quantity"), of("deed"), ...rest) : first(of("deed"), ...rest);
  }
}

/** Whether of a kind of thing it is the name that is asked for, and not how many rows there are of it. */
function isNamed({ wants, after }: Gap, before: string): boolean {
  // "the most borrowed books"
  if (/\b(most|least|best|worst|top( \d+)?|which|what)\s+(\w+ed\s+)?$/i.test(before)) return true;
  return wants === "group" || ["superlative", "top", "which", "distinct", "distribution"].includes(after ?? "");
}

function sameThing(one: Near, other: Near): boolean {
  return (
    one.value === other.value &&
    one.fields.join() === other.fields.join() &&
    one.fields.every((field, at) => field === other.fields[at])
  );
}

function standInFor({ fields, kind, value, others }: Near, gap: Gap, said: string, before: string): StandIn {
  const as = (meant: string) => ({ fields, told: toldAs(said, meant), others });
  const name = fields.map((field) => field.name).join(" plus ");
  switch (kind) {
    case "value":
      return value === undefined ? { ...as(name), text: name } : { ...as(`${name} ${value}`), text: `"${value}"` };
    case "deed":
      return ranks(gap) ? { ...as("the number of rows"), text: gap.worded("number of rows") } : unsaid("");
    case "quantity": {
      const combined =
        gap.words.length === 0 ||
        ["aggregate", "superlative", "top", "group"].includes(gap.after ?? "") ||
        /\bper\s*$/i.test(before);
      const text = gap.worded(combined ? name : `total ${name}`);
      // "best night for drinks" is so by them.
      const best = /\b(best|worst)\b.*\b(for)\s+$/i.exec(before);
      if (best) return { ...as(name), text: `by ${text}`, start: before.trimEnd().length - "for".length };
      // "how many guests" asks for their sum.
      const count = gap.after === "count" ? /\b(how many|the number of|number of|amount of)\s+$/i.exec(before) : null;
      return { ...as(name), text, ...(count && { start: count.index }) };
    }
    case "thing":
      if (isNamed(gap, before)) return { ...as(name), text: name };
      // "who took out a book": each row is one.
      if (/\b(a|an|any)\s+$/i.test(before)) return unsaid("rows");
      return { ...as("the rows of the table"), fields: [], text: "rows" };
    case "degree":
      return { ...as(name), text: gap.worded(ranks(gap) ? `average ${name}` : name) };
    default:
      return { ...as(name), text: gap.worded(name) };
  }
}
