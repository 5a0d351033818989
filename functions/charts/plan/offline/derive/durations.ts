import { stem } from "../language/stem.ts";
import { wordsIn } from "../language/tokens.ts";
import { isRowNoun } from "../link/fields.ts";
import { type Item, operatorOf } from "../link/items.ts";
import type { DurationUnit } from "../query.ts";
import type { Reading } from "../read/reading.ts";
import { takeAges } from "./ages.ts";
import { columnItem, textOf } from "./computed-field.ts";
import { endsClause, lengths, stemsOf, tells, unitOf } from "./event-words.ts";
import { takeLimits } from "./limits.ts";
import { takeSlowest } from "./slowest.ts";
import { durationField } from "./spans.ts";

/** Words between "how long" and what is done. */
const filler =
  /^(does|do|did|is|are|was|were|has|have|had|been|it|they|we|us|you|typically|usually|normally|generally|on average|take|takes|took|taken|need|needs|needed|to|the|a|an|our|their|its|be|being|get|gets|for|until|till|last|lasts|lasted|of|in|each|from|stay|stays|wait|waits)$/i;
/** Lengths of time that are named after no event. */
const named = /^(cycle|processing|handling|throughput|lead|waiting|wait|turnaround)$/i;

/**
 * Puts a computed column in the place of words for a length of time that no column of its own has: "how long does it take
 * to ship", "resolution time", "days on market", "length of stay".
 */
export function takeDurations(reading: Reading): void {
  takeAges(reading);
  takeLimits(reading);
  for (let at = 0; at < reading.items.length; at++) {
    const found = howLong(reading, at) ?? unitTo(reading, at) ?? eventTime(reading, at) ?? lasting(reading, at);
    if (found) put(reading, found);
  }
  takeSlowest(reading);
  dropUnits(reading);
  refuseUnits(reading);
}

/** "visit time in hours", where nothing tells how long a visit takes, does not ask for hours of the day. */
function refuseUnits({ items, objections }: Reading): void {
  const length = items.findIndex(
    (item, at) => item.kind === "unknown" && lengths.test(item.text) && items[at - 1]?.kind !== "column",
  );
  const asked = length < 0 ? null : unitAsked(items, length, length + 1);
  if (asked && !items.some((item) => item.kind === "column" && item.field.formula?.kind === "duration"))
    objections.add(
      `No two columns tell how long it takes: “${textOf(items, length - 1, length + 1)}” can't be computed.`,
    );
}

/** "tenure over 10 years": the unit is the column's own. */
function dropUnits({ items }: Reading): void {
  for (let at = 0; at < items.length; at++) {
    const item = items[at];
    if (item?.kind !== "column" || item.field.formula?.kind !== "duration") continue;
    // "more than 10 years of tenure"
    const unit = /^of$/i.test(items[at - 1]?.text ?? "") ? at - 2 : at - 1;
    if (items[unit - 1]?.kind === "number" && unitOf(items[unit]?.text ?? "") === item.field.formula.unit) {
      items.splice(unit, at - unit);
      at = unit;
    }
    const number = operatorOf(items[at + 1])?.op === "compare" ? at + 2 : at + 1;
    if (items[number]?.kind === "number" && unitOf(items[number + 1]?.text ?? "") === item.field.formula.unit)
      items.splice(number + 1, 1);
  }
}

interface Asked {
  from: number;
  to: number;
  /** Words for what happens at the end, and at the beginning. */
  ends: string[];
  starts: string[];
  unit: DurationUnit | null;
  /** Any pair of dates will do, if there is only one. */
  open: boolean;
}

