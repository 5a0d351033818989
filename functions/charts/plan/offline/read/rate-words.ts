import { wordsIn } from "../language/tokens.ts";
import { type Item, operatorOf } from "../link/items.ts";
import type { Reading } from "./reading.ts";
import { isTelling } from "./verbs.ts";

/** "default rate", "churn rate": how many of all rows have the value, or say yes. */
export function takeRates(reading: Reading): void {
  const { items, assumptions } = reading;
  takeBestRates(reading);
  for (const [index, item] of items.entries()) {
    const before = items[index - 1];
    const rate =
      /^rates?$/i.test(item.text) && (item.kind === "unknown" || (item.kind === "column" && item.link.unsaid));
    const part = before?.kind === "value" || (before?.kind === "column" && before.field.flag !== null);
    if (!rate || !part) continue;
    items[index] = { ...percent, text: item.text, used: false };
    assumptions.add(`“${before.text} ${item.text}” is read as the share of rows that have it.`);
  }
}

/** "which source converts best", "highest converting page": of yes and no, the share of yes is high or low. */
function takeBestRates({ items, assumptions }: Reading): void {
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    if (item?.kind !== "column" || item.field.flag === null) continue;
    const at = [index - 1, index + 1].find((one) => /^(best|worst|highest|lowest)$/i.test(items[one]?.text ?? ""));
    const word = at === undefined ? undefined : items[at];
    if (word?.kind !== "operator" || word.operator.op !== "superlative" || at === undefined) continue;
    const { end } = word.operator;
    // The worst at cancelling may cancel most or least.
    if (/^(best|worst)$/i.test(word.text) && wordsIn(item.field.id).some(isTelling)) continue;
    const rated = isRate(items[index + 1]);
    const leads = at < index && items[index + (rated ? 2 : 1)] !== undefined;
    const numbered = items[at - 1]?.kind === "number" && operatorOf(items[at - 2])?.op === "top";
    word.operator = leads ? { op: "top", end } : { op: "superlative", end, about: [] };
    items.splice(index, rated ? 2 : 1);
    const rate: Item[] = [item, { ...percent, text: "rate", used: false }];
    // "top 3 best converting countries" are the top 3 by the rate.
    if (numbered) items.splice(at - 2, 3, ...rate, ...items.slice(at - 2, at));
    else items.splice(at < index && !leads ? at + 1 : at, 0, ...rate);
    assumptions.add(
      `“${word.text} ${item.text}” is read as the ${end === "max" ? "highest" : "lowest"} share of rows where ${item.field.name} is ${item.field.flag.yes}.`,
    );
    index += 1;
  }
}

const percent = { kind: "operator", operator: { op: "share", percent: true }, words: 1 } as const;

const isRate = (item: Item | undefined) => operatorOf(item)?.op === "share" || /^rates?$/i.test(item?.text ?? "");
