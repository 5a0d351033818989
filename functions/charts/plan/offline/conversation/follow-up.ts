import type { ChartType } from "../../../../../contract/index.ts";
import type { Table } from "../link/fields.ts";
import { operatorOf, readItems } from "../link/items.ts";
import { type Asked, type Clauses, type Parts, readClauses } from "../read/asked.ts";
import { selectedParts } from "../read/parts.ts";
import { type Reading, unread } from "../read/reading.ts";
import { nearlyUnique } from "../read/shape.ts";
import { takeRowWords } from "../read/subject.ts";
import type { AskedWindow } from "../read/window.ts";
import { measureName } from "../write/result.ts";
import { changedFilters, columnOf } from "./changed-filters.ts";
import { plainly, reversing, together, wholeAgain, widening } from "./wording.ts";

/** A question as a change of an earlier one. */
export interface FollowUp {
  reading: Reading;
  clauses: Clauses;
  parts: Parts;
  /** It says "too" or "and by": what it names comes on top, not instead. */
  adds: boolean;
  /** It begins with "and". */
  continues: boolean;
  /** It takes filters away: those of some columns, or all. */
  clears: "all" | Set<string> | null;
  /** It asks for all groups again, of which only the first were shown. */
  unlimits: boolean;
  /** It asks for all groups together. */
  overall: boolean;
  /** It turns the order. */
  reverses: boolean;
  /** It asks for something whole by itself, and says nothing that leans on what came before. */
  complete: boolean;
}

const opening =
  /^\s*(?:(?:and|but|now|then|ok|okay|so|or)\b[\s,]*)+|^\s*(?:what|how)\s+about\b\s*|^\s*the\s+same\b\s*/i;
const instead = /\binstead\s+of\b.*$|\b(?:instead|rather|again)\b/gi;
const too = /\b(?:too|also|as\s+well|additionally|in\s+addition)\b/gi;
const andBy = /^\s*(?:and|also|add)\s+(?:by|per|for\s+each)\b|^\s*(?:split|broken|break)\b/i;
const leaveOut = /\b(?:remove|drop|omit|hide|ignore|exclude|leave\s+out|take\s+out|skip)\b/gi;
const clearing =
  /\b(?:remove|clear|drop|reset|undo|without|no|delete)\s+(?:the\s+|all\s+|any\s+|all\s+the\s+)?(.*?)\bfilters?\b/i;
const narrowing = /\b(?:only|just)\b/i;
const pronoun = /\b(?:it|them|those|these)\b/i;
const interrogative = /^\s*(?:what|which|who|whose|how\s+many|how\s+much|where|when|list|find|return)\b/i;

/** Reads a question for what it would change of an earlier one. */
export function readFollowUp(asked: string, type: ChartType | undefined, table: Table): FollowUp {
  const question = plainly(asked, table);
  const leans = [opening, instead, too, pronoun].some((words) => question.search(words) >= 0);
  const adds = question.search(too) >= 0 || andBy.test(question);
  const cleared = clearing.exec(question);
  const whole = wholeAgain(question, table);
  const reverses = reversing.test(question);
  const widens = widening.test(question);
  const overall = together.test(question);
  const bare = (whole || reverses ? "" : question)
    .replace(widening, " ")
    .replace(together, " ")
    .replace(clearing, " ")
    .replace(instead, " ")
    .replace(too, " ")
    .replace(opening, " ")
    .replace(leaveOut, "without")
    .replace(/\b(?:break|broken)\b/gi, " ")
    .trim();
  const reading = unread(table, readItems(bare, table));
  const rows = reading.items.some(({ kind }) => kind === "rows");
  const clauses = readClauses(reading, type);
  const { selection, order } = clauses;
  // "for charter schools" narrows the rows and groups by nothing.
  takeRowWords(reading, selection, clauses.filters.where.length > 0);
  const { mentions } = selection;
  // Listed values only filter here, and a chart that wants time asks for no time of its own.
  const parts = selectedParts(reading, selection, { where: [], compared: [], part: [] }, null, null, order);
  filterByFlags(reading, clauses, parts, narrowing.test(question));
  measureScores(parts);
  const clears = whole ?? (cleared && clearedColumns(cleared[1] ?? "", table)) ?? (widens ? widened(clauses) : null);
  const complete =
    (parts.measures.length > 0 && parts.dimensions.length > 0) ||
    (mentions.length > 0 &&
      (selection.distribution || selection.relation || mentions.some(({ cue }) => cue === "versus"))) ||
    (interrogative.test(question) && (mentions.length > 0 || rows));
  const continues = /^\s*and\b/i.test(question);
  const says = { adds, continues, clears, unlimits: whole !== null, overall, reverses };
  return { reading, clauses, parts, ...says, complete: complete && !leans && !/^\s*\S+(\s+\S+)?\s*$/.test(question) };
}

