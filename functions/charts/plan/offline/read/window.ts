import { type Item, operatorOf } from "../link/items.ts";
import type { Condition, Grain, WindowKind } from "../query.ts";
import type { Placed } from "./placed.ts";
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
    } else if (operator?.op === "share" && (operator.percent || ofTotal(items, index))) {
      item.used = true;
      asked ??= { kind: "share", grain: null };
    }
  }
  return asked;
}

/** "share of the total sales", "share of total". */
function ofTotal(items: Item[], index: number): boolean {
  const next = neighbour(items, index, 1, ["stop"]);
  const item = next === null ? undefined : items[next];
  return item !== undefined && /^(total|overall)$/i.test(item.text) && next !== null && items[next - 1]?.text !== "and";
}

/**
 * Which conditions say what a share is of rather than what the whole is: "share of women per department" is of women
 * among all of a department, "share of sales in 2021" is of all sales of 2021.
 */
export function partOfShare({ items }: Reading, placed: Placed[]): Placed[] {
  const share = items.findIndex((item) => operatorOf(item)?.op === "share");
  const pie = items.some((item) => {
    const operator = operatorOf(item);
    return operator?.op === "chart" && (operator.chart === "pie" || operator.chart === "doughnut");
  });
  // The slices of a pie are shares by themselves.
  if (share < 0 || pie) return [];
  const grouped = items.some((item) => ["group", "series", "grain", "trend"].includes(operatorOf(item)?.op ?? ""));
  const parts = placed.filter(({ condition, from, to }) => {
    // "wind share of output", "default rate"
    if (to === share - 1 && !isTime(condition)) return true;
    if (from < share || isTime(condition)) return false;
    const before = neighbour(items, from, -1, ["stop"]);
    const cue = before === null ? undefined : items[before];
    const introduced = cue !== undefined && /^(in|from|for|at|within|during|to|among)$/i.test(cue.text);
    return !introduced || before === null || before < share;
  });
  // "percentage of orders from the North": of all orders, as nothing else is a whole.
  return parts.length > 0 || grouped
    ? parts
    : placed.filter(({ condition, from }) => from > share && !isTime(condition));
}

function isTime(condition: Condition): boolean {
  switch (condition.kind) {
    case "dates":
      return true;
    case "compare":
      return condition.expression.kind === "time";
    case "any":
    case "all":
      return condition.conditions.some(isTime);
    case "not":
      return isTime(condition.condition);
    default:
      return false;
  }
}