function put(reading: Reading, { from, to, ends, starts, unit, open }: Asked): void {
  const { items } = reading;
  const limit = unitOf(items[to + 2]?.text ?? "");
  const limited = limit && operatorOf(items[to])?.op === "compare" && items[to + 1]?.kind === "number";
  const asked = unit || limited ? null : unitAsked(items, from, to);
  const field = durationField(reading, { starts, ends, open, unit: unit ?? (limited ? limit : (asked?.unit ?? null)) });
  if (!field) return;
  if (asked) for (const one of items.slice(asked.at, asked.at + 2)) Object.assign(one, { kind: "stop" });
  if (limited) items.splice(to + 2, 1);
  // "how long do houses stay …": a value in between still narrows the rows.
  const values = items.slice(from, to).filter(({ kind }) => kind === "value");
  items.splice(from, to - from, columnItem(field, textOf(items, from, to)), ...values);
  for (const [at, one] of items.entries())
    if (one.kind === "unknown" && /^(took|takes?|taken|taking|lasted|lasts?)$/i.test(one.text))
      items[at] = { kind: "stop", text: one.text, used: false };
}

/** "in hours", anywhere. */
function unitAsked(items: Item[], from: number, to: number): { unit: DurationUnit; at: number } | null {
  for (const [at, item] of items.entries()) {
    const unit = unitOf(items[at + 1]?.text ?? "");
    if ((at < from || at >= to) && /^in$/i.test(item.text) && unit && /s$/i.test(items[at + 1]?.text ?? ""))
      return { unit, at };
  }
  return null;
}

/** "how long does it take to ship an order", "how many days do patients stay" */
function howLong(reading: Reading, at: number): Asked | null {
  const { items } = reading;
  const unit = /^how many$/i.test(items[at]?.text ?? "") ? unitOf(items[at + 1]?.text ?? "") : null;
  const many = unit !== null && /^(does|do|did|is|are|it|on|until|till)$/i.test(items[at + 2]?.text ?? "");
  if (!/^how long$/i.test(textOf(items, at, at + 2)) && !many) return null;
  const from = at;
  let to = at + 2;
  const ends: string[] = [];
  const starts: string[] = [];
  const rows: string[] = [];
  let into = ends;
  for (; to < items.length; to++) {
    const item = items[to];
    if (item?.kind === "value") continue;
    if (!item || endsClause(item) || !(tells(item) || filler.test(item.text))) break;
    if (/^from$/i.test(item.text)) into = starts;
    else if (/^(to|until|till)$/i.test(item.text)) into = ends;
    else if (/^(stay|stays)$/i.test(item.text)) {
      ends.push("leave", "cancel", "end");
      starts.push("arrive");
    } else if (/^market$/i.test(item.text)) ends.splice(0, ends.length, "sell");
    else if (item.kind === "rows") rows.push(...stemsOf(item));
    else if (!filler.test(item.text)) into.push(...stemsOf(item));
  }
  // "how long does a delivery take"
  if (ends.length + starts.length === 0) ends.push(...rows);
  if (many && ends.length === 0) return null;
  return { from, to, ends, starts, unit: many ? unit : null, open: !many };
}

/** "time to close", "days to ship", "days between order and delivery", "time from A to B", "days on market" */
function unitTo(reading: Reading, at: number): Asked | null {
  const { items } = reading;
  const item = items[at];
  const next = items[at + 1];
  const text = item?.text ?? "";
  const unit = unitOf(text);
  if (!item || (!unit && !lengths.test(text)) || (item.kind === "column" && item.field.numeric && !item.field.formula))
    return null;
  const joins = /^(to|until|till|between|from|on|for)$/i.test(next?.text ?? "");
  // "peak day for check-ins" is one day.
  if (!joins || (unit && !/s$/i.test(text) && /^(on|for)$/i.test(next?.text ?? ""))) return null;
  const word = items[at + 2];
  if (!word || !tells(word)) return null;
  // "by month to …": a step of time.
  if (["group", "series", "in"].includes(operatorOf(items[at - 1])?.op ?? "")) return null;
  if (/^(on)$/i.test(next?.text ?? "")) {
    if (!/^(the )?market$/i.test(textOf(items, at + 2, at + 3))) return null;
    return { from: at, to: at + 3, ends: ["sell"], starts: ["list"], unit, open: true };
  }
  const between = /^(between|from)$/i.test(next?.text ?? "");
  const ends: string[] = [];
  const starts: string[] = [];
  let into = between ? starts : ends;
  let to = at + 2;
  for (; to < items.length; to++) {
    const one = items[to];
    const and = operatorOf(one)?.op === "and" || /^(to|until|till)$/i.test(one?.text ?? "");
    if (!one || (!and && (endsClause(one) || !tells(one)))) break;
    if (and && between && into === starts) into = ends;
    else if (and && operatorOf(one)?.op === "and") break;
    else if (operatorOf(one)?.op === "in") break;
    else if (!filler.test(one.text)) into.push(...stemsOf(one));
  }
  if (ends.length === 0) return null;
  return { from: at, to, ends, starts, unit, open: false };
}

