import type { Item } from "../link/items.ts";
import type { Parts } from "./asked.ts";
import type { Reading } from "./reading.ts";

const article = /^(an?|one|each|single|typical|usual|normal|every)$/i;
/** What one thing has: what it costs, weighs, or how long it takes. */
const ofEach =
  /^(prices?|priced|costs?|costing|charged?|charges|fees?|fares?|rents?|pays?|paid|worth|weighs?|weight|takes?|took)$/i;

/**
 * "what does a full service cost", "average price of a brake job": the thing is one of the rows, so that the rows are not
 * listed one by one, nor added up to what all of them cost.
 */
export function takeOfOne(reading: Reading, parts: Parts): void {
  const { items, assumptions } = reading;
  const { measures, dimensions } = parts;
  if (measures.length === 0 || measures.some(({ field }) => !field?.numeric)) return;
  // "by month of show date": each show has its own date, and the months are several.
  const isRow = ({ field, grain, cue }: Parts["dimensions"][number]) => field.unique && grain === null && cue === null;
  if (measures.every(({ aggregate }) => aggregate !== null && aggregate !== "min" && aggregate !== "max"))
    leaveOut(reading, parts, isRow);
  const at = items.findIndex((item, index) => article.test(item.text) && isThing(items[index + 1]));
  if (at < 0 || !items.some(({ text }) => ofEach.test(text)) || !dimensions.every(isRow)) return;
  const open = measures.filter(({ aggregate }) => aggregate === null);
  leaveOut(reading, parts, isRow);
  for (const one of open) one.aggregate = "avg";
  if (open.length > 0)
    assumptions.add(
      `${open.map(({ field }) => field?.name).join(" and ")} is averaged, since it is asked of one of many.`,
    );
}

/** The columns that only name the rows are then another word for these. */
function leaveOut({ items }: Reading, parts: Parts, isRow: (one: Parts["dimensions"][number]) => boolean): void {
  for (const { field } of parts.dimensions.filter(isRow))
    for (const [at, item] of items.entries())
      if (item.kind === "column" && item.field === field) items[at] = { kind: "rows", text: item.text, used: true };
  parts.dimensions = parts.dimensions.filter((one) => !isRow(one));
}

function isThing(item: Item | undefined): boolean {
  return (
    item?.kind === "value" || item?.kind === "rows" || (item?.kind === "column" && item.field.role === "identifier")
  );
}
