import type { ChartType } from "../../../../../contract/index.ts";
import { stem } from "../language/stem.ts";
import { wordsIn } from "../language/tokens.ts";
import type { Field } from "../link/fields.ts";
import { isRowNoun } from "../link/fields.ts";
import { type Item, operatorOf } from "../link/items.ts";
import type { Aggregate, Grain, Query } from "../query.ts";
import { type AskedFilters, readFilters } from "./filters.ts";
import { type AskedEnd, readEnd } from "./limit.ts";
import { listRows } from "./listed.ts";
import { quantities } from "./missing.ts";
import { type AskedOrder, readChartWords, readOrder } from "./order.ts";
import { selectedParts } from "./parts.ts";
import type { Reading } from "./reading.ts";
import { type Mention, readSelection, type Selection } from "./selection.ts";
import { dropRowNames, isScatter, nearlyUnique, shapeOf } from "./shape.ts";
import { type AskedWindow, readWindow } from "./window.ts";

export interface Parts {
  dimensions: { field: Field; grain: Grain | null; series: boolean; cue: Mention["cue"] }[];
  /** An aggregate that the question leaves open is null. */
  measures: { field: Field | null; aggregate: Aggregate | null; cue: Mention["cue"] }[];
}

/** What a question asks for, before defaults fill what it leaves open: what a follow-up changes. */
export interface Asked {
  parts: Parts;
  shape: Query["shape"];
  distinct: boolean;
  scatter: boolean;
  share: boolean;
  window: AskedWindow | null;
  filters: AskedFilters;
  end: AskedEnd | null;
  order: AskedOrder | null;
  chart: ChartType | null;
  /** Words that matter and that nothing in the table explains. */
  unknown: string[];
}

/** Says what a question, read into items, asks for. Null: it names nothing of the table. */
export function readAsked(reading: Reading, type: ChartType | undefined): Asked | null {
  const { order, chart, filters, end, selection, window, unknown } = readClauses(reading, type);
  takeRowWords(reading, selection, filters.part.length > 0);
  const parts = assign(reading, selection, filters, end, chart, order);
  if (!parts) return null;
  if (filters.part.length > 0 && parts.measures.length === 0)
    parts.measures.push({ field: null, aggregate: "count", cue: null });
  dropRowNames(reading, parts, selection, chart);
  const { shape, distinct } = shapeOf(reading, parts, selection, end, chart, filters, order);
  const scatter = shape === "rows" && isScatter(parts, selection, chart);
  return { parts, shape, distinct, scatter, share: selection.share, window, filters, end, order, chart, unknown };
}

export interface Clauses extends Pick<Asked, "order" | "chart" | "filters" | "end" | "window" | "unknown"> {
  selection: Selection;
}

/** Takes the question apart into its clauses, in the order in which they can be told from one another. */
export function readClauses(reading: Reading, type: ChartType | undefined): Clauses {
  takeRates(reading);
  takeSubject(reading);
  const order = readOrder(reading);
  const chartWord = readChartWords(reading);
  const filters = readFilters(reading);
  const end = readEnd(reading);
  const share = reading.items.some((item) => operatorOf(item)?.op === "share");
  const window = readWindow(reading);
  const selection = readSelection(reading);
  selection.share = share;
  if (window && window.kind !== "share") {
    selection.trend = true;
    selection.grain ??= window.grain;
  }
  const unknown = unknownWords(reading.items);
  if (selection.count?.noun) unknown.push(selection.count.noun);
  return { order, chart: type ?? chartWord, filters, end, selection, window, unknown };
}

/** "default rate", "churn rate": how many of all rows have the value, or say yes. */
function takeRates({ items, assumptions }: Reading): void {
  for (const [index, item] of items.entries()) {
    const before = items[index - 1];
    const isRate =
      /^rates?$/i.test(item.text) && (item.kind === "unknown" || (item.kind === "column" && item.link.unsaid));
    const part = before?.kind === "value" || (before?.kind === "column" && before.field.flag !== null);
    if (!isRate || !part) continue;
    items[index] = {
      kind: "operator",
      operator: { op: "share", percent: true },
      words: 1,
      text: item.text,
      used: false,
    };
    assumptions.add(`“${before.text} ${item.text}” is read as the share of rows that have it.`);
  }
}

/** How what follows a noun says that it has the properties of a row: "readings with …", "patients older than …". */
const describing = /^(with|without|who|that|whose|having|where|which)$/i;

