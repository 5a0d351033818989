import { type Item, operatorOf } from "../link/items.ts";
import type { Interpretation } from "../write/settle.ts";
import { neighbour, type Reading } from "./reading.ts";

/** Computations that people ask for and that no query here makes; an answer without them would be another answer. */
const notComputed = new Set(
  `growth grew cumulative running rolling moving forecast forecasts predict prediction percentile percentiles variance
  deviation quartile quartiles outlier outliers`.split(/\s+/),
);

/** "each type of cylinder" is each cylinder. */
const kinds = /^(type|kind|sort|class|level|variety|varieties|category|categories)s?$/i;

/** Whether a word asks for a computation that no query here makes. */
export function isNotComputed(word: string): boolean {
  return notComputed.has(word.toLowerCase());
}

/** Words that place a value right after them: "in narnia", "from acme", "on mondays". */
const placing = /^(in|from|for|on|at|during)$/i;

/**
 * The words without which an answer would mislead: what nothing in the table explains, where it stands for what is
 * measured ("average price"), for what groups ("by planet"), or for a value to filter by ("horror movies", "in narnia").
 * All of them, where they are more than what was explained.
 */
export function missingWords({ items }: Reading, { query, unknown }: Interpretation): string[] {
  if (unknown.length === 0) return [];
  const linked =
    query.dimensions.length + query.measures.filter(({ column }) => column !== null).length + query.filters.length;
  if (unknown.length > linked) return unknown;
  const central = items.flatMap((item, index) => (isUnknown(item) && isCentral(items, index) ? [item.text] : []));
  if (central.length > 0) return central;
  const counts = query.shape === "groups" && query.measures.every(({ column }) => column === null);
  return counts && !items.some(asksForCount) ? unknown : [];
}

function isUnknown(item: Item | undefined): boolean {
  return item?.kind === "unknown" && !item.used;
}

function isCentral(items: Item[], index: number): boolean {
  const item = items[index];
  if (item && isNotComputed(item.text)) return true;
  const next = items[index + 1];
  const before = items[index - 1];
  const placed = before !== undefined && placing.test(before.text);
  // "for female directors": what narrows the column is not known.
  if (placed && next?.kind === "column" && items[index + 2]?.kind !== "value") return true;
  // "product category" where only the category is known: the next word says what is meant.
  if (next?.kind === "column" || next?.kind === "value") return false;
  if (item && kinds.test(item.text)) {
    const of = neighbour(items, index, 1, ["stop", "operator"]);
    if (of !== null && items[of]?.kind === "column") return false;
  }
  if (next?.kind === "rows") return !/(ed|ing)$/i.test(item?.text ?? "");
  const sought = before?.kind === "number" ? items[index - 2] : before;
  switch (operatorOf(sought)?.op) {
    case "group":
    case "series":
    case "versus":
    case "aggregate":
    case "superlative":
    case "top":
      return true;
    default:
      return placed;
  }
}

/** Whether the question itself wants rows counted, so that a count is no stand-in for a measure that is not there. */
function asksForCount(item: Item): boolean {
  const op = operatorOf(item)?.op;
  return item.kind === "rows" || op === "count" || op === "distribution" || op === "share" || op === "superlative";
}
