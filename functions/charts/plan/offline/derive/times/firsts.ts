import { persons } from "../../language/row-words.ts";
import { stem } from "../../language/stem.ts";
import { isVerb } from "../../language/synonyms.ts";
import { wordsIn } from "../../language/tokens.ts";
import type { Field } from "../../link/fields.ts";
import { type Item, type ItemOf, operatorOf } from "../../link/items.ts";
import { doubt, type Reading, timeField } from "../../read/reading.ts";
import { columnItem, compareItem, computedField, numberItem, textOf } from "../computed-field.ts";
import { valueItem } from "../ratios/rates.ts";
import { dated } from "./spans.ts";

const times = new Map([
  ["once", 1],
  ["twice", 2],
  ["thrice", 3],
]);

/**
 * "new customers per month", "who came for the first time in May", "when did each client last order", "repeat guests",
 * "members who came more than once": what is told of somebody by all the rows that they have.
 */
export function takeFirsts(reading: Reading): void {
  takeLastOfEach(reading);
  takeTimes(reading);
  takeRepeat(reading);
  takeNew(reading);
}

/** Somebody or something that may have several rows. */
const isMany = (item: Item | undefined): item is Item & ItemOf<"column"> =>
  item?.kind === "column" &&
  item.field.role === "dimension" &&
  !item.field.numeric &&
  !item.field.unique &&
  item.field.flag === null &&
  item.field.column.profile.distinctCount > 3;

/** Those that are said to be new: persons and the like, and not a kind of which there are a few. */
const isNewable = (item: Item & ItemOf<"column">) =>
  item.field.column.profile.distinctCount > 12 ||
  wordsIn(item.text).some((word) => persons.has(stem(word.toLowerCase())));

/** "new customers", "first-time guests", "came for the first time" */
function takeNew(reading: Reading): void {
  const { items, table } = reading;
  const said = newSaid(items);
  if (!said) return;
  const who = items.find((item, at) => isMany(item) && (at === said.to || said.anywhere) && isNewable(item));
  if (who?.kind !== "column" || table.fields.some(({ id }) => /(^|[^a-z])(new|first)(?![a-z])/i.test(id))) return;
  const time = timeField(reading, false, (field) => dated([field]).length > 0);
  if (!time || dated([time]).length === 0) return;
  const text = textOf(items, said.from, said.to);
  const first = firstField(reading, who.field, time);
  items.splice(said.from, said.to - said.from, valueItem(first, "First", text));
  doubt(reading, `“${text}” is read as: those whose first ${time.name} in the data it is.`);
  const counts = items.some((item) => operatorOf(item)?.op === "count");
  const steps = items.some((item) => ["grain", "trend", "group"].includes(operatorOf(item)?.op ?? ""));
  const at = items.indexOf(who);
  if (!counts && steps && !["group", "series"].includes(operatorOf(items[at - 1])?.op ?? ""))
    items.splice(at, 0, { kind: "operator", operator: { op: "count" }, words: 2, text: "number of", used: false });
}

function newSaid(items: Item[]): { from: number; to: number; anywhere: boolean } | null {
  for (let at = 0; at < items.length; at++) {
    const text = textOf(items, at, at + 4).toLowerCase();
    if (items[at]?.kind === "value") continue;
    if (/^for the first time\b/.test(text)) {
      // "time in" may be a column's name: what is left of it leads on to the time.
      const last = items[at + 3];
      if (/ in$/i.test(last?.text ?? ""))
        items.splice(at + 4, 0, { kind: "operator", operator: { op: "in" }, words: 1, text: "in", used: false });
      return { from: at, to: at + 4, anywhere: true };
    }
    const hyphen = items[at + 1]?.text === "-" ? 1 : 0;
    if (/^first$/i.test(items[at]?.text ?? "") && /^(time|timer|ever)$/i.test(items[at + 1 + hyphen]?.text ?? ""))
      return { from: at, to: at + 2 + hyphen, anywhere: false };
    if (items[at]?.kind === "unknown" && /^(new|newly|brand new)$/i.test(items[at]?.text ?? ""))
      return { from: at, to: at + 1, anywhere: false };
  }
  return null;
}

