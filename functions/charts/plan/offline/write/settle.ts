import type { ChartType } from "../../../../../contract/index.ts";
import type { Field } from "../link/fields.ts";
import type { Query } from "../query.ts";
import type { Asked, Parts } from "../read/asked.ts";
import type { Reading } from "../read/reading.ts";
import { applyOrder } from "./order.ts";
import { build } from "./result.ts";

export interface Interpretation {
  query: Query;
  /** The columns behind the dimensions and measures, in the query's order. */
  dimensionFields: Field[];
  measureFields: (Field | null)[];
  chart: ChartType | null;
  /** Points of two measures against each other. */
  scatter: boolean;
  share: boolean;
  /** Words that matter and that nothing in the table explains. */
  unknown: string[];
}

/** Fills what the question left open, and says so in the reading's assumptions, and gives the logical query. */
export function settle(reading: Reading, asked: Asked): Interpretation {
  const { shape, distinct, scatter, share, filters, end, order, chart, unknown } = asked;
  const parts = { ...asked.parts, measures: asked.parts.measures.map((one) => ({ ...one })) };
  defaultAggregates(reading, parts, shape, filters.having.length > 0);
  const built = build(parts, shape, scatter);
  const query: Query = {
    table: reading.table.table.name,
    shape,
    distinct,
    dimensions: built.dimensions,
    measures: built.measures,
    filters: filters.where,
    having: filters.having,
    order: [],
    limit: null,
    ...(shape === "bins" ? { bin: binOf(parts) } : {}),
  };
  applyOrder(query, built, order, end, parts, scatter);
  const { dimensionFields, measureFields } = built;
  return { query, dimensionFields, measureFields, chart, scatter, share, unknown };
}

function defaultAggregates(reading: Reading, parts: Parts, shape: Query["shape"], having: boolean): void {
  if (shape !== "groups") return;
  for (const one of parts.measures) {
    if (one.aggregate !== null || !one.field) continue;
    one.aggregate = one.field.additive ? "sum" : "avg";
    reading.assumptions.add(
      `${one.field.name} is ${one.aggregate === "sum" ? "added up" : "averaged"}, since the question does not say how to combine it.`,
    );
  }
  if (parts.measures.length === 0 && !having) parts.measures.push({ field: null, aggregate: "count", cue: null });
}

function binOf(parts: Parts): { width: number; origin: number } {
  const profile = parts.measures[0]?.field?.column.profile;
  // Where a file holds NaN, which sorts highest, no maximum is known: the frequent values give an idea of it.
  const known = [profile?.min, profile?.max, ...(profile?.topValues ?? []).map(({ value }) => value)]
    .filter((value) => value !== null && value !== undefined)
    .map(Number)
    .filter(Number.isFinite);
  const min = Math.min(...known, Number.POSITIVE_INFINITY);
  const max = Math.max(...known, Number.NEGATIVE_INFINITY);
  const distinct = profile?.distinctCount ?? 10;
  const raw = (max > min ? max - min : 1) / Math.min(20, Math.max(8, Math.ceil(Math.sqrt(distinct))));
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].find((one) => one * power >= raw) ?? 10;
  const whole = parts.measures[0]?.field?.column.type.includes("INT") ?? false;
  const width = Number((step * power).toPrecision(3));
  return { width: whole ? Math.max(1, width) : width, origin: 0 };
}
