import { wordsIn } from "../../language/tokens.ts";
import type { Field } from "../../link/fields.ts";
import { operatorOf } from "../../link/items.ts";
import type { Reading } from "../../read/reading.ts";

/** Whether a column holds percentages by its name: "% Complete", `discount_pct`. */
const isPercentage = ({ id, numeric, role }: Field) =>
  numeric &&
  role === "measure" &&
  (id.includes("%") || wordsIn(id).some((word) => /^(pct|perc|percent(age)?)$/i.test(word)));

/** "percent complete" of "% Complete" names the column, of which there is no share of a total. */
export function takePercentages({ items }: Reading): void {
  for (let at = 0; at < items.length; at++) {
    const operator = operatorOf(items[at]);
    const before = items[at - 1];
    // "what share" names no column `What for`.
    if (operator?.op === "share" && before?.kind === "column" && /^(what|which)$/i.test(before.text))
      items[at - 1] = { kind: "stop", text: before.text, used: false };
    if (operator?.op !== "share" || !operator.percent) continue;
    const next = items[at + 1]?.kind === "stop" ? at + 2 : at + 1;
    const named = [items[next], items[at - 1]].find((one) => one?.kind === "column" && isPercentage(one.field));
    if (!named) continue;
    items.splice(at, 1, { kind: "stop", text: items[at]?.text ?? "", used: true });
  }
}
