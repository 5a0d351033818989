import type { Operator } from "../language/lexicon.ts";
import type { Field } from "../link/fields.ts";
import { type Item, operatorOf } from "../link/items.ts";
import { neighbour } from "./reading.ts";

export interface AskedEnd {
  end: "max" | "min";
  /** What the scale is: a column, the number of rows, or open. */
  by: Field | "count" | null;
  /** Null: all, in that order. */
  limit: number | null;
  /** Of several rows the one with the highest or lowest value counts, as for "tallest". */
  extreme: boolean;
  /** Who has most of something has the largest total of it, if it adds up at all. */
  total: boolean;
  /** The question names no measure: it is the one that the table has above all. */
  main?: boolean;
  /** How the question says it. */
  text: string;
}

export type End = Extract<Operator, { op: "superlative" | "top" }>;

export const isScale = (field: Field) => field.numeric && field.role === "measure";

/** "by debit", "in terms of sales", after a superlative. */
export function measureAfterBy(items: Item[], index: number): Field | null {
  for (let at = index + 1; at < items.length - 1; at++) {
    const operator = operatorOf(items[at]);
    if (operator?.op !== "group" && !/^(terms|regarding)$/i.test(items[at]?.text ?? "")) continue;
    const by = neighbour(items, at, 1, ["stop", "operator"]);
    const measure = by === null ? undefined : items[by];
    if (measure?.kind === "column" && isScale(measure.field)) return measure.field;
  }
  return null;
}
