import { stem } from "../language/stem.ts";
import { wordsIn } from "../language/tokens.ts";
import type { Field, Table } from "../link/fields.ts";

const stems = (words: string) => new Set(words.split(/\s+/).map(stem));

const income = stems(
  "revenue turnover income earnings earn earned takings take took taken proceeds sales sale gross brought bring make made business money",
);
const spending = stems(
  "cost costs costing spend spent spending expense expenses expenditure outgoings outlay pay paid bill",
);

/** What money is spent on. */
const spent = stems(
  `labour labor parts part material materials wage wages salary staff fuel cost costs expense expenses freight postage rent
  subcontractor travel hotel overhead overheads insurance maintenance repair service supplies bought`,
);
/** Sums that are no part of what is taken or spent: given back, kept for others, of one thing, or only planned. */
const apart = stems(
  `tip tips gratuity refund refunds refunded discount tax vat gst deposit fine fines penalty rate price unit each per budget target plan
  forecast balance owed due outstanding arrears net profit margin limit donation float change lost loss waste wasted writeoff scrap`,
);
const whole = stems("total totals gross sum overall amount");

const wordsOf = ({ id, name }: Field) => [...wordsIn(id), ...wordsIn(name)].map(stem);
const has = (field: Field, words: Set<string>) => wordsOf(field).some((word) => words.has(word));
const isMoney = ({ id, numeric, role, intensive }: Field) =>
  numeric && role === "measure" && !intensive && /[£$€]|(^|[^a-z])(usd|eur|gbp|chf)([^a-z]|$)/i.test(id);

/**
 * The columns of money that a word for what is taken or spent means together: food and drinks of "takings", labour and
 * parts of "costs". None where one column says it all, or where nothing tells them apart from other sums.
 */
export function moneyParts(word: string, { fields }: Table): Field[] {
  const sums = fields.filter((field) => isMoney(field) && !has(field, apart));
  const out = sums.filter((field) => has(field, spent));
  // What guests spend is what is taken.
  const spends = spending.has(stem(word)) && !(out.length === 0 && /^spen[dt]/i.test(word));
  if (!spends && !spending.has(stem(word)) && !income.has(stem(word))) return [];
  const money = spends ? out : sums.filter((field) => !out.includes(field));
  const total = money.filter((field) => has(field, whole));
  if (total.length > 0) return total.length === 1 ? total : [];
  return money.length <= 4 ? money : [];
}

/** Whether a word for money says of a column beside it what it holds anyway: "drinks sales", "labour cost". */
export function saysMoneyOf(word: string, field: Field): boolean {
  if (!isMoney(field)) return false;
  return (spending.has(stem(word)) && has(field, spent)) || (income.has(stem(word)) && !has(field, spent));
}