/** "resolution time", "delivery duration", "turnaround", where no column is called so. */
function eventTime(reading: Reading, at: number): Asked | null {
  const { items } = reading;
  const item = items[at];
  if (!item || ["group", "series"].includes(operatorOf(items[at - 1])?.op ?? "")) return null;
  const words = stemsOf(item);
  const last = wordsIn(item.text).at(-1) ?? "";
  const next = items[at + 1];
  // One link took both words: "delivery time" is a synonym of `delivery_date`.
  if (item.kind === "column" && item.field.role === "time" && words.length > 0 && lengths.test(last))
    return { from: at, to: at + 1, ends: words, starts: [], unit: null, open: ofRows(reading, at, words) };
  const lead = /^(\S+) (?:to|until|till) \S+$/.exec(item.text)?.[1] ?? "";
  if (item.kind === "column" && item.field.role === "time" && (unitOf(lead) || lengths.test(lead)))
    return {
      from: at,
      to: at + 1,
      ends: words.slice(1).filter((word) => !/^(to|until|till)$/.test(word)),
      starts: [],
      unit: unitOf(lead),
      open: false,
    };
  const length = next && lengths.test(next.text) && !(next.kind === "column" && next.field.numeric);
  const generic = named.test(item.text);
  if (item.kind === "unknown" && /^turnarounds?$/i.test(item.text) && !length)
    return { from: at, to: at + 1, ends: [], starts: [], unit: null, open: true };
  if (!length || !tells(item)) return null;
  // "repair time" in a table of repairs
  if (item.kind === "rows") return { from: at, to: at + 2, ends: words, starts: [], unit: null, open: true };
  if (generic) return { from: at, to: at + 2, ends: [], starts: [], unit: null, open: true };
  if (item.kind === "stop" || item.kind === "operator") return null;
  return { from: at, to: at + 2, ends: words, starts: [], unit: null, open: false };
}

/** "average order time" in a table of orders is that of the whole row. */
function ofRows({ items, table }: Reading, at: number, words: string[]): boolean {
  const averaged = operatorOf(items[at - 1])?.op === "aggregate";
  return averaged && words.every((word) => isRowNoun(stem(word), table));
}

/** "length of stay", "longest stay", "which order took longest to ship", "took longer than 5 days to deliver" */
function lasting(reading: Reading, at: number): Asked | null {
  const { items } = reading;
  const item = items[at];
  if (!item) return null;
  if (
    /^length$/i.test(item.text) &&
    /^of$/i.test(items[at + 1]?.text ?? "") &&
    /^(stays?|visits?|hospitali[sz]ations?)$/i.test(items[at + 2]?.text ?? "")
  )
    return { from: at, to: at + 3, ends: ["leave"], starts: ["arrive"], unit: null, open: true };
  const before = operatorOf(items[at - 1]);
  const long = before && (before.op === "superlative" || before.op === "compare") && before.about.includes("duration");
  const slow = before?.op === "superlative" && before.about.includes("speed");
  if (!long && !slow) return null;
  const from = /^to$/i.test(item.text) ? at + 1 : at;
  const event = items[from];
  if (!event || event.kind === "number" || event.kind === "stop" || !tells(event)) return null;
  if (/^(stays?)$/i.test(event.text))
    return { from, to: from + 1, ends: ["leave"], starts: ["arrive"], unit: null, open: true };
  const to = lengths.test(items[from + 1]?.text ?? "") ? from + 2 : from + 1;
  return { from, to, ends: stemsOf(event), starts: [], unit: null, open: false };
}
