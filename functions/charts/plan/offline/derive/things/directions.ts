import { stem } from "../../language/stem.ts";
import { wordsIn } from "../../language/tokens.ts";
import type { Field, Table } from "../../link/fields.ts";
import { type Item, operatorOf } from "../../link/items.ts";
import type { Reading } from "../../read/reading.ts";
import { comparedItem } from "../comparisons/compared-columns.ts";
import { columnItem, textOf } from "../computed-field.ts";

type Side = "from" | "to";

/** Two columns of places, where something begins and where it ends: `from_station` and `to_station`. */
interface Way {
  from: Field;
  to: Field;
}

/** Words in the names of such columns, and in questions about them. */
const named: Record<Side, RegExp> = {
  from: /^(from|start|origin|source|departure|depart|dep|pickup|begin|sender)$/i,
  to: /^(to|end|destination|dest|arrival|arrive|arr|dropoff|finish|receiver)$/i,
};
const said: Record<Side, RegExp> = {
  from: /^(from|start(s|ed|ing)?|begin(s|ning)?|began|leav(e|es|ing)|left|depart(s|ed|ing)?)( (from|at|in))?$/i,
  to: /^(to|into|end(s|ed|ing)?|arriv(e|es|ed|ing)|finish(es|ed|ing)?|go(es|ing)?)( (to|at|in))?$/i,
};
const nouns: Record<Side, RegExp> = {
  from: /^(origins?|departures?|sources?|starting points?)$/i,
  to: /^(destinations?|arrivals?|end points?)$/i,
};
const sides: Side[] = ["from", "to"];

/** The columns that are called alike but for the words for a side. */
function wayIn({ fields }: Table): Way | null {
  const rest = (field: Field, side: Side) => {
    const words = wordsIn(field.id);
    const left = words.filter((word) => !named[side].test(word));
    return left.length < words.length ? left.map(stem).join(" ") : null;
  };
  const places = fields.filter(({ role, flag }) => role === "dimension" && !flag);
  for (const from of places) {
    const to = places.find(
      (other) => other !== from && rest(from, "from") !== null && rest(other, "to") === rest(from, "from"),
    );
    if (to) return { from, to };
  }
  return null;
}

/** "trips from Central to Park", "which station do most trips end at", "top destinations", "round trips", "routes" */
export function takeDirections(reading: Reading): void {
  const way = wayIn(reading.table);
  if (!way) return;
  takeRound(reading, way);
  const { items } = reading;
  for (let at = 0; at < items.length; at++) {
    const item = items[at];
    if (item?.kind === "value" && isOf(way, item.field)) placeValue(items, at, way);
    else if (item?.kind === "column" && isOf(way, item.field) && !tellsSide(item.text)) placeColumn(items, at, way);
    else if (item?.kind === "unknown") takeNoun(reading, at, way);
  }
  takeEqual(reading, way);
}

/** "origin and destination are the same" */
function takeEqual({ items, table, assumptions }: Reading, way: Way): void {
  const at = items.findIndex(({ text }) => /^(same|equal|identical|different)$/i.test(text));
  const places = items.filter((item) => item.kind === "column" && isOf(way, item.field));
  const said = items[at];
  if (!said || places.length !== 2 || places.some((place) => items.indexOf(place) > at)) return;
  const comparison = /^different$/i.test(said.text) ? "!=" : "=";
  const from = Math.min(...places.map((place) => items.indexOf(place)));
  const text = textOf(items, from, at + 1);
  items.splice(from, at + 1 - from, comparedItem(table, way.from, comparison, way.to, text));
  assumptions.add(`“${text}” is read as: ${way.from.name} ${comparison} ${way.to.name}.`);
}

const tellsSide = (text: string) => wordsIn(text).some((word) => sides.some((side) => named[side].test(word)));
const isOf = ({ from, to }: Way, field: Field) => field === from || field === to;
const quiet = (items: Item[], at: number) => {
  const item = items[at];
  if (item) items[at] = { kind: "stop", text: item.text, used: true };
};

