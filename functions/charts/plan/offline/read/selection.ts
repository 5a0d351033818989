import type { Operator } from "../language/lexicon.ts";
import { isCountable, people } from "../language/row-words.ts";
import { stem } from "../language/stem.ts";
import { isKindOfPerson } from "../language/synonyms.ts";
import type { Field } from "../link/fields.ts";
import { type Item, type ItemOf, operatorOf } from "../link/items.ts";
import type { Aggregate, Grain } from "../query.ts";
import { quantities } from "./missing.ts";
import { doubt, neighbour, type Reading } from "./reading.ts";

/** A column that the question asks to see, with the words around it that say how. */
export interface Mention {
  field: Field;
  aggregates: Aggregate[];
  cue: "group" | "series" | "x" | "y" | "versus" | null;
  /** "number of" stood before it. */
  counted: boolean;
  distinct: boolean;
  /** It goes on a list: "clicks and leads", "clicks leads". */
  listed: boolean;
  text: string;
  index: number;
}

export interface Selection {
  mentions: Mention[];
  /** Rows are to be counted; `noun` is what the question calls them, if nothing in the table is called so. */
  count: { noun: string | null } | null;
  grain: Grain | null;
  trend: boolean;
  relation: boolean;
  distribution: boolean;
  share: boolean;
  list: boolean;
  distinct: boolean;
  /** "sum" or "average" with no column of its own. */
  looseAggregate: Aggregate | null;
}

const passing: ItemOf<"stop">["kind"][] = ["stop"];

/** Takes what is to be seen out of the question: columns, counts, grains, and the words for shapes. */
export function readSelection(reading: Reading): Selection {
  const { items } = reading;
  const has = (op: Operator["op"]) => items.some((item) => operatorOf(item)?.op === op && !item.used);
  const selection: Selection = {
    mentions: [],
    count: null,
    grain: null,
    trend: has("trend"),
    relation: has("relation"),
    distribution: has("distribution"),
    share: false,
    list: has("list"),
    distinct: has("distinct") || items.some((item) => /^(different|distinct|unique)$/i.test(item.text)),
    looseAggregate: null,
  };
  const axes = axesFollow(reading);
  for (const [index, item] of items.entries()) {
    if (item.used) continue;
    const operator = operatorOf(item);
    if (item.kind === "column") selection.mentions.push(mention(reading, item, index, axes));
    else if (operator?.op === "grain") readGrain(selection, operator.grain);
    else if (operator?.op === "count") readCount(reading, selection, index);
    else if (operator?.op === "aggregate")
      selection.looseAggregate = loose(reading, index, operator.aggregate) ?? selection.looseAggregate;
  }
  spreadAggregates(reading, selection.mentions);
  spreadCues(reading, selection.mentions);
  const ranked = has("top") || has("superlative") || items.some((item) => item.used && operatorOf(item)?.op === "top");
  return { ...selection, mentions: ranked ? merged(selection) : countMany(merged(selection), selection) };
}

/** "members by region": of many there is a number in each group, rather than a group for each of them. */
function countMany(mentions: Mention[], { list, distribution, share, trend, relation }: Selection): Mention[] {
  const [first, second, ...more] = mentions;
  const shown = list || distribution || share || trend || relation;
  if (!first || second?.cue !== "group" || more.length > 0 || shown || first.cue !== null) return mentions;
  const { field, aggregates, text } = first;
  const many = field.role === "dimension" && !field.unique && field.column.profile.distinctCount > 25;
  const plain = aggregates.length === 0 && second.aggregates.length === 0 && second.field.role === "dimension";
  if (many && plain && isCountable(text)) first.counted = true;
  return mentions;
}

/** Whether axes are named after their columns ("MPG on the y axis") rather than before. */
function axesFollow({ items }: Reading): boolean {
  const axis = items.findIndex((item) => operatorOf(item)?.op === "axis" && !item.used);
  const before = items.slice(0, axis).some((item) => item.kind === "column" || operatorOf(item)?.op === "count");
  return axis >= 0 && before;
}

