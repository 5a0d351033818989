import type { ChartType } from "../../../../contract/index.ts";
import type { Field } from "./fields.ts";
import { type Item, operatorOf } from "./items.ts";
import type { Aggregate, Dimension, Grain, Measure, Query } from "./query.ts";
import { type AskedFilters, readFilters } from "./read-filters.ts";
import { type AskedEnd, readEnd } from "./read-limit.ts";
import { type AskedOrder, readChartWords, readOrder } from "./read-order.ts";
import { grainFor, type Mention, readSelection, type Selection } from "./read-select.ts";
import { type Reading, timeField } from "./reading.ts";

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
  filters: AskedFilters;
  end: AskedEnd | null;
  order: AskedOrder | null;
  chart: ChartType | null;
  /** Words that matter and that nothing in the table explains. */
  unknown: string[];
}

/** Turns a question, read into items, into a logical query. Null: it names nothing of the table. */
export function interpret(reading: Reading, type: ChartType | undefined): Interpretation | null {
  const asked = readAsked(reading, type);
  return asked && settle(reading, asked);
}

/** Says what a question, read into items, asks for. Null: it names nothing of the table. */
export function readAsked(reading: Reading, type: ChartType | undefined): Asked | null {
  const { order, chart, filters, end, selection, unknown } = readClauses(reading, type);
  const parts = assign(reading, selection, filters, end, chart, order);
  if (!parts) return null;
  dropRowNames(reading, parts, selection, chart);
  const { shape, distinct } = shapeOf(reading, parts, selection, end, chart, filters, order);
  const scatter = shape === "rows" && isScatter(parts, selection, chart);
  return { parts, shape, distinct, scatter, share: selection.share, filters, end, order, chart, unknown };
}

export interface Clauses extends Pick<Asked, "order" | "chart" | "filters" | "end" | "unknown"> {
  selection: Selection;
}

