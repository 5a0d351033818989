import type { Field } from "../../link/fields.ts";
import { type Item, operatorOf } from "../../link/items.ts";
import { type Reading, timeField } from "../../read/reading.ts";
import {
  type Days,
  daysOf,
  endOf,
  isoDay,
  type Relative,
  relativeAt,
  type Step,
  shifted,
  stepOf,
} from "../../read/relative-range.ts";
import { columnItem, computedField, textOf } from "../computed-field.ts";
import { timeSaid } from "./steps.ts";

/** How far before the first period the second lies; `own`: by its own length; `open`: the question leaves it open. */
type Back = { step: Step; count: number } | "own" | "open";

interface Pair {
  from: number;
  to: number;
  first: Relative;
  back: Back;
}

/**
 * "this year vs last year", "last 3 months compared with the same months last year", "year to date vs last year": the two
 * periods beside each other, both to the same day, as half of this year is no match for the whole of the last.
 */
export function takePeriodPairs(reading: Reading): void {
  const { items, table, assumptions } = reading;
  const found = items.map((_, at) => pairAt(items, at)).find((pair) => pair !== null);
  if (!found) return;
  const field = timeField(reading, true, (one) => endOf(one) !== null);
  const end = field && endOf(field);
  if (!field?.holds || !end) return;
  const now = daysOf(found.first, end);
  timeSaid(items, field.id);
  const { back, note } = backOf(found, now, field);
  const then = { from: shifted(now.from, back.step, -back.count), before: shifted(now.before, back.step, -back.count) };
  const spans = [then, now].map((days) => ({
    name: nameOf(days),
    from: isoDay(days.from),
    before: isoDay(days.before),
  }));
  const period = computedField(
    table,
    "Period",
    { kind: "span", column: field.id, holds: field.holds, spans },
    { role: "dimension", numeric: false, distinct: 2 },
  );
  const text = textOf(items, found.from, found.to);
  const [one, other] = spans;
  assumptions.add(
    `“${text}” is read as ${other?.name} beside ${one?.name}: both as far as the data goes, which ends on ${isoDay(end)}.${note}`,
  );
  const cue = operatorOf(items[found.from - 1])?.op === "in" ? found.from - 1 : found.from;
  items.splice(cue, found.to - cue, seriesItem(), columnItem(period, text));
  for (const [at, item] of items.entries()) {
    const operator = operatorOf(item);
    // The months of the two years beside each other.
    if (operator?.op === "grain" && operator.grain === "month" && back.step === "year" && item.kind === "operator")
      item.operator = { op: "grain", grain: "month-of-year" };
    if (/^(compare|compared|comparing|comparison)$/i.test(item.text))
      items[at] = { kind: "stop", text: item.text, used: true };
  }
}

function seriesItem(): Item {
  return { kind: "operator", operator: { op: "series" }, words: 1, text: "by", used: false };
}

function pairAt(items: Item[], at: number): Pair | null {
  const first = relativeAt(items, at);
  const join = first ? at + first.length : at;
  const versus = operatorOf(items[join])?.op === "versus" || /^(than|compared?)$/i.test(items[join]?.text ?? "");
  if (!versus && !(first && (operatorOf(items[join])?.op === "and" || /^[,/]$/.test(items[join]?.text ?? ""))))
    return null;
  let second = join + 1;
  while (/^(the|that|in|of|a|to|with)$/i.test(items[second]?.text ?? "") && !relativeAt(items, second)) second++;
  const other = earlierAt(items, second);
  if (!other) {
    // "last year vs this year"
    const current = relativeAt(items, second);
    const turned = first?.kind === "previous" && current?.kind === "current" && first.step === current.step;
    return turned
      ? { from: at, to: second + current.length, first: current, back: { step: current.step, count: 1 } }
      : null;
  }
  if (!first) {
    // "sales compared with last year": this one is meant.
    const period = items[join - 1]?.kind === "period" || items[join - 1]?.kind === "number";
    if (!versus || period || typeof other.back === "string" || relativeBefore(items, join)) return null;
    const current: Relative = { kind: "current", count: 1, step: other.back.step, length: 0 };
    return { from: join, to: other.to, first: current, back: other.back };
  }
  // "last week and last month" are no two of a kind.
  const step = typeof other.back === "object" ? other.back.step : first.step;
  if (first.kind === "previous" && step !== first.step && step !== "year") return null;
  return { from: at, to: other.to, first, back: other.back };
}

function relativeBefore(items: Item[], join: number): boolean {
  return items.slice(0, join).some((_, at) => relativeAt(items, at) !== null);
}

/** "last year", "last year to date", "the same months last year", "the year before", "a month ago", "the previous period". */
function earlierAt(items: Item[], at: number): { to: number; back: Back } | null {
  const word = (index: number) => items[index]?.text.toLowerCase() ?? "";
  if (word(at) === "same") {
    let next = at + 1;
    while (next < items.length && next < at + 4 && !relativeAt(items, next) && !stepBefore(items, next)) next++;
    const found = earlierAt(items, next);
    return found && typeof found.back === "object" ? found : null;
  }
  const relative = relativeAt(items, at);
  if (relative?.kind === "previous") {
    const end = at + relative.length;
    const toDate = word(end) === "to" && word(end + 1) === "date" ? 2 : /^(ytd|mtd|qtd)$/.test(word(end)) ? 1 : 0;
    return { to: end + toDate, back: { step: relative.step, count: 1 } };
  }
  if (relative?.kind === "trailing" && /^(previous|prior)$/.test(word(at)))
    return { to: at + relative.length, back: "own" };
  if (/^(previous|prior)$/.test(word(at)) && /^(period|time|ones?)$/.test(word(at + 1)))
    return { to: at + 2, back: "own" };
  if (/^(before|earlier|previously)$/.test(word(at))) return { to: at + 1, back: "open" };
  return stepBefore(items, at);
}

/** "year before", "3 months earlier", "months before" */
function stepBefore(items: Item[], at: number): { to: number; back: Back } | null {
  const number = items[at]?.kind === "number" ? items[at] : null;
  const place = number ? at + 1 : at;
  const step = stepOf(items[place]);
  if (!step || !/^(before|earlier|ago|previously)$/i.test(items[place + 1]?.text ?? "")) return null;
  const count = number?.kind === "number" ? number.value : 1;
  const own = !number && /s$/i.test(items[place]?.text ?? "");
  return { to: place + 2, back: own ? "own" : { step, count } };
}

/** Where the question leaves it open: the same days of the year before, if the data goes back so far. */
function backOf({ first, back }: Pair, now: Days, field: Field): { back: { step: Step; count: number }; note: string } {
  if (typeof back === "object") return { back, note: "" };
  const known = isoDay(shifted(now.from, "year", -1)) >= String(field.column.profile.min).slice(0, 10);
  if (back === "open" && known)
    return { back: { step: "year", count: 1 }, note: " The earlier days are the same of the year before." };
  return { back: { step: first.step, count: first.count }, note: " The earlier days are those right before." };
}

/** "2023", "2023-04", or the first and the last day. */
function nameOf({ from, before }: Days): string {
  const [first, last] = [isoDay(from), isoDay(shifted(before, "day", -1))];
  if (first.endsWith("-01-01") && last === `${first.slice(0, 4)}-12-31`) return first.slice(0, 4);
  if (first.endsWith("-01") && last === isoDay(shifted(shifted(from, "month", 1), "day", -1))) return first.slice(0, 7);
  return first === last ? first : `${first} to ${last}`;
}