function mention(reading: Reading, item: ItemOf<"column">, index: number, axes: boolean): Mention {
  const { items } = reading;
  const found: Mention = {
    field: item.field,
    aggregates: [],
    cue: null,
    counted: false,
    distinct: false,
    listed: isListed(items, index),
    text: item.text,
    index,
  };
  for (let at = neighbour(items, index, -1, passing); at !== null; at = neighbour(items, at, -1, passing)) {
    const before = items[at];
    const operator = operatorOf(before);
    if (before?.kind === "break" && before.text === "(") continue;
    // "how many charter schools": what narrows them stands between.
    if (before?.used && before.kind === "value") {
      const further = neighbour(items, at, -1, ["stop", "value"]);
      if (further !== null && operatorOf(items[further])?.op === "count") continue;
    }
    if (before?.used && operator?.op !== "count") break;
    if (operator?.op === "range" && before && item.field.numeric) {
      found.aggregates.push("max", "min");
      before.used = true;
      break;
    }
    // "overall satisfaction" is no sum of ratings.
    const whole = /^overall$/i.test(before?.text ?? "") && !item.field.additive;
    if (whole) continue;
    if (operator?.op === "aggregate" && found.cue === null) {
      if (found.aggregates.length === 0 || operatorOf(items[at + 1])?.op === "and" || items[at + 1]?.text === ",")
        found.aggregates.push(operator.aggregate);
    } else if (operator?.op === "count" && found.cue === null) {
      if (/^total/i.test(before?.text ?? "") && item.field.role === "measure") found.aggregates.push("sum");
      else found.counted = true;
    } else if (operator?.op === "distinct") found.distinct = true;
    else if (operator?.op === "group" && /^different$|^various$/i.test(before?.text ?? "") && found.cue === null)
      found.distinct = true;
    else if (operator?.op === "group" || operator?.op === "series" || operator?.op === "versus") {
      found.cue ??= operator.op;
      break;
    } else if (operator?.op === "axis" && !axes) {
      found.cue ??= operator.axis;
      break;
    } else if (operator?.op === "and" && found.aggregates.length > 0 && operatorOf(items[at - 1])?.op === "aggregate") {
    } else break;
  }
  const following = items[index + 1];
  if (following && operatorOf(following)?.op === "range" && item.field.numeric) {
    found.aggregates.push("max", "min");
    following.used = true;
  }
  if (
    (/^(payroll|spend|spending|expenditure|turnover|revenue|revenues)$/i.test(item.text) ||
      (/^money$/i.test(item.text) && operatorOf(items[index - 1])?.op === "amount")) &&
    found.aggregates.length === 0
  )
    if (item.field.role === "measure" && item.link.synonym && found.cue === null) found.aggregates.push("sum");
  if (found.distinct && found.cue === null && !found.counted) found.cue = "group";
  if (axes) {
    const after = neighbour(items, index, 1, passing);
    const operator = after === null ? null : operatorOf(items[after]);
    if (operator?.op === "axis") found.cue = operator.axis;
  }
  // A choice among several is told where it is made.
  if (item.link.alternatives.length > 0) return found;
  // What kind of money a column holds, its name does not say.
  if (item.link.synonym && quantities.test(item.text)) doubt(reading, `“${item.text}” is read as ${item.field.name}.`);
  else if (item.link.corrected || item.link.synonym || (item.link.unsaid === "head" && item.field.role === "dimension"))
    reading.assumptions.add(`“${item.text}” is read as ${item.field.name}.`);
  return found;
}

function isListed(items: Item[], index: number): boolean {
  const and = neighbour(items, index, -1, passing);
  const before = and === null ? null : neighbour(items, and, -1, passing);
  const joined = and !== null && (operatorOf(items[and])?.op === "and" || items[and]?.text === ",");
  const first = before === null ? undefined : items[before];
  const beside = items[index - 1];
  if (beside?.kind === "column" && beside.field.role === "measure") return true;
  return joined && first?.kind === "column" && first.field.role === "measure";
}

function readGrain(selection: Selection, grain: Grain): void {
  if (selection.grain === null || grain === "weekday") selection.grain = grain;
}

