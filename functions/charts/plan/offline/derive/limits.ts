import { type Item, operatorOf } from "../link/items.ts";
import type { Reading } from "../read/reading.ts";
import { columnItem, compareItem, textOf } from "./computed-field.ts";
import { lengths, stemsOf, tells, unitOf } from "./event-words.ts";
import { durationField } from "./spans.ts";

/** "closed within 60 minutes", "delivered in less than 4 days", "shipped in under 2 days" */
export function takeLimits(reading: Reading): void {
  const { items } = reading;
  for (let at = 0; at < items.length; at++) {
    const said = items[at];
    const unit = unitOf(items[at + 1]?.text ?? "");
    // "within an hour"
    const number: Item | undefined = /^(an?|one)$/i.test(said?.text ?? "")
      ? { kind: "number", value: 1, text: said?.text ?? "", used: false }
      : said;
    if (number?.kind !== "number" || !unit) continue;
    const compare = operatorOf(items[at - 1]);
    const within = /^within$/i.test(items[at - 1]?.text ?? "");
    if (!within && compare?.op !== "compare") continue;
    const event = within || !/^(in|after|for)$/i.test(items[at - 2]?.text ?? "") ? at - 2 : at - 3;
    const item = items[event];
    if (!item || !tells(item) || lengths.test(item.text) || item.kind === "stop" || item.kind === "operator") continue;
    const field = durationField(reading, { starts: [], ends: stemsOf(item), open: false, unit });
    if (!field) continue;
    const comparison = compare?.op === "compare" ? compare.comparison : "<=";
    const limit = compareItem(comparison, textOf(items, event + 1, at));
    items.splice(event, at + 2 - event, columnItem(field, item.text), limit, number);
    at = event + 2;
  }
}
