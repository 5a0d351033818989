import { columnItem } from "../derive/computed-field.ts";
import type { Operator } from "../language/lexicon.ts";
import { stem } from "../language/stem.ts";
import { rowWords } from "../language/stop-words.ts";
import type { Field } from "../link/fields.ts";
import { impliedColumn } from "../link/implied-columns.ts";
import { type Item, type ItemOf, operatorOf } from "../link/items.ts";
import { doubt, fieldAbout, neighbour, type Reading } from "./reading.ts";
import { scaleAbout } from "./scales.ts";

export interface AskedEnd {
  end: "max" | "min";
  /** What the scale is: a column, the number of rows, or open. */
  by: Field | "count" | null;
  /** Null: all, in that order. */
  limit: number | null;
  /** Of several rows the one with the highest or lowest value counts, as for "tallest". */
  extreme: boolean;
  /** Who has most of something has the largest total of it, if it adds up at all. */
  total: boolean;
  /** How the question says it. */
  text: string;
}

const leadingToRow = new Set("with has have had having that is was are were who made gets got sold scored".split(" "));

/** Columns by which something is large or small where the question does not say. */
const sizes = "size area sqft population enrollment capacity volume amount".split(" ");

type End = Extract<Operator, { op: "superlative" | "top" }>;

/**
 * Takes "top 5 …", "the 3 cheapest …", "which … has the highest …" out of the question. A superlative that only asks for
 * a value ("highest salary by department") becomes an aggregate instead.
 */
export function readEnd(reading: Reading): AskedEnd | null {
  const { items } = reading;
  let asked: AskedEnd | null = null;
  for (const [index, item] of items.entries()) {
    const operator = operatorOf(item);
    if (item.used || item.kind !== "operator" || (operator?.op !== "top" && operator?.op !== "superlative")) continue;
    if (operator.op === "superlative" && isOneOfSeveral(items, index)) {
      item.operator = { op: "aggregate", aggregate: operator.end };
      continue;
    }
    const count = countBeside(items, index);
    if (operator.op === "top" || count) {
      const top = readTop(reading, index, item, operator, count);
      asked = operator.op === "top" && top.by === null ? limited(asked, top) : top;
    } else asked = readSuperlative(reading, index, item, operator) ?? asked;
  }
  return asked;
}

/** "heaviest dogs top 5": by what, the superlative says. */
function limited(before: AskedEnd | null, top: AskedEnd): AskedEnd {
  return before?.by ? { ...before, limit: top.limit } : top;
}

/** "minimum and maximum salary": both are wanted as values. */
function isOneOfSeveral(items: Item[], index: number): boolean {
  const and = neighbour(items, index, 1, ["stop"]);
  if (and === null || (operatorOf(items[and])?.op !== "and" && !/^[,/&]$/.test(items[and]?.text ?? ""))) return false;
  const next = neighbour(items, and, 1, ["stop"]);
  return ["superlative", "aggregate"].includes(operatorOf(next === null ? undefined : items[next])?.op ?? "");
}

function countBeside(items: Item[], index: number): ItemOf<"number"> | null {
  const after = items[index + 1];
  if (after?.kind === "number" && after.value >= 1 && after.value <= 1000) return after;
  const before = items[index - 1];
  if (before?.kind === "number") return before.value <= 1000 && !before.used ? before : null;
  // "5 movies with the biggest budget"
  const noun = neighbour(items, index, -1, ["stop"]);
  if (noun === null || noun === index - 1 || !["rows", "column"].includes(items[noun]?.kind ?? "")) return null;
  const count = items[noun - 1];
  return count?.kind === "number" && count.value >= 1 && count.value <= 1000 && !count.used ? count : null;
}

