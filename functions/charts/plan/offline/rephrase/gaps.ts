import type { Operator } from "../language/lexicon.ts";
import type { Field } from "../link/fields.ts";
import { type Item, operatorOf } from "../link/items.ts";
import { neighbour } from "../read/reading.ts";
import type { Refusal } from "../refusal.ts";

/** A part of the question that something of the table could stand in for. */
export interface Gap {
  /** Where it is in the question; where a measure is to be added, the end of the question twice. */
  start: number;
  end: number;
  /** The words that were not understood; none where the question names no measure. */
  words: string[];
  /** What belongs in its place. */
  wants: "measure" | "group" | "value" | "any";
  /** What stands right before: "average" and "total" are of numbers, "number of" of rows. */
  after: Operator["op"] | null;
  /** The columns that are named right before and after it. */
  beside: Field[];
  /** Where it begins with its preposition, if the question makes sense without it: it stands beside what it would narrow. */
  spareFrom: number | null;
  /** How a measure is put in its place. */
  worded: (measure: string) => string;
  /** Of a word of several: whether another follows, which it then narrows ("delivery time"). */
  narrows?: boolean;
}

const asItIs = (measure: string) => measure;

/** Where each item stands in the question; null where it is not written so. */
function places(question: string, items: Item[]): ({ start: number; end: number } | null)[] {
  let from = 0;
  return items.map(({ text }) => {
    const start = question.indexOf(text, from);
    if (start < 0) return null;
    from = start + text.length;
    return { start, end: from };
  });
}

/** What of a refused question would have to be said in other words: those it is refused for, and a measure it does not name. */
export function gapsOf(question: string, { reading, words }: Refusal): Gap[] {
  if (!reading) return [];
  const { items } = reading;
  const at = places(question, items);
  const gaps: Gap[] = [];
  const open = (index: number) => {
    const item = items[index];
    return item !== undefined && (item.kind === "unknown" || item.kind === "stop") && words.includes(item.text);
  };
  for (let index = 0; index < items.length; index++) {
    const place = at[index];
    if (!open(index) || !place) continue;
    let last = index;
    while (open(last + 1) && at[last + 1] && rankedBy(items, last + 1) === null) last++;
    gaps.push({
      start: place.start,
      end: at[last]?.end ?? place.end,
      words: items.slice(index, last + 1).map(({ text }) => text),
      wants: wanted(items, index, last),
      after: operatorOf(items[index - 1])?.op ?? null,
      beside: [items[index - 1], items[last + 1]].flatMap((item) => (item?.kind === "column" ? [item.field] : [])),
      spareFrom: spareFrom(items, index, last, at),
      worded: asItIs,
    });
    const ranking = rankedBy(items, last);
    const gap = gaps.at(-1);
    // "which machine breaks most" is a question for the machine that has the most of something.
    if (ranking !== null && gap && at[ranking]) {
      const operator = operatorOf(items[ranking]);
      const end = operator?.op === "superlative" && operator.end === "min" ? "lowest" : "highest";
      Object.assign(gap, { end: at[ranking]?.end, wants: "measure", spareFrom: null });
      gap.worded = (measure) => `has the ${end} ${measure}`;
      last = ranking;
    }
    index = last;
  }
  return gaps.length > 0 ? gaps : unmeasured(question, items, at);
}

/**
 * "best landing page": by what, at the end; "how much came from …", "average order by city": of what, in the place of the
 * words.
 */
function unmeasured(question: string, items: Item[], at: ReturnType<typeof places>): Gap[] {
  const missing = { words: [], wants: "measure", after: null, beside: [], spareFrom: null } as const;
  const open = items.findIndex((item) => ["amount", "aggregate"].includes(operatorOf(item)?.op ?? "") && !item.used);
  const asked = operatorOf(items[open])?.op === "aggregate" ? neighbour(items, open, 1) : open;
  const place = asked === null ? undefined : at[asked];
  const total = asked === open ? (measure: string) => `total ${measure}` : asItIs;
  if (place && (asked === open || items[asked ?? -1]?.kind === "rows"))
    return [{ ...missing, ...place, words: [], beside: [], worded: total }];
  const ranks = items.some((item) => ["superlative", "top"].includes(operatorOf(item)?.op ?? ""));
  const end = question.replace(/[\s?.!]+$/u, "").length;
  return ranks ? [{ ...missing, start: end, end, words: [], beside: [], worded: (measure) => ` by ${measure}` }] : [];
}

/** The superlative that ends a clause right after a word, if any. */
function rankedBy(items: Item[], index: number): number | null {
  const end = neighbour(items, index, 1);
  if (end === null || operatorOf(items[end])?.op !== "superlative") return null;
  const last = neighbour(items, end, 1, []);
  const next = last === null ? undefined : items[last];
  return next === undefined || next.kind === "break" || /^(to|in|since|during|this|last)$/i.test(next.text)
    ? end
    : null;
}

function wanted(items: Item[], index: number, last: number): Gap["wants"] {
  const before = neighbour(items, index, -1);
  const operator = operatorOf(before === null ? undefined : items[before]);
  const which = operator?.op === "which" && /^(which|what)$/i.test(items[index - 1]?.text ?? "");
  if (operator?.op === "group" || operator?.op === "series" || which) return "group";
  if (/^(in|from|for|at)$/i.test(items[index - 1]?.text ?? "")) return "value";
  if (operator?.op === "aggregate" || operator?.op === "amount") return "measure";
  if (operator?.op === "superlative" || operator?.op === "top") return "any";
  const measured = items.some(
    (item, other) => other !== index && item.kind === "column" && item.field.role === "measure" && !item.field.discrete,
  );
  const grouped = items.slice(index).some((item) => ["group", "trend", "grain"].includes(operatorOf(item)?.op ?? ""));
  const next = items[last + 1];
  return grouped && !measured && (next === undefined || next.kind === "operator") ? "measure" : "any";
}

/** "urgent tickets", "energy cost", "time on site": beside what was understood. */
function spareFrom(items: Item[], first: number, last: number, at: ReturnType<typeof places>): number | null {
  const understood = (item: Item | undefined) =>
    (item?.kind === "column" && !item.field.formula) || item?.kind === "value" || item?.kind === "rows";
  // What is left must still be a question.
  const counts = items.some((item) => operatorOf(item)?.op === "count");
  if (items.filter(understood).length < (counts ? 1 : 2)) return null;
  if (understood(items[first - 1]) || understood(items[last + 1])) return at[first]?.start ?? null;
  const placed = /^(in|on|at|of|from|for|with)$/i.test(items[first - 1]?.text ?? "") && understood(items[first - 2]);
  return placed ? (at[first - 1]?.start ?? null) : null;
}
