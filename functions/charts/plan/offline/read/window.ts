import { type Item, operatorOf } from "../link/items.ts";
import type { Grain, WindowKind } from "../query.ts";
import { neighbour, type Reading } from "./reading.ts";

/** What is to be computed over the groups of a result: shares of the total, running totals, growth; `change`: of each group. */
export interface AskedWindow {
  kind: WindowKind | "change";
  /** The step of time that growth is over, if the question says so. */
  grain: Grain | null;
}

/** Takes "running total", "growth", "year over year", "in percent" out of the question. */
export function readWindow({ items }: Reading): AskedWindow | null {
  let asked: AskedWindow | null = null;
  let grain: Grain | null = null;
  for (const [index, item] of items.entries()) {
    const operator = operatorOf(item);
    if (operator?.op === "window") {
      item.used = true;
      grain = operator.grain ?? grain;
      asked = { kind: operator.window, grain };
    } else if (operator?.op === "share" && (operator.percent || ofTotal(items, index) || ofSome(items))) {
      item.used = true;
      asked ??= { kind: "share", grain: null };
    }
  }
  return asked;
}

/** "revenue share of the top 3 customers": of all, rather than of the three. */
const ofSome = (items: Item[]) =>
  items.some((item, at) => operatorOf(item)?.op === "top" && items.slice(at).some(({ kind }) => kind === "number"));

/** "share of the total sales", "share of total". */
function ofTotal(items: Item[], index: number): boolean {
  const next = neighbour(items, index, 1, ["stop"]);
  const item = next === null ? undefined : items[next];
  return item !== undefined && /^(total|overall)$/i.test(item.text) && next !== null && items[next - 1]?.text !== "and";
}
