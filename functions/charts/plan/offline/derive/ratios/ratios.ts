import type { Field } from "../../link/fields.ts";
import { operatorOf } from "../../link/items.ts";
import type { Reading } from "../../read/reading.ts";
import { columnItem, textOf } from "../computed-field.ts";
import { takeMargin } from "../money/profit.ts";
import { takePer, takePerUnit } from "./per.ts";
import { after, differenceField, divides, isMeasure, quotientField } from "./quotients.ts";

/** "profit per unit", "price per square metre", "profit margin", "clicks as a percentage of sessions", "A minus B". */
export function takeRatios(reading: Reading): void {
  const { items } = reading;
  for (let at = 0; at < items.length; at++) {
    takeMargin(reading, at);
    takeParts(reading, at);
    takeDifference(reading, at);
    takePerUnit(reading, at);
    takePer(reading, at);
  }
}

/** "A as a percentage of B", "ratio of A to B", "A to B ratio" */
function takeParts(reading: Reading, at: number): void {
  const { items } = reading;
  const text = items[at]?.text.toLowerCase() ?? "";
  if (/^(share|percentage|percent|proportion|fraction|%|how much|part)( of)?$/.test(text)) {
    // "what share of revenue is profit", "share of takings spent on wages"
    const whole = after(items, at);
    let part = whole + 1;
    while (
      /^(is|was|are|were|goes|go|going|went|gone|spent|spend|used|paid|eaten|taken|up|on|to|in|into|by|for|the|our|as)$/i.test(
        items[part]?.text ?? "",
      )
    )
      part++;
    const [by, of] = [items[whole], items[part]];
    if (part > whole + 1 && divides(by) && isMeasure(of) && of.field !== by.field)
      replace(reading, at, part + 1, of.field, by.field, 100);
    return;
  }
  if (/^(ratio|ratio of|proportion of)$/.test(text)) {
    const first = text.endsWith("of") ? at + 1 : after(items, at);
    const of = items[first];
    const join = items[first + 1];
    const second = after(items, first + 1);
    const by = items[second];
    if (isMeasure(of) && divides(by) && /^(to|and|over|vs|versus|\/|:)$/i.test(join?.text ?? ""))
      replace(reading, at, second + 1, of.field, by.field, 1);
    else if (isMeasure(items[at - 3]) && /^to$/i.test(items[at - 2]?.text ?? "") && divides(items[at - 1])) {
      const [one, other] = [items[at - 3], items[at - 1]];
      if (isMeasure(one) && divides(other)) replace(reading, at - 3, at + 1, one.field, other.field, 1);
    }
    return;
  }
  const of = items[at];
  if (!isMeasure(of)) return;
  let word = at + 1;
  while (items[word]?.kind === "stop") word++;
  if (
    operatorOf(items[word])?.op !== "share" ||
    !/^(as|percent|%|percentage|share)/i.test(textOf(items, at + 1, word + 1))
  )
    return;
  const second = after(items, word);
  const by = items[second];
  if (divides(by) && by.field !== of.field) replace(reading, at, second + 1, of.field, by.field, 100);
}

function replace(reading: Reading, from: number, to: number, of: Field, by: Field, factor: number): void {
  const { items } = reading;
  const name = factor === 100 ? `${of.name} as a share of ${by.name} (%)` : `${of.name} to ${by.name}`;
  items.splice(from, to - from, columnItem(quotientField(reading, of, by, name, factor), textOf(items, from, to)));
}

/** "A minus B", "difference between A and B", "gap between A and B" */
function takeDifference(reading: Reading, at: number): void {
  const { items } = reading;
  const text = items[at]?.text.toLowerCase() ?? "";
  if (/^minus$|^less$/.test(text)) {
    const [one, other] = [items[at - 1], items[after(items, at)]];
    if (isMeasure(one) && isMeasure(other)) subtract(reading, at - 1, after(items, at) + 1, one.field, other.field);
    return;
  }
  if (!/^(difference|gap|difference between|gap between)$/.test(text)) return;
  const between = /^between$/i.test(items[at + 1]?.text ?? "") ? at + 1 : at;
  const first = after(items, between);
  const [one, and] = [items[first], items[first + 1]];
  const second = after(items, first + 1);
  const other = items[second];
  if (isMeasure(one) && operatorOf(and)?.op === "and" && isMeasure(other) && one.field !== other.field)
    subtract(reading, at, second + 1, one.field, other.field);
}

function subtract(reading: Reading, from: number, to: number, one: Field, other: Field): void {
  const { items } = reading;
  const text = textOf(items, from, to);
  items.splice(
    from,
    to - from,
    columnItem(differenceField(reading, one, other, `${one.name} minus ${other.name}`), text),
  );
}
