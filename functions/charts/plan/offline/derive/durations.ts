import { sameEvent } from "../language/events.ts";
import type { Operator } from "../language/lexicon.ts";
import { wordsIn } from "../language/tokens.ts";
import type { Field } from "../link/fields.ts";
import { type Item, operatorOf } from "../link/items.ts";
import type { DurationUnit } from "../query.ts";
import { fieldAbout, type Reading } from "../read/reading.ts";
import { ageField, tenureField } from "./ages.ts";
import { columnItem, textOf } from "./computed-field.ts";
import { dated, durationField } from "./spans.ts";

/** Words for a length of time. */
const lengths = /^(times?|durations?|delays?|lags?|lead times?|intervals?)$/i;
const unitWords: [RegExp, DurationUnit][] = [
  [/^(seconds?|secs?)$/i, "second"],
  [/^(minutes?|mins?)$/i, "minute"],
  [/^(hours?|hrs?)$/i, "hour"],
  [/^days?$/i, "day"],
  [/^weeks?$/i, "week"],
  [/^months?$/i, "month"],
  [/^years?$/i, "year"],
];
/** Words between "how long" and what is done. */
const filler =
  /^(does|do|did|is|are|was|were|has|have|had|been|it|they|we|us|you|typically|usually|normally|generally|on average|take|takes|took|taken|need|needs|needed|to|the|a|an|our|their|its|be|being|get|gets|for|until|till|last|lasts|lasted|of|in|each|from|stay|stays|wait|waits)$/i;
/** Lengths of time that have names of their own; the event that ends them, if the name tells. */
const named: [RegExp, string | null][] = [
  [/^(turnaround|turnarounds|turnaround times?)$/i, null],
  [/^(cycle|processing|handling|throughput|lead|waiting|wait|turnaround)$/i, null],
];

export function unitOf(text: string): DurationUnit | null {
  return unitWords.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

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
}

