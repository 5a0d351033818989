import { flowOf } from "../../language/flows.ts";
import { stem } from "../../language/stem.ts";
import { wordsIn } from "../../language/tokens.ts";
import type { Field } from "../../link/fields.ts";
import type { Reading } from "../../read/reading.ts";
import { columnItem, textOf } from "../computed-field.ts";
import { after, differenceField, quotientField } from "../ratios/quotients.ts";
import { takeRunning } from "./flows.ts";
import { gainField } from "./products.ts";

const takings = ["revenue", "sales", "sale", "turnover", "income", "gross"].map(stem);
const outlays = ["cost", "costs", "expense", "expenses", "expenditure", "outgoings", "spend", "spent", "cogs"].map(
  stem,
);
const gains = ["profit", "gain", "earning"].map(stem);

/** The one column of numbers that is called so. */
function measureCalled({ table }: Reading, words: string[]): Field | null {
  const called = table.fields.filter(
    (field) =>
      field.numeric &&
      field.role === "measure" &&
      // A cost of one unit is not to be taken from the sales of several.
      field.additive &&
      field.names.some((name) =>
        words.some((word) => name.some(({ stem, weight }) => weight >= 0.5 && stem === word)),
      ) &&
      !/(rate|margin|pct|percent|%|target|per)/i.test(field.id),
  );
  return called.length === 1 ? (called[0] ?? null) : null;
}

/** "profit margin", "margin": what of the takings is profit. "profit", where only takings and costs are there. */
export function takeMargin(reading: Reading, at: number): void {
  const { items, table } = reading;
  const item = items[at];
  if (!item) return;
  const margin = /^margins?$/i.test(item.text);
  const two = /^(profit|gross|net|operating)$/i.test(item.text) && /^margins?$/i.test(items[at + 1]?.text ?? "");
  const one = /^(profit|gross|net|operating) margins?$/i.test(item.text);
  const known = item.kind === "column" && wordsIn(item.field.id).some((word) => /^margins?$/i.test(word));
  const profit = measureCalled(reading, gains);
  const [taken, spent] = [measureCalled(reading, takings), measureCalled(reading, outlays)];
  const wordsOfGain = margin || two || one || /^(profits?)$/i.test(item.text);
  const worth = wordsOfGain && !profit && !(taken && spent) ? gainField(reading) : null;
  if ((margin || two || one) && !known && table.fields.every(({ id }) => !/margin/i.test(id))) {
    const gain = profit ?? (taken && spent ? differenceField(reading, taken, spent, "Profit") : worth?.gain);
    const all = worth?.taken ?? taken;
    if (!gain || !all) return;
    const length = two ? 2 : 1;
    const field = quotientField(reading, gain, all, "Profit margin (%)", 100);
    items.splice(at, length, columnItem(field, textOf(items, at, at + length)));
    return;
  }
  const linked =
    item.kind === "column" && item.field.names.some((name) => name.some(({ stem }) => gains.includes(stem)));
  if (worth && !linked) {
    items[at] = columnItem(worth.gain, item.text);
    return;
  }
  const left = /^(profits?|net|surplus|balances?)$/i.test(item.text) && !linked && taken && spent && !profit;
  if (!left) return;
  const field = differenceField(reading, taken, spent, "Profit");
  // "net income" is no income.
  const more = /^net$/i.test(item.text) && after(items, at) === at + 1 && flowOf(items[at + 1]?.text ?? "") ? 2 : 1;
  items.splice(at, more, columnItem(field, textOf(items, at, at + more)));
  if (/^balances?$/i.test(item.text)) takeRunning(reading, at, "the first row");
}
