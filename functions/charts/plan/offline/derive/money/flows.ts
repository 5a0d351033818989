import { type Flow, flowOf } from "../../language/flows.ts";
import { wordsIn } from "../../language/tokens.ts";
import { aggregateItem, type Item, operatorOf } from "../../link/items.ts";
import type { Reading } from "../../read/reading.ts";
import { columnItem, textOf } from "../computed-field.ts";
import { amountsOf, flowField, type Ledger, ledgerOf } from "./ledgers.ts";

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
    if (flow === "balance") takeRunning(reading, at, `the first ${amountsOf(ledger)[0]?.name}`);
    // "net income", "net amount"
    const next = reading.items[at + 1];
    if (
      flow === "net" &&
      next &&
      (flowOf(next.text) || (next.kind === "column" && amountsOf(ledger).includes(next.field)))
    )
      reading.items.splice(at + 1, 1);
  }
  beside(reading.items, taken);
  takeExpensive(reading, ledger);
  takeOwed(reading, ledger);
  refuseBiggest(reading, ledger);
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

/** "biggest purchase", where what goes is below zero: the highest amount would be that of what comes in. */
function refuseBiggest({ items, objections }: Reading, ledger: Ledger): void {
  if (ledger.kind !== "one column" || !ledger.signed) return;
  const at = items.findIndex((item) => /^(biggest|largest|highest|smallest|lowest)$/i.test(item.text));
  if (at >= 0 && items[at + 1]?.kind === "value" && !items.some(({ kind }) => kind === "column"))
    objections.add(
      `“${textOf(items, at, at + 2)}” does not say which way the money goes: ask for the ${items[at]?.text} expense or income.`,
    );
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

/** Which flow a word asks for: not where it is a value of another column, nor where the rows of one way are counted. */
function asked({ items }: Reading, ledger: Ledger, at: number): Flow | null {
  const item = items[at];
  const flow = item ? flowOf(item.text) : null;
  if (!item || !flow || item.kind === "number" || item.kind === "break") return null;
  const before = operatorOf(items[at - 1]);
  const amounts = amountsOf(ledger);
  const wayColumn = ledger.kind === "one column" ? ledger.way : null;
  if ((before?.op === "count" && wayColumn) || before?.op === "group") return null;
  if (item.kind === "value") {
    // "income" alone is no "Consulting income", nor "save" an account of savings.
    const partly = item.link.value !== undefined && wordsIn(String(item.link.value)).length > 1;
    const way = item.field === wayColumn || partly || (flow === "net" && /^saved?$/i.test(item.text));
    const other = items.some(
      (one) =>
        one !== item &&
        (operatorOf(one)?.op === "count" ||
          (one.kind === "column" &&
            one.field.numeric &&
            !amounts.includes(one.field) &&
            one.field.formula?.kind !== "signed")),
    );
    return way && !other ? flow : null;
  }
  if (item.kind === "column" && !amounts.includes(item.field)) return null;
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

/** A balance is all that came and went until then, as far as the table goes back. */
export function takeRunning({ items, assumptions }: Reading, at: number, since: string): void {
  assumptions.add(`The balance counts from nothing at ${since} in the data: what was there before is not known.`);
  if (!items.some((item) => ["trend", "grain"].includes(operatorOf(item)?.op ?? ""))) return;
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
    if (!combined) items.splice(at - 1, 0, aggregateItem("sum", "total"));
    return;
  }
}
