import { operatorAt } from "../../language/lexicon.ts";
import { type Item, operatorOf } from "../../link/items.ts";
import type { Grain } from "../../query.ts";

/** The step of time that a word means, also where a column is called so. */
export function grainAt(item: Item | undefined): Grain | null {
  if (item?.kind === "column" && item.field.role !== "time") return null;
  const named = item?.kind === "column" ? operatorAt([item.text.toLowerCase()], 0)?.operator : operatorOf(item);
  return named?.op === "grain" ? named.grain : null;
}

/** "loans disbursed per half-year": the column has said which time is meant, and is no group of its own. */
export function timeSaid(items: Item[], column: string): void {
  for (const [at, item] of items.entries()) {
    if (item.kind !== "column" || item.field.id !== column) continue;
    const before = operatorOf(items[at - 1])?.op;
    if (before !== "group" && before !== "series" && before !== "aggregate")
      items[at] = { kind: "stop", text: item.text, used: true };
  }
}
