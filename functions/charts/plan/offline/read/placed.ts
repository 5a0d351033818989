import type { Field } from "../link/fields.ts";
import { type Item, operatorOf } from "../link/items.ts";
import type { Condition } from "../query.ts";
import { neighbour, type Reading } from "./reading.ts";

/** A filter and where in the question it stands, so that "or" between two can be told from "and". */
export interface Placed {
  condition: Condition;
  from: number;
  to: number;
}

export function isNegated({ items }: Reading, index: number): boolean {
  for (let at = index - 1; at >= Math.max(0, index - 6); at--) {
    const item = items[at];
    if (item === undefined || item.kind === "break" || operatorOf(item)?.op === "and") return false;
    const operator = operatorOf(item);
    if (operator?.op === "not" || (operator?.op === "compare" && operator.comparison === "!=")) {
      item.used = true;
      return true;
    }
    if (item.kind === "value") return false;
  }
  return false;
}

/** The column that a number belongs to: the one right after it, else the nearest before. */
export function columnNear(
  { items }: Reading,
  index: number,
  fits: (field: Field) => boolean,
  back = 5,
): number | null {
  const after = neighbour(items, index, 1);
  const next = after === null ? undefined : items[after];
  if (after !== null && next?.kind === "column" && fits(next.field) && after - index <= 2) return after;
  for (let at = index - 1; at >= Math.max(0, index - back); at--) {
    const item = items[at];
    if (item?.kind === "column" && fits(item.field)) return at;
    if (item?.kind === "break" && item.text !== "(") return null;
  }
  return null;
}

/** A column named only to filter by it is no part of the result, unless it was also asked for. */
export function consumed(reading: Reading, item: Item): boolean {
  const index = reading.items.indexOf(item);
  const before = operatorOf(reading.items[index - 1]);
  return before?.op !== "group" || !/^(by|per|each|for each)$/i.test(reading.items[index - 1]?.text ?? "");
}
