import { type Item, operatorOf } from "../../link/items.ts";
import { mainMeasure } from "../../link/main-measure.ts";
import type { Reading } from "../../read/reading.ts";
import { tellMain } from "../../read/unsaid-scales.ts";
import { columnItem, textOf } from "../computed-field.ts";
import { divides, isMeasure, quotientField } from "./quotients.ts";

/**
 * "most per mile by type", "best chalet per night", "who pays the most per night": what ranks is so much of the measure
 * for each mile or night, and never the miles or nights.
 */
export function takePerRanked(reading: Reading): void {
  const { items, table } = reading;
  const per = items.findIndex(({ text }, at) => /^per$/i.test(text) && divides(items[at + 1]));
  const by = items[per + 1];
  const top = items.findLastIndex((item, at) => at < per && operatorOf(item)?.op === "superlative");
  const [ranks, word] = [items[top], items[per]];
  const between = items.slice(top + 1, per);
  // "who pays the most", where a column tells whether a row is paid: what ranks would be lost.
  if (items[top - 1]?.kind === "value") {
    if (divides(by) && ranks)
      reading.objections.add(`“${textOf(items, top - 1, per + 2)}” is not clear: name a measure.`);
    return;
  }
  if (!divides(by) || !ranks || !word || between.some((item) => isMeasure(item) || !isPassed(item))) return;
  let before = top - 1;
  while (items[before]?.kind === "stop") before--;
  const said = items[before];
  const main = isMeasure(said) ? null : mainMeasure(table);
  const of = isMeasure(said) ? said.field : main?.field;
  if (!of || of === by.field || of.quotient) {
    if (!of) reading.objections.add(`“${textOf(items, top, per + 2)}” does not say of what: name a measure.`);
    return;
  }
  if (main) tellMain(reading, [textOf(items, top, per), ranks.text], main);
  const quotient = columnItem(quotientField(reading, of, by.field, `${of.name} per ${by.text}`, 1), by.text);
  const sought = between.filter(({ kind }) => kind !== "stop");
  const joined: Item = { kind: "stop", text: "with", used: false };
  const lead: Item[] = sought.length > 0 ? [...sought, joined] : [];
  items.splice(top, per + 2 - top, ...lead, ranks, quotient);
  if (isMeasure(said)) items[before] = { kind: "stop", text: said.text, used: true };
}

/** What is looked for may stand between. */
const isPassed = (item: Item) =>
  item.kind === "stop" || item.kind === "rows" || (item.kind === "column" && item.field.role === "dimension");