/** Takes the question apart into its clauses, in the order in which they can be told from one another. */
export function readClauses(reading: Reading, type: ChartType | undefined): Clauses {
  const order = readOrder(reading);
  const chartWord = readChartWords(reading);
  const filters = readFilters(reading);
  const end = readEnd(reading);
  const selection = readSelection(reading);
  const unknown = unknownWords(reading.items);
  if (selection.count?.noun) unknown.push(selection.count.noun);
  return { order, chart: type ?? chartWord, filters, end, selection, unknown };
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

/** The columns that a question names, as what groups and what is measured; both empty where it names none. */
export function selectedParts(
  reading: Reading,
  selection: Selection,
  filters: Pick<AskedFilters, "where" | "compared">,
  end: AskedEnd | null,
  chart: ChartType | null,
  order: AskedOrder | null,
): Parts {
  const parts: Parts = { dimensions: [], measures: [] };
  const addDimension = (field: Field, grain: Grain | null, cue: Mention["cue"]) => {
    if (!parts.dimensions.some((one) => one.field === field))
      parts.dimensions.push({ field, grain, series: cue === "series", cue });
  };
  const { mentions } = selection;
  const plain = mentions.filter(({ aggregates }) => aggregates.length === 0);
  const measured =
    mentions.some(({ aggregates }) => aggregates.length > 0) ||
    selection.count !== null ||
    mentions.some((one) => one.counted && countsRows(one));
  const otherGroups = (one: Mention) => mentions.some((other) => other !== one && canGroup(other, one));

  for (const one of mentions) {
    const { field, cue } = one;
    if (one.aggregates.length > 0) {
      for (const aggregate of one.aggregates) {
        if ((field.numeric && field.role !== "time") || aggregate === "min" || aggregate === "max")
          parts.measures.push({ field, aggregate, cue });
        else parts.measures.push({ field: null, aggregate: "count", cue });
      }
      const counted = one.aggregates.every((aggregate) => aggregate !== "min" && aggregate !== "max");
      if (!field.numeric && field.role === "dimension" && counted && !otherGroups(one)) addDimension(field, null, cue);
      if (!field.numeric && field.role === "dimension" && !counted)
        reading.assumptions.add(`${field.name} is text: its highest and lowest are those of the alphabet.`);
      continue;
    }
    if (one.counted && countsRows(one)) {
      countColumn(reading, one, selection, parts, otherGroups(one), chart !== null || order !== null, addDimension);
      continue;
    }
    const splits = one.counted && mentions.some((other) => other.cue === "series");
    const groups = cue === "group" || cue === "series" || cue === "x";
    if (field.role === "time") addDimension(field, null, cue);
    else if (field.role === "measure" && !field.discrete) {
      const onlyAxis = groups && measured && !plain.some((other) => other !== one && canGroup(other, one));
      if (onlyAxis && cue !== "x") addDimension(field, null, cue);
      else parts.measures.push({ field, aggregate: null, cue });
    } else if (
      field.discrete &&
      field.role === "measure" &&
      !groups &&
      !measured &&
      !selection.distribution &&
      !splits &&
      cue !== "versus" &&
      otherGroups(one) &&
      !plain.some((other) => other.field.role === "measure" && other !== one)
    )
      parts.measures.push({ field, aggregate: null, cue });
    else addDimension(field, null, cue);
  }
  for (const field of filters.compared) addDimension(field, null, "group");
  addTime(reading, selection, parts, chart, addDimension);
  if (end) addEnd(reading, parts, end, selection);
  if (selection.count && !parts.measures.some(({ aggregate }) => aggregate === "count"))
    parts.measures.push({ field: null, aggregate: "count", cue: null });
  if (selection.looseAggregate)
    for (const one of parts.measures) if (one.field?.numeric) one.aggregate ??= selection.looseAggregate;
  return parts;
}

/** A question that names only rows ("movies longer than 3 hours"): the columns that tell them apart, or their number. */
function listRows(reading: Reading, parts: Parts, selection: Selection, filters: AskedFilters): void {
  const label = labelField(reading);
  if (label && filters.where.length > 0 && !selection.share)
    parts.dimensions.push({ field: label, grain: null, series: false, cue: null });
  else if (wantsList(reading)) parts.dimensions.push(...listedColumns(reading));
  else parts.measures.push({ field: null, aggregate: "count", cue: null });
}

const mostListed = 8;

/** "show me the movies": their first columns. */
function listedColumns({ table, assumptions }: Reading): Parts["dimensions"] {
  if (table.fields.length > mostListed)
    assumptions.add(`The first ${mostListed} of ${table.fields.length} columns are listed.`);
  return table.fields.slice(0, mostListed).map((field) => ({ field, grain: null, series: false, cue: null }));
}

function wantsList({ items }: Reading): boolean {
  const counts = items.some((item) => ["count", "share", "distribution"].includes(operatorOf(item)?.op ?? ""));
  return !counts && items.some(({ text }) => /^(show|list|display|give|view|see)\b/i.test(text));
}

function canGroup(other: Mention, one: Mention): boolean {
  if (other.aggregates.length > 0) return false;
  if (other.counted && countsRows(other)) return false;
  const { field } = other;
  return (
    field.role === "time" ||
    field.role === "dimension" ||
    field.discrete ||
    (field.role === "identifier" && one.field.role !== "identifier") ||
    other.cue === "group"
  );
}

/** Whether "number of" before a column means rows: not before a quantity such as cylinders. */
function countsRows({ field }: Mention): boolean {
  return field.role !== "measure" || !field.numeric;
}

function countColumn(
  reading: Reading,
  one: Mention,
  selection: Selection,
  parts: Parts,
  grouped: boolean,
  charted: boolean,
  addDimension: (field: Field, grain: Grain | null, cue: Mention["cue"]) => void,
): void {
  const { field } = one;
  const others = grouped || selection.grain !== null || selection.trend;
  if (one.cue === "group" || (!others && charted)) {
    addDimension(field, null, "group");
    parts.measures.push({ field: null, aggregate: "count", cue: null });
    return;
  }
  if (one.distinct || (!field.unique && field.role !== "time")) {
    parts.measures.push({ field, aggregate: "count-distinct", cue: null });
    if (!one.distinct) reading.assumptions.add(`Each different ${field.name} is counted once.`);
  } else parts.measures.push({ field: null, aggregate: "count", cue: null });
}

function addTime(
  reading: Reading,
  selection: Selection,
  parts: Parts,
  chart: ChartType | null,
  addDimension: (field: Field, grain: Grain | null, cue: Mention["cue"]) => void,
): void {
  const dimension = parts.dimensions.find(({ field }) => field.role === "time");
  if (dimension) {
    dimension.grain = selection.grain;
    return;
  }
  const drawn = (chart === "line" || chart === "area") && parts.dimensions.length === 0;
  if (selection.grain === null && !selection.trend && !drawn) return;
  const field = timeField(reading);
  if (!field) return;
  addDimension(field, selection.grain, "x");
}

/** The column that names a row to a person: its name or title, else the text that differs most. */
export function labelField({ table }: Reading): Field | null {
  const texts = table.fields.filter(({ column, role }) => column.type === "VARCHAR" && role !== "time");
  const unique = texts.filter(({ unique }) => unique);
  const named = (fields: Field[]) => fields.find(({ id }) => /name|title|label/i.test(id));
  return (
    named(unique) ??
    unique[0] ??
    named(texts) ??
    table.fields.find(({ role }) => role === "identifier") ??
    texts[0] ??
    null
  );
}

function addEnd(reading: Reading, parts: Parts, end: AskedEnd, selection: Selection): void {
  if (end.by === "count") {
    if (!parts.measures.some(({ aggregate }) => aggregate === "count" || aggregate === "count-distinct"))
      parts.measures.push({ field: null, aggregate: "count", cue: null });
  } else if (end.by && !selection.mentions.some(({ field }) => field === end.by)) {
    const asked = parts.measures.length > 0 || parts.dimensions.length > 0;
    if (
      !asked ||
      parts.dimensions.some(({ field }) => !field.unique && field.role === "dimension") ||
      (parts.dimensions.length > 0 && !hasRows(reading))
    )
      if (end.by.numeric && end.by.role !== "time") parts.measures.push({ field: end.by, aggregate: null, cue: null });
      else if (!asked) parts.dimensions.push({ field: end.by, grain: null, series: false, cue: null });
  }
  const label = labelField(reading);
  if (
    parts.dimensions.every(({ field }) => field === end.by) &&
    label &&
    parts.measures.every(({ field, aggregate }) => field === end.by || (end.by === null && aggregate === null))
  )
    parts.dimensions.unshift({ field: label, grain: null, series: false, cue: null });
}

function hasRows({ items }: Reading): boolean {
  return items.some(({ kind }) => kind === "rows");
}

function isScatter(parts: Parts, selection: Selection, chart: ChartType | null): boolean {
  const plain = parts.measures.filter(({ aggregate, field }) => aggregate === null && field?.numeric);
  if (plain.length < 2 || plain.length !== parts.measures.length) return false;
  if (chart === "scatter" || chart === "bubble") return true;
  if (chart !== null || selection.list) return false;
  return parts.dimensions.every(({ field }) => !field.unique || selection.relation) && plain.length === 2;
}

function shapeOf(
  reading: Reading,
  parts: Parts,
  selection: Selection,
  end: AskedEnd | null,
  chart: ChartType | null,
  filters: AskedFilters,
  order: AskedOrder | null,
): { shape: Query["shape"]; distinct: boolean } {
  const groups = { shape: "groups", distinct: false } as const;
  const rows = { shape: "rows", distinct: false } as const;
  const [only] = parts.measures;
  if (parts.measures.some(({ aggregate }) => aggregate !== null)) return groups;
  if (filters.having.length > 0) return groups;
  if (chart === "scatter" || chart === "bubble") promote(parts);
  if (isScatter(parts, selection, chart)) return rows;
  if (parts.dimensions.length === 0) {
    if (parts.measures.length === 1 && only?.field && end === null) {
      if (chart === "histogram" || selection.distribution) return { shape: "bins", distinct: false };
      if ((selection.list && chart === null) || chart === "table") return rows;
      return groups;
    }
    return rows;
  }
  if (selection.grain !== null || selection.trend) return groups;
  if (parts.measures.length === 0) {
    const several = parts.dimensions.length > 1;
    const grouped = parts.dimensions.length > 0 && parts.dimensions.every(({ cue }) => cue === "group");
    if (grouped && hasRows(reading) && !selection.distinct && chart !== "table") return groups;
    if (several && parts.dimensions.some(({ field, cue }) => nearlyUnique(field) && cue === null)) return rows;
    if (order?.target === "y" && !several) return groups;
    const listed = chart === "table" || (chart === null && !selection.distribution && !selection.share);
    if (
      chart === "histogram" &&
      parts.dimensions.length === 1 &&
      parts.dimensions[0]?.field.numeric &&
      !parts.dimensions[0].field.discrete
    )
      return groups;
    if (!listed) return groups;
    if (selection.distinct) return { shape: "rows", distinct: true };
    if (end) return rows;
    const single = parts.dimensions.length === 1 ? parts.dimensions[0]?.field : undefined;
    const asks =
      selection.list ||
      filters.where.length > 0 ||
      reading.items.some(({ text }) => /^(list|find|return|give|what|which|who|whose|show|tell)$/i.test(text));
    if (single && !asks) return groups;
    return rows;
  }
  if (end && hasRows(reading) && end.by !== null && end.by !== "count") return rows;
  const keyed = parts.dimensions.some(({ field }) => nearlyUnique(field));
  return keyed && !selection.share ? rows : groups;
}

/**
 * Where rows are counted or combined, a column that names each row ("average weight of car models by year") is a word
 * for the rows: grouping by it too would only give the rows back. Nor is it a series.
 */
function dropRowNames(reading: Reading, parts: Parts, selection: Selection, chart: ChartType | null): void {
  const scatter = isScatter(parts, selection, chart === null ? null : chart);
  const combined = parts.measures.length > 0 || selection.distribution || chart !== null;
  const grouped = parts.dimensions.some(
    ({ field, cue }) => !nearlyUnique(field) && (cue === "group" || cue === "series" || parts.measures.length > 0),
  );
  if (!scatter && !(combined && grouped)) return;
  const named = parts.dimensions.filter(
    ({ field }) => nearlyUnique(field) && field.role !== "time" && field.column.profile.distinctCount > 20,
  );
  for (const one of named) {
    parts.dimensions.splice(parts.dimensions.indexOf(one), 1);
    if (!scatter && parts.measures.length === 0) parts.measures.push({ field: null, aggregate: "count", cue: null });
    reading.assumptions.add(`Each ${one.field.name} is one row, so it is not a group of its own.`);
  }
}

/** In a scatter plot a numeric column is a measure even where it could group. */
function promote(parts: Parts): void {
  for (const one of [...parts.dimensions]) {
    if (parts.measures.length >= 2) return;
    if (!one.field.numeric || one.field.role === "time") continue;
    parts.dimensions.splice(parts.dimensions.indexOf(one), 1);
    parts.measures.push({ field: one.field, aggregate: null, cue: one.cue });
  }
}

/** Whether grouping by a column would only give the rows back. */
export function nearlyUnique({ column, unique }: Field): boolean {
  return unique && column.profile.distinctCount > 1;
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

interface Built {
  dimensions: Dimension[];
  measures: Measure[];
  dimensionFields: Field[];
  measureFields: (Field | null)[];
}

const aggregateNames: Record<Aggregate, string> = {
  count: "Count",
  "count-distinct": "Number of",
  sum: "Total",
  avg: "Average",
  median: "Median",
  min: "Minimum",
  max: "Maximum",
};

export function measureName(field: Field | null, aggregate: Aggregate | null): string {
  if (field === null) return "Count";
  if (aggregate === null) return field.name;
  if (aggregate === "count-distinct") return `Different ${field.name}`;
  return `${aggregateNames[aggregate]} ${field.name}`;
}

function build(parts: Parts, shape: Query["shape"], scatter: boolean): Built {
  const taken = new Set<string>();
  const free = (name: string) => {
    let unique = name;
    for (let at = 2; taken.has(unique.toLowerCase()); at++) unique = `${name} ${at}`;
    taken.add(unique.toLowerCase());
    return unique;
  };
  const place = (cue: Mention["cue"]) => (cue === "x" ? 0 : cue === "series" ? 2 : 1);
  let dimensions = [...parts.dimensions];
  if (shape === "groups") {
    dimensions.sort(
      (one, other) =>
        place(one.cue) - place(other.cue) || Number(other.field.role === "time") - Number(one.field.role === "time"),
    );
    dimensions = dimensions.slice(0, 3);
  }
  const dimensionOf = ({ field, grain }: Parts["dimensions"][number]): Dimension => {
    const timed = field.role === "time" && field.holds !== null && (shape === "groups" || grain !== null);
    return {
      name: free(field.name),
      expression:
        timed && field.holds
          ? { kind: "time", column: field.id, holds: field.holds, grain: grain ?? grainFor(field) }
          : { kind: "column", column: field.id },
    };
  };
  const measureOf = ({ field, aggregate }: Parts["measures"][number]): Measure => ({
    name: free(measureName(field, aggregate)),
    aggregate,
    column: field?.id ?? null,
  });
  if (scatter) {
    const [first, second, ...rest] = parts.measures;
    const xFirst =
      first?.cue === "x" ||
      second?.cue === "y" ||
      (first?.cue === null && second?.cue === null && !/\b(vs|versus)\b/i.test(""));
    const ordered = [xFirst ? first : second, xFirst ? second : first, ...rest].filter((one) => one !== undefined);
    const points = ordered.map((one) => ({
      name: free(measureName(one.field, null)),
      expression: { kind: "column", column: one.field?.id ?? "" } as const,
    }));
    const split = dimensions.slice(0, 1).map(dimensionOf);
    return {
      dimensions: [...points, ...split],
      measures: [],
      dimensionFields: [
        ...ordered.map(({ field }) => field),
        ...dimensions.slice(0, 1).map(({ field }) => field),
      ].filter((field) => field !== null),
      measureFields: [],
    };
  }
  const seen = new Set<string>();
  const measures = parts.measures.filter(({ field, aggregate }) => {
    const key = `${field?.id}/${aggregate}`;
    return seen.has(key) ? false : seen.add(key);
  });
  return {
    dimensions: dimensions.map(dimensionOf),
    measures: measures.map(measureOf),
    dimensionFields: dimensions.map(({ field }) => field),
    measureFields: measures.map(({ field }) => field),
  };
}

function applyOrder(
  query: Query,
  built: Built,
  order: AskedOrder | null,
  end: AskedEnd | null,
  parts: Parts,
  scatter: boolean,
): void {
  if (query.shape === "bins") return;
  const [first] = query.dimensions;
  const measure = query.measures[0];
  if (end) {
    const by =
      end.by === "count"
        ? (query.measures.find(({ aggregate }) => aggregate === "count" || aggregate === "count-distinct") ?? measure)
            ?.name
        : end.by === null
          ? (measure?.name ?? first?.name)
          : (columnName(query, built, end.by) ?? (query.shape === "rows" ? end.by.id : measure?.name));
    if (by) query.order.push({ by, direction: end.end === "max" ? "desc" : "asc" });
    query.limit = end.limit;
    if (order === null) return;
  }
  if (order) {
    const found = targetName(query, built, order, parts);
    if (found) {
      const isMeasure = query.measures.some(({ name }) => name === found);
      const direction = order.direction ?? (isMeasure && typeof order.target === "string" ? "desc" : "asc");
      query.order = query.order.length > 0 && query.limit !== null ? query.order : [{ by: found, direction }];
    }
    return;
  }
  if (scatter || first === undefined) return;
  const time = built.dimensionFields[0]?.role === "time";
  if (query.shape === "rows") {
    if (time && query.measures.length > 0) query.order.push({ by: first.name, direction: "asc" });
    else if (measure && query.dimensions.length === 1) query.order.push({ by: measure.name, direction: "desc" });
    return;
  }
  const scale = time || built.dimensionFields[0]?.numeric;
  if (scale || measure === undefined) query.order.push({ by: first.name, direction: "asc" });
  else query.order.push({ by: measure.name, direction: "desc" });
  const second = query.dimensions[1];
  if (scale && second) query.order.push({ by: second.name, direction: "asc" });
  else if (!scale && measure) query.order.push({ by: first.name, direction: "asc" });
}

function columnName(query: Query, built: Built, field: Field): string | null {
  const at = built.measureFields.indexOf(field);
  if (at >= 0) return query.measures[at]?.name ?? null;
  const dimension = built.dimensionFields.indexOf(field);
  return dimension >= 0 ? (query.dimensions[dimension]?.name ?? null) : null;
}

function targetName(query: Query, built: Built, order: AskedOrder, parts: Parts): string | null {
  const [first] = query.dimensions;
  const measure = query.measures[0];
  switch (order.target) {
    case "x":
      return first?.name ?? null;
    case "y":
      return measure?.name ?? query.dimensions[1]?.name ?? first?.name ?? null;
    case "measure":
      return (
        measure?.name ??
        (query.dimensions[1] && query.shape === "rows" && parts.dimensions.length === 2
          ? query.dimensions[1].name
          : (first?.name ?? null))
      );
    default:
      if (
        order.target.role === "dimension" &&
        columnName(query, built, order.target) === null &&
        query.shape === "groups"
      )
        return first?.name ?? null;
      return (
        columnName(query, built, order.target) ?? (query.shape === "rows" ? order.target.id : (measure?.name ?? null))
      );
  }
}
