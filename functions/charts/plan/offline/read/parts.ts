import type { ChartType } from "../../../../../contract/index.ts";
import { stem } from "../language/stem.ts";
import { wordsIn } from "../language/tokens.ts";
import type { Field } from "../link/fields.ts";
import type { Grain } from "../query.ts";
import type { Parts } from "./asked.ts";
import type { AskedEnd } from "./asked-end.ts";
import { countColumn } from "./counted-column.ts";
import { addEnd } from "./ends.ts";
import type { AskedFilters } from "./filters.ts";
import { takeOfOne } from "./of-one.ts";
import type { AskedOrder } from "./order.ts";
import type { Reading } from "./reading.ts";
import type { Mention, Selection } from "./selection.ts";
import { addTime } from "./time-steps.ts";

/** The columns that a question names, as what groups and what is measured; both empty where it names none. */
export function selectedParts(
  reading: Reading,
  selection: Selection,
  filters: Pick<AskedFilters, "where" | "compared" | "part">,
  end: AskedEnd | null,
  chart: ChartType | null,
  order: AskedOrder | null,
): Parts {
  const parts: Parts = { dimensions: [], measures: [] };
  const addDimension = (field: Field, grain: Grain | null, cue: Mention["cue"]) => {
    if (!parts.dimensions.some((one) => one.field === field))
      parts.dimensions.push({ field, grain, series: cue === "series", cue });
  };
  const mentions = selection.mentions.filter((one) => !isOnlyChosenBy(one, selection, filters));
  const plain = mentions.filter(({ aggregates }) => aggregates.length === 0);
  const measured =
    mentions.some(({ aggregates }) => aggregates.length > 0) ||
    selection.count !== null ||
    mentions.some((one) => one.counted && countsRows(one));
  // "satisfaction of those who left": how much of it they have, rather than each one's.
  const narrowed = ({ field }: Mention) => field.intensive && filters.where.length > 0 && !selection.list;
  const otherGroups = (one: Mention) => mentions.some((other) => other !== one && canGroup(other, one));
  const sums = sumsBeside(mentions, selection);

  for (const one of mentions) {
    const { field, cue } = one;
    if (one.aggregates.length > 0) {
      for (const aggregate of one.aggregates) {
        if ((field.numeric && field.role !== "time") || aggregate === "min" || aggregate === "max")
          parts.measures.push({ field, aggregate, cue });
        else parts.measures.push({ field: null, aggregate: "count", cue });
        if (field.role === "time" && (aggregate === "avg" || aggregate === "median"))
          reading.objections.add(
            `${field.name} tells when, of which there is no ${aggregate === "avg" ? "average" : aggregate} here.`,
          );
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
    const [first, second] = mentions;
    // "relation between ease and satisfaction": of scores of a few steps, the average of one by the other.
    const scored = selection.relation && first?.field.discrete && second?.field.discrete && mentions.length === 2;
    if (scored && chart === null && one === second && field.role === "measure")
      parts.measures.push({ field, aggregate: null, cue });
    else if (sums.includes(one)) {
      if (!field.additive) reading.assumptions.add(`${field.name} is added up, as what it stands beside is.`);
      parts.measures.push({ field, aggregate: field.additive ? null : "sum", cue });
    } else if (field.role === "time") addDimension(field, null, cue);
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
      (otherGroups(one) ||
        narrowed(one) ||
        filters.compared.length > 0 ||
        selection.grain !== null ||
        selection.trend) &&
      !plain.some((other) => other.field.role === "measure" && other !== one)
    )
      parts.measures.push({ field, aggregate: null, cue });
    else addDimension(field, null, cue);
  }
  const related =
    selection.relation || reading.items.some(({ text }) => /^(affects?|influences?|impacts?)$/i.test(text));
  const [score] = parts.dimensions;
  if (related && score?.field.discrete && parts.dimensions.length === 1)
    for (const one of parts.measures) if (one.field) one.aggregate ??= "avg";
  for (const { field, grain } of filters.compared) addDimension(field, grain, "group");
  if (selection.count === null) addOrdered(parts, order);
  addTime(reading, selection, parts, filters.compared, chart, addDimension);
  if (filters.part.length > 0 && parts.measures.length === 0)
    parts.measures.push({ field: null, aggregate: "count", cue: null });
  if (end) addEnd(reading, parts, end, selection);
  else if (order === null && chart === null) takeOfOne(reading, parts);
  if (selection.count && !parts.measures.some(({ aggregate }) => aggregate === "count"))
    parts.measures.push({ field: null, aggregate: "count", cue: null });
  if (selection.looseAggregate)
    for (const one of parts.measures) if (one.field?.numeric) one.aggregate ??= selection.looseAggregate;
  return parts;
}

/** "net rent vs utilities by month", "adults vs children": sums of few values, none of which the other is grouped by. */
function sumsBeside(mentions: Mention[], { relation, grain, trend }: Selection): Mention[] {
  const sums = mentions.filter(({ field, cue }) => field.role === "measure" && !field.intensive && cue !== "group");
  const opposed =
    sums.length === 2 && sums.some(({ cue }) => cue === "versus") && sums.some(({ field }) => field.additive);
  const grouped = grain !== null || trend || mentions.some((one) => !sums.includes(one));
  return opposed && !relation && grouped ? sums : [];
}

/** "bad ratings (2 stars or less)": what the rows were chosen by, and nothing else, is no sum or average of it. */
function isOnlyChosenBy(
  { field, aggregates, counted, cue }: Mention,
  { mentions, count, grain, trend, distribution, looseAggregate }: Selection,
  { where }: Pick<AskedFilters, "where">,
): boolean {
  const plain = aggregates.length === 0 && !counted && cue === null && looseAggregate === null;
  if (!plain || mentions.length > 1 || count || grain || trend || distribution || !field.discrete) return false;
  return where.some((one) => one.kind === "compare" && one.expression.column === field.id);
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
function countsRows({ field, text }: Mention): boolean {
  // The number of gifts is no sum of their amounts.
  const money = wordsIn(field.id).find((word) => /^(amount|amt|value|price|cost|fee)s?$/i.test(word));
  if (money !== undefined && !wordsIn(text).some((word) => stem(word) === stem(money))) return true;
  return field.role !== "measure" || !field.numeric;
}

/** "schools ranked by attendance": what groups are ordered by is what is to be seen of them. */
function addOrdered({ dimensions, measures }: Parts, order: AskedOrder | null): void {
  if (order === null || typeof order.target === "string" || measures.length > 0) return;
  const { numeric, role, discrete } = order.target;
  if (
    numeric &&
    role === "measure" &&
    !discrete &&
    dimensions.length > 0 &&
    dimensions.every(({ field }) => !field.unique)
  )
    measures.push({ field: order.target, aggregate: null, cue: null });
}
