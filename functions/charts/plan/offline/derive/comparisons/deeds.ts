import { isDeal, scaleOfDeed } from "../../language/deeds.ts";
import { type Item, operatorOf } from "../../link/items.ts";
import { mainMeasure } from "../../link/main-measure.ts";
import { fieldAbout, neighbour, type Reading } from "../../read/reading.ts";
import { isOfPersons } from "../../read/row-label.ts";
import { tellMain } from "../../read/unsaid-scales.ts";
import { columnItem } from "../computed-field.ts";
import { valueItem } from "../ratios/rates.ts";

/**
 * "who drives the most", "which customer buys least", "which product gets returned the most": what there is most of, only the
 * verb says.
 */
export function takeDeeds(reading: Reading): void {
  const { items, table, assumptions } = reading;
  for (const [at, item] of items.entries()) {
    const operator = operatorOf(item);
    if (operator?.op !== "superlative" || operator.about.length > 0 || !/most|least/i.test(item.text)) continue;
    const before = neighbour(items, at, -1, []);
    const deed = before === null ? undefined : items[before];
    if (item.kind !== "operator" || !deed || before === null) continue;
    const known = isDeal(deed.text) || scaleOfDeed(deed.text) !== null;
    if (!isLast(items, at)) {
      // "sold the most pots": the pots are what there is most of.
      if (known && deed.kind === "unknown") items[before] = { kind: "stop", text: deed.text, used: true };
      continue;
    }
    const flag = deed.kind === "column" ? deed.field.flag : null;
    if (deed.kind === "column" && flag) items[before] = valueItem(deed.field, flag.yes, deed.text);
    // Of what was so, there are the most rows.
    if (deed.kind === "value" || flag) {
      item.operator = { ...operator, about: ["count"] };
      continue;
    }
    if (deed.kind !== "unknown" && deed.kind !== "stop" && operatorOf(deed)?.op !== "sort") continue;
    const scale = scaleOfDeed(deed.text);
    const field = scale && fieldAbout(table, scale);
    // What somebody earns is not what they bring in.
    const earns = /^earn/i.test(deed.text) && items.some((one) => /^who$/i.test(one.text) || isOfParty(one));
    const main = isDeal(deed.text) && !earns ? mainMeasure(table) : null;
    const by = field?.numeric && field.role === "measure" ? field : main?.field;
    if (!by) continue;
    items[before] = { kind: "stop", text: deed.text, used: true };
    items.splice(at + 1, 0, columnItem(by, by.name));
    if (by === main?.field) tellMain(reading, [`${deed.text} ${item.text}`], main);
    else assumptions.add(`“${deed.text} ${item.text}” is read as the most ${by.name}.`);
    return;
  }
}

const isOfParty = (item: Item) => item.kind === "column" && isOfPersons(item.field);

/** Whether nothing but where and when follows. */
function isLast(items: readonly Item[], at: number): boolean {
  const next = items.slice(at + 1).find(({ kind }) => kind !== "stop");
  return next === undefined || next.kind === "break" || next.kind === "period" || placed(next);
}

const placed = (item: Item) =>
  ["in", "since", "group", "compare", "superlative"].includes(operatorOf(item)?.op ?? "") ||
  /^(this|last|past|previous)$/i.test(item.text);
