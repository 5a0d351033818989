import { endsIt } from "../../language/events.ts";
import { dueWords, isAhead } from "../../language/states.ts";
import { wordsIn } from "../../language/tokens.ts";
import type { Field } from "../../link/fields.ts";
import { type Item, operatorOf } from "../../link/items.ts";
import type { Condition } from "../../query.ts";
import type { Reading } from "../../read/reading.ts";
import { relativeAt } from "../../read/relative-range.ts";
import { columnItem, computedField, shareItem, textOf } from "../computed-field.ts";
import { valueItem } from "../ratios/rates.ts";
import { asOf } from "./ages.ts";
import { endField } from "./ended.ts";
import { dated } from "./spans.ts";
import { restoreAmount } from "./states.ts";

/**
 * "overdue invoices", "not due yet", "paid late", "returned on time", where one column tells until when something is due
 * and another when it was done.
 */
export function takeDue(reading: Reading): void {
  takeDueWhen(reading);
  for (let at = 0; at < reading.items.length; at++) {
    const { items } = reading;
    const said = overdueAt(items, at) ?? deadlineAt(items, at) ?? lateAt(items, at);
    if (said) put(reading, said);
  }
}

/** "tasks due this month": by the time until when they are due. */
function takeDueWhen({ items, table }: Reading): void {
  const at = items.findIndex(({ text, kind }) => /^due$/i.test(text) && (kind === "unknown" || kind === "column"));
  const next = /^(in|on|by|before|after|since)$/i.test(items[at + 1]?.text ?? "") ? at + 2 : at + 1;
  const timed = relativeAt(items, next) !== null || ["period", "number"].includes(items[next]?.kind ?? "");
  const due = dated(table.fields).find(({ id }) => dueWords.test(id));
  if (at >= 0 && timed && due) items[at] = { ...columnItem(due, items[at]?.text ?? ""), used: true };
}

type Way = "Overdue" | "Not yet due" | "Late" | "On time";

interface Said {
  from: number;
  to: number;
  way: Way;
  /** Whether the share of those is asked for: "on time rate". */
  rate?: boolean;
  /** What was done, if the question says so. */
  events: string[];
}

/** When something was due and when it was done, the latter by words for it; null where the data does not tell both. */
export function dueAndDone(reading: Reading, events: string[]): { due: Field; done: Field } | null {
  const { table } = reading;
  const [due] = dated(table.fields).filter(({ id }) => dueWords.test(id));
  const done = due && (endField(table, events, false) ?? endField(table, [], false) ?? onlyOther(reading, due));
  return due && done && due !== done ? { due, done } : null;
}

/** Those that were late, or on time, as if the data had a column that says so. */
export function punctualityItem(
  { table }: Reading,
  { due, done }: { due: Field; done: Field },
  way: "Late" | "On time",
  text: string,
): Item {
  // What is done in the course of the day on which it was due is not late.
  const byDay = due.holds !== done.holds ? { byDay: true } : {};
  const compare = (comparison: ">" | "<="): Condition[] => [
    { kind: "compare-columns", column: done.id, comparison, other: due.id, ...byDay },
  ];
  const cases = [
    { name: "Late", when: compare(">") },
    { name: "On time", when: compare("<=") },
  ];
  const field = computedField(
    table,
    `Punctuality of ${done.name}`,
    { kind: "cases", cases, otherwise: null },
    { role: "dimension", numeric: false, distinct: 2 },
  );
  return valueItem(field, way, text);
}

function put(reading: Reading, { from, to, way, rate, events }: Said): void {
  const { items, table, assumptions, objections } = reading;
  const text = textOf(items, from, to).replace(" - ", "-");
  const ends = dueAndDone(reading, events);
  if (!ends) {
    objections.add(`The data does not tell both what was due and when it was done, so “${text}” can't be told.`);
    return;
  }
  const { due, done } = ends;
  if (way === "Overdue" || way === "Not yet due") {
    const isDone = { kind: "null", column: done.id, negated: true } as const;
    const word = wordsIn(done.id).find((one) => /(ed|id|ld)$/i.test(one)) ?? "done";
    const { day, from: why } = asOf(reading, (field) => field !== due && !isAhead(field.id));
    const dates = { kind: "dates", column: due.id, holds: due.holds === "timestamp" ? "timestamp" : "date" } as const;
    const open: Condition = { ...isDone, negated: false };
    const cases = [
      { name: `Already ${word.toLowerCase()}`, when: [isDone] },
      { name: "Overdue", when: [open, { ...dates, from: null, before: day }] },
      { name: "Not yet due", when: [open, { ...dates, from: day, before: null }] },
    ];
    const field = computedField(
      table,
      `State by ${due.name}`,
      { kind: "cases", cases, otherwise: null },
      { role: "dimension", numeric: false, distinct: 3 },
    );
    const when = way === "Overdue" ? "before" : "not before";
    assumptions.add(`“${text}” is read as: ${done.name} is empty and ${due.name} is ${when} ${day} (${why}).`);
    items.splice(from, to - from, valueItem(field, way, text));
    restoreAmount(items, from + 1);
    return;
  }
  const missing = done.column.profile.nullCount;
  const neither = missing > 0 ? `; the ${missing} rows without ${done.name} are neither` : "";
  assumptions.add(
    `“${text}” is read as: ${done.name} is ${way === "Late" ? "after" : "no later than"} ${due.name}${neither}.`,
  );
  const share = rate ? [shareItem(text)] : [];
  items.splice(from, to - from, ...share, punctualityItem(reading, ends, way, text));
}

