import { type Flow, flowKind, flowOf } from "../language/flows.ts";
import { wordsIn } from "../language/tokens.ts";
import type { Field, Table } from "../link/fields.ts";
import { type Item, operatorOf } from "../link/items.ts";
import type { Condition, Formula } from "../query.ts";
import { doubt, type Reading } from "../read/reading.ts";
import { columnItem, computedField, textOf } from "./computed-field.ts";

/** How a table tells money that comes from money that goes: by the sign of the amount, or by another column. */
interface Ledger {
  amount: Field;
  /** The column that says which way, if the sign does not. */
  way: Field | null;
  in: Condition[];
  out: Condition[];
  /** Whether amounts that go have a sign of their own. */
  signed: boolean;
}

/** "income vs expenses", "net by month", "balance over time", "how much did we spend", of a table of money in and out. */
export function takeFlows(reading: Reading): void {
  const ledger = ledgerOf(reading.table);
  if (!ledger) return;
  joinPhrases(reading.items);
  takeDifferences(reading.items);
  const taken: Item[] = [];
  for (let at = 0; at < reading.items.length; at++) {
    const item = reading.items[at];
    const flow = item && !taken.includes(item) ? asked(reading, ledger, at) : null;
    if (!item || !flow) continue;
    const field = flowField(reading, ledger, flow === "balance" ? "net" : flow, item.text);
    const named = columnItem(field, item.text);
    reading.items.splice(at, 1, named);
    taken.push(named);
    if (flow === "balance") takeBalance(reading, at, ledger);
    // "net income", "net amount"
    const next = reading.items[at + 1];
    if (flow === "net" && next && (flowOf(next.text) || (next.kind === "column" && next.field === ledger.amount)))
      reading.items.splice(at + 1, 1);
  }
  beside(reading.items, taken);
  takeExpensive(reading, ledger);
  takeOwed(reading, ledger);
}

/** "how much do we owe Ash", "how much does Ash owe us": the way the money is to go. */
function takeOwed(reading: Reading, ledger: Ledger): void {
  const { items } = reading;
  const at = items.findIndex(({ text, kind }) => kind === "unknown" && /^(owes?|owed)$/i.test(text));
  if (at < 0) return;
  const ours = items.slice(0, at).some(({ text }) => /^(we|i)$/i.test(text));
  items.splice(
    at,
    0,
    columnItem(flowField(reading, ledger, ours ? "out" : "in", items[at]?.text ?? ""), items[at]?.text ?? ""),
  );
}

/** "total", where the question leaves it out. */
export function totalItem(): Item {
  return { kind: "operator", operator: { op: "aggregate", aggregate: "sum" }, words: 1, text: "total", used: false };
}

/** "most expensive month": the one with the highest expenses. */
function takeExpensive(reading: Reading, ledger: Ledger): void {
  const { items } = reading;
  for (const [at, item] of items.entries()) {
    const operator = operatorOf(item);
    const next = items[at + 1];
    if (operator?.op !== "superlative" || !operator.about.includes("cost") || !next) continue;
    if (item.kind !== "operator" || (operatorOf(next)?.op !== "grain" && next.kind !== "column")) continue;
    item.operator = { ...operator, about: [] };
    item.text = operator.end === "max" ? "highest" : "lowest";
    const joined: Item = { kind: "stop", text: "with", used: false };
    const which: Item = { kind: "operator", operator: { op: "which" }, words: 1, text: "which", used: false };
    items.splice(
      at,
      2,
      which,
      next,
      joined,
      item,
      columnItem(flowField(reading, ledger, "out", "expenses"), "expenses"),
    );
    return;
  }
}

/** The one column of money that has both signs, or whose way another column tells. Null: there is none, or more than one. */
function ledgerOf({ fields }: Table): Ledger | null {
  const amounts = fields.filter(
    ({ id, numeric, role, discrete }) =>
      numeric && role === "measure" && !discrete && /amount|amt|value|sum|total|betrag|money|payment/i.test(id),
  );
  const [amount, ...more] = amounts;
  if (!amount || more.length > 0) return null;
  const own = fields.filter(
    (field) =>
      field.numeric && field !== amount && wordsIn(field.id).some((word) => ![null, "balance"].includes(flowOf(word))),
  );
  if (own.length > 0) return null;
  const [min, max] = [Number(amount.column.profile.min), Number(amount.column.profile.max)];
  const compare = (comparison: ">" | "<"): Condition[] => [
    { kind: "compare", expression: { kind: "column", column: amount.id }, comparison, value: 0 },
  ];
  // A few refunds among the sales make no ledger: with them, "spending" is all of it.
  const often = Number(amount.column.profile.quartiles?.[0] ?? min) < 0;
  if (min < 0 && max > 0 && often) return { amount, way: null, in: compare(">"), out: compare("<"), signed: true };
  for (const field of fields) {
    const { column, numeric, role } = field;
    if (numeric || role !== "dimension" || column.profile.distinctCount > 4) continue;
    const values = column.profile.topValues.flatMap(({ value }) => (typeof value === "string" ? [value] : []));
    const of = (way: "in" | "out") => values.filter((value) => flowKind(value) === way);
    if (of("in").length === 0 || of("out").length === 0 || min < 0) continue;
    const among = (way: "in" | "out"): Condition[] => [
      { kind: "in", column: field.id, values: of(way), negated: false },
    ];
    return { amount, way: field, in: among("in"), out: among("out"), signed: false };
  }
  return null;
}