/** "not only 2023": the columns of the conditions that it names, which it takes away. */
function widened({ filters }: Clauses): Set<string> {
  const columns = new Set(filters.where.map(columnOf));
  filters.where = [];
  return columns;
}

/** "and the discount?": a number of few steps is measured, unless it is grouped by. */
function measureScores(parts: Parts): void {
  const scores = parts.dimensions.filter(({ field, cue }) => field.role === "measure" && field.numeric && cue === null);
  if (scores.length === 0 || scores.length < parts.dimensions.length) return;
  parts.dimensions = [];
  parts.measures.push(...scores.map(({ field, cue }) => ({ field, aggregate: null, cue })));
}

/** "remove the region filter" names a column; "remove the filters" none, and means all. */
function clearedColumns(words: string, table: Table): FollowUp["clears"] {
  const named = readItems(words, table).flatMap((item) => (item.kind === "column" ? [item.field.id] : []));
  return named.length > 0 ? new Set(named) : "all";
}

/** "only returned ones", "without the returned": of a column of true and false that choose rows, not groups. */
function filterByFlags({ items }: Reading, { filters }: Clauses, parts: Parts, narrows: boolean): void {
  const negated = items.some((item) => operatorOf(item)?.op === "not" && !item.used);
  if (!narrows && !negated) return;
  const flags = parts.dimensions.filter(({ field, cue }) => field.flag !== null && cue === null);
  for (const { field } of flags)
    if (field.flag)
      filters.where.push({
        kind: "in",
        column: field.id,
        values: [negated ? field.flag.no : field.flag.yes],
        negated: false,
      });
  parts.dimensions = parts.dimensions.filter((one) => !flags.includes(one));
}

/** Whether it changes nothing but the type of the chart and how many groups it shows. */
export function onlyShows({ parts, clauses: { chart, end, order, filters, selection } }: FollowUp): boolean {
  const changesData =
    parts.dimensions.length + parts.measures.length + filters.where.length + filters.having.length > 0 ||
    order !== null ||
    selection.looseAggregate !== null;
  return !changesData && (chart !== null || end !== null);
}

/**
 * Applies a follow-up to what was asked before.
 *
 * @returns what is asked now, and in words what changed; no words where the question changes nothing
 */