function readTop(reading: Reading, index: number, item: Item, operator: End, count: ItemOf<"number"> | null): AskedEnd {
  const { items } = reading;
  const next = neighbour(items, index, 1, ["stop", "number", "value"]);
  const following = next === null ? undefined : items[next];
  if (count) count.used = true;
  const singular = following !== undefined && following.kind !== "break" && !/[^s]s$/i.test(following.text);
  if (!count && !singular)
    reading.assumptions.add(`“${item.text}” is read as the ${operator.end === "max" ? "top" : "bottom"} 10.`);
  item.used = true;
  const about = operator.op === "superlative" ? operator.about : [];
  const scale = following?.kind === "column" && isScale(following.field) ? following.field : null;
  const by = about.includes("count")
    ? "count"
    : (scale ?? measureAfterBy(items, index) ?? scaleAbout(reading, about, following));
  // The oldest came first.
  const turned = about.includes("age") && by !== "count" && by?.role === "time";
  const end = turned ? (operator.end === "max" ? "min" : "max") : operator.end;
  return { end, by, limit: count?.value ?? (singular ? 1 : 10), extreme: false, total: false, text: item.text };
}

const isScale = (field: Field) => field.numeric && field.role === "measure";

function readSuperlative(
  reading: Reading,
  index: number,
  item: ItemOf<"operator">,
  operator: Extract<Operator, { op: "superlative" }>,
): AskedEnd | null {
  const { items, table } = reading;
  // "lowest monthly spending" is that of the month with the lowest.
  const [step, measure] = [items[index + 1], items[index + 2]];
  const adverb = step && operatorOf(step)?.op === "grain" && /(ly|annual)$/i.test(step.text);
  if (adverb && measure?.kind === "column" && measure.field.additive) items.splice(index + 1, 2, measure, step);
  const which = items.findIndex(
    (one) => operatorOf(one)?.op === "which" && /^(which|who|whose|where)$/i.test(one.text),
  );
  const asksWhich = which >= 0 && which < index;
  const next = neighbour(items, index, 1, ["stop", "value"]);
  const following = next === null ? undefined : items[next];
  const column = following?.kind === "column" ? following.field : null;
  const { about } = operator;
  const quantity = /most|least|fewest/i.test(item.text) && about.length === 0;
  const rows = column === null || column.role === "identifier";
  const before = quantity && rows ? quantityBefore(items, index) : null;
  // The tickets that are sold are what the quantity counts.
  if (before && column && following && next !== null) items[next] = { kind: "rows", text: following.text, used: true };
  const told = fieldAbout(table, about);
  const frequent = /^(most popular|busiest)$/i.test(item.text) && !(told && isScale(told));
  if (frequent) reading.assumptions.add(`“${item.text}” is read as the most rows.`);
  const counts =
    before === null &&
    (frequent ||
      about.includes("count") ||
      (quantity && (isCounted(following?.kind, column) || operatorOf(following)?.op === "count")));
  const open = counts && quantity && leavesOpen(items, index, following);
  if (open && !table.fields.some(({ role, additive }) => role === "measure" && additive))
    doubt(reading, `“${item.text}” is read as the most rows.`);
  else if (open) reading.objections.add(`“${item.text}” does not say of what: name a measure, or what is counted.`);
  const sold = about.includes("sold")
    ? (impliedColumn("sold", table) ?? impliedColumn("sales", table))?.field
    : undefined;
  const named =
    about.length > 0 && !counts
      ? ((column?.numeric ? null : measureAfterBy(items, index)) ??
        sold ??
        saidAbout(items, about) ??
        timeBefore(items, index, about) ??
        wholeCost(reading, about, following) ??
        scaleAbout(reading, about, following) ??
        takingsOf(reading, item.text, items[index + 1]))
      : null;
  const ofTime = about.length === 0 || about.some((word) => /^(date|year|time|age)$/.test(word));
  const timely = column?.role === "time" && ofTime && (named === null || named === column || named.role === "time");
  const scale =
    before?.field ??
    (column && column.role !== "identifier" && (timely || (column.numeric && column.role !== "time")) ? column : null);
  const duration = about.includes("speed") && !named ? (scale ?? onlyDuration(reading)) : null;
  const sized = scale || named || counts || duration ? null : sizeOf(reading, item, index, true);
  const lead = items
    .slice(Math.max(0, index - 3), index)
    .filter((one) => one.kind === "stop" || one.kind === "operator")
    .map(({ text }) => text.toLowerCase());
  const leads =
    lead.some((word) => leadingToRow.has(word)) &&
    items
      .slice(0, index)
      .some((one) => one.kind === "column" || one.kind === "rows" || operatorOf(one)?.op === "grain");
  const selects =
    counts ||
    before !== null ||
    sized !== null ||
    (duration !== null && scale === null) ||
    isAttribute(items, item.text, next, scale) ||
    asksWhich ||
    leads ||
    (named !== null && scale === null);
  if (!selects && !named && !scale && !column) return null;
  if (about.length > 0 && !counts && !named && !scale && !duration) return null;
  // The slowest takes longest.
  const turned = (duration && isDuration(duration)) || (about.includes("age") && named?.role === "time");
  const end = turned ? (operator.end === "max" ? "min" : "max") : operator.end;
  const grouped = items.slice(index).some((one) => operatorOf(one)?.op === "group" && !one.used);
  // "latest order by customer": of each of them, when the latest was.
  if (
    grouped &&
    !asksWhich &&
    (following?.kind === "rows" || column?.unique) &&
    following &&
    named?.role === "time" &&
    next !== null
  ) {
    item.operator = { op: "aggregate", aggregate: end };
    items[next] = columnItem(named, following.text);
    return null;
  }
  if (!selects || (grouped && !asksWhich && !counts && !sized && scale !== null && !before)) {
    if (column && following && !column.numeric && column.role !== "time" && !/^m(ax|in)/i.test(item.text))
      return sizedBy(reading, item, following, operator.end) ?? unscaled(reading, item, column);
    item.operator = { op: "aggregate", aggregate: end };
    return null;
  }
  if (quantity && operatorOf(following)?.op === "grain") return null;
  item.used = true;
  if (before) before.used = true;
  const other = items.some((one) => one !== following && one.kind === "column" && one.field.role === "dimension");
  if (counts && quantity && following?.kind === "column" && other) following.used = true;
  if (counts && following && (following.kind === "rows" || following.kind === "unknown"))
    following.used = following.kind === "rows";
  const did = items.some(({ text }) => /^(do|does|did)$/i.test(text));
  const plural = asksWhich && !did && items.slice(which, index).some((one) => /^(are|have|were)$/i.test(one.text));
  const by = counts ? "count" : (scale ?? named ?? duration ?? sized);
  if (scale && named === null && next !== null && !before) markScale(reading, next);
  if (
    named?.additive &&
    following?.kind !== "rows" &&
    by === named &&
    about.includes("price") &&
    !/price|cost|fee|rate|fare|spen[dt]|budget/i.test(named.id)
  )
    reading.objections.add(`“${item.text}” is of prices, and ${named.name} is none of one thing: name a measure.`);
  // A shop is cheap for what it mostly asks, and not for its cheapest piece.
  const extreme = by === named && !about.includes("rating") && !about.includes("price");
  if (named && by === named && /^(long|short)est$/i.test(item.text))
    reading.assumptions.add(`“${item.text}” is read as that of ${named.name}.`);
  const total = quantity && scale !== null && !scale.intensive;
  return { end, by, limit: plural ? null : 1, extreme: extreme && !total, total, text: item.text };
}