/** What a question is about, if no column is called so and what follows describes rows: "transactions mentioning …". */
function takeSubject({ items, assumptions }: Reading): void {
  takeDescribed(items, assumptions);
  const index = items.findIndex(
    ({ kind, text }) => kind !== "stop" && !/^(list|which|what are|what are the|show all)$/i.test(text),
  );
  const item = items[index];
  const next = items[index + 1];
  takeDays(items);
  if (item?.kind !== "unknown" || !/([^s]s|^people)$/i.test(item.text)) return;
  const op = operatorOf(next)?.op ?? "";
  if (op === "group" && items[index + 2]?.kind === "column" && /^per$/i.test(next?.text ?? "")) return;
  const done = next?.kind === "column" && /ed$/i.test(next.text);
  if (!item.about && !done && !["compare", "text", "missing", "not"].includes(op) && !describing.test(next?.text ?? ""))
    return;
  items[index] = { kind: "rows", text: item.text, used: false, ...(item.about && { about: item.about }) };
  assumptions.add(`“${item.text}” are taken to be the rows of the table.`);
}

/** "rainy days per location": days of observations are what is counted. */
function takeDays(items: Item[]): void {
  const index = items.findIndex(({ kind }) => kind !== "stop" && kind !== "value");
  const item = items[index];
  const by = items[index + 1];
  const whole = items[index + 2];
  const isDays = /^days$/i.test(item?.text ?? "") && items[index - 1]?.kind === "value";
  if (!item || !isDays || operatorOf(by)?.op !== "group" || whole?.kind !== "column" || whole.field.role === "time")
    return;
  items[index] = { kind: "rows", text: item.text, used: false };
}

/** A noun that nothing names, described by a value before it or by what follows: "borrowers who defaulted". */
function takeDescribed(items: Item[], assumptions: Set<string>): void {
  for (const [index, item] of items.entries()) {
    if (item.kind !== "unknown" || !/[^s]s$/i.test(item.text) || item.capital || quantities.test(item.text)) continue;
    const before = items[index - 1];
    const next = items[index + 1];
    const followed = /^(who|that|whose|with|which)$/i.test(next?.text ?? "") && /^(of|for)$/i.test(before?.text ?? "");
    const valued =
      (before?.kind === "value" && before.link.score > 0.7) ||
      (before?.kind === "column" && before.field.flag !== null);
    const ends =
      next === undefined || next.kind === "break" || ["group", "in", "series"].includes(operatorOf(next)?.op ?? "");
    if (!followed && !(valued && ends)) continue;
    items[index] = { kind: "rows", text: item.text, used: false };
    assumptions.add(`“${item.text}” are taken to be the rows of the table.`);
  }
}

/**
 * Where rows are counted or grouped, the column that names them is a word for the rows: "how many charter schools",
 * "tickets by category".
 */
export function takeRowWords({ items, table }: Reading, selection: Selection, combined: boolean): void {
  const combines = combined || selection.count !== null || selection.grain !== null || selection.trend;
  selection.mentions = selection.mentions.filter((one) => {
    const { field, cue, index, text } = one;
    const item = items[index];
    if (
      !item ||
      cue !== null ||
      one.counted ||
      one.aggregates.length > 0 ||
      (field.numeric && field.role !== "identifier")
    )
      return true;
    if (!nearlyUnique(field) || !wordsIn(text).every((word) => isRowNoun(stem(word), table))) return true;
    const grouped = selection.mentions.some(
      (other) => other !== one && (other.cue === "group" || other.cue === "series"),
    );
    if (!combines && !grouped) return true;
    items[index] = { kind: "rows", text: item.text, used: true };
    return false;
  });
}

function unknownWords(items: Item[]): string[] {
  return items.filter((item) => item.kind === "unknown" && !item.used).map(({ text }) => text);
}

/** Says which of the mentioned columns group and which are measured. */
function assign(
  reading: Reading,
  selection: Selection,
  filters: AskedFilters,
  end: AskedEnd | null,
  chart: ChartType | null,
  order: AskedOrder | null,
): Parts | null {
  const parts = selectedParts(reading, selection, filters, end, chart, order);
  if (parts.measures.length === 0 && parts.dimensions.length === 0) {
    if (filters.where.length === 0 && !reading.items.some(({ kind }) => kind === "rows")) return null;
    listRows(reading, parts, selection, filters);
  }
  return parts.measures.length + parts.dimensions.length > 0 ? parts : null;
}
