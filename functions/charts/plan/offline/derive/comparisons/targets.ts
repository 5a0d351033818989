import { stem } from "../../language/stem.ts";
import type { Field, Table } from "../../link/fields.ts";
import { aggregateItem, type Item, operatorOf } from "../../link/items.ts";
import type { Comparison } from "../../query.ts";
import type { Reading } from "../../read/reading.ts";
import { columnItem, compareItem, textOf } from "../computed-field.ts";
import { differenceField, isMeasure, quotientField } from "../ratios/quotients.ts";
import { comparedItem } from "./compared-columns.ts";

const stems = (words: string) => new Set(words.split(" ").map(stem));
const intended = stems(
  "budget budgeted planned plan target goal estimate estimated forecast asking quota expected list",
);
const actual = stems("actual result achieved real realised realized final");
const happened = stems("sold spent spend cost costs paid sale selling expense expenses");
const units = /[€$£¥%]|\b(usd|eur|gbp|chf|kg|km|hours?|hrs|days|min(utes)?|units|qty)\b/gi;

/** The words of a column's name that tell what it is; its unit does not. */
const stemsOf = ({ names }: Field) =>
  new Set(names.flatMap((name) => name.filter(({ weight }) => weight >= 0.5).map(({ stem }) => stem)));
const says = (field: Field, words: Set<string>) => [...stemsOf(field)].some((word) => words.has(word));
const unitOf = ({ id }: Field) =>
  [...id.replaceAll("_", " ").matchAll(units)].map(([unit]) => unit.toLowerCase()).join(" ");

/** What was meant to be, and what came of it: `budget` and `spent`, "Sales Target" and "Sales", "Asking Price" and "Sold Price". */
interface Pair {
  plan: Field;
  fact: Field;
}

const isQuantity = ({ numeric, role, formula }: Field) => numeric && role === "measure" && !formula;
const isPlan = (field: Field) => isQuantity(field) && says(field, intended) && !says(field, actual);

/** The column that holds what came of a plan, in the same unit; null where none, or more than one, does. */
function factOf(plan: Field, { fields }: Table): Field | null {
  const rest = [...stemsOf(plan)].filter((word) => !intended.has(word));
  const score = (field: Field) =>
    (says(field, actual) ? 2 : 0) +
    (says(field, happened) ? 1 : 0) +
    (rest.some((word) => stemsOf(field).has(word)) ? 1 : 0);
  const known = fields
    .filter((field) => field !== plan && isQuantity(field) && !isPlan(field) && score(field) > 0)
    .filter((field) => unitOf(field) === unitOf(plan) || unitOf(field) === "" || unitOf(plan) === "")
    .sort((one, other) => score(other) - score(one));
  const [best, second] = known;
  return best && (!second || score(best) > score(second)) ? best : null;
}

function pairOf(table: Table, plan: Field | null): Pair | null {
  const plans = plan ? [plan] : table.fields.filter(isPlan);
  const pairs = plans.flatMap((one): Pair[] => {
    const fact = factOf(one, table);
    return fact ? [{ plan: one, fact }] : [];
  });
  return pairs.length === 1 ? (pairs[0] ?? null) : null;
}

const overrun = /^(overruns?|overspen[dt]s?|overspending|overages?)$/i;
const left = /^(left|remaining|unspent|unused|remainder|leftover)$/i;

/**
 * "over budget", "cost overrun", "budget left", "budget vs actual difference": what came of a plan is compared with it,
 * row by row, or taken from it.
 */
export function takeTargets(reading: Reading): void {
  const { items } = reading;
  setBeside(items, reading.table);
  for (let at = 0; at < items.length; at++)
    takeReached(reading, at) || takeBeyond(reading, at) || takeOverrun(reading, at) || takeLeft(reading, at);
}

/** "budget vs actual by site": of each group both totals, rather than each row as a point. */
function setBeside(items: Item[], table: Table): void {
  if (!items.some((item) => operatorOf(item)?.op === "group")) return;
  for (const [at, item] of items.entries()) {
    const [one, other] = [items[at - 1], items[at + 1]];
    if (operatorOf(item)?.op !== "versus" || !isMeasure(one) || !isMeasure(other)) continue;
    const plan = [one.field, other.field].find(isPlan);
    const fact = plan && factOf(plan, table);
    if (!fact || ![one.field, other.field].includes(fact)) continue;
    items[at] = { kind: "operator", operator: { op: "and" }, words: 1, text: item.text, used: false };
    // What is planned adds up as what comes of it does.
    const total = aggregateItem("sum", "total");
    if (fact.additive && operatorOf(items[at - 2])?.op !== "aggregate") items.splice(at - 1, 0, total);
  }
}

/** The plan that is named at or right after an item, articles passed over. */
function planAt(items: Item[], at: number): { field: Field; at: number } | null {
  let found = at;
  while (/^(the|its|their|our|initial|original)$/i.test(items[found]?.text ?? "")) found++;
  const item = items[found];
  return item?.kind === "column" && isPlan(item.field) ? { field: item.field, at: found } : null;
}

/** "over the budget of 5000" */
function isNumbered(items: Item[], at: number): boolean {
  const next = /^of$/i.test(items[at]?.text ?? "") ? items[at + 1] : items[at];
  return next?.kind === "number";
}