/** "best school in writing": of several scores the one that the question names. */
function saidAbout(items: Item[], about: string[]): Field | null {
  const named = items.find(
    (one) =>
      one.kind === "column" &&
      isScale(one.field) &&
      one.field.names.some((name) => name.some(({ stem: word }) => about.some((scale) => stem(scale) === word))),
  );
  return named?.kind === "column" ? named.field : null;
}

/** "most expensive order": a row costs all of it, and not what one of its things does. */
function wholeCost({ table }: Reading, about: string[], sought: Item | undefined): Field | null {
  if (!about.includes("price") || sought?.kind !== "rows" || rowWords.has(sought.text.toLowerCase())) return null;
  const price = impliedColumn("price", table)?.field;
  const whole = impliedColumn("spend", table)?.field;
  return whole?.additive && (!price || /unit/i.test(price.id)) ? whole : null;
}

/** "who joined first": the time stands before. */
function timeBefore(items: Item[], index: number, about: string[]): Field | null {
  const at = neighbour(items, index, -1, ["stop"]);
  const item = at === null ? undefined : items[at];
  return about.includes("date") && item?.kind === "column" && item.field.role === "time" ? item.field : null;
}

/** A text has no largest and no best; which would be meant, the question must say. */
function unscaled(reading: Reading, item: Item, { name }: Field): null {
  item.used = true;
  reading.objections.add(`“${item.text}” does not say by what measure: “${item.text} ${name}” has none of its own.`);
  return null;
}

