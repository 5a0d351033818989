import { wordsIn } from "../../language/tokens.ts";
import { type Item, operatorOf } from "../../link/items.ts";
import type { DurationUnit } from "../../query.ts";
import type { AskedSpan } from "./spans.ts";

/** Words for a length of time. */
export const lengths = /^(times?|durations?|lengths?|delays?|lags?|lead times?|intervals?)$/i;

/** Words of a question that ask for a length of time, and how. */
export interface AskedLength extends AskedSpan {
  /** Where they begin and end. */
  from: number;
  to: number;
  /** Of them, what still groups or narrows the rows. */
  kept: Item[];
}
const unitWords: [RegExp, DurationUnit][] = [
  [/^(seconds?|secs?)$/i, "second"],
  [/^(minutes?|mins?)$/i, "minute"],
  [/^(hours?|hrs?)$/i, "hour"],
  [/^days?$/i, "day"],
  [/^weeks?$/i, "week"],
  [/^months?$/i, "month"],
  [/^years?$/i, "year"],
];
/** "minutes" */
export function unitOf(text: string): DurationUnit | null {
  return unitWords.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

/** The words of an item that may tell of an event. */
export const stemsOf = (item: Item) =>
  wordsIn(item.text)
    .map((word) => word.toLowerCase())
    .filter((word) => !/^(date|time|day|at|on|of|the|moment)$/.test(word));

/** Whether what is done ends before an item. */
export const endsClause = (item: Item | undefined) => {
  const op = operatorOf(item)?.op;
  return (
    item === undefined ||
    item.kind === "break" ||
    ["group", "series", "grain", "trend", "chart", "compare", "superlative", "top", "versus", "direction"].includes(
      op ?? "",
    )
  );
};

/** Whether words may tell of an event: what no column of text or numbers is called. */
export const tells = (item: Item) =>
  item.kind === "unknown" ||
  item.kind === "stop" ||
  (item.kind === "operator" && ["in", "upto", "since", "sort"].includes(item.operator.op)) ||
  (item.kind === "column" &&
    (item.field.role === "time" ||
      item.field.flag !== null ||
      item.link.unsaid !== null ||
      item.field.role === "identifier")) ||
  item.kind === "rows";
