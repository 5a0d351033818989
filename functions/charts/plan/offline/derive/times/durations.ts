import { stem } from "../../language/stem.ts";
import { wordsIn } from "../../language/tokens.ts";
import { isRowNoun } from "../../link/fields.ts";
import { type Item, operatorOf } from "../../link/items.ts";
import type { DurationUnit } from "../../query.ts";
import type { Reading } from "../../read/reading.ts";
import { columnItem, textOf } from "../computed-field.ts";
import { takeAges } from "./ages.ts";
import { type AskedLength, endsClause, lengths, stemsOf, tells, unitOf } from "./event-words.ts";
import { filler, howLong } from "./how-long.ts";
import { takeLimits } from "./limits.ts";
import { takeOwnLength } from "./own-lengths.ts";
import { takeSlowest } from "./slowest.ts";
import { calendarDays, durationField } from "./spans.ts";

/** Lengths of time that are named after no event. */
const named = /^(cycle|processing|handling|throughput|lead|turnaround)$/i;
/** Time in which nothing runs, of which all together is asked for. */
const stopped = /^(down ?times?|standstills?|outage times?)$/i;

/**
 * Puts a computed column in the place of words for a length of time that no column of its own has: "how long does it take
 * to ship", "resolution time", "days on market", "length of stay".
 */