/**
 * "biggest customers", "smallest department": those with the most money, where rows bring some; else those with the most
 * rows. The other is one click away.
 */
function sizedBy(reading: Reading, item: Item, named: Item, end: "max" | "min"): AskedEnd | null {
  if (!/^(larg|big|small)/i.test(item.text)) return null;
  const { table } = reading;
  const money = impliedColumn("revenue", table)?.field ?? null;
  const by = money?.additive ? money : "count";
  const others = table.fields.filter((field) => field !== by && isScale(field) && field.additive).slice(0, 2);
  const rewordings = [
    ...(by === "count" ? [] : [{ name: "number of rows", label: "number of rows" }]),
    ...others.map(({ name }) => ({ name: `total ${name}`, label: name })),
  ].map(({ name, label }) => ({
    said: `${item.text} ${named.text}`,
    instead: `${named.text} with the ${end === "max" ? "highest" : "lowest"} ${name}`,
    label,
  }));
  doubt(reading, `“${item.text}” is read as that of ${by === "count" ? "the number of rows" : by.name}.`, rewordings);
  item.used = true;
  const limit = /[^su]s$/i.test(named.text) ? 10 : 1;
  return { end, by, limit, extreme: false, total: true, text: item.text };
}

/** "who earns the most", "which waiter sells the most dessert": the quantity stands before. */
function quantityBefore(items: Item[], index: number): ItemOf<"column"> | null {
  const at = neighbour(items, index, -1, ["stop"]);
  const item = at === null ? undefined : items[at];
  const end = items
    .slice(index + 1)
    .find(
      (one) => !/^(stop|value|rows)$/.test(one.kind) && !(one.kind === "column" && one.field.role === "identifier"),
    );
  const ends = end === undefined || end.kind === "break" || end.kind === "period" || operatorOf(end)?.op === "in";
  return ends && item?.kind === "column" && isScale(item.field) ? item : null;
}

/**
 * The measure that a superlative without a scale of its own goes by: the one after "by" ("biggest vendor by debit"), else
 * what things are large by.
 */
function sizeOf(reading: Reading, item: Item, index: number, guess: boolean): Field | null {
  const { items, table, assumptions } = reading;
  const by = measureAfterBy(items, index);
  if (by) return by;
  const next = neighbour(items, index, 1, ["stop", "value"]);
  const target = next === null ? undefined : items[next];
  const rows =
    target?.kind === "rows" || target?.kind === "value" || (target?.kind === "column" && target.field.unique);
  if (!guess || !/^(large|big|small)/i.test(item.text) || (!rows && items[index + 1]?.kind !== "value")) return null;
  const field = fieldAbout(table, sizes);
  if (field && isScale(field)) {
    const others = (impliedColumn("money", table)?.alternatives ?? []).filter((other) => other !== field);
    const read = `“${item.text}” is read as that of ${field.name}`;
    if (others.length === 0) assumptions.add(`${read}.`);
    else
      doubt(
        reading,
        `${read}, not of ${others.map(({ name }) => name).join(" or ")}.`,
        others.map(({ name }) => ({
          said: `${item.text} ${target?.text}`,
          instead: `${target?.text} with the highest ${name}`,
          label: name,
        })),
      );
    return field;
  }
  return null;
}

