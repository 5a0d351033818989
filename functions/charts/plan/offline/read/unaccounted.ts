import { isCountable } from "../language/row-words.ts";
import { type Item, operatorOf } from "../link/items.ts";
import type { Aggregate, Query } from "../query.ts";
import type { Interpretation } from "../write/settle.ts";
import { neighbour, type Reading } from "./reading.ts";
import { unshownColumns } from "./unshown.ts";

/**
 * What of the question no stage has made part of the answer, though it would make it another answer, as sentences: a
 * comparison whose number or column was not found, a number or value left over, a computation that is not done here.
 */
export function unaccounted(reading: Reading, interpretation: Interpretation): string[] {
  const { items, objections } = reading;
  const { query, share, dimensionFields } = interpretation;
  const found = [...objections];
  const firstTime = /\bfirst[ -]?tim(e|er)s?\b/i.exec(items.map(({ text }) => text).join(" "));
  if (firstTime && !items.some(({ kind, text }) => (kind === "column" || kind === "value") && /first/i.test(text)))
    found.push(`Without a language model, “${firstTime[0]}” can't be computed.`);
  for (const [index, item] of items.entries()) {
    if (item.used) continue;
    const operator = operatorOf(item);
    const phrase = phraseAt(items, index);
    switch (operator?.op) {
      case "aggregate":
        if (!isCombined(query, operator.aggregate)) found.push(`“${phrase}” does not say of what: name a measure.`);
        break;
      case "amount":
        if (!measures(query) || !items.some((one) => one.kind === "column" && one.field.numeric))
          found.push(`“${item.text}” asks for a quantity, and the question names none of the data's.`);
        break;
      case "uncomputed":
        if (!isShownSideBySide(items, index, query))
          found.push(`Without a language model, “${item.text}” can't be computed.`);
        break;
      case "compare":
        // "over the years", "above all": what is compared with would be a number, and is looked for below.
        if (/^(over|after|before|up to)$/i.test(item.text)) break;
        found.push(`“${phrase}” could not be turned into a condition: name a column and a value.`);
        break;
      case "range":
      case "text":
      case "missing":
        found.push(`“${phrase}” could not be turned into a condition: name a column and a value.`);
        break;
      case "not":
        if (!isIdle(items, index)) found.push(`“${phrase}” could not be turned into a condition.`);
        break;
      case "superlative":
      case "top":
        found.push(`“${phrase}” does not say by what: name a measure.`);
        break;
      case "group":
        if (
          /^(per|each|for each|in each|every|for every)$/i.test(item.text) &&
          items[index + 1]?.kind === "value" &&
          !isList(items, index + 2)
        )
          found.push(`“${phraseAt(items, index)}” is no column to group by.`);
        if (groupsByNothing(items, index)) found.push(`The data has nothing called “${items[index + 1]?.text}”.`);
        if (/^per$/i.test(item.text) && items[index + 1]?.kind === "rows" && !query.measures.some(({ over }) => over))
          found.push(
            `“${phraseAt(items, index - 1)} ${items[index + 1]?.text}” is a quantity that the data does not have.`,
          );
        if (isRatio(items, index))
          found.push(
            `Without a language model, “${phraseAt(items, index - 1)} ${items[index + 1]?.text}” can't be computed.`,
          );
        break;
      case "relation":
        if (dimensionFields.length + query.measures.filter(({ column }) => column !== null).length < 2)
          found.push(`“${item.text}” asks how two things go together, and the data has only one of them.`);
        break;
      case "which":
        if (asksWhich(items, index) && query.shape === "groups" && query.dimensions.length === 0 && !share)
          found.push(`“${phrase}” asks for one or several of them, and the question does not say by what to choose.`);
        break;
      case "count":
        // "how often do people come": how many rows there are is no answer to it.
        // "how many days were we closed": the days with rows are no answer to it.
        if (operatorOf(items[index + 1])?.op === "grain" && items.slice(index).some(isLeft))
          found.push(`Nothing in the data tells what is “${items.slice(index).find(isLeft)?.text}”.`);
        if (/^how often$/i.test(item.text) && countsOnly(query) && query.dimensions.length + query.filters.length === 0)
          found.push(`“${item.text}” asks of what happened, and the question names nothing of the data that did.`);
        break;
      case "share":
        if (!share || (query.dimensions.length === 0 && !query.measures.some(({ part }) => part)))
          found.push(`It is not clear what “${phrase}” is a share of.`);
        break;
    }
    if (item.kind === "stop" && /^than$/i.test(item.text))
      found.push(`“${phraseAt(items, Math.max(0, index - 2))}” could not be turned into a condition.`);
    const timed = dimensionFields.some(({ role }) => role === "time");
    if (/^changes?$/i.test(item.text) && /^(in|of)$/i.test(items[index + 1]?.text ?? "") && !timed)
      found.push(`It is not clear over what time “${item.text}” is asked for.`);
    if (item.kind === "rows" && !isCountable(item.text) && countsOnly(query) && isMeasured(items, index))
      found.push(`No column says how much “${item.text}” there is.`);
    if (item.kind === "period" || item.kind === "value")
      found.push(`“${item.text}” could not be turned into a condition.`);
    if (item.kind === "number" && !isOrdinary(items, index))
      found.push(`It is not clear what “${item.text}” is about.`);
  }
  const percent = items.find((item) => {
    const operator = operatorOf(item);
    return operator?.op === "share" && operator.percent;
  });
  if (percent && !query.measures.some(({ window, part }) => window || part))
    found.push(`It is not clear what “${percent.text}” is a share of.`);
  for (const { text, field } of unshownColumns(reading, interpretation))
    found.push(
      `It is not clear what “${text}”${text.toLowerCase() === field.name.toLowerCase() ? "" : ` (${field.name})`} is to the rest of the question.`,
    );
  return found;
}

