import { isCountable } from "../../language/row-words.ts";
import { stem } from "../../language/stem.ts";
import { wordsIn } from "../../language/tokens.ts";
import { isRowNoun, type Table } from "../../link/fields.ts";
import { type Item, operatorOf } from "../../link/items.ts";
import type { Reading } from "../../read/reading.ts";
import { isMeasure } from "../ratios/quotients.ts";

/** "North vs South, jobs and money", "bookings and covers per month": beside a quantity, the rows are one, their number. */
export function takeCountedBeside({ items, table }: Reading): void {
  const compared = items.some((item) =>
    ["group", "series", "grain", "trend", "versus"].includes(operatorOf(item)?.op ?? ""),
  );
  const otherwise = items.some((item) =>
    ["count", "list", "which", "superlative", "top", "aggregate", "share"].includes(operatorOf(item)?.op ?? ""),
  );
  if (!compared || otherwise) return;
  const at = items.findIndex(
    (item, index) =>
      areRows(item, table) &&
      !["group", "versus", "series"].includes(operatorOf(items[index - 1])?.op ?? "") &&
      [index - 2, index + 2].some((other) => isMeasure(items[other]) && joins(items[(index + other) / 2])),
  );
  const rows = items[at];
  if (!rows) return;
  items[at] = { kind: "rows", text: rows.text, used: false };
  items.splice(at, 0, { kind: "operator", operator: { op: "count" }, words: 1, text: "number of", used: false });
}

const joins = (item: Item | undefined) => operatorOf(item)?.op === "and" || item?.text === ",";

/** A word for the rows, also where a column numbers them. */
function areRows(item: Item, table: Table): boolean {
  if (!isCountable(item.text)) return false;
  if (item.kind === "rows") return true;
  const named = item.kind === "column" && item.field.unique && item.field.role !== "measure";
  return named && wordsIn(item.text).every((word) => isRowNoun(stem(word), table));
}