export function applyFollowUp(parent: Asked, followUp: FollowUp): { asked: Asked; changes: string[] } {
  const { clauses, reading } = followUp;
  const changes: string[] = [];
  const dimensions = changedDimensions(parent, followUp, changes);
  const measures = changedMeasures(parent, followUp, changes);
  const newGroups = dimensions !== parent.parts.dimensions;
  const newMeasures = measures !== parent.parts.measures;
  const asked: Asked = {
    ...parent,
    ...shapeAfter(parent, { dimensions, measures }, newGroups, newMeasures, followUp.adds),
    share: parent.share || clauses.selection.share,
    window: clauses.window ?? parent.window,
    filters: changedFilters(parent, followUp, changes),
    unknown: clauses.unknown,
  };
  if (clauses.window) changes.push(windowWords[clauses.window.kind]);
  const [first] = asked.parts.dimensions;
  const timed = first?.field.role === "time";

  const { end, chart } = clauses;
  const order = followUp.reverses ? reversed(parent) : clauses.order;
  const scaleStays = (by: unknown) => !newMeasures || measures.some(({ field }) => field === by);
  if (end && /^first\b/i.test(end.text) && !timed) end.end = parent.order?.direction === "asc" ? "min" : "max";
  if (end) {
    asked.end = { ...end, by: end.by ?? (scaleStays(parent.end?.by) ? (parent.end?.by ?? null) : null) };
    if (end.limit !== null) changes.push(`only the ${end.end === "max" ? "top" : "bottom"} ${end.limit}`);
  } else if (parent.end) {
    if (newGroups && timed) asked.end = null;
    else if (!scaleStays(parent.end.by)) asked.end = { ...parent.end, by: null };
    if (asked.end?.limit && showsAll(followUp, asked.parts)) {
      asked.end = { ...asked.end, limit: null };
      changes.push("all of them");
    }
  }
  if (order && parent.end?.limit)
    reading.assumptions.add("The rows keep the order by which they were chosen, since only the first are shown.");
  if (order) changes.push("in another order");
  asked.order = order ?? (newGroups || newMeasures ? null : parent.order);
  if (chart) changes.push(`asked for as ${chart}`);
  asked.chart = chart ?? (newGroups && !suits(parent.chart, asked.parts) ? null : parent.chart);
  return isOfAll(parent, followUp, newGroups) ? takenTogether(asked, changes) : { asked, changes };
}

/** "in total", and "the total" of sums: what is there already is asked of all groups together. */
function isOfAll(parent: Asked, { overall, clauses, parts }: FollowUp, newGroups: boolean): boolean {
  const { dimensions, measures } = parent.parts;
  if (newGroups || dimensions.length === 0 || parent.shape !== "groups") return false;
  if (overall) return true;
  const again = clauses.selection.looseAggregate;
  const combined = measures.map(({ field, aggregate }) => aggregate ?? (field?.additive ? "sum" : "avg"));
  const changesMore = parts.measures.length > 0 || clauses.filters.where.length > 0 || clauses.chart !== null;
  return (
    again !== null && !changesMore && combined.every((one) => one === again || (one === "count" && again === "sum"))
  );
}

function takenTogether(asked: Asked, changes: string[]): { asked: Asked; changes: string[] } {
  const parts = { ...asked.parts, dimensions: [] };
  const none = { end: null, order: null, window: null, chart: null, share: false };
  return { asked: { ...asked, ...none, parts }, changes: [...changes, "of all groups together"] };
}

/** The order of the groups turned: times begin with the first, and groups with the largest. */
function reversed({ order, parts: { dimensions } }: Asked): Asked["order"] {
  const timed = dimensions[0]?.field.role === "time";
  const target = order?.target ?? (timed ? "x" : "measure");
  const now = order?.direction ?? (timed && target === "x" ? "asc" : "desc");
  return { target, direction: now === "asc" ? "desc" : "asc" };
}

/** All groups, where it names none or those that there are. */
function showsAll({ unlimits, clears }: FollowUp, { dimensions }: Parts): boolean {
  return unlimits && (clears === null || clears === "all" || dimensions.some(({ field }) => clears.has(field.id)));
}

const windowWords: Record<AskedWindow["kind"], string> = {
  share: "in percent of the total",
  running: "as a running total",
  growth: "as growth from one step of time to the next",
  change: "as growth from the first whole period to the last",
};

