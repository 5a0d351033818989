import type { ChartType } from "../../../../../contract/index.ts";
import type { Field, Table } from "../link/fields.ts";
import type { Condition, Measure, Query } from "../query.ts";
import type { Asked, Parts } from "../read/asked.ts";
import type { AskedEnd } from "../read/asked-end.ts";
import type { AskedFilters } from "../read/filters.ts";
import type { AskedOrder } from "../read/order.ts";
import { doubt, type Reading, timeField } from "../read/reading.ts";
import { timeConditions } from "../read/time-conditions.ts";
import { wholePeriods } from "../read/whole-periods.ts";
import type { AskedWindow } from "../read/window.ts";
import { computedFor } from "./computed-for.ts";
import { filterText } from "./describe.ts";
import { applyOrder } from "./order.ts";
import { unfolded, withoutRepeats } from "./plainly.ts";
import { type Built, build } from "./result.ts";

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
  const { shape, distinct, scatter, share, window, end, order, chart, unknown } = asked;
  const plainly = (conditions: Condition[]) => conditions.flatMap((one) => unfolded(one, reading.table));
  const filters = {
    ...asked.filters,
    where: plainly(asked.filters.where),
    part: plainly(asked.filters.part),
  };
  const parts = { ...asked.parts, measures: asked.parts.measures.map((one) => ({ ...one })) };
  defaultAggregates(
    reading,
    parts,
    shape,
    filters.having.length > 0,
    (window !== null && window.kind !== "growth" && window.kind !== "change") || filters.part.length > 0,
    end?.total ? end.by : null,
  );
  const built = build(parts, shape, scatter);
  const whole = shape === "groups" ? computeOver(reading, built, window, filters) : [...filters.where, ...filters.part];
  const query: Query = {
    table: reading.table.table.name,
    shape,
    distinct,
    computed: [],
    dimensions: built.dimensions,
    measures: built.measures,
    filters: withoutRepeats([
      ...whole,
      ...oneSided(built),
      ...datedOnly(reading, built, shape),
      ...withinSpans(reading, built),
    ]),
    having: filters.having,
    order: [],
    limit: null,
    limitPer: [],
    ...(shape === "bins" ? { bin: binOf(parts) } : {}),
  };
  const dropped =
    shape === "groups" ? parts.dimensions.filter(({ field }) => !built.dimensionFields.includes(field)) : [];
  if (dropped.length > 0)
    doubt(
      reading,
      `Three groupings are the most that is shown, so ${dropped.map(({ field }) => field.name).join(" and ")} is left out.`,
    );
  applyOrder(query, built, order, end, parts, scatter);
  if (shape === "groups") sayOrder(reading, built, order);
  query.filters.push(...knownOnly(reading, query, built));
  query.computed = computedFor(query, reading.table);
  const { dimensionFields, measureFields } = built;
  return { query, dimensionFields, measureFields, chart, scatter, share, unknown };
}

function defaultAggregates(
  reading: Reading,
  parts: Parts,
  shape: Query["shape"],
  having: boolean,
  adds: boolean,
  total: AskedEnd["by"],
): void {
  if (shape !== "groups") return;
  for (const one of parts.measures) {
    if (one.aggregate !== null || !one.field) continue;
    const sums = one.field.additive || one.field === total || (adds && one.field.role === "measure");
    one.aggregate = sums ? "sum" : "avg";
    if (one.field.quotient) continue;
    const why = one.field === total ? "as what there is most of" : "since the question does not say how to combine it";
    reading.assumptions.add(`${one.field.name} is ${one.aggregate === "sum" ? "added up" : "averaged"}, ${why}.`);
  }
  if (parts.measures.length === 0 && !having) parts.measures.push({ field: null, aggregate: "count", cue: null });
}

/**
 * Turns the measures into shares, running totals or growth.
 *
 * @returns the conditions on all rows
 */
function computeOver(
  reading: Reading,
  { dimensions, measures }: Built,
  window: AskedWindow | null,
  { where, part }: AskedFilters,
): Condition[] {
  const adds = measures.every(({ aggregate, over }) => !over && (aggregate === "sum" || aggregate === "count"));
  if (part.length > 0) {
    const shares = measures.every(
      ({ aggregate, over }) => !over && aggregate !== null && /^(sum|count|count-distinct)$/.test(aggregate),
    );
    if (!shares) {
      reading.objections.add("Averages and the like have no share of a total.");
      return where;
    }
    const text = (conditions: Condition[]) => conditions.map((one) => filterText(one, reading.table)).join(" and ");
    const each = dimensions.length > 0 ? ` of each ${dimensions.map(({ name }) => name).join(" and ")}` : "";
    const whole = [...where, ...comparable(reading.table, part)];
    const among = whole.length > 0 ? ` where ${text(whole)}` : "";
    for (const one of measures) {
      const what = one.column === null ? "rows" : `${one.name[0]?.toLowerCase()}${one.name.slice(1)}`;
      reading.assumptions.add(
        `100 % is the ${one.aggregate === "sum" ? "" : "number of "}${what}${each}${among}`.replace(/\.?$/, "."),
      );
      Object.assign(one, { part, name: `Share of ${what} where ${text(part)} (%)` });
    }
    return whole;
  }
  if (!window || (window.kind === "share" && dimensions.length === 0)) return where;
  if (window.kind === "change") {
    changeOver(reading, measures);
    return where;
  }
  const timed = dimensions.some(({ expression }) => expression.kind === "time");
  if (window.kind !== "share" && !timed) {
    reading.objections.add(
      `There is no column of time that ${window.kind === "growth" ? "growth" : "a running total"} could go by.`,
    );
    return where;
  }
  if (!adds && window.kind !== "growth") {
    reading.objections.add(
      `Averages and the like have no ${window.kind === "share" ? "share of a total" : "running total"}.`,
    );
    return where;
  }
  const named = { share: "Share of", running: "Running", growth: "Growth of" }[window.kind];
  for (const one of measures) {
    const name = `${named} ${one.name[0]?.toLowerCase()}${one.name.slice(1)}${window.kind === "running" ? "" : " (%)"}`;
    Object.assign(one, { window: window.kind, name });
  }
  return where;
}

