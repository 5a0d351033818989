import { sameFamily } from "../../language/events.ts";
import { wordsIn } from "../../language/tokens.ts";
import type { Field } from "../../link/fields.ts";
import { aggregateItem, operatorOf } from "../../link/items.ts";
import { unitOf as columnUnit, factorBetween } from "../../link/units.ts";
import { fieldAbout, type Reading } from "../../read/reading.ts";
import { columnItem, groupItem, textOf } from "../computed-field.ts";
import { isMeasure } from "../ratios/quotients.ts";
import { lengths } from "../times/event-words.ts";

/** What "how far" and the like ask for. */
const scales: [degree: RegExp, scale: string[]][] = [
  [/^far$/i, ["distance"]],
  [/^long$/i, ["duration", "length", "runtime"]],
  [/^old$/i, ["age"]],
  [/^(big|large)$/i, ["size", "area"]],
  [/^(tall|high)$/i, ["height"]],
  [/^heavy$/i, ["weight", "mass"]],
  [/^fast$/i, ["speed"]],
  [/^(expensive|costly)$/i, ["price", "cost", "fee"]],
  [/^(satisfied|happy)$/i, ["satisfaction", "happiness"]],
  [/^(hot|warm|cold)$/i, ["temperature"]],
];

/** "how far do members ride", "average charging time", "how do people pay": the column that tells it, though it is called otherwise. */
export function takeDegrees(reading: Reading): void {
  takeTimes(reading);
  takeMeans(reading);
  const { items, table, objections } = reading;
  for (let at = 0; at + 1 < items.length; at++) {
    const word = items[at + 1];
    const scale = scales.find(([degree]) => degree.test(word?.text ?? ""))?.[1];
    if (!scale || !/^how$/i.test(items[at]?.text ?? "") || word?.kind === "column" || word?.kind === "value") continue;
    const field = fieldAbout(table, scale);
    const text = textOf(items, at, at + 2);
    if (field?.numeric && field.role === "measure") {
      items.splice(at, 2, aggregateItem("avg", text), columnItem(field, text));
      reading.assumptions.add(`“${text}” is read as the average of ${field.name}.`);
    } else if (!items.some((item) => isMeasure(item) || operatorOf(item)?.op === "share"))
      objections.add(`Nothing in the data tells ${text} something is.`);
  }
}

/** The only column that holds a length of time. */
function onlyLength({ table }: Reading): Field | null {
  const found = table.fields.filter((field) => {
    const unit = columnUnit(field);
    const timed = unit !== null && factorBetween(unit, "s") !== null;
    return field.numeric && field.role === "measure" && (timed || /duration|elapsed/i.test(field.id));
  });
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** "average charging time", where no column is called so: how long it takes, and not the moment at which it began. */
function takeTimes(reading: Reading): void {
  const { items, objections, assumptions } = reading;
  takeSpentTime(reading);
  for (let at = 0; at + 2 < items.length; at++) {
    const [aggregate, what, time] = [operatorOf(items[at]), items[at + 1], items[at + 2]];
    if (aggregate?.op !== "aggregate" || !what || !time || !lengths.test(time.text)) continue;
    const named = what.kind === "column" && (!what.link.synonym || what.field.role !== "measure");
    const moment = time.kind === "column" && time.field.role === "time" && time.link.score < 1;
    if (named || what.kind === "operator" || what.kind === "value" || !(moment || time.kind === "unknown")) continue;
    const text = textOf(items, at + 1, at + 3);
    const field = onlyLength(reading);
    if (field) {
      items.splice(at + 1, 2, columnItem(field, text));
      assumptions.add(`“${text}” is read as ${field.name}.`);
    } else if (moment) objections.add(`Nothing in the data tells the “${text}”.`);
  }
}

/** "share of admin time", "total meeting time": how long it all took. */
function takeSpentTime(reading: Reading): void {
  const { items, assumptions } = reading;
  const at = items.findIndex(({ text }, index) => /^time$/i.test(text) && items[index - 1]?.kind === "value");
  const time = items[at];
  const named =
    time?.kind === "unknown" || (time?.kind === "column" && time.field.role === "time" && time.link.score < 1);
  const field = named && !items.some((item) => item !== time && isMeasure(item)) ? onlyLength(reading) : null;
  if (!time || !field) return;
  items[at] = columnItem(field, time.text);
  assumptions.add(`“${time.text}” is read as ${field.name}.`);
}

const means = /^(method|mode|means|channel|type|way)s?$/i;

/** "how do people pay" of a `payment_method`: how many there are of each. */
function takeMeans({ items, table, assumptions }: Reading): void {
  const at = items.findIndex(
    ({ text }, index) => /^how$/i.test(text) && /^(do|does|did)$/i.test(items[index + 1]?.text ?? ""),
  );
  if (at < 0) return;
  for (let verb = at + 2; verb < items.length; verb++) {
    const said = items[verb];
    if (!said || said.kind === "value" || said.kind === "operator") return;
    const field = table.fields.find(({ id, role }) => {
      const words = wordsIn(id);
      const told = words.slice(0, -1).some((word) => sameFamily(word.toLowerCase(), said.text.toLowerCase()));
      return role === "dimension" && told && means.test(words.at(-1) ?? "");
    });
    if (!field) continue;
    const text = textOf(items, at, verb + 1);
    items.splice(
      at,
      verb + 1 - at,
      { kind: "rows", text: "rows", used: false },
      groupItem("by"),
      columnItem(field, text),
    );
    assumptions.add(`“${text}” is read as the number of rows by ${field.name}.`);
    return;
  }
}

/** "what do people complain about": what is said of something is in no column. */
export function refuseAbout({ items, objections }: Reading): void {
  const words = items.map(({ text }) => text.toLowerCase());
  const end = words.at(-1) === "?" ? -2 : -1;
  const about = items.at(end);
  if (/^(what|why)$/.test(words[0]?.split(" ")[0] ?? "") && words.at(end) === "about" && about?.kind === "stop")
    objections.add(
      `Nothing in the data tells what “${textOf(items, Math.max(0, items.length + end - 1), items.length + end + 1)}”.`,
    );
}
