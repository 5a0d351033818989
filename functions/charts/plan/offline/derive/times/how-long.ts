import { sameEvent } from "../../language/events.ts";
import { people } from "../../language/row-words.ts";
import { stem } from "../../language/stem.ts";
import { isKindOfPerson } from "../../language/synonyms.ts";
import { type Field, isRowNoun, nameWords } from "../../link/fields.ts";
import { type Item, operatorOf } from "../../link/items.ts";
import type { Reading } from "../../read/reading.ts";
import { relativeAt } from "../../read/relative-range.ts";
import { textOf } from "../computed-field.ts";
import { type AskedLength, endsClause, stemsOf, tells, unitOf } from "./event-words.ts";
import { dated } from "./spans.ts";

/** Words between "how long" and what is done. */
export const filler =
  /^(does|do|did|is|are|was|were|has|have|had|been|it|they|we|us|you|typically|usually|normally|generally|on average|take|takes|took|taken|need|needs|needed|to|the|a|an|our|their|its|be|being|get|gets|for|until|till|last|lasts|lasted|of|in|each|from|stay|stays|wait|waits)$/i;
const auxiliary = /^(does|do|did|is|are|was|were|has|have|had|it|on|until|till)$/i;
/** What follows who or what it is that takes so long. */
const verbs =
  /^(takes?|took|taken|needs?|needed|stay|stays|stayed|staying|spend|spends|spent|wait|waits|waited|waiting|last|lasts|lasted|down|idle|standing)$/i;

/** What the words after "how long" tell, one after the other. */
interface Clause extends AskedLength {
  /** Who or what takes so long, by words that may name an event too. */
  subjects: Item[];
  /** Whether what it is that is done has begun to be told. */
  verb: boolean;
}

/** "how long does it take to ship an order", "how many days do patients stay", "how long until we ship" */
export function howLong(reading: Reading, at: number): AskedLength | null {
  const { items } = reading;
  const unit = /^how many$/i.test(items[at]?.text ?? "") ? unitOf(items[at + 1]?.text ?? "") : null;
  const many = unit !== null && auxiliary.test(items[at + 2]?.text ?? "");
  if (!/^how long$/i.test(textOf(items, at, at + 2)) && !many) return null;
  if (/^(since|ago|between)$/i.test(items[at + 2]?.text ?? "")) return null;
  const clause: Clause = {
    from: at,
    to: at + 2,
    ends: [],
    starts: [],
    unit,
    open: true,
    kept: [],
    subjects: [],
    verb: false,
  };
  let into = clause.ends;
  for (; clause.to < items.length; clause.to++) {
    const item = items[clause.to];
    const text = item?.text ?? "";
    const before =
      auxiliary.test(items[clause.to - 1]?.text ?? "") ||
      /^(the|a|an|our|each|every)$/i.test(items[clause.to - 1]?.text ?? "");
    if (item?.kind === "value") continue;
    if (/^(until|till)$/i.test(text) || isBefore(items, clause.to)) into = clause.ends;
    else if (verbs.test(text) && relativeAt(items, clause.to) === null) takeVerb(clause, text);
    // "to resolve a ticket": each row is one.
    else if (
      item?.kind === "column" &&
      item.field.unique &&
      stemsOf(item).every((word) => isRowNoun(stem(word), reading.table))
    )
      continue;
    else if (!clause.verb && before && takeSubject(clause, items)) continue;
    else if (!item || endsClause(item) || !(tells(item) || filler.test(text) || isEvent(reading, item))) break;
    else if (/^from$/i.test(text)) into = clause.starts;
    else if (/^to$/i.test(text)) into = clause.ends;
    else if (/^market$/i.test(text)) clause.ends.splice(0, clause.ends.length, "sell");
    else if (item.kind === "rows") clause.subjects.push(item);
    else if (!filler.test(text)) {
      into.push(...stemsOf(item));
      if (item.kind === "unknown" && !clause.verb) clause.subjects.push(item);
    }
  }
  return settled(reading, clause, many);
}

/** "before they leave", and not before some day. */
const isBefore = (items: Item[], at: number) =>
  /^before$/i.test(items[at]?.text ?? "") && /^(they|we|it|being|a|an|the)$|ing$/i.test(items[at + 1]?.text ?? "");

function takeVerb(clause: Clause, text: string): void {
  clause.verb = true;
  if (/^(stay|spend|spent)/i.test(text)) {
    clause.ends.push("leave", "cancel", "end");
    clause.starts.push("arrive");
  }
  if (/^wait/i.test(text)) clause.wait = true;
  if (/^(down|idle|standing)$/i.test(text)) clause.sums = true;
}

/** "carriers" of "how long do carriers take": what groups, unless each has a row or two of its own. */
function takeSubject(clause: Clause, items: Item[]): boolean {
  const each = operatorOf(items[clause.to])?.op === "group" && /^(each|every)$/i.test(items[clause.to]?.text ?? "");
  const item = items[each ? clause.to + 1 : clause.to];
  if (item?.kind !== "column" || item.field.role === "time" || item.field.numeric) return false;
  if (each) clause.to++;
  const group: Item = { kind: "operator", operator: { op: "group" }, words: 1, text: "by", used: false };
  if (each || groups(item.field)) clause.kept.push(group, item);
  return true;
}

const groups = ({ unique, role, column: { profile } }: Field) =>
  !unique && role === "dimension" && profile.distinctCount <= 15;

/** Whether a column tells when something happened that a word names. */
const tellsWhen = ({ table }: Reading, word: string) =>
  dated(table.fields).some((field) => nameWords(field).some((one) => sameEvent(word, one) > 0));

/** "ship" may be a part of `shipment_no`. */
const isEvent = (reading: Reading, item: Item) =>
  item.kind === "column" && item.field.unique && stemsOf(item).some((word) => tellsWhen(reading, word));

/** What is left of the clause: who it is about may be the event itself ("how long does a delivery take"), or the rows. */
function settled(reading: Reading, clause: Clause, many: boolean): AskedLength | null {
  const { assumptions } = reading;
  const told = (word: string) => tellsWhen(reading, word);
  const { ends, starts, subjects } = clause;
  const named = subjects.flatMap(stemsOf);
  const own = ends.filter((word) => !named.includes(word));
  if (own.length + starts.length === 0) ends.splice(0, ends.length, ...named.filter(told));
  else ends.splice(0, ends.length, ...own);
  const persons = (word: string) => people.has(stem(word)) || isKindOfPerson(stem(word));
  const strange = subjects.filter(
    (item) => item.kind === "unknown" && !stemsOf(item).some((word) => told(word) || persons(word)),
  );
  if (strange.length > 1) return null;
  for (const { text } of strange) assumptions.add(`“${text}” are taken to be the rows of the table.`);
  if (many && ends.length === 0 && !clause.verb) return null;
  return clause;
}
