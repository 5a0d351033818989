import { operatorAt } from "../language/lexicon.ts";
import { rowWords } from "../language/stop-words.ts";
import type { Field } from "../link/fields.ts";
import { operatorOf } from "../link/items.ts";
import { mainMeasure } from "../link/main-measure.ts";
import type { Parts } from "./asked.ts";
import type { AskedEnd } from "./asked-end.ts";
import type { Reading } from "./reading.ts";
import { isOfPersons, labelField } from "./row-label.ts";
import type { Selection } from "./selection.ts";
import { hasRows } from "./shape.ts";
import { tellMain } from "./unsaid-scales.ts";

/** What the first or last of a ranking are, and what they are ranked by. */
export function addEnd(reading: Reading, parts: Parts, end: AskedEnd, selection: Selection): void {
  addRanked(reading, parts, end, selection);
  for (const { field, text } of selection.mentions) {
    const step = field.role === "time" ? operatorAt([text.toLowerCase()], 0)?.operator : null;
    const dimension = parts.dimensions.find((one) => one.field === field);
    if (step?.op === "grain" && dimension) dimension.grain ??= step.grain;
  }
  if (ofEachStep(reading))
    for (const one of parts.dimensions) if (one.grain !== null && one.cue === "x") one.cue = "group";
  if (!selection.looseAggregate) takeExtremes(parts, end);
}

function addRanked(reading: Reading, parts: Parts, end: AskedEnd, selection: Selection): void {
  const asksWho = reading.items.some(({ text }) => /^who$/i.test(text));
  const others = parts.dimensions.filter(({ field, cue }) => cue === null && !isOfPersons(field));
  const counts = /most|least|fewest/i.test(end.text);
  if (end.by === "count" && counts && asksWho && others.length === parts.dimensions.length) {
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
  } else if (end.by && end.main) {
    parts.measures.push({ field: end.by, aggregate: "sum", cue: null });
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
    else rankByMain(reading, parts, end, selection);
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

/** "top 10 customers": by what the table tells above all; the number of rows where it tells no such thing. */
function rankByMain(reading: Reading, parts: Parts, end: AskedEnd, { count }: Selection): void {
  const main = count ? null : mainMeasure(reading.table);
  if (!main) {
    parts.measures.push({ field: null, aggregate: "count", cue: null });
    reading.assumptions.add(`“${end.text}” is read as the number of rows, since no measure is named.`);
    return;
  }
  parts.measures.push({ field: main.field, aggregate: "sum", cue: null });
  tellMain(reading, [end.text], main);
}

/** "top client each month": of each, and not the month and client of all with the most. */
function ofEachStep({ items }: Reading): boolean {
  return items.some((item, at) => {
    const each = operatorOf(item)?.op === "group" && /\b(each|every|per)\b/i.test(item.text);
    return each && operatorOf(items[at + 1])?.op === "grain";
  });
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