/** Which flow a word asks for: not where it is a value of another column, nor where the rows of one way are counted. */
function asked({ items }: Reading, ledger: Ledger, at: number): Flow | null {
  const item = items[at];
  const flow = item ? flowOf(item.text) : null;
  if (!item || !flow || item.kind === "number" || item.kind === "break") return null;
  const before = operatorOf(items[at - 1]);
  if ((before?.op === "count" && ledger.way) || before?.op === "group") return null;
  if (item.kind === "value") {
    // "income" alone is no "Consulting income", nor "save" an account of savings.
    const partly = item.link.value !== undefined && wordsIn(String(item.link.value)).length > 1;
    const way = item.field === ledger.way || partly || (flow === "net" && /^saved?$/i.test(item.text));
    const other = items.some(
      (one) =>
        one !== item &&
        (operatorOf(one)?.op === "count" ||
          (one.kind === "column" &&
            one.field.numeric &&
            one.field !== ledger.amount &&
            one.field.formula?.kind !== "signed")),
    );
    return way && !other ? flow : null;
  }
  if (item.kind === "column" && item.field !== ledger.amount) return null;
  // "paid", "cost" and the like also name what only happens; "net" before a noun of its own is none of money.
  return item.kind === "operator" ? null : flow;
}

/** "money in", "money out", "income minus expenses" as one word or as the net. */
function joinPhrases(items: Item[]): void {
  for (let at = 0; at + 1 < items.length; at++) {
    const text = textOf(items, at, at + 2).toLowerCase();
    const flow = /^(money|cash) (coming )?in$/.test(text)
      ? "income"
      : /^(money|cash) (going )?out$/.test(text)
        ? "expenses"
        : null;
    if (flow) items.splice(at, 2, { kind: "unknown", capital: false, text: flow, used: false });
    else if (/^cash flow$/.test(text))
      items.splice(at, 2, { kind: "unknown", capital: false, text: "net", used: false });
    else if (/^running balance$/.test(text)) items.splice(at, 1);
  }
}

/** "income minus expenses" */
function takeDifferences(items: Item[]): void {
  for (let at = 0; at + 2 < items.length; at++) {
    const [one, less, other] = items.slice(at, at + 3);
    if (!one || !/^(minus|less|-)$/i.test(less?.text ?? "")) continue;
    if (flowOf(one.text) === "in" && flowOf(other?.text ?? "") === "out")
      items.splice(at, 3, { kind: "unknown", capital: false, text: "net", used: false });
  }
}

function flowField(reading: Reading, ledger: Ledger, flow: "in" | "out" | "net", said: string): Field {
  const { table, assumptions } = reading;
  const { amount, way, signed } = ledger;
  if (flow === "net" && signed) {
    assumptions.add(`What is left is the total of ${amount.name}, in which money that goes is below zero.`);
    return amount;
  }
  const part = (one: "in" | "out") => ({
    when: ledger[one],
    turned: flow === "out" ? signed : one === "out" && !signed,
  });
  const formula: Formula = {
    kind: "signed",
    column: amount.id,
    parts: flow === "net" ? [part("in"), part("out")] : [part(flow)],
  };
  const name = { in: "Income", out: "Expenses", net: "Net" }[flow];
  const says = way ? `${way.name} says which way` : "money that goes is below zero";
  const of = {
    in: "what comes in",
    out: "what goes out, told without its sign",
    net: "what comes in less what goes out",
  };
  const read = `${name} is ${of[flow]}, of ${amount.name}: ${says}.`;
  if (flow === "net") assumptions.add(read);
  else doubt(reading, read, [{ said, instead: amount.name }]);
  const max = Math.max(Math.abs(Number(amount.column.profile.max)), Math.abs(Number(amount.column.profile.min)));
  return computedField(table, `${name} (${amount.name})`, formula, {
    additive: true,
    min: flow === "net" ? -max : 0,
    max,
    distinct: amount.column.profile.distinctCount,
  });
}

/** A balance is all that came and went until then, as far as the table goes back. */
function takeBalance({ items, assumptions }: Reading, at: number, { amount }: Ledger): void {
  const timed = items.some((item) => ["trend", "grain"].includes(operatorOf(item)?.op ?? ""));
  assumptions.add(
    `The balance counts from nothing at the first ${amount.name} in the data: what was there before is not known.`,
  );
  if (!timed) return;
  items.splice(at, 0, {
    kind: "operator",
    operator: { op: "window", window: "running", grain: null },
    words: 1,
    text: "running",
    used: false,
  });
}

/** "income vs expenses": two measures of the same groups, rather than points of one against the other. */
function beside(items: Item[], taken: Item[]): void {
  for (const [at, item] of items.entries()) {
    const [before, after] = [items[at - 1], items[at + 1]];
    const op = operatorOf(item)?.op;
    if ((op !== "versus" && op !== "and") || !before || !after) continue;
    if (!taken.includes(before) || !taken.includes(after)) continue;
    items[at] = { kind: "operator", operator: { op: "and" }, words: 1, text: item.text, used: false };
    const combined = items.some((one) => operatorOf(one)?.op === "aggregate");
    if (!combined) items.splice(at - 1, 0, totalItem());
    return;
  }
}