/** "how many movies", "number of rows": a count of rows, unless a column is what is counted. */
function readCount(reading: Reading, selection: Selection, index: number): void {
  const { items } = reading;
  const nextAt = neighbour(items, index, 1, ["stop"]);
  const next = nextAt === null ? undefined : items[nextAt];
  const before = items[index - 1];
  if (before?.kind === "column" && !before.used && items[index]?.text.split(" ").length === 1) {
    const named = selection.mentions.find(({ field }) => field === before.field);
    if (named) named.counted = true;
    if (named) return;
  }
  if (next?.kind === "column" && !next.used) return;
  // "how many takeaway orders"
  const narrowed = next?.kind === "value" ? neighbour(items, index, 1, ["stop", "value"]) : null;
  const named = narrowed === null ? undefined : items[narrowed];
  if (named?.kind === "column" && !named.used && named.field.role !== "measure") return;
  const operator = operatorOf(next);
  if (operator?.op === "distinct" || (operator?.op === "group" && /different|various/i.test(next?.text ?? ""))) {
    const after = nextAt === null ? null : neighbour(items, nextAt, 1, ["stop"]);
    const counted = after === null ? undefined : items[after];
    if (counted?.kind === "column") return;
  }
  // "how many pizzas did we sell": the pieces are counted in a column.
  const sold = items.some(
    (one) => one.kind === "column" && !one.used && one.field.additive && /^(sells?|sold|selling)$/i.test(one.text),
  );
  if (sold && (next?.kind === "value" || next?.kind === "rows")) return;
  // "how many people were killed": the killed are counted in a column.
  const done = nextAt === null ? null : neighbour(items, nextAt, 1, ["stop"]);
  const sum = done === null ? undefined : items[done];
  if (
    (next?.kind === "unknown" || next?.kind === "rows") &&
    sum?.kind === "column" &&
    !sum.used &&
    sum.field.role === "measure" &&
    sum.field.additive &&
    /(ed|ured|illed)$/i.test(sum.text)
  ) {
    next.used = true;
    return;
  }
  if (next?.kind === "unknown" && !next.used && isKindOfPerson(stem(next.text)) && !people.has(stem(next.text))) return;
  if (next?.kind === "unknown" && !next.used) {
    selection.count = { noun: next.text };
    next.used = true;
  } else selection.count ??= { noun: null };
}

/** An aggregate whose column does not follow at once: "average rating" has it, "sum their salary" too; "on average" not. */
function loose({ items }: Reading, index: number, aggregate: Aggregate): Aggregate | null {
  const next = neighbour(items, index, 1, ["stop", "break"]);
  const item = next === null ? undefined : items[next];
  const kind = operatorOf(item)?.op;
  return item?.kind === "column" || kind === "count" || kind === "and" || kind === "aggregate" ? null : aggregate;
}

/** "average price and rating": the aggregate holds for both. */
function spreadAggregates({ items }: Reading, mentions: Mention[]): void {
  for (const [at, one] of mentions.entries()) {
    const previous = mentions[at - 1];
    if (!previous || one.aggregates.length > 0 || one.cue !== null || previous.aggregates.length === 0) continue;
    if (!one.field.numeric || one.field.role === "time" || one.counted) continue;
    const between = items.slice(previous.index + 1, one.index).filter(({ kind }) => kind !== "stop");
    if (between.length > 0 && between.every((item) => operatorOf(item)?.op === "and" || item.text === ","))
      one.aggregates = previous.aggregates;
  }
}

/** "by origin and cylinders": both group. */
function spreadCues({ items }: Reading, mentions: Mention[]): void {
  for (const [at, one] of mentions.entries()) {
    const previous = mentions[at - 1];
    if (previous?.cue !== "group" || one.cue !== null || one.aggregates.length > 0 || one.counted) continue;
    if (one.field.role === "measure" && !one.field.discrete) continue;
    const between = items.slice(previous.index + 1, one.index).filter(({ kind }) => kind !== "stop");
    if (between.length > 0 && between.every((item) => operatorOf(item)?.op === "and")) one.cue = "group";
  }
}

/** One mention for each column: what was said of it in several places counts together. */
function merged({ mentions }: Selection): Mention[] {
  const result: Mention[] = [];
  for (const one of mentions) {
    const same = result.find(({ field }) => field === one.field);
    if (!same) {
      result.push({ ...one });
      continue;
    }
    if (one.counted && !same.counted) same.counted = true;
    same.cue = same.cue === "versus" || same.cue === null ? (one.cue ?? same.cue) : same.cue;
    for (const aggregate of one.aggregates) if (!same.aggregates.includes(aggregate)) same.aggregates.push(aggregate);
    same.distinct ||= one.distinct;
  }
  return result;
}
