import { type Token, wordsIn } from "../language/tokens.ts";
import { isRowNoun, type Table } from "./fields.ts";
import { type Item, operatorOf } from "./items.ts";
import type { Link } from "./links.ts";

/** "more than 100 jobs" of a column that numbers the jobs: so many rows. */
export function isCountedBy({ field, value }: Link, last: Token | undefined): boolean {
  return value === undefined && field.unique && field.role === "identifier" && /[^s]s$/.test(last?.text ?? "");
}

/** "average order" of an `Order #`: what the orders are numbered by has no average. */
export function isAveragedRow(
  { field, value, from, to }: Link,
  token: Token,
  before: Item | undefined,
  table: Table,
): boolean {
  const operator = operatorOf(before);
  const averaged = operator?.op === "aggregate" && /^(avg|median|sum)$/.test(operator.aggregate);
  const numbers = value === undefined && to === from + 1 && field.numeric && field.role === "identifier";
  return averaged && numbers && token.kind === "word" && isRowNoun(token.stem, table);
}

/** "people" of hires that say how many adults and children came: they are no rows. */
export function areCounted(word: string, { fields }: Table): boolean {
  if (!/^(people|persons|individuals)$/.test(word)) return false;
  const counted = /^(adults?|kids?|child|children|covers|guests|attendees|pax|headcount|party|visitors|passengers)$/i;
  return fields.some(
    ({ id, role, additive }) => role === "measure" && additive && wordsIn(id).length === 1 && counted.test(id),
  );
}