/** "sales by colour": what charts are otherwise described by, standing where a column would. */
function groupsByNothing(items: Item[], at: number): boolean {
  const [noun, next] = [items[at + 1], items[at + 2]];
  const ends = next === undefined || next.kind === "break" || operatorOf(next) !== null;
  return (
    noun?.kind === "stop" && ends && /^(colou?r|label|place|part|axis|legend|set|term|value|interval)$/i.test(noun.text)
  );
}

const isLeft = ({ kind, used }: Item) => kind === "unknown" && !used;

/** "which items …", "who …", as the question rather than within it. */
function asksWhich(items: Item[], index: number): boolean {
  const begins = items.slice(0, index).every(({ kind }) => kind === "stop" || kind === "break");
  return begins && /^(which|who)$/i.test(items[index]?.text ?? "");
}

function isCombined({ shape, measures, having, filters }: Query, aggregate: Aggregate): boolean {
  const all = [...measures, ...having.map(({ measure }) => measure)];
  return (
    shape === "bins" ||
    all.some((one) => one.aggregate === aggregate || one.over || one.window || one.part) ||
    filters.some(({ kind }) => kind === "compare-aggregate") ||
    // "the total number", "the overall average"
    (aggregate === "sum" && all.some((one) => one.aggregate !== null))
  );
}

function countsOnly({ shape, measures }: Query): boolean {
  return shape === "groups" && measures.every(({ column, aggregate }) => column === null && aggregate === "count");
}

/** "energy by building": what is shown is the energy, unless it is asked how many. */
function isMeasured(items: Item[], index: number): boolean {
  const before = items[index - 1];
  if (items.some((item) => ["count", "share", "distribution"].includes(operatorOf(item)?.op ?? ""))) return false;
  if (before !== undefined && /^(a|an|per|each|every|which|one|of)$/i.test(before.text)) return false;
  const next = items[index + 1];
  return next === undefined || ["group", "in", "trend", "versus", "series"].includes(operatorOf(next)?.op ?? "");
}

function measures({ shape, measures, dimensions }: Query): boolean {
  if (shape === "bins") return true;
  return measures.some(({ column }) => column !== null) || (shape === "rows" && dimensions.length > 1);
}

/** "for every Europe, Japan and USA": the values are the groups. */
function isList(items: Item[], index: number): boolean {
  return items[index]?.text === "," || operatorOf(items[index])?.op === "and";
}

/** "parcels per km": one quantity divided by another. */
function isRatio(items: Item[], index: number): boolean {
  const [before, item, after] = [items[index - 1], items[index], items[index + 1]];
  const quantity = (one: Item | undefined) =>
    one?.kind === "column" && one.field.role === "measure" && !one.field.discrete;
  return /^per$/i.test(item?.text ?? "") && quantity(before) && quantity(after);
}

/** The words around an item, to quote it with what it is about. */
function phraseAt(items: Item[], index: number): string {
  const after = neighbour(items, index, 1, ["stop"]);
  return items
    .slice(index, after === null ? index + 1 : after + 1)
    .map(({ text }) => text)
    .join(" ");
}

/** "difference between men and women": shown beside each other, the difference can be seen. */
function isShownSideBySide(items: Item[], index: number, { shape, dimensions }: Query): boolean {
  // "goal difference": another quantity than the goals.
  if (items[index - 1]?.kind === "column") return false;
  return /^(difference|gap)/i.test(items[index]?.text ?? "") && shape === "groups" && dimensions.length > 0;
}

/** "why not", "whether or not", "no matter". */
function isIdle(items: Item[], index: number): boolean {
  const next = items[index + 1];
  return next === undefined || /^(matter|problem|only)$/i.test(next.text) || operatorOf(items[index - 1])?.op === "or";
}

/** A number that belongs to a word of drawing or of speech. */
function isOrdinary(items: Item[], index: number): boolean {
  const next = items[index + 1];
  if (operatorOf(next)?.op === "chart") return true;
  return /^(axis|axes|chart|charts|graph|d|dimensional)$/i.test(next?.text ?? "");
}
