import type { ChartType } from "../../../../../contract/index.ts";
import { derive } from "../derive/derive.ts";
import type { Field } from "../link/fields.ts";
import { type Item, operatorOf } from "../link/items.ts";
import type { Aggregate, Grain, Query } from "../query.ts";
import type { AskedEnd } from "./asked-end.ts";
import { type AskedFilters, readFilters } from "./filters.ts";
import { readEnd } from "./limit.ts";
import { listRows, tellApart } from "./listed.ts";
import { type AskedOrder, readChartWords, readOrder } from "./order.ts";
import { selectedParts } from "./parts.ts";
import { takeRates } from "./rate-words.ts";
import type { Reading } from "./reading.ts";
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
  // Periods beside each other: of rows their number.
  if (parts.measures.length === 0 && parts.dimensions.some(({ field }) => field.formula?.kind === "span")) {
    parts.dimensions = parts.dimensions.filter(({ field, cue }) => cue !== null || !field.unique);
    parts.measures.push({ field: null, aggregate: "count", cue: null });
  }
  return parts.measures.length + parts.dimensions.length > 0 ? parts : null;
}
