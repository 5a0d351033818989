import { isDeal, scaleOfDeed } from "../../language/deeds.ts";
import { persons } from "../../language/row-words.ts";
import { stem } from "../../language/stem.ts";
import type { Field } from "../../link/fields.ts";
import { aggregateItem, type Item, type ItemOf, operatorOf } from "../../link/items.ts";
import { mainMeasure } from "../../link/main-measure.ts";
import { doubt, fieldAbout, type Reading } from "../../read/reading.ts";
import { columnItem } from "../computed-field.ts";

/** Words that say which side has more, with what of; none: of what, the rest of the question says. */
const degrees: [word: RegExp, scale: string[]][] = [
  [
    /^(more|most|less|least|fewer|fewest|higher|lower|bigger|smaller|larger|greater|better|best|worse|worst|stronger|weaker|ahead)$/i,
    [],
  ],
  [
    /^(longer|longest|shorter|shortest)$/i,
    ["duration", "length", "runtime", "nights", "wait", "hours", "minutes", "time"],
  ],
  [/^(older|oldest|younger|youngest)$/i, ["age"]],
  [/^(taller|tallest)$/i, ["height"]],
  [/^(heavier|heaviest|lighter|lightest)$/i, ["weight", "mass"]],
  [/^(cheaper|cheapest|pricier|dearer)$/i, ["price", "cost", "fee"]],
  [/^(farther|further|furthest)$/i, ["distance", "km", "miles", "mileage"]],
  [/^(hotter|warmer|colder|cooler)$/i, ["temperature", "temp"]],
  [/^(happier|unhappier)$/i, ["satisfaction", "rating", "score", "stars"]],
];
/** What one of several does as each of them does, so that sums would tell how many they are. */
const ofEach = /^(earns?|earned|costs?|stay(s|ed)?|wait(s|ed)?|last(s|ed)?|weigh(s|ed)?|rates?|rated|scores?)$/i;

/**
 * "Anna or Ben, who sold more", "did we take more in May than in June", "do managers earn more than clerks": both sides beside
 * each other, by what is compared.
 */
export function takeSides(reading: Reading): void {
  const { items } = reading;
  const degree = degreeOf(items);
  const sides = degree && sidesOf(items);
  if (!degree || !sides) return;
  const [first, second] = sides;
  const measure = measureOf(reading, degree);
  if (measure === null) return;
  const rest = items.filter(
    (item, at) => ![first, second, ...measure].includes(item) && !isSaid(items, at, degree, first),
  );
  const versus: Item = { kind: "operator", operator: { op: "versus" }, words: 1, text: "vs", used: false };
  items.splice(0, items.length, ...measure, first, versus, second, ...rest);
}

/** The word that says which side has more, where the question asks for that: "who … more", "did … more than …". */
function degreeOf(items: readonly Item[]): Item | null {
  const asks = items.some(({ text }) => /^(who|which|what)$/i.test(text));
  const whether = /^(is|are|was|were|do|does|did|has|have|how much|how many)$/i.test(items[0]?.text ?? "");
  const found = items.find(({ text }, at) => scaleOf(text) !== null && items[at + 1]?.kind !== "number");
  const between = items.some(({ text }) => / than$|^than$|^or$|^(vs|versus)$/i.test(text));
  return found && (asks || whether) && between ? found : null;
}

/** "more", "more than": what it is more of. */
const scaleOf = (text: string) => degrees.find(([word]) => word.test(text.replace(/ than$/i, "")))?.[1] ?? null;

type Side = Item & (ItemOf<"value"> | ItemOf<"period"> | ItemOf<"number">);

/** The two values of one column, or the two periods, that stand against each other. */
function sidesOf(items: readonly Item[]): [Side, Side] | null {
  const values = items.filter((item): item is Item & ItemOf<"value"> => item.kind === "value");
  for (const [at, one] of values.entries()) {
    const other = values[at + 1];
    if (other && other.field === one.field && !one.link.within && !other.link.within) return [one, other];
  }
  const periods = items.filter((item): item is Side => item.kind === "period" || isYear(item));
  const [first, second, ...more] = periods;
  return first && second && more.length === 0 && first.kind === second.kind ? [first, second] : null;
}