export function takeDurations(reading: Reading): void {
  takeAges(reading);
  takeLimits(reading);
  for (let at = 0; at < reading.items.length; at++) {
    const long = howLong(reading, at);
    if (long && takeOwnLength(reading, long)) continue;
    const found =
      long ?? unitTo(reading, at) ?? waiting(reading.items, at) ?? eventTime(reading, at) ?? lasting(reading, at);
    if (found) put(reading, found);
  }
  takeNights(reading);
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

function put(reading: Reading, length: AskedLength): void {
  const { items } = reading;
  const { from, to, kept } = length;
  const limit = unitOf(items[to + 2]?.text ?? "");
  const limited = limit && operatorOf(items[to])?.op === "compare" && items[to + 1]?.kind === "number";
  const asked = length.unit || limited ? null : unitAsked(items, from, to);
  const unit = length.unit ?? (limited ? limit : (asked?.unit ?? null));
  const said = textOf(items, from, to);
  // "how long do houses stay …": a value in between still narrows the rows.
  const values = items.slice(from, to).filter(({ kind }) => kind === "value");
  const rest = [...values.map(({ text }) => ` for ${text}`), ...kept.map(({ text }) => ` ${text}`)].join("");
  const field = durationField(reading, { ...length, unit, said, rest });
  if (!field) return;
  if (asked) for (const one of items.slice(asked.at, asked.at + 2)) Object.assign(one, { kind: "stop" });
  if (limited) items.splice(to + 2, 1);
  items.splice(from, to - from, columnItem(field, said), ...values, ...kept);
  for (const [at, one] of items.entries())
    if (one.kind === "unknown" && /^(took|takes?|taken|taking|lasted|lasts?)$/i.test(one.text))
      items[at] = { kind: "stop", text: one.text, used: false };
}

/** "how many nights in 2024", "revenue per night": those that guests or patients stayed, where no column counts them. */
function takeNights(reading: Reading): void {
  const { items, table, objections } = reading;
  const at = items.findIndex((item) => /^nights?$/i.test(item.text) && ["unknown", "stop"].includes(item.kind));
  const before = items[at - 1];
  const counted = operatorOf(before)?.op === "count";
  const averaged = operatorOf(before)?.op === "aggregate";
  // "on friday nights", "at night": when, and not how many.
  const when =
    before?.kind === "value" ||
    before?.kind === "period" ||
    /^(on|at|in|by|during|last|this)$/i.test(before?.text ?? "");
  if (
    at < 0 ||
    when ||
    (/^night$/i.test(items[at]?.text ?? "") && !/^(per|a|each|every|one|1)$/i.test(before?.text ?? ""))
  )
    return;
  const stay = { starts: ["arrive"], ends: ["leave"], open: false, unit: "day", sums: true } as const;
  const field = durationField(reading, { ...stay, starts: [...stay.starts], ends: [...stay.ends] });
  const nights = field && calendarDays(table, field, "Nights");
  if (!nights && !counted && !averaged) return;
  if (!nights) objections.add(`No two columns tell how many “${items[at]?.text}” there are.`);
  else items.splice(counted ? at - 1 : at, counted ? 2 : 1, columnItem(nights, items[at]?.text ?? ""));
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

/** "time to close", "days to ship", "days between order and delivery", "time from A to B", "days on market" */
function unitTo(reading: Reading, at: number): AskedLength | null {
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
    return { from: at, to: at + 3, ends: ["sell"], starts: ["list"], unit, open: true, kept: [] };
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
  return { from: at, to, ends, starts, unit, open: false, kept: [] };
}

/** "resolution time", "delivery duration", "turnaround", where no column is called so. */
function eventTime(reading: Reading, at: number): AskedLength | null {
  const { items } = reading;
  const item = items[at];
  if (!item || ["group", "series"].includes(operatorOf(items[at - 1])?.op ?? "")) return null;
  const words = stemsOf(item);
  const last = wordsIn(item.text).at(-1) ?? "";
  const next = items[at + 1];
  // One link took both words: "delivery time" is a synonym of `delivery_date`.
  if (item.kind === "column" && item.field.role === "time" && words.length > 0 && lengths.test(last))
    return { from: at, to: at + 1, ends: words, starts: [], unit: null, open: ofRows(reading, at, words), kept: [] };
  const lead = /^(\S+) (?:to|until|till) \S+$/.exec(item.text)?.[1] ?? "";
  if (item.kind === "column" && item.field.role === "time" && (unitOf(lead) || lengths.test(lead)))
    return {
      from: at,
      to: at + 1,
      ends: words.slice(1).filter((word) => !/^(to|until|till)$/.test(word)),
      starts: [],
      unit: unitOf(lead),
      open: false,
      kept: [],
    };
  const length = next && lengths.test(next.text) && !(next.kind === "column" && next.field.numeric);
  const generic = named.test(item.text);
  if (item.kind === "unknown" && /^turnarounds?$/i.test(item.text) && !length)
    return { from: at, to: at + 1, ends: [], starts: [], unit: null, open: true, kept: [] };
  if (item.kind === "unknown" && stopped.test(item.text))
    return { from: at, to: at + 1, ends: [], starts: [], unit: null, open: true, sums: true, kept: [] };
  if (!length || !tells(item)) return null;
  // "repair time" in a table of repairs
  if (item.kind === "rows") return { from: at, to: at + 2, ends: words, starts: [], unit: null, open: true, kept: [] };
  if (generic) return { from: at, to: at + 2, ends: [], starts: [], unit: null, open: true, kept: [] };
  if (item.kind === "stop" || item.kind === "operator") return null;
  // "membership length" in a table of members
  const ofRow = words.some((word) =>
    [...reading.table.ownNouns].some((noun) => noun.length > 3 && word.startsWith(noun)),
  );
  return { from: at, to: at + 2, ends: ofRow ? [] : words, starts: [], unit: null, open: ofRow, kept: [] };
}

/** "waiting time", "longest wait for pickup", "average wait until served" */
function waiting(items: Item[], at: number): AskedLength | null {
  if (items[at]?.kind !== "unknown" || !/^(waits?|waiting)$/i.test(items[at]?.text ?? "")) return null;
  // "still waiting for adoption" tells how rows stand, and not how long.
  if (/^(still|are|is|were|was)$/i.test(items[at - 1]?.text ?? "")) return null;
  let to = lengths.test(items[at + 1]?.text ?? "") ? at + 2 : at + 1;
  const ends: string[] = [];
  if (/^(for|until|till|to)$/i.test(items[to]?.text ?? "") && items[to + 1]?.kind !== "value") {
    let event = to + 1;
    for (; event < items.length; event++) {
      const item = items[event];
      if (!item || endsClause(item) || !tells(item)) break;
      if (!filler.test(item.text)) ends.push(...stemsOf(item));
    }
    if (ends.length > 0) to = event;
  }
  return { from: at, to, ends, starts: [], unit: null, open: ends.length === 0, wait: true, kept: [] };
}

/** "average order time" in a table of orders is that of the whole row. */
function ofRows({ items, table }: Reading, at: number, words: string[]): boolean {
  const averaged = operatorOf(items[at - 1])?.op === "aggregate";
  return averaged && words.every((word) => isRowNoun(stem(word), table));
}

/** "length of stay", "longest stay", "which order took longest to ship", "took longer than 5 days to deliver" */
function lasting(reading: Reading, at: number): AskedLength | null {
  const { items } = reading;
  const item = items[at];
  if (!item) return null;
  const noun = /^(a|an|the|their|its|our)$/i.test(items[at + 2]?.text ?? "") ? at + 3 : at + 2;
  if (item.kind === "unknown" && /^(length|duration)$/i.test(item.text) && /^of$/i.test(items[at + 1]?.text ?? "")) {
    if (/^(stays?|visits?|hospitali[sz]ations?)$/i.test(items[noun]?.text ?? ""))
      return { from: at, to: noun + 1, ends: ["leave"], starts: ["arrive"], unit: null, open: true, kept: [] };
    if (items[noun]?.kind === "rows")
      return { from: at, to: noun + 1, ends: [], starts: [], unit: null, open: true, kept: [] };
  }
  const before = operatorOf(items[at - 1]);
  // "median stay by ward"
  if (before?.op === "aggregate" && ["unknown", "rows"].includes(item.kind) && /^stays?$/i.test(item.text))
    return { from: at, to: at + 1, ends: ["leave"], starts: ["arrive"], unit: null, open: true, kept: [] };
  const long = before && (before.op === "superlative" || before.op === "compare") && before.about.includes("duration");
  const slow = before?.op === "superlative" && before.about.includes("speed");
  if (!long && !slow) return null;
  const from = /^to$/i.test(item.text) ? at + 1 : at;
  const event = items[from];
  if (!event || event.kind === "number" || event.kind === "stop" || !tells(event)) return null;
  if (/^(stays?)$/i.test(event.text))
    return { from, to: from + 1, ends: ["leave"], starts: ["arrive"], unit: null, open: true, kept: [] };
  const to = lengths.test(items[from + 1]?.text ?? "") ? from + 2 : from + 1;
  return { from, to, ends: stemsOf(event), starts: [], unit: null, open: false, kept: [] };
}
