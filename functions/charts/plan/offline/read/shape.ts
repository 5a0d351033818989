import type { ChartType } from "../../../../../contract/index.ts";
import type { Field } from "../link/fields.ts";
import { unitOf } from "../link/units.ts";
import type { Query } from "../query.ts";
import type { Parts } from "./asked.ts";
import type { AskedEnd } from "./asked-end.ts";
import type { AskedFilters } from "./filters.ts";
import type { AskedOrder } from "./order.ts";
import type { Reading } from "./reading.ts";
import type { Selection } from "./selection.ts";

export function hasRows({ items }: Reading): boolean {
  return items.some(({ kind }) => kind === "rows");
}

export function isScatter(parts: Parts, selection: Selection, chart: ChartType | null): boolean {
  const plain = parts.measures.filter(({ aggregate, field }) => aggregate === null && field?.numeric);
  if (plain.length < 2 || plain.length !== parts.measures.length) return false;
  // No row has money that comes in and money that goes out.
  if (isInAndOut(parts)) return false;
  if (chart === "scatter" || chart === "bubble") return true;
  if (chart !== null || selection.list) return false;
  const opposed =
    selection.relation || parts.measures.some(({ cue }) => cue === "versus" || cue === "x" || cue === "y");
  const grouped =
    (parts.dimensions.some(({ cue }) => cue === "group") ||
      (parts.dimensions.length > 0 && parts.measures.some(({ cue }) => cue === "group"))) &&
    selection.mentions.some(({ listed, field }) => listed && parts.measures.some((one) => one.field === field));
  // "costs vs revenue by month": the sums of each group beside each other.
  const stepped = parts.dimensions.some(({ field, cue }) => !field.unique && cue === "group");
  if (stepped && parts.measures.every(({ field }) => field?.additive)) return false;
  // "fines vs payments by month": what there was of either in each, rather than a point for each row.
  if (!selection.relation && (selection.grain !== null || selection.trend)) return false;
  // "billed vs received": how much of either.
  if (!selection.relation && (areSumsOfDeeds(selection) || areSumsAlike(parts, selection))) return false;
  if (!opposed && (grouped || selection.grain !== null || selection.trend)) return false;
  return parts.dimensions.every(({ field }) => !field.unique || selection.relation) && plain.length === 2;
}

/** What was done with sums of money, each by its column. */
const areSumsOfDeeds = ({ mentions }: Selection) =>
  mentions.length > 1 && mentions.every(({ field, text }) => field.additive && deed.test(text));

const deed = /^(\w+ed|paid|spent|sold|bought|made|lost|lent|due|owed)$/i;

/** "parts vs labour", both in one currency or unit; "fines vs paid": sums that are told side by side. */
function areSumsAlike({ measures }: Parts, { mentions }: Selection): boolean {
  const fields = measures.flatMap(({ field }) => field ?? []);
  if (fields.length < 2 || !fields.every(({ additive }) => additive)) return false;
  if (!measures.some(({ cue }) => cue === "versus")) return false;
  const units = fields.map(sumUnitOf);
  const alike = units[0] !== null && units.every((unit) => unit === units[0]);
  return alike || (mentions.some(({ text }) => deed.test(text)) && units.every((unit) => unit === null));
}

/** The currency or unit that a column is in, by its name. */
function sumUnitOf(field: Field): string | null {
  const { format } = field.column;
  const sign = /[£$€¥₹]|\b(usd|eur|gbp|chf)\b/i.exec(field.id.replaceAll("_", " "))?.[0].toLowerCase();
  return sign ?? (format?.kind === "currency" ? "currency" : unitOf(field));
}

const isInAndOut = ({ measures }: Parts) =>
  measures.length > 1 && measures.every(({ field }) => field?.formula?.kind === "signed");

export function shapeOf(
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
  if (filters.having.length > 0 || isInAndOut(parts)) return groups;
  if (chart === "scatter" || chart === "bubble") promote(parts);
  if (isScatter(parts, selection, chart)) return rows;
  const sums = areSumsOfDeeds(selection) || areSumsAlike(parts, selection);
  if (parts.dimensions.length === 0 && sums && chart === null && !selection.list) return groups;
  if (parts.dimensions.length === 0) {
    if (parts.measures.length === 1 && only?.field && end === null) {
      if (chart === "histogram" || selection.distribution) return { shape: "bins", distinct: false };
      if ((selection.list && chart === null) || chart === "table") return rows;
      return groups;
    }
    return rows;
  }
  if (selection.grain !== null || selection.trend || filters.compared.some(({ grain }) => grain !== null))
    return groups;
  if (parts.measures.length === 0) {
    const several = parts.dimensions.length > 1;
    const grouped = parts.dimensions.length > 0 && parts.dimensions.every(({ cue }) => cue === "group");
    if (grouped && hasRows(reading) && !selection.distinct && chart !== "table") return groups;
    const split = parts.dimensions.some(({ cue }) => cue === "group" || cue === "series");
    if (!selection.list && chart === null && split) return groups;
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
    const things = filters.where.some(({ kind }) => kind === "ever" || kind === "often");
    if (selection.distinct || things) return { shape: "rows", distinct: true };
    if (end) return rows;
    const single = parts.dimensions.length === 1 ? parts.dimensions[0]?.field : undefined;
    const asks =
      selection.list ||
      filters.where.length > 0 ||
      reading.items.some(({ text }) => /^(list|find|return|give|what|which|who|whose|show|tell)$/i.test(text));
    if (single && !asks) return groups;
    // "list regions": which there are.
    return { shape: "rows", distinct: single !== undefined && !nearlyUnique(single) && chart === null };
  }
  if (end && !end.total && hasRows(reading) && end.by !== null && end.by !== "count") return rows;
  const keyed = parts.dimensions.some(({ field }) => nearlyUnique(field));
  return keyed && !selection.share ? rows : groups;
}

/**
 * Where rows are counted or combined, a column that names each row ("average weight of car models by year") is a word
 * for the rows: grouping by it too would only give the rows back. Nor is it a series.
 */
export function dropRowNames(reading: Reading, parts: Parts, selection: Selection, chart: ChartType | null): void {
  const scatter = isScatter(parts, selection, chart === null ? null : chart);
  const combined = parts.measures.length > 0 || selection.distribution || chart !== null;
  const grouped = parts.dimensions.some(
    ({ field, cue }) => !nearlyUnique(field) && (cue === "group" || cue === "series" || parts.measures.length > 0),
  );
  if (!scatter && !(combined && grouped)) return;
  const named = parts.dimensions.filter(
    ({ field, cue }) =>
      nearlyUnique(field) && cue !== "x" && field.role !== "time" && field.column.profile.distinctCount > 20,
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
