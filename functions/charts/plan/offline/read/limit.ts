import type { Field } from "../link/fields.ts";
import { type Item, operatorOf } from "../link/items.ts";
import { fieldAbout, neighbour, type Reading } from "./reading.ts";

export interface AskedEnd {
  end: "max" | "min";
  /** What the scale is: a column, the number of rows, or open. */
  by: Field | "count" | null;
  /** Null: all, in that order. */
  limit: number | null;
}

const leadingToRow = new Set([
  "with",
  "has",
  "have",
  "had",
  "having",
  "that",
  "is",
  "was",
  "are",
  "were",
  "who",
  "made",
  "gets",
  "got",
  "sold",
  "scored",
]);

/**
 * Takes "top 5 …", "the 3 cheapest …", "which … has the highest …" out of the question. A superlative that only asks for
 * a value ("highest salary by department") becomes an aggregate instead.
 */
export function readEnd(reading: Reading): AskedEnd | null {
  const { items, table } = reading;
  let asked: AskedEnd | null = null;
  const which = items.findIndex(
    (item) => operatorOf(item)?.op === "which" && /^(which|who|whose|where)$/i.test(item.text),
  );
  const grouped = (index: number) => items.slice(index).some((item) => operatorOf(item)?.op === "group" && !item.used);

  for (const [index, item] of items.entries()) {
    const operator = operatorOf(item);
    if (item.used || (operator?.op !== "top" && operator?.op !== "superlative")) continue;
    const before = items[index - 1];
    const after = items[index + 1];
    const counted =
      after?.kind === "number" && after.value >= 1 && after.value <= 1000
        ? after
        : before?.kind === "number" && before.value <= 1000
          ? before
          : null;
    const next = neighbour(items, index, 1, counted === after ? ["stop", "number"] : ["stop"]);
    const following = next === null ? undefined : items[next];

    if (operator.op === "top" || counted || item.text.toLowerCase() === "top") {
      if (counted) counted.used = true;
      item.used = true;
      const about = operator.op === "superlative" ? operator.about : [];
      const by = about.includes("count")
        ? "count"
        : (fieldAbout(table, about) ??
          (operator.op === "superlative" && following?.kind === "column" && following.field.role === "measure"
            ? following.field
            : null));
      asked = { end: operator.end, by, limit: counted?.value ?? 10 };
      if (!counted)
        reading.assumptions.add(`“${item.text}” is read as the ${operator.end === "max" ? "top" : "bottom"} 10.`);
      continue;
    }

    const about = operator.about;
    const counts =
      about.includes("count") ||
      (/most|least|fewest/i.test(item.text) &&
        isCounted(following?.kind, following?.kind === "column" ? following.field : null));
    const scale =
      following?.kind === "column" && (following.field.numeric || following.field.role === "time")
        ? following.field
        : null;
    const named = about.length > 0 && !counts ? fieldAbout(table, about) : null;
    const lead = items
      .slice(Math.max(0, index - 3), index)
      .filter((one) => one.kind === "stop" || one.kind === "operator")
      .map(({ text }) => text.toLowerCase());
    const leads =
      lead.some((word) => leadingToRow.has(word)) &&
      items.slice(0, index).some(({ kind }) => kind === "column" || kind === "rows");
    const selects =
      counts ||
      isAttribute(items, item.text, next, scale) ||
      (which >= 0 && which < index) ||
      leads ||
      (named !== null && scale === null);
    if (!selects && !named && !scale && following?.kind !== "column") continue;
    if (about.length > 0 && !counts && !named && !scale) continue;
    if (!selects || (grouped(index) && !(which >= 0 && which < index) && !counts && scale !== null)) {
      if (item.kind === "operator") item.operator = { op: "aggregate", aggregate: operator.end };
      continue;
    }
    item.used = true;
    if (counts && following && (following.kind === "rows" || following.kind === "unknown"))
      following.used = following.kind === "rows";
    const plural = which >= 0 && items.slice(which, index).some((one) => /^(are|have|were)$/i.test(one.text));
    asked = { end: operator.end, by: counts ? "count" : (scale ?? named), limit: plural ? null : 1 };
    if (scale && named === null && next !== null) markScale(reading, next);
  }
  return asked;
}

/** "worst rated movie", "highest grossing director": the scale stands right before what is looked for. */
function isAttribute(items: Item[], text: string, at: number | null, scale: Field | null): boolean {
  if (scale === null || at === null || /^m(ax|in)/i.test(text)) return false;
  const sought = items[at + 1];
  return sought?.kind === "rows" || (sought?.kind === "column" && sought.field.role === "dimension");
}

/** "the most cars", "the most common": how many rows there are, unless a number is named. */
function isCounted(kind: string | undefined, field: Field | null): boolean {
  if (kind === "rows" || kind === "unknown" || kind === "break" || kind === undefined) return true;
  return field !== null && !field.numeric && field.role !== "time";
}

function markScale(reading: Reading, index: number): void {
  const item = reading.items[index];
  if (item) item.used = true;
}
