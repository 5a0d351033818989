import type { ChartType } from "../../../../../contract/index.ts";
import { derive } from "../derive/derive.ts";
import { countryAsked } from "../language/countries.ts";
import { stem } from "../language/stem.ts";
import { isKindOfPerson } from "../language/synonyms.ts";
import type { Field } from "../link/fields.ts";
import { type Item, operatorOf } from "../link/items.ts";
import { mainMeasure } from "../link/main-measure.ts";
import type { Aggregate, Grain, Query } from "../query.ts";
import type { AskedEnd } from "./asked-end.ts";
import { type AskedFilters, readFilters } from "./filters.ts";
import { readEnd } from "./limit.ts";

import { listRows, tellApart } from "./listed.ts";
import { asksForCount } from "./missing.ts";
import { type AskedOrder, readChartWords, readOrder } from "./order.ts";
import { selectedParts } from "./parts.ts";
import { takeRates } from "./rate-words.ts";
import { doubt, type Reading } from "./reading.ts";
import { type Mention, readSelection, type Selection } from "./selection.ts";
import { dropRowNames, isScatter, shapeOf } from "./shape.ts";
import { takeRowWords, takeSubject } from "./subject.ts";
import { takeVerbs } from "./verbs.ts";
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
  dropRowNames(reading, parts, selection, chart);
  const { shape, distinct } = shapeOf(reading, parts, selection, end, chart, filters, order);
  const scatter = shape === "rows" && isScatter(parts, selection, chart);
  const listed = shape === "rows" && !scatter && chart === null && order === null && tellApart(reading, parts, filters);
  return {
    parts,
    shape,
    distinct: distinct && !listed,
    scatter,
    share: selection.share,
    window,
    filters,
    end,
    order,
    chart,
    unknown,
  };
}

export interface Clauses extends Pick<Asked, "order" | "chart" | "filters" | "end" | "window" | "unknown"> {
  selection: Selection;
}

/** Takes the question apart into its clauses, in the order in which they can be told from one another. */
export function readClauses(reading: Reading, type: ChartType | undefined): Clauses {
  derive(reading);
  takeVerbs(reading);
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
  if (window && window.kind !== "share" && window.kind !== "change") {
    selection.trend = true;
    selection.grain ??= window.grain;
  }
  const unknown = unknownWords(reading.items);
  if (selection.count?.noun) unknown.push(selection.count.noun);
  return { order, chart: type ?? chartWord, filters, end, selection, window, unknown };
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
  compareByMain(reading, parts, selection, filters);
  // Periods beside each other: of rows their number.
  if (parts.measures.length === 0 && parts.dimensions.some(({ field }) => field.formula?.kind === "span")) {
    parts.dimensions = parts.dimensions.filter(({ field, cue }) => cue !== null || !field.unique);
    parts.measures.push({ field: null, aggregate: "count", cue: null });
  }
  return parts.measures.length + parts.dimensions.length > 0 ? parts : null;
}

/** "men vs women", "Germans vs French": how many there are. */
function isOfPeople({ kind, text }: Item): boolean {
  const word = text.toLowerCase();
  const country = countryAsked(word);
  return (
    kind === "value" &&
    (/^(men|women|guys|girls|boys|ladies)$/.test(word) ||
      isKindOfPerson(stem(word)) ||
      (country !== null && country !== word))
  );
}

/** "Anna vs Ben", "this year compared with last": by what the table tells above all. */
function compareByMain(reading: Reading, parts: Parts, selection: Selection, { compared, part }: AskedFilters): void {
  const { items, table } = reading;
  const isSide = ({ field }: Parts["dimensions"][number]) =>
    field.formula?.kind === "span" || compared.some((one) => one.field === field);
  const sides = parts.dimensions.length > 0 && parts.dimensions.every(isSide) && parts.measures.length === 0;
  const comparing = items.some(
    (item) => operatorOf(item)?.op === "versus" || /^(compare|compared|comparing|comparison)$/i.test(item.text),
  );
  const spans = parts.dimensions.some(({ field }) => field.formula?.kind === "span");
  if (!sides || !(comparing || spans) || selection.count || part.length > 0 || items.some(asksForCount)) return;
  const main = items.some(isOfPeople) ? null : mainMeasure(table);
  if (!main) return;
  parts.measures.push({ field: main.field, aggregate: "sum", cue: null });
  const [first] = items.filter(({ kind }) => kind === "value" || kind === "period" || kind === "number");
  const others = ["number of rows", ...main.others.map(({ name }) => `total ${name}`)];
  doubt(
    reading,
    `They are compared by ${main.field.name}, since no measure is named.`,
    first ? others.map((label) => ({ said: first.text, instead: `${label} ${first.text}`, label })) : [],
  );
}