/** Where there are just two ends, the one that is not due. */
function onlyOther({ table }: Reading, due: Field): Field | null {
  const ends = dated(table.fields).filter(
    (field) => field !== due && wordsIn(field.id).some((word) => endsIt(word.toLowerCase())),
  );
  return ends.length === 1 ? (ends[0] ?? null) : null;
}

/** "overdue", "past due", "not due yet" */
function overdueAt(items: Item[], at: number): Said | null {
  const text = items[at]?.text.toLowerCase() ?? "";
  if (items[at]?.kind === "value" || items[at]?.used) return null;
  if (text === "overdue") return { from: at, to: at + 1, way: "Overdue", events: [] };
  const due = (index: number) => /^due$/i.test(items[index]?.text ?? "");
  if (text === "past" && due(at + 1)) return { from: at, to: at + 2, way: "Overdue", events: [] };
  if (operatorOf(items[at])?.op !== "not") return null;
  const next = /^yet$/i.test(items[at + 1]?.text ?? "") ? at + 2 : at + 1;
  if (!due(next)) return null;
  const yet = /^yet$/i.test(items[next + 1]?.text ?? "") ? 1 : 0;
  return { from: at, to: next + 1 + yet, way: "Not yet due", events: [] };
}

/** "missed the deadline", "past deadline", "met their target date", "after the due date" */
function deadlineAt(items: Item[], at: number): Said | null {
  const text = items[at]?.text ?? "";
  const late = /^(missed|miss|misses|past|after|exceeded|breached)$/i.test(text);
  if (!late && !/^(met|meet|meets|made|before|within)$/i.test(text)) return null;
  let to = at + 1;
  while (/^(the|their|its|a|our)$/i.test(items[to]?.text ?? "")) to++;
  const due = items[to];
  const named =
    due?.kind === "column" ? dueWords.test(due.field.id) && due.field.role === "time" : due?.kind === "unknown";
  if (!named || !/^(deadlines?|due dates?|target dates?|promised dates?|sla)$/i.test(due?.text ?? "")) return null;
  return { from: at, to: to + 1, way: late ? "Late" : "On time", events: [] };
}

/** "paid late", "late returns", "delivered on time", "late", "on-time rate", "punctuality" */
function lateAt(items: Item[], at: number): Said | null {
  const item = items[at];
  if (!item || item.used || item.kind === "value" || (item.kind === "column" && item.field.role !== "time"))
    return null;
  if (item.kind === "unknown" && /^punctuality$/i.test(item.text))
    return { from: at, to: at + 1, way: "On time", rate: true, events: [] };
  // "returned on" may be a column's name.
  const glued = /^\S+ on$/i.test(item.text);
  const hyphen = items[at + 1]?.text === "-" ? 1 : 0;
  const came = /^(came|come|arrived?|delivered|paid|returned|finished|back)$/i.test(items[at - 1]?.text ?? "");
  const onTime =
    (glued || /^on$/i.test(item.text) || (came && /^in$/i.test(item.text))) &&
    /^time$/i.test(items[at + 1 + hyphen]?.text ?? "");
  const punctual = onTime || /^punctual(ly)?$/i.test(item.text);
  if (!punctual && !/^late$/i.test(item.text)) return null;
  const to = at + (onTime ? 2 + hyphen : 1);
  const way = punctual ? "On time" : "Late";
  // "late 2023", "late in the day"
  if (!punctual && ["period", "number"].includes(items[to]?.kind ?? "")) return null;
  const events = (one: Item | undefined) => {
    const words = one && one.kind !== "value" ? wordsIn(one.text).map((word) => word.toLowerCase()) : [];
    return words.filter((word) => !/^(date|on|at)$/.test(word) && endsIt(word));
  };
  const [before, next] = [events(items[at - 1]), events(items[to])];
  const isRate = (one: Item | undefined) =>
    /^(rates?|percentage|percent|share|ratio|performance)$/i.test(one?.text ?? "");
  if (isRate(items[to])) return { from: at, to: to + 1, way, rate: true, events: [] };
  if (next.length > 0 && isRate(items[to + 1])) return { from: at, to: to + 2, way, rate: true, events: next };
  if (glued && onTime) return { from: at, to, way, events: events(item) };
  if (before.length > 0) return { from: at - 1, to, way, events: before };
  if (next.length > 0 && items[to]?.kind !== "rows") return { from: at, to: to + 1, way, events: next };
  const rows = [items[at - 1], items[to]].some((one) => one?.kind === "rows" || one?.kind === "column");
  const described = /^(is|are|was|were|be|been|came|come|comes)$/i.test(items[at - 1]?.text ?? "");
  return rows || described || next.length > 0 ? { from: at, to, way, events: next } : null;
}