const isYear = (item: Item) =>
  item.kind === "number" && Number.isInteger(item.value) && item.value >= 1900 && item.value < 2100;

/** Whether an item only joins both sides, asks which it is, or says what they do: all that the new order says already. */
function isSaid(items: readonly Item[], at: number, degree: Item, side: Side): boolean {
  const item = items[at];
  if (!item || item === degree || item.kind === "break" || item.kind === "rows") return true;
  if (item.kind === "stop") return !relative.test(item.text);
  if (item.kind === "unknown")
    return isDeal(item.text) || scaleOfDeed(item.text) !== null || /^to$/i.test(items[at - 1]?.text ?? "");
  // "do guests from the north stay longer": those who do, though there is a number of them.
  const doers =
    item.kind === "column" && persons.has(stem(item.text)) && /^(from|in|of|with)$/i.test(items[at + 1]?.text ?? "");
  if (item.kind === "column") return doers || (side.kind === "value" && item.field === side.field);
  const op = operatorOf(item)?.op ?? "";
  // "in the north than in the south": what leads to a side.
  const next = items.slice(at + 1).find(({ kind }) => kind !== "stop");
  if (op === "in") return next === undefined || next.kind === "operator" || next.kind === side.kind;
  return ["which", "versus", "or", "and", "amount", "count", "aggregate", "compare"].includes(op);
}

const relative = /^(this|last|past|previous|current)$/i;

/** What is compared: what is named, what the degree is of, what the verb says, or what the table tells above all. */
function measureOf(reading: Reading, degree: Item): Item[] | null {
  const { items, table } = reading;
  const average = () => aggregateItem("avg", "average");
  const aggregate = items.find((item) => operatorOf(item)?.op === "aggregate");
  const named = items.find(
    (item): item is Item & ItemOf<"column"> =>
      item.kind === "column" && item.field.numeric && item.field.role === "measure",
  );
  const own = aggregate ? [aggregate] : [];
  const each = items.some(({ text }) => ofEach.test(text)) && !items.some(({ text }) => /^(who|which)$/i.test(text));
  const scale = scaleOf(degree.text) ?? [];
  const told = scale.length > 0 ? fieldAbout(table, scale) : null;
  if (scale.length > 0) return isMeasure(told) ? [aggregate ?? average(), columnItem(told, degree.text)] : null;
  if (named) return [...(own.length === 0 && each ? [average()] : own), named];
  const counted = items.find(({ kind }, at) => kind === "rows" && at > items.indexOf(degree) - 2);
  const count: Item = { kind: "operator", operator: { op: "count" }, words: 1, text: "number of", used: false };
  if (counted) return [count, counted];
  const verbs = items.filter(({ kind }) => kind === "unknown" || kind === "stop");
  const deed = verbs.flatMap(({ text }) => scaleOfDeed(text) ?? []);
  const done = deed.length > 0 ? fieldAbout(table, deed) : null;
  if (isMeasure(done)) return [...(own.length === 0 && each ? [average()] : own), columnItem(done, degree.text)];
  // A word that nothing explains may be what is compared.
  const unknown = items.filter(({ kind, text }) => kind === "unknown" && !isDeal(text) && text !== degree.text);
  const main = unknown.length === 0 ? mainMeasure(table) : null;
  if (!main) return null;
  const more = degree.text.replace(/ than$/i, "");
  doubt(
    reading,
    `“${more}” is read as that of ${main.field.name}, since no measure is named.`,
    ["rows", ...main.others.map(({ name }) => name)].map((label) => ({
      said: more,
      instead: `${more} ${label}`,
      label,
    })),
  );
  const sum = aggregateItem("sum", "total");
  return [...(own.length > 0 ? own : [each ? average() : sum]), columnItem(main.field, main.field.name)];
}

const isMeasure = (field: Field | null): field is Field => field?.role === "measure" && field.numeric;
