import { type Item, operatorOf } from "../../link/items.ts";
import type { Reading } from "../../read/reading.ts";

/** How something does, rather than what it does. */
const faring =
  /^(sell|sells|sold|selling|do|does|did|doing|done|perform|performs|performed|performing|fare|fares|fared|run|runs|running|go|goes|going|went|work|works|working)$/i;
const open = /^(best|worst)$/i;

/**
 * "which month was the best", "which product sells worst", "which route is the longest on average": the superlative stands
 * after what it is said of, and is read as if it stood before it.
 */
export function takeRankings({ items }: Reading): void {
  const which = items.findIndex((item) => operatorOf(item)?.op === "which" || /^what$/i.test(item.text));
  if (which < 0) return;
  const at = items.findIndex((item, index) => index > which + 1 && isSuperlative(item));
  const item = items[at];
  if (!item || !ends(items, at)) return;
  const fares = open.test(item.text) ? items.slice(which + 1, at).filter(({ text }) => faring.test(text)) : [];
  const between = items.slice(which + 1, at).filter((one) => one.kind !== "stop" && !fares.includes(one));
  const [sought, ...more] = between;
  if (!sought || more.some((one) => one.kind !== "value") || !isThing(sought)) return;
  const index = items.indexOf(sought);
  for (const one of fares) items[items.indexOf(one)] = { kind: "stop", text: one.text, used: true };
  items.splice(at, 1);
  items.splice(index, 0, item);
}

const isSuperlative = (item: Item) => {
  const operator = operatorOf(item);
  return operator?.op === "superlative" && operator.about.length > 0 && !operator.about.includes("count");
};

/** What can be best or longest: things, and steps of time. */
function isThing(item: Item): boolean {
  if (item.kind === "rows" || operatorOf(item)?.op === "grain") return true;
  return item.kind === "column" && item.field.role !== "measure";
}

/** "best", "best in the south", "longest on average", and not "longest runtime". */
function ends(items: readonly Item[], at: number): boolean {
  const next = items.slice(at + 1).find(({ kind }) => kind !== "stop");
  if (next === undefined || next.kind === "break" || next.kind === "period") return true;
  return ["in", "aggregate", "group", "since", "compare"].includes(operatorOf(next)?.op ?? "");
}
