import type { Token } from "../language/tokens.ts";
import type { Table } from "./fields.ts";
import { impliedColumn, sideOf, takings } from "./implied-columns.ts";
import { type DistributiveOmit, type Item, type ItemOf, operatorOf } from "./items.ts";
import type { Link } from "./links.ts";

/** Words that say of money or goods what was done with them, and that are said of rows as well: "orders paid by card". */
const done = /^(lent|borrowed|loaned|paid|spent|charged|billed|sold|bought|priced)$/;

/** "shop takings" of a `Shop (€)`: money, which the column is. */
export function saysMoneyAgain(token: Token, before: Item | undefined): boolean {
  return (
    token.kind === "word" && takings.has(token.stem) && before?.kind === "column" && sideOf(before.field) === "bare"
  );
}

/**
 * A column that is meant though nothing in its name says so. Words that say little, and those of what was done, mean one
 * only where no other is measured.
 */
export function impliedItem(
  tokens: Token[],
  at: number,
  before: Item[],
  links: Link[],
  table: Table,
): DistributiveOmit<ItemOf<"column">, "text" | "used"> | null {
  const token = tokens[at];
  if (token?.kind !== "word") return null;
  // Each of them is a row.
  if (/^receipts?$/.test(token.lower) && table.ownNouns.has(token.stem)) return null;
  const much = before.some((item) => operatorOf(item)?.op === "amount");
  const counted = operatorOf(before.findLast(({ kind }) => kind !== "stop"))?.op === "count" && !much;
  const anyone = /^(people|persons|individuals)$/.test(token.lower);
  if (counted && !anyone && !/^(pieces|units|stock)$/.test(token.lower)) return null;
  // "people with …" are rows.
  if (anyone && !counted && operatorOf(before.at(-1))?.op !== "aggregate") return null;
  const measured = [...before.map((item) => (item.kind === "column" ? item.field : null)), ...links.map(isColumn)].some(
    (field) => field?.role === "measure" && !field.discrete,
  );
  const vague = done.test(token.lower) || /^(values?|amounts?|worth|sell)$/.test(token.lower);
  if (vague && measured) return null;
  const goods = before.some((item) => item.kind === "rows" || item.kind === "unknown" || item.kind === "column");
  // "spent" after the money tells no more of it.
  if (done.test(token.lower) && !much && !(goods && /^sold$/.test(token.lower))) return null;
  const implied = impliedColumn(much && /^(sold|sell)$/.test(token.lower) ? "revenue" : token.lower, table);
  if (!implied) return null;
  const { field, alternatives } = implied;
  const link = { from: at, to: at + 1, field, score: 0.95, words: 1, corrected: false, synonym: true, alternatives };
  return { kind: "column", field, link };
}

const isColumn = ({ field, value }: Link) => (value === undefined ? field : null);