/** Which side a word right before tells, passing over "at" and "in". */
function sideBefore(items: Item[], at: number): { side: Side; from: number } | null {
  for (let from = at - 1; from >= Math.max(0, at - 3); from--) {
    const text = items[from]?.text ?? "";
    const side = sides.find((one) => said[one].test(text));
    if (side) return { side, from };
    if (!/^(at|in|on|the)$/i.test(text)) return null;
  }
  return null;
}

function placeValue(items: Item[], at: number, way: Way): void {
  const item = items[at];
  const told = sideBefore(items, at);
  if (item?.kind !== "value" || !told) return;
  const field = way[told.side];
  if (item.field !== field && !item.link.alternatives.includes(field)) return;
  items[at] = { ...item, field, link: { ...item.link, field, alternatives: [] } };
  for (let word = told.from; word < at; word++) quiet(items, word);
}

/** "which station do most trips end at": the verb stands at the end, with no place after it. */
function placeColumn(items: Item[], at: number, way: Way): void {
  const item = items[at];
  if (item?.kind !== "column") return;
  // "by start station"
  const before = sides.find((side) => named[side].test(items[at - 1]?.text ?? ""));
  if (before) {
    items[at] = { ...item, field: way[before], link: { ...item.link, field: way[before], alternatives: [] } };
    quiet(items, at - 1);
    return;
  }
  for (const [verb, one] of items.entries()) {
    const side = one === item ? undefined : sides.find((each) => said[each].test(one.text));
    const next = items[verb + 1];
    const particle = /^(at|in|from|to)$/i.test(next?.text ?? "");
    const ends = items[verb + (particle ? 2 : 1)];
    if (!side || (ends !== undefined && ends.kind !== "break" && operatorOf(ends)?.op !== "group")) continue;
    const field = way[side];
    items[at] = { ...item, field, link: { ...item.link, field, alternatives: [] } };
    quiet(items, verb);
    if (particle) quiet(items, verb + 1);
    return;
  }
}

/** "destination" and "origin" name the columns; a route is both of them. */
function takeNoun({ items, assumptions }: Reading, at: number, way: Way): void {
  const text = items[at]?.text ?? "";
  const side = sides.find((one) => nouns[one].test(text));
  if (side) {
    items[at] = columnItem(way[side], text);
    assumptions.add(`“${text}” is read as ${way[side].name}.`);
  }
  if (!/^(routes?|connections?)$/i.test(text)) return;
  const and: Item = { kind: "operator", operator: { op: "and" }, words: 1, text: "and", used: false };
  items.splice(at, 1, columnItem(way.from, text), and, columnItem(way.to, text));
  assumptions.add(`“${text}” is read as ${way.from.name} and ${way.to.name}.`);
}

/** "round trips", "start and end at the same station": both places are one. */
function takeRound({ items, table, assumptions }: Reading, way: Way): void {
  for (let at = 0; at < items.length; at++) {
    const text = items[at]?.text ?? "";
    const next = items[at + 1];
    const round = /^round$/i.test(text) && (next?.kind === "rows" || /^(trips?|journeys?)$/i.test(next?.text ?? ""));
    const place = next?.kind === "column" && isOf(way, next.field);
    const same =
      /^(same|different)$/i.test(text) &&
      place &&
      items.some((item) => said.to.test(item.text) || said.from.test(item.text));
    if (!round && !same) continue;
    const comparison = /^different$/i.test(text) ? "!=" : "=";
    for (const [index, item] of items.entries())
      if (same && sides.some((side) => said[side].test(item.text))) {
        quiet(items, index);
        if (operatorOf(items[index + 1])?.op === "and") quiet(items, index + 1);
      }
    const words = textOf(items, at, at + 2);
    const compared = comparedItem(table, way.from, comparison, way.to, words);
    const rows: Item = { kind: "rows", text: next?.text ?? "", used: false };
    items.splice(at, 2, compared, ...(round ? [rows] : []));
    assumptions.add(`“${words}” is read as: ${way.from.name} ${comparison} ${way.to.name}.`);
    return;
  }
}
