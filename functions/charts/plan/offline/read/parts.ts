import type { ChartType } from "../../../../../contract/index.ts";
import { operatorAt } from "../language/lexicon.ts";
import { stem } from "../language/stem.ts";
import { rowWords } from "../language/stop-words.ts";
import { isKindOfPerson } from "../language/synonyms.ts";
import { wordsIn } from "../language/tokens.ts";
import type { Field } from "../link/fields.ts";
import { operatorOf } from "../link/items.ts";
import type { Grain } from "../query.ts";
import type { Parts } from "./asked.ts";
import type { AskedFilters } from "./filters.ts";
import type { AskedEnd } from "./limit.ts";
import type { AskedOrder } from "./order.ts";
import { doubt, type Reading, timeField } from "./reading.ts";
import type { Mention, Selection } from "./selection.ts";
import { hasRows } from "./shape.ts";

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
  const { mentions } = selection;
  const plain = mentions.filter(({ aggregates }) => aggregates.length === 0);
  const measured =
    mentions.some(({ aggregates }) => aggregates.length > 0) ||
    selection.count !== null ||
    mentions.some((one) => one.counted && countsRows(one));
  // "satisfaction of those who left": how much of it they have, rather than each one's.
  const narrowed = ({ field }: Mention) => field.intensive && filters.where.length > 0 && !selection.list;
  const otherGroups = (one: Mention) => mentions.some((other) => other !== one && canGroup(other, one));

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
    else if (field.role === "time") addDimension(field, null, cue);
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
  if (end) {
    addEnd(reading, parts, end, selection);
    for (const { field, text } of selection.mentions) {
      const step = field.role === "time" ? operatorAt([text.toLowerCase()], 0)?.operator : null;
      const dimension = parts.dimensions.find((one) => one.field === field);
      if (step?.op === "grain" && dimension) dimension.grain ??= step.grain;
    }
    if (ofEachStep(reading))
      for (const one of parts.dimensions) if (one.grain !== null && one.cue === "x") one.cue = "group";
    if (!selection.looseAggregate) takeExtremes(parts, end);
  }
  if (selection.count && !parts.measures.some(({ aggregate }) => aggregate === "count"))
    parts.measures.push({ field: null, aggregate: "count", cue: null });
  if (selection.looseAggregate)
    for (const one of parts.measures) if (one.field?.numeric) one.aggregate ??= selection.looseAggregate;
  return parts;
}

/** "top client each month": of each, and not the month and client of all with the most. */
function ofEachStep({ items }: Reading): boolean {
  return items.some((item, at) => {
    const each = operatorOf(item)?.op === "group" && /\b(each|every|per)\b/i.test(item.text);
    return each && operatorOf(items[at + 1])?.op === "grain";
  });
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

/** Columns of what someone wrote, where not all did: of them there are as many as rows that have one. */
const remarks = /comment|remark|note|feedback|review|complaint|message|answer|suggestion|testimonial|reply|response/i;

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
  if (field.role === "measure") {
    reading.items[one.index] = { kind: "rows", text: one.text, used: true };
    parts.measures.push({ field: null, aggregate: "count", cue: null });
    doubt(reading, `“${one.text}” are counted as the rows of the table.`, [
      { said: `number of ${one.text}`, instead: `total ${field.name}`, label: `total ${field.name}` },
    ]);
    return;
  }
  const others = grouped || selection.grain !== null || selection.trend;
  if (one.cue === "group" || (!others && charted)) {
    addDimension(field, null, "group");
    parts.measures.push({ field: null, aggregate: "count", cue: null });
    return;
  }
  const { nullCount } = field.column.profile;
  if (!one.distinct && nullCount > 0 && field.role === "dimension" && remarks.test(field.id)) {
    parts.measures.push({ field, aggregate: "count", cue: null });
    reading.assumptions.add(`The rows that have a ${field.name} are counted; ${nullCount} have none.`);
    return;
  }
  if (one.distinct || (!field.unique && field.role !== "time")) {
    parts.measures.push({ field, aggregate: "count-distinct", cue: null });
    if (!one.distinct)
      doubt(reading, `Each different ${field.name} is counted once.`, [
        { said: one.text, instead: "rows", label: "the number of rows" },
      ]);
  } else parts.measures.push({ field: null, aggregate: "count", cue: null });
}

function addTime(
  reading: Reading,
  selection: Selection,
  parts: Parts,
  years: AskedFilters["compared"],
  chart: ChartType | null,
  addDimension: (field: Field, grain: Grain | null, cue: Mention["cue"]) => void,
): void {
  const dimension = parts.dimensions.find(({ field }) => field.role === "time");
  if (
    dimension &&
    selection.grain === "month" &&
    years.some(({ field, grain }) => field === dimension.field && grain === "year")
  ) {
    // "2023 vs 2024 by month": the months of each year above one another.
    parts.dimensions.push({ field: dimension.field, grain: "month-of-year", series: false, cue: "x" });
    Object.assign(dimension, { grain: "year", series: true, cue: "series" });
    return;
  }
  if (dimension) {
    coarse(reading, dimension.field, selection.grain);
    dimension.grain = selection.grain ?? dimension.grain;
    return;
  }
  const drawn = (chart === "line" || chart === "area") && parts.dimensions.length === 0;
  if (selection.grain === null && !selection.trend && !drawn) return;
  const field = timeField(reading, true, ({ holds }) => tellsSteps(holds, selection.grain));
  if (!field) return;
  coarse(reading, field, selection.grain);
  addDimension(field, selection.grain, "x");
}