/** A share of those that were late is one of the rows of which it can be told. */
function comparable(table: Table, part: Condition[]): Condition[] {
  const compared = part.flatMap((one) => (one.kind === "compare-columns" ? [one.column, one.other] : []));
  const partly = table.fields.filter(({ id, column }) => compared.includes(id) && column.profile.nullCount > 0);
  return partly.map(({ id }) => ({ kind: "null", column: id, negated: true }));
}

/** Turns the measures into how much they grew from the first whole period of the data to the last. */
function changeOver(reading: Reading, measures: Measure[]): void {
  const { assumptions, objections } = reading;
  const field = timeField(reading);
  const periods = field && wholePeriods(field);
  if (!field || !periods) {
    objections.add("There is no column of time with two whole months, quarters or years that growth could go by.");
    return;
  }
  const { grain, first, last } = periods;
  for (const one of measures) {
    if (one.over || one.aggregate === "count-distinct") objections.add(`How ${one.name} grew can't be computed.`);
    const name = `Growth of ${one.name[0]?.toLowerCase()}${one.name.slice(1)} (%)`;
    Object.assign(one, {
      name,
      change: { first: timeConditions(field, first), last: timeConditions(field, last) },
    });
  }
  assumptions.add(
    `Growth is that from ${first.name} to ${last.name}, the first and the last whole ${grain} in ${field.name}.`,
  );
}

/** Where only what goes out is shown, what comes in has no place. */
function oneSided({ measureFields }: Built): Condition[] {
  const sides = measureFields.map((field) =>
    field?.formula?.kind === "signed" && field.formula.parts.length === 1 ? field.formula.parts[0] : undefined,
  );
  const [one] = sides;
  if (!one || sides.some((other) => JSON.stringify(other) !== JSON.stringify(one))) return [];
  return one.when;
}

/** Rows without a time have no place on an axis of time. */
function datedOnly(
  { assumptions }: Reading,
  { dimensions, dimensionFields }: Built,
  shape: Query["shape"],
): Condition[] {
  const [field] = dimensionFields;
  const timed = shape === "groups" && dimensions[0]?.expression.kind === "time";
  if (!timed || !field || field.column.profile.nullCount === 0) return [];
  assumptions.add(`Rows without ${field.name} are left out.`);
  return [{ kind: "null", column: field.id, negated: true }];
}

/** "ordered by the names" of groups that have none: by what they are called. */
function sayOrder({ assumptions }: Reading, { dimensionFields, measureFields }: Built, order: AskedOrder | null): void {
  const [first] = dimensionFields;
  if (!order || typeof order.target === "string" || order.target.role !== "dimension" || !first) return;
  if (!dimensionFields.includes(order.target) && !measureFields.includes(order.target))
    assumptions.add(`The order is that of ${first.name}, since the groups have no ${order.target.name}.`);
}

const reasons = /(^|[^a-z])(reason|cause|why|excuse)s?(?![a-z])/i;

/** Where groups are ranked, the rows that are in none have no rank: the most common comment is none that is empty. */
function knownOnly(
  { assumptions }: Reading,
  { shape, limit, filters, dimensions, measures }: Query,
  { dimensionFields }: Built,
): Condition[] {
  if (shape !== "groups") return [];
  // What has no reason is no group of reasons, where it is only counted.
  const counted = measures.every(({ column }) => column === null);
  const empty = dimensionFields.filter(
    ({ id, column, formula }, at) =>
      (limit !== null || (counted && reasons.test(id))) &&
      column.profile.nullCount > 0 &&
      !formula &&
      dimensions[at]?.expression.kind === "column" &&
      !filters.some((one) => one.kind === "in" && one.column === id),
  );
  for (const { name, column } of empty)
    assumptions.add(`The ${column.profile.nullCount} rows without ${name} are left out.`);
  return empty.map(({ id }) => ({ kind: "null", column: id, negated: true }));
}

/** Only the days that are compared. */
function withinSpans({ table }: Reading, { dimensionFields }: Built): Condition[] {
  return dimensionFields.flatMap(({ formula }): Condition[] => {
    const field = formula?.kind === "span" ? table.fields.find(({ id }) => id === formula.column) : null;
    if (formula?.kind !== "span" || !field) return [];
    const conditions = formula.spans.map(
      (span): Condition => ({ kind: "all", conditions: timeConditions(field, span) }),
    );
    return [{ kind: "any", conditions }];
  });
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