/** "tenure over 10 years": the unit is the column's own. */
function dropUnits({ items }: Reading): void {
  for (let at = 0; at < items.length; at++) {
    const item = items[at];
    if (item?.kind !== "column" || item.field.formula?.kind !== "duration") continue;
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

/** The words of an item that may tell of an event. */
const stemsOf = (item: Item) =>
  wordsIn(item.text)
    .map((word) => word.toLowerCase())
    .filter((word) => !/^(date|time|day|at|on|of|the|on|moment)$/.test(word));

/** Whether an item is the name of a column of numbers that says how long something takes. */
const isClause = (item: Item | undefined) => {
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
const tells = (item: Item) =>
  item.kind === "unknown" ||
  item.kind === "stop" ||
  (item.kind === "operator" && ["in", "upto", "since", "sort"].includes(item.operator.op)) ||
  (item.kind === "column" &&
    (item.field.role === "time" ||
      item.field.flag !== null ||
      item.link.unsaid === "modifier" ||
      item.field.role === "identifier")) ||
  item.kind === "rows";

/** "how long does it take to ship an order", "how long do patients stay" */
function howLong(reading: Reading, at: number): Asked | null {
  const { items } = reading;
  if (!/^how long$/i.test(textOf(items, at, at + 2)) && !/^how long$/i.test(items[at]?.text ?? "")) return null;
  const from = at;
  let to = /^how long$/i.test(items[at]?.text ?? "") ? at + 1 : at + 2;
  const ends: string[] = [];
  const starts: string[] = [];
  const rows: string[] = [];
  let into = ends;
  for (; to < items.length; to++) {
    const item = items[to];
    if (item?.kind === "value") continue;
    if (!item || isClause(item) || !tells(item)) break;
    if (/^from$/i.test(item.text)) into = starts;
    else if (/^(to|until|till)$/i.test(item.text)) into = ends;
    else if (/^(stay|stays)$/i.test(item.text)) ends.push("leave");
    else if (/^market$/i.test(item.text)) ends.splice(0, ends.length, "sell");
    else if (item.kind === "rows") rows.push(...stemsOf(item));
    else if (!filler.test(item.text)) into.push(...stemsOf(item));
  }
  // "how long does a delivery take"
  if (ends.length + starts.length === 0) ends.push(...rows);
  return { from, to, ends, starts, unit: null, open: true };
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
  if (!joins) return null;
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
    if (!one || (!and && (isClause(one) || !tells(one)))) break;
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
    return { from: at, to: at + 1, ends: words, starts: [], unit: null, open: false };
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
  const generic = named.some(([pattern]) => pattern.test(item.text));
  if (item.kind === "unknown" && /^turnarounds?$/i.test(item.text) && !length)
    return { from: at, to: at + 1, ends: [], starts: [], unit: null, open: true };
  if (!length || !tells(item) || item.kind === "rows") return null;
  if (generic) return { from: at, to: at + 2, ends: [], starts: [], unit: null, open: true };
  if (item.kind === "stop" || item.kind === "operator") return null;
  return { from: at, to: at + 2, ends: words, starts: [], unit: null, open: false };
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
    return { from: at, to: at + 3, ends: ["leave"], starts: [], unit: null, open: true };
  const before = operatorOf(items[at - 1]);
  const long = before && (before.op === "superlative" || before.op === "compare") && before.about.includes("duration");
  const slow = before?.op === "superlative" && before.about.includes("speed");
  if (!long && !slow) return null;
  const from = /^to$/i.test(item.text) ? at + 1 : at;
  const event = items[from];
  if (!event || event.kind === "number" || event.kind === "stop" || !tells(event)) return null;
  if (/^(stays?)$/i.test(event.text))
    return { from, to: from + 1, ends: ["leave"], starts: [], unit: null, open: true };
  const to = lengths.test(items[from + 1]?.text ?? "") ? from + 2 : from + 1;
  return { from, to, ends: stemsOf(event), starts: [], unit: null, open: false };
}

/**
 * "which agent closes tickets fastest", "slowest 5 tickets": the length of time comes to stand after the superlative,
 * where a measure would.
 */
function takeSlowest(reading: Reading): void {
  const { items, table } = reading;
  for (let at = 0; at < items.length; at++) {
    const operator = operatorOf(items[at]);
    if (operator?.op !== "superlative" || !/^(slowest|fastest|quickest|longest|shortest)$/i.test(items[at]?.text ?? ""))
      continue;
    const measured = items.some((one) => one.kind === "column" && one.field.numeric && one.field.role === "measure");
    if (measured || fieldAbout(table, [...operator.about, "duration", "time", "speed"])) continue;
    const next = items[at + 1];
    const done = items.findLastIndex(
      (one, index) => index < at && one.kind !== "stop" && one.kind !== "rows" && tells(one) && isEvent(reading, one),
    );
    const ended = next === undefined || next.kind === "break" || isClause(next);
    if (ended && done >= 0) {
      const event = items[done];
      const field = event && durationField(reading, { starts: [], ends: stemsOf(event), open: false, unit: null });
      if (!field || !event) continue;
      items[at] = lengthEnd(items[at]?.text ?? "");
      items.splice(at + 1, 0, columnItem(field, event.text));
      items.splice(done, 1);
      for (const [index, one] of items.entries())
        if (one.kind === "rows" && index < at) items[index] = { kind: "stop", text: one.text, used: false };
      continue;
    }
    const counted = next?.kind === "number" ? at + 2 : at + 1;
    const rows = items[counted];
    if (rows?.kind !== "rows") continue;
    const field =
      durationField(reading, { starts: [], ends: stemsOf(rows), open: false, unit: null }) ??
      durationField(reading, { starts: [], ends: [], open: true, unit: null });
    if (!field) continue;
    items[at] = lengthEnd(items[at]?.text ?? "");
    items.splice(counted, 0, columnItem(field, items[at]?.text ?? ""));
  }
}

/** The slowest takes longest. */
function lengthEnd(text: string): Item {
  const end = /^(slowest|longest)$/i.test(text) ? "max" : "min";
  return { kind: "operator", operator: { op: "superlative", end, about: [] }, words: 1, text, used: false };
}

/** Whether a word tells of an event that a column of dates tells the time of. */
function isEvent(reading: Reading, item: Item): boolean {
  return dated(reading.table.fields).some((field) =>
    stemsOf(item).some((word) => wordsIn(field.id).some((one) => sameEvent(word, one.toLowerCase()) > 0)),
  );
}

/** "closed within 60 minutes", "delivered in less than 4 days", "shipped in under 2 days" */
function takeLimits(reading: Reading): void {
  const { items } = reading;
  for (let at = 0; at < items.length; at++) {
    const number = items[at];
    const unit = unitOf(items[at + 1]?.text ?? "");
    if (number?.kind !== "number" || !unit) continue;
    const compare = operatorOf(items[at - 1]);
    const within = /^within$/i.test(items[at - 1]?.text ?? "");
    if (!within && compare?.op !== "compare") continue;
    const event = within || !/^(in|after|for)$/i.test(items[at - 2]?.text ?? "") ? at - 2 : at - 3;
    const item = items[event];
    if (
      !item ||
      !tells(item) ||
      lengths.test(item.text) ||
      item.kind === "rows" ||
      item.kind === "stop" ||
      item.kind === "operator"
    )
      continue;
    const field = durationField(reading, { starts: [], ends: stemsOf(item), open: false, unit });
    if (!field) continue;
    const comparison: Operator = within
      ? { op: "compare", comparison: "<=", time: false, about: [], after: false }
      : {
          op: "compare",
          comparison: compare?.op === "compare" ? compare.comparison : "<",
          time: false,
          about: [],
          after: false,
        };
    const text = textOf(items, event + 1, at);
    items.splice(
      event,
      at + 2 - event,
      columnItem(field, item.text),
      { kind: "operator", operator: comparison, words: 1, text, used: false },
      number,
    );
    at = event + 2;
  }
}

/** "how old are the employees", "how old is the oldest" */
function takeHowOld({ items }: Reading): void {
  const at = items.findIndex(({ text }, index) => /^old$/i.test(text) && /^how$/i.test(items[index - 1]?.text ?? ""));
  if (at < 0) return;
  const extreme = items.some((item) => {
    const operator = operatorOf(item);
    return operator?.op === "superlative" && operator.about.includes("age");
  });
  if (extreme) items.splice(at, 1);
  else items[at] = { kind: "unknown", capital: false, text: "age", used: false };
}

/** "age", "oldest", "older than", "tenure", "longest serving", where there is a date of birth or of joining. */
function takeAges(reading: Reading): void {
  const { items, table } = reading;
  takeHowOld(reading);
  const said = (pattern: RegExp) => items.findIndex(({ text }) => pattern.test(text));
  const isAge = (field: Field) =>
    field.numeric && field.role !== "time" && field.names.some((name) => name.some((word) => word.stem === "age"));
  const age = said(/^ages?$/i);
  if (!table.fields.some(isAge)) {
    if (age >= 0 && items[age]?.kind !== "value") {
      const field = ageField(reading);
      if (field) items.splice(age, 1, columnItem(field, items[age]?.text ?? ""));
    }
    for (let at = 0; at < items.length; at++) {
      const operator = operatorOf(items[at]);
      if ((operator?.op !== "superlative" && operator?.op !== "compare") || !operator.about.includes("age")) continue;
      const beside = items[at + 1]?.kind === "column" ? items[at + 1] : items[at - 1];
      if (beside?.kind === "column" && beside.field.formula) continue;
      const field = ageField(reading);
      if (!field) continue;
      if (operator.op === "superlative") items.splice(at + 1, 0, columnItem(field, "age"));
      else items.splice(at, 0, columnItem(field, "age"));
      at++;
    }
  }
  for (let at = 0; at < items.length; at++) {
    const text = items[at]?.text ?? "";
    const phrase = /^(serving|employed|tenured)$/i.test(text) && operatorOf(items[at - 1])?.op === "superlative";
    const service = /^length$/i.test(text) && /^of (service|employment)$/i.test(textOf(items, at + 1, at + 3));
    if (!/^(tenures?|seniority)$/i.test(text) && !phrase && !service) continue;
    if (items[at]?.kind === "column" && !phrase && items[at]?.text !== "length") continue;
    const field = tenureField(reading);
    if (field) items.splice(at, service ? 3 : 1, columnItem(field, service ? textOf(items, at, at + 3) : text));
  }
}
