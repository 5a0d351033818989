import type { ChartType } from "../../../../../contract/index.ts";
import type { Field } from "../link/fields.ts";
import { operatorOf } from "../link/items.ts";
import type { Reading } from "./reading.ts";

export interface AskedOrder {
  /** An axis, a column, or whatever the measure is. */
  target: "x" | "y" | "measure" | Field;
  direction: "asc" | "desc" | null;
}

/** How a clause about order begins, after a comma or "and". */
const opening = new Set(
  "sort sorted order ordered rank ranked list show display arrange put could would can i please then show in from with and".split(
    " ",
  ),
);
const connecting = new Set(["and", ",", ".", "?", ";"]);

/** Where the clause with the item at `index` begins: at the nearest mark, "and" or verb of ordering before it. */
function clauseStart({ items }: Reading, index: number): number {
  for (let at = index; at >= 0; at--) {
    const item = items[at];
    if (item === undefined) break;
    if (operatorOf(item)?.op === "sort") return at;
    if (at < index && (item.kind === "break" || connecting.has(item.text.toLowerCase())))
      return opening.has(items[at + 1]?.text.toLowerCase() ?? "") ? at + 1 : index;
  }
  return index;
}

function clauseEnd({ items }: Reading, index: number): number {
  for (let at = index + 1; at < items.length; at++) {
    const item = items[at];
    if (item?.kind === "break" && item.text !== "-") return at;
  }
  return items.length;
}

/** Takes the clause that asks for an order out of the question: "sorted by price, high to low". */
export function readOrder(reading: Reading): AskedOrder | null {
  const { items } = reading;
  const directed = items.findIndex((item) => ["direction", "alphabetical"].includes(operatorOf(item)?.op ?? ""));
  const sorted = items.findLastIndex((item) => operatorOf(item)?.op === "sort");
  const anchor = directed >= 0 ? directed : sorted;
  if (anchor < 0) return null;

  const start = Math.min(
    clauseStart(reading, anchor),
    sorted >= 0 && sorted < anchor && anchor - sorted < 10 ? sorted : anchor,
  );
  const end = clauseEnd(reading, anchor);
  const operator = operatorOf(items[anchor]);
  let target: AskedOrder["target"] = operator?.op === "alphabetical" ? "x" : "measure";
  let counted = false;
  // "rank schools by score": the schools are what is ranked.
  const by = items.findLastIndex(
    (item, at) =>
      at > start && at < end && item.text === "by" && items.slice(at, end).some(({ kind }) => kind === "column"),
  );
  const ranked = (at: number) => start === sorted && at < by && items[at]?.kind === "column";
  for (const [offset, item] of items.slice(start, end).entries()) {
    const asked = operatorOf(item);
    // What narrows the rows is no part of their order.
    if (item.kind === "value" || item.kind === "period" || item.kind === "quoted") continue;
    if (ranked(start + offset) || (item.kind === "unknown" && !/^names?$/i.test(item.text))) continue;
    if (item.kind === "column") {
      target = counted ? "measure" : item.field;
      if (asked === null) item.used = true;
    } else if (asked?.op === "axis") target = asked.axis;
    else if (asked?.op === "chart") target = "x";
    else if (asked?.op === "count") counted = true;
    else if (asked?.op === "aggregate") counted = true;
    else if (/^names?$/i.test(item.text) && item.kind !== "stop") target = "x";
    else if (/^(dates?|time|years?|chronological\w*)$/i.test(item.text) && target === "measure") target = "x";
    if (asked?.op !== "chart" || target === "x") item.used = true;
  }
  const best = typeof target !== "string" && target.role === "measure" && /^rank/i.test(items[sorted]?.text ?? "");
  const direction =
    operator?.op === "direction" ? operator.direction : operator?.op === "alphabetical" ? "asc" : best ? "desc" : null;
  return { target, direction };
}

/** Takes the words for kinds of charts out of the question; the last one that is specific counts. */
export function readChartWords({ items }: Reading): ChartType | null {
  let type: ChartType | null = null;
  for (const item of items) {
    const operator = operatorOf(item);
    if (operator?.op !== "chart" || item.used) continue;
    item.used = true;
    if (type === null || operator.chart !== "bar" || type === "table") type = operator.chart;
  }
  return type;
}
