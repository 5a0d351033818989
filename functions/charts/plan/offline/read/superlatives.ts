import { columnItem } from "../derive/computed-field.ts";
import type { Operator } from "../language/lexicon.ts";
import type { Field } from "../link/fields.ts";
import { impliedColumn } from "../link/implied-columns.ts";
import { type Item, type ItemOf, operatorOf } from "../link/items.ts";
import { type AskedEnd, isScale, measureAfterBy } from "./asked-end.ts";
import { doubt, fieldAbout, neighbour, type Reading } from "./reading.ts";
import { scaleAbout } from "./scales.ts";
import { saidAbout, sizedBy, sizeOf, takingsOf, timeBefore, unscaled, wholeCost } from "./unsaid-scales.ts";

const leadingToRow = new Set("with has have had having that is was are were who made gets got sold scored".split(" "));

/** "which … has the highest …", "the oldest …", "most orders"; null where it only asks for a value. */
export function readSuperlative(
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
  const frequent = /^(most popular|least popular|busiest)$/i.test(item.text) && !(told && isScale(told));
  if (frequent)
    reading.assumptions.add(`“${item.text}” is read as the ${operator.end === "max" ? "most" : "fewest"} rows.`);
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
  const scaled = about.length > 0 && !counts;
  const own = scaled
    ? ((column?.numeric ? null : measureAfterBy(items, index)) ??
      sold ??
      saidAbout(items, about) ??
      timeBefore(items, index, about) ??
      wholeCost(reading, about, following) ??
      scaleAbout(reading, about, following))
    : null;
  const main = scaled && own === null ? takingsOf(reading, item, items[index + 1]) : null;
  const named = own ?? main;
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
  // "newest members", "longest stays": several are looked for.
  const many = (named ?? sized) !== null && !asksWhich && isSought(following) && /[^su]s$/i.test(following?.text ?? "");
  if (many) reading.assumptions.add(`“${item.text}” is read as the ${operator.end === "max" ? "top" : "bottom"} 10.`);
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
  return {
    end,
    by,
    limit: plural ? null : many ? 10 : 1,
    extreme: extreme && !total,
    total,
    text: item.text,
    main: by === main,
  };
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

const isSought = (item: Item | undefined) =>
  item?.kind === "rows" || (item?.kind === "column" && item.field.role !== "measure");

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
  // "fixes the most laptops": of those there are the most rows.
  if (items[index + 1]?.kind === "value") return false;
  const ends = following === undefined || following.kind === "break" || operatorOf(following) !== null;
  const before = items[index - 1]?.text.toLowerCase() ?? "";
  const article = /^the$/.test(before) ? (items[index - 2]?.text.toLowerCase() ?? "") : before;
  return ends && !/^(appear|occur|happen|exist|come|book|order)/.test(article) && !items.some(countsThem);
}

const countsThem = (item: Item) => item.kind === "rows" || operatorOf(item)?.op === "count";

/** "the most cars", "the most common": how many rows there are, unless a number is named. */
function isCounted(kind: string | undefined, field: Field | null): boolean {
  if (kind === "rows" || kind === "unknown" || kind === "break" || kind === undefined) return true;
  return field !== null && (field.role === "identifier" || !field.numeric) && field.role !== "time";
}

function markScale(reading: Reading, index: number): void {
  const item = reading.items[index];
  if (item) item.used = true;
}