/** Whether a column that holds time so can tell steps of a length. */
function tellsSteps(holds: Field["holds"], grain: Grain | null): boolean {
  if (grain === null || grain === "year") return true;
  if (holds === "text-month") return ["quarter", "month", "month-of-year"].includes(grain);
  if (grain === "hour" || grain === "hour-of-day") return holds === "timestamp";
  return holds === "date" || holds === "timestamp";
}

/** Years are no months: an answer by years would be one to another question. */
function coarse({ objections }: Reading, { holds, name }: Field, grain: Grain | null): void {
  if (tellsSteps(holds, grain)) return;
  const told = holds === "date" ? "day" : holds === "text-month" ? "month" : "year";
  objections.add(`${name} only tells the ${told}, so nothing can be shown by ${grain?.replaceAll("-", " ")}.`);
}

const persons =
  /\b(name|person|driver|employee|staff|worker|agent|consultant|customer|client|author|player|student|user|manager|owner|seller|rep|athlete|director|artist|teacher|member|patient|doctor|assignee|borrower|referee|host|physician|instructor|coach|handler|cashier|waiter|waitress|server|barista|clerk|nurse|trainer|technician|mechanic|pilot|captain|courier|salesperson)\b/i;

/** Whether a column tells who: `waiter`, "Account Manager". */
function isOfPersons({ column, name }: Field): boolean {
  const kind = wordsIn(name).some((word) => isKindOfPerson(stem(word.toLowerCase())));
  return column.type === "VARCHAR" && (persons.test(name) || kind);
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

/** The column that names a row to a person: its name or title, else the text that differs most. */
export function labelField({ table, items }: Reading): Field | null {
  const asksWho = items.some(({ text }) => /^(who|whose|whom)$/i.test(text));
  const person = asksWho ? table.fields.find(isOfPersons) : null;
  if (person) return person;
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

/** "tallest athlete" is about one height, where each athlete has several: not about the average of them. */
function takeExtremes({ measures, dimensions }: Parts, end: AskedEnd): void {
  if (!end.extreme || dimensions.every(({ field }) => field.unique)) return;
  for (const one of measures)
    if (
      one.field === end.by &&
      one.field !== null &&
      (!one.field.additive || ofOne.test(end.text) || isPrice(one.field))
    )
      one.aggregate ??= end.end;
}

/** "first 10 rows": as they come. */
const isPlainRow = (text: string) => rowWords.has(text.toLowerCase());

/** Ends of scales that a thing has by itself, and that several do not add up to. */
const ofOne = /^(longest|shortest|tallest|heaviest|lightest|deepest|f[au]rthest|closest|nearest|fastest|slowest)$/i;

/** What one thing costs: the cheapest plan is not that which brought least in all. */
const isPrice = ({ id }: Field) => /price|fee|fare|tariff|rate/i.test(id);

function addEnd(reading: Reading, parts: Parts, end: AskedEnd, selection: Selection): void {
  const asksWho = reading.items.some(({ text }) => /^who$/i.test(text));
  const others = parts.dimensions.filter(({ field, cue }) => cue === null && !isOfPersons(field));
  if (end.by === "count" && asksWho && others.length === parts.dimensions.length) {
    // "who serves the most dishes": they are what is counted of each.
    parts.dimensions.splice(0);
    for (const [at, item] of reading.items.entries())
      if (item.kind === "column" && others.some(({ field }) => field === item.field))
        reading.items[at] = { kind: "rows", text: item.text, used: true };
    const person = labelField(reading);
    if (person && isOfPersons(person))
      parts.dimensions.push({ field: person, grain: null, series: false, cue: "group" });
    else reading.objections.add("The data does not say who.");
  }
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
  // "top captain each year by tips": what they are ranked by is a quantity, though it has few steps.
  const quantity = parts.dimensions.findIndex(({ field, cue }) => cue === "group" && field.role === "measure");
  const ranksOthers = parts.dimensions.some(({ field, cue }) => cue === null && field.role !== "measure");
  if (end.limit !== null && parts.measures.length === 0 && ranksOthers && quantity >= 0)
    for (const { field } of parts.dimensions.splice(quantity, 1))
      parts.measures.push({ field, aggregate: null, cue: null });
  const ranked = parts.dimensions.filter(({ cue }) => cue !== "group" && cue !== "series");
  if (end.limit !== null && end.by === null && parts.measures.length === 0 && ranked.length > 0) {
    if (ranked.every(({ field }) => field.unique))
      reading.objections.add(`“${end.text}” does not say by what: name a measure.`);
    else {
      parts.measures.push({ field: null, aggregate: "count", cue: null });
      reading.assumptions.add(`“${end.text}” is read as the number of rows, since no measure is named.`);
    }
  }
  const first = reading.items.some(({ kind, text }) => kind === "rows" && isPlainRow(text));
  if (end.limit !== null && end.by === null && parts.measures.length + parts.dimensions.length === 0 && !first)
    reading.objections.add(`“${end.text}” does not say by what: name a measure.`);
  const each = reading.items.some(
    (item) => operatorOf(item)?.op === "group" && /\b(each|every|per|within)\b/i.test(item.text),
  );
  if (
    each &&
    label &&
    end.limit !== null &&
    ranked.length === 0 &&
    parts.measures.every(({ aggregate }) => aggregate === null)
  ) {
    parts.dimensions.unshift({ field: label, grain: null, series: false, cue: "x" });
    return;
  }
  if (
    parts.dimensions.every(({ field }) => field === end.by) &&
    label &&
    parts.measures.every(({ field, aggregate }) => field === end.by || (end.by === null && aggregate === null))
  ) {
    if (asksWho && label.role === "identifier" && !label.unique) reading.objections.add("The data does not say who.");
    parts.dimensions.unshift({ field: label, grain: null, series: false, cue: null });
  }
}