/** "percent of target reached", "share of the budget spent" */
function takeReached(reading: Reading, at: number): boolean {
  const { items, table } = reading;
  if (operatorOf(items[at])?.op !== "share") return false;
  const of = /^of$/i.test(items[at + 1]?.text ?? "") ? at + 2 : at + 1;
  const plan = planAt(items, of);
  const verb = plan && items[plan.at + 1];
  if (!plan || !verb || !/^(reached|achieved|met|hit|used|spent|attained|attainment|achievement)$/i.test(verb.text))
    return false;
  const pair = pairOf(table, plan.field);
  if (!pair) return false;
  const name = `${pair.fact.name} as a share of ${pair.plan.name} (%)`;
  const text = textOf(items, at, plan.at + 2);
  items.splice(at, plan.at + 2 - at, columnItem(quotientField(reading, pair.fact, pair.plan, name, 100), text));
  return true;
}

const reached = /^(beat|exceeded|surpassed|hit|met|reached|achieved|missed)$/i;

/** "over budget", "below target", "missed the target": of rows, or how far, where the question asks for the most or an average. */
function takeBeyond(reading: Reading, at: number): boolean {
  const { items, table, objections, assumptions } = reading;
  const item = items[at];
  const compare = operatorOf(item);
  const verb = item?.kind !== "column" && reached.test(item?.text ?? "");
  if (!item || !((compare?.op === "compare" && !compare.after) || verb)) return false;
  const plan = planAt(items, at + 1);
  if (!plan || isNumbered(items, plan.at + 1)) return false;
  if (items.slice(Math.max(0, at - 3), at).some(isMeasure)) return false;
  const text = textOf(items, at, plan.at + 1);
  const pair = pairOf(table, plan.field);
  if (!pair) {
    objections.add(`The data has no other column that tells what is “${text}”.`);
    return false;
  }
  const comparison: Comparison =
    compare?.op === "compare"
      ? compare.comparison
      : /^missed$/i.test(item.text)
        ? "<"
        : /^(beat|exceeded|surpassed)$/i.test(item.text)
          ? ">"
          : ">=";
  const asked = operatorOf(items[at - 1]);
  const [one, other] = comparison.startsWith(">") ? [pair.fact, pair.plan] : [pair.plan, pair.fact];
  // "more than 2000 over budget"
  const number = items[at - 1];
  if (number?.kind === "number") {
    if (number.percent) objections.add(`How many percent something is ${text} can't be computed.`);
    const limit = operatorOf(items[at - 2])?.op === "compare" ? items[at - 2] : null;
    const from = limit ? at - 2 : at - 1;
    subtract(reading, at, plan.at + 1, one, other);
    const [column] = items.splice(at, 1);
    if (column) items.splice(from, 0, column, ...(limit ? [] : [compareItem(">=", "by")]));
    return true;
  }
  if (asked?.op === "superlative" || asked?.op === "amount" || asked?.op === "aggregate") {
    subtract(reading, at, plan.at + 1, one, other);
    return true;
  }
  items.splice(at, plan.at + 1 - at, comparedItem(table, pair.fact, comparison, pair.plan, text));
  assumptions.add(`“${text}” is read as: ${pair.fact.name} ${comparison} ${pair.plan.name}.`);
  return true;
}

/** "cost overrun", "average overspend", "budget variance", "budget vs actual difference" */
function takeOverrun(reading: Reading, at: number): boolean {
  const { items, table } = reading;
  const item = items[at];
  if (!item || item.kind === "column" || item.kind === "value") return false;
  const varies = /^(variance|variances|difference|gap)$/i.test(item.text);
  if (!varies && !overrun.test(item.text)) return false;
  let from = at;
  while (
    isMeasure(items[from - 1]) ||
    (isMeasure(items[from - 2]) && ["versus", "and"].includes(operatorOf(items[from - 1])?.op ?? ""))
  )
    from--;
  const named = items.slice(from, at).flatMap((one) => (isMeasure(one) ? [one.field] : []));
  const pair = pairOf(table, named.find(isPlan) ?? null);
  const both = pair !== null && named.every((field) => field === pair.plan || field === pair.fact);
  if (!both || (varies && named.length === 0)) {
    const [one, other, ...more] = named;
    if (!varies || !one || !other || more.length > 0) return false;
    subtract(reading, from, at + 1, one, other);
    return true;
  }
  subtract(reading, from, at + 1, pair.fact, pair.plan);
  return true;
}

/** "budget left", "remaining budget", "unspent budget" */
function takeLeft(reading: Reading, at: number): boolean {
  const { items, table, objections } = reading;
  const item = items[at];
  if (item?.kind !== "column" || !isPlan(item.field)) return false;
  const [before, next] = [items[at - 1], items[at + 1]];
  const after = next !== undefined && next.kind !== "column" && left.test(next.text);
  const ahead = before !== undefined && before.kind !== "column" && left.test(before.text);
  if (!after && !ahead) return false;
  const [from, to] = [ahead ? at - 1 : at, after ? at + 2 : at + 1];
  const pair = pairOf(table, item.field);
  if (pair) subtract(reading, from, to, pair.plan, pair.fact);
  else objections.add(`The data has no other column that tells what of ${item.field.name} is left.`);
  return true;
}

function subtract(reading: Reading, from: number, to: number, one: Field, other: Field): void {
  const { items } = reading;
  const text = textOf(items, from, to);
  const field = differenceField(reading, one, other, `${one.name} minus ${other.name}`);
  items.splice(from, to - from, columnItem(field, text));
  const missing = Math.max(one.column.profile.nullCount, other.column.profile.nullCount);
  const without = missing > 0 ? `; ${missing} rows that lack one of them are left out` : "";
  reading.assumptions.add(`“${text}” is read as ${field.name}${without}.`);
}