function firstField({ table }: Reading, who: Field, time: Field): Field {
  const when = [{ kind: "first", column: who.id, by: time.id } as const];
  return computedField(
    table,
    `First ${time.name} of ${who.name}`,
    { kind: "cases", cases: [{ name: "First", when }], otherwise: "Later" },
    { role: "dimension", numeric: false, distinct: 2 },
  );
}

/** "repeat customers", "returning guests": those with more rows than one. */
function takeRepeat({ items, assumptions }: Reading): void {
  const at = items.findIndex(
    ({ kind, text }, index) =>
      kind === "unknown" && /^(repeat|repeated|returning|recurring)$/i.test(text) && isMany(items[index + 1]),
  );
  const said = items[at];
  const who = items[at + 1];
  if (!said || !who) return;
  assumptions.add(`“${said.text} ${who.text}” are those with more rows than one.`);
  items.splice(at, 2, who, compareItem(">", "more than"), numberItem(1), { kind: "rows", text: "rows", used: false });
}

/** "came more than once", "only once", "at least twice": so many rows. */
function takeTimes({ items }: Reading): void {
  for (let at = 1; at < items.length; at++) {
    const text = items[at]?.text.toLowerCase() ?? "";
    const counted = times.get(text);
    const number = items[at - 1];
    const many = /^times$/.test(text) && number?.kind === "number";
    if (counted === undefined && !many) continue;
    const cue = many ? at - 2 : at - 1;
    const compared = operatorOf(items[cue])?.op === "compare";
    const just = /^(only|just|exactly)$/i.test(items[cue]?.text ?? "");
    const who = items.findLastIndex((item, index) => index < cue && isMany(item));
    if ((!compared && !just) || who < 0) continue;
    // What was done so often is what the rows are of.
    for (let between = who + 1; between < cue; between++) {
      const item = items[between];
      const done =
        item &&
        (operatorOf(item)?.op === "sort" || item.kind === "unknown" || item.kind === "rows" || item.kind === "stop");
      if (done && (isVerb(stem(item.text.toLowerCase())) || /(ed|me|ght|ne|en|nt)$/i.test(item.text)))
        items[between] = { kind: "stop", text: item.text, used: true };
    }
    const compare = just ? compareItem("=", items[cue]?.text ?? "") : (items[cue] as Item);
    const value: Item = many && number ? number : numberItem(counted ?? 1);
    items.splice(cue, at + 1 - cue, compare, value, { kind: "rows", text: "rows", used: false });
    return;
  }
}

/** "when did each customer last order", "first visit of each patient", "last time Ben came": the day of it. */
function takeLastOfEach(reading: Reading): void {
  const { items } = reading;
  const when = items.findIndex(({ text }) => /^when$/i.test(text));
  const end = items.findIndex(
    (item, at) =>
      at > when && operatorOf(item)?.op === "superlative" && /^(last|latest|first|earliest)$/i.test(item.text),
  );
  const who = items.findIndex((item, at) => at > when && isMany(item));
  const one = items.some(({ kind }) => kind === "value");
  if (when < 0 || end < 0 || (who < 0 ? !one : who > end + 3)) return;
  const time = timeField(reading, true, (field) => dated([field]).length > 0);
  if (!time) return;
  const first = /^(first|earliest)$/i.test(items[end]?.text ?? "");
  const named = items[who];
  const rest = items.filter(({ kind, used }, at) => kind === "value" && !used && at !== who);
  const aggregate = {
    kind: "operator",
    operator: { op: "aggregate", aggregate: first ? "min" : "max" },
    words: 1,
    text: first ? "earliest" : "latest",
    used: false,
  } as const;
  const by = { kind: "operator", operator: { op: "group" }, words: 1, text: "by", used: false } as const;
  items.splice(0, items.length, aggregate, columnItem(time, time.name), ...(named ? [by, named] : []), ...rest);
}