/** "best location", "worst day": by what they bring in, if the table tells that of each row and rates nothing. */
function takingsOf(reading: Reading, said: string, target: Item | undefined): Field | null {
  const groups =
    operatorOf(target)?.op === "grain" ||
    (target?.kind === "column" &&
      (target.field.role === "time" || target.field.role === "dimension") &&
      !target.field.unique &&
      !target.field.flag);
  if (!/^(best|worst)$/i.test(said) || !groups || !target) return null;
  const found = impliedColumn("revenue", reading.table)?.field;
  if (!found?.additive || found.formula) return null;
  const others = reading.table.fields.filter(({ role, additive }) => role === "measure" && additive);
  const end = /^best$/i.test(said) ? "highest" : "lowest";
  doubt(
    reading,
    `“${said}” is read as the ${end} ${found.name}.`,
    others
      .filter((other) => other !== found)
      .slice(0, 2)
      .map(({ name }) => ({
        said: `${said} ${target.text}`,
        instead: `${target.text} with the ${end} ${name}`,
        label: name,
      })),
  );
  return found;
}

/** "by debit", "in terms of sales", after a superlative. */
function measureAfterBy(items: Item[], index: number): Field | null {
  for (let at = index + 1; at < items.length - 1; at++) {
    const operator = operatorOf(items[at]);
    if (operator?.op !== "group" && !/^(terms|regarding)$/i.test(items[at]?.text ?? "")) continue;
    const by = neighbour(items, at, 1, ["stop", "operator"]);
    const measure = by === null ? undefined : items[by];
    if (measure?.kind === "column" && isScale(measure.field)) return measure.field;
  }
  return null;
}

const durations = /\b(duration|time|response|seconds?|minutes?|mins?|hours?|days|latency|elapsed)\b/i;

const isDuration = ({ name }: Field) => durations.test(name);

function onlyDuration({ table }: Reading): Field | null {
  const found = table.fields.filter((field) => isScale(field) && isDuration(field));
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** "worst rated movie", "highest grossing director": the scale stands right before what is looked for. */
function isAttribute(items: Item[], text: string, at: number | null, scale: Field | null): boolean {
  if (scale === null || at === null || /^m(ax|in)/i.test(text)) return false;
  const sought = items[at + 1];
  // "lowest spending month" is the month with the lowest.
  if (scale.additive && operatorOf(sought)?.op === "grain") return true;
  return sought?.kind === "rows" || (sought?.kind === "column" && /^(dimension|identifier)$/.test(sought.field.role));
}

/** "which team got the most": of what, neither the verb says nor the noun; "occurs the most" is of rows. */
function leavesOpen(items: Item[], index: number, following: Item | undefined): boolean {
  const ends = following === undefined || following.kind === "break" || operatorOf(following) !== null;
  const before = items[index - 1]?.text.toLowerCase() ?? "";
  const article = /^the$/.test(before) ? (items[index - 2]?.text.toLowerCase() ?? "") : before;
  return ends && !/^(appear|occur|happen|exist|come|book|order)/.test(article) && !items.some(countsThem);
}

const countsThem = (item: Item) => item.kind === "rows" || operatorOf(item)?.op === "count";

/** "the most cars", "the most common": how many rows there are, unless a number is named. */
function isCounted(kind: string | undefined, field: Field | null): boolean {
  if (kind === "rows" || kind === "unknown" || kind === "break" || kind === undefined) return true;
  return field !== null && !field.numeric && field.role !== "time";
}

function markScale(reading: Reading, index: number): void {
  const item = reading.items[index];
  if (item) item.used = true;
}
