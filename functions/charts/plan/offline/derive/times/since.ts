import { sameEvent } from "../../language/events.ts";
import { isAhead } from "../../language/states.ts";
import { stem } from "../../language/stem.ts";
import { wordsIn } from "../../language/tokens.ts";
import { type Field, isRowNoun, nameWords } from "../../link/fields.ts";
import { aggregateItem, type Item, operatorOf } from "../../link/items.ts";
import type { DurationUnit } from "../../query.ts";
import { type Reading, timeField } from "../../read/reading.ts";
import { columnItem, computedField, textOf } from "../computed-field.ts";
import { asOf } from "./ages.ts";
import { lengths, unitOf } from "./event-words.ts";
import { dated, instant } from "./spans.ts";

const ends = /^(last|latest|most recent|newest|previous|first)$/i;
const between = /^(has|have|had|it|they|he|she|we|you|is|been|passed|the|a|their|his|her|its|our|since|was|were)$/i;

/**
 * "days since last visit", "time since the last order per customer", "how long since their first purchase": up to the day
 * that the data is of. Of those who have several rows, since the last or the first of them.
 */
export function takeSince(reading: Reading): void {
  for (let at = 0; at < reading.items.length; at++) {
    const said = sinceAt(reading, at);
    if (said) put(reading, said);
  }
}

interface Said {
  from: number;
  to: number;
  unit: DurationUnit | null;
  time: Field;
  /** Since the first of several; null: each row tells it itself. */
  first: boolean | null;
}

function put(reading: Reading, { from, to, unit, time, first }: Said): void {
  const { items, table, assumptions } = reading;
  const { day, from: why } = asOf(reading, ({ id }) => !isAhead(id));
  const shown = unit ?? "day";
  const name = `${shown[0]?.toUpperCase()}${shown.slice(1)}s since ${time.name}`;
  const field = computedField(
    table,
    name,
    { kind: "duration", from: instant(time), to: { day }, unit: shown, whole: false },
    { min: 0, max: 10_000 },
  );
  const text = textOf(items, from, to);
  assumptions.add(`“${text}” is counted from ${time.name} to ${day} (${why}).`);
  // The time since the last of several is the shortest.
  const aggregate = first === null ? [] : [aggregateItem(first ? "max" : "min", text)];
  items.splice(from, to - from, ...aggregate, columnItem(field, text));
}

function sinceAt(reading: Reading, at: number): Said | null {
  const { items, table } = reading;
  if (!/^since$/i.test(items[at]?.text ?? "")) return null;
  let from = at;
  while (between.test(items[from - 1]?.text ?? "")) from--;
  const length = items[from - 1];
  const unit = unitOf(length?.text ?? "");
  const long = /^long$/i.test(length?.text ?? "") && /^how$/i.test(items[from - 2]?.text ?? "");
  if (!long && !(unit && /s$/i.test(length?.text ?? "")) && !lengths.test(length?.text ?? "")) return null;
  from -= long || operatorOf(items[from - 2])?.op === "count" ? 2 : 1;
  let to = at + 1;
  while (between.test(items[to]?.text ?? "")) to++;
  const end = items[to];
  // A column may have the word in its own name: `last_visit`.
  const [lead = "", ...named] = (end?.text ?? "").split(" ");
  const marked = ends.test(end?.text ?? "");
  const noun = marked ? items[to + 1] : end;
  const words = (marked || !ends.test(lead) ? wordsIn(noun?.text ?? "") : named).map((word) => word.toLowerCase());
  if (!noun || words.length === 0 || noun.kind === "period" || noun.kind === "number") return null;
  const time = timeOf(reading, noun, words);
  if (!time) return null;
  const own = nameWords(time).some((word) => ends.test(word));
  const several = (marked || ends.test(lead)) && !own;
  const first = /^first$/i.test(marked ? (end?.text ?? "") : lead);
  const rows = words.every((word) => isRowNoun(stem(word), table)) || several;
  return { from, to: marked ? to + 2 : to + 1, unit, time, first: several && rows ? first : null };
}

/** The column that tells when it was. */
function timeOf(reading: Reading, noun: Item, words: string[]): Field | null {
  const columns = dated(reading.table.fields).filter(({ id }) => !isAhead(id));
  if (noun.kind === "column" && columns.includes(noun.field)) return noun.field;
  const told = columns.find((field) => nameWords(field).some((one) => words.some((word) => sameEvent(word, one) > 0)));
  if (told) return told;
  const rows = words.every((word) => isRowNoun(stem(word), reading.table));
  return rows ? timeField(reading, true, (field) => columns.includes(field)) : null;
}