function changedDimensions({ parts: before }: Asked, followUp: FollowUp, changes: string[]): Parts["dimensions"] {
  const { parts, clauses, reading, adds } = followUp;
  if (parts.dimensions.length === 0) return before.dimensions;
  for (const { field, grain } of parts.dimensions)
    if (grain !== null && grain !== "year" && (field.holds === "year" || field.holds === "text-year"))
      reading.assumptions.add(`${field.name} holds only years, so the step of time is the year.`);
  const [only] = parts.dimensions;
  const stepOnly = parts.dimensions.length === 1 && only?.field.role === "time" && clauses.selection.grain !== null;
  if (stepOnly && before.dimensions.some(({ field }) => field === only.field)) {
    changes.push(`by ${clauses.selection.grain}`);
    return before.dimensions.map((one) => (one.field === only.field ? { ...one, grain: only.grain } : one));
  }
  const names = parts.dimensions.map(({ field }) => field.name).join(" and ");
  if (adds || parts.dimensions.some(({ cue }) => cue === "series")) {
    changes.push(`also by ${names}`);
    const more = parts.dimensions.filter(({ field }) => !before.dimensions.some((one) => one.field === field));
    return [...before.dimensions, ...more];
  }
  const same = parts.dimensions.every(({ field }) => before.dimensions.some((one) => one.field === field));
  if (same && parts.dimensions.length === before.dimensions.length) return before.dimensions;
  // Periods that are compared are compared of the new groups too.
  const periods = before.dimensions.filter(({ field }) => field.formula?.kind === "span");
  const groups = before.dimensions.length > periods.length;
  changes.push(groups ? `by ${names} instead` : `by ${names}`);
  return [...parts.dimensions, ...periods];
}

function changedMeasures({ parts: before }: Asked, followUp: FollowUp, changes: string[]): Parts["measures"] {
  const { parts, clauses } = followUp;
  const aggregate = clauses.selection.looseAggregate;
  if (parts.measures.length === 0) {
    const quantities = before.measures.filter(({ field }) => field?.numeric);
    if (aggregate === null || quantities.length === 0) return before.measures;
    const combined = quantities.map((one) => ({ ...one, aggregate }));
    changes.push(combined.map(({ field }) => measureName(field, aggregate)).join(" and "));
    return followUp.adds ? [...before.measures, ...combined] : combined;
  }
  const [first] = before.measures;
  const kept = before.measures.every((one) => one.field && one.aggregate === first?.aggregate)
    ? first?.aggregate
    : null;
  const named = parts.measures.map((one) => ({
    ...one,
    aggregate:
      one.aggregate ?? (one.field?.numeric && !(kept === "sum" && one.field.intensive) ? (kept ?? null) : null),
  }));
  const names = named.map((one) => measureName(one.field, one.aggregate)).join(" and ");
  const adds =
    followUp.adds ||
    (followUp.continues &&
      named.every(({ field }) => field !== null && before.measures.every((one) => one.field !== field)));
  changes.push(adds ? `also ${names}` : before.measures.length > 0 ? `${names} instead` : names);
  return adds ? [...before.measures, ...named] : named;
}

/** A list of rows or a histogram turns into groups once it is grouped anew or combined. */
function shapeAfter(
  { shape, scatter, distinct }: Asked,
  parts: Parts,
  newGroups: boolean,
  newMeasures: boolean,
  adds: boolean,
): Pick<Asked, "parts" | "shape" | "scatter" | "distinct"> {
  const groups = { shape: "groups", scatter: false, distinct: false } as const;
  const ungrouped = parts.dimensions.filter(({ field }) => !nearlyUnique(field));
  if (shape === "groups") return { parts, ...groups };
  if (newMeasures && parts.measures.some(({ aggregate }) => aggregate !== null))
    return { parts: { ...parts, dimensions: ungrouped }, ...groups };
  if (newGroups && ((!adds && ungrouped.length > 0) || shape === "bins"))
    return { parts: { ...parts, dimensions: adds ? parts.dimensions : ungrouped }, ...groups };
  if (scatter && parts.measures.length < 2) return { parts, ...groups };
  if (shape === "bins" && parts.measures.length !== 1) return { parts, ...groups };
  return { parts, shape, scatter, distinct };
}

/** Whether a type that was asked for still makes sense of other groups. */
function suits(chart: ChartType | null, { dimensions }: Parts): boolean {
  const timed = dimensions[0]?.field.role === "time";
  switch (chart) {
    case "line":
    case "area":
      return timed;
    case "pie":
    case "doughnut":
      return dimensions.length === 1 && !timed;
    case "bar":
    case "table":
      return true;
    default:
      return false;
  }
}
