import { endsIt, sameEvent } from "../../language/events.ts";
import { stateSaid, undone } from "../../language/states.ts";
import { stem } from "../../language/stem.ts";
import { wordsIn } from "../../language/tokens.ts";
import { type Field, isRowNoun, nameWords } from "../../link/fields.ts";
import { type Item, type ItemOf, operatorOf } from "../../link/items.ts";
import type { Reading } from "../../read/reading.ts";
import { relativeAt } from "../../read/relative-range.ts";
import { columnItem, shareItem, textOf } from "../computed-field.ts";
import { valueItem } from "../ratios/rates.ts";
import { endField, type State, stateField, statusOf } from "./ended.ts";

/**
 * "unsold homes", "members who have not cancelled", "still open", "active members", "sold": where a column tells when
 * something ended, or a status says so, rows are in one of two states. The words become a value of a computed column.
 */
export function takeStates(reading: Reading): void {
  takeOrdering(reading);
  takeChurn(reading);
  for (let at = 0; at < reading.items.length; at++) {
    const said = notDone(reading, at) ?? named(reading, at) ?? done(reading, at);
    if (said) put(reading, said);
  }
  refuseStill(reading);
}

/** "what did Acme order last month": what was done, and no order of rows. */
function takeOrdering({ items }: Reading): void {
  for (const [at, item] of items.entries())
    if (operatorOf(item)?.op === "sort" && /^order(s|ed)?$/i.test(item.text) && isTimeNext(items, at + 1))
      items[at] = { kind: /ed$/i.test(item.text) ? "stop" : "rows", text: item.text, used: false };
}

function isTimeNext(items: Item[], at: number): boolean {
  if (relativeAt(items, at)) return true;
  const cue = /^(in|on|since|before|after|during|between|from)$/i.test(items[at]?.text ?? "");
  const next = items[at + 1];
  const year = next?.kind === "number" && next.value >= 1900 && next.value < 2200;
  return cue && (next?.kind === "period" || year || relativeAt(items, at + 1) !== null);
}

interface Said {
  from: number;
  to: number;
  ended: boolean;
  events: string[];
  /** The column that tells when, where the words name it. */
  end?: Field;
}

function put(reading: Reading, { from, to, ended, events, end }: Said): void {
  const { items, assumptions } = reading;
  const state = stateOf(reading, events, ended, end);
  const text = textOf(items, from, to);
  if (!state) {
    const beside = [items[from - 1], items[to]].some((one) => one?.kind === "rows");
    if (items[from]?.kind === "unknown" && beside)
      reading.objections.add(`Nothing in the data tells what is “${text}”.`);
    return;
  }
  items.splice(from, to - from, state.item(text));
  assumptions.add(`“${text}” is read as: ${state.note}.`);
  restoreAmount(items, from + 1);
  if (!ended) refuseDone(reading, events, text);
  // "open order"
  const next = items[from + 1];
  const noun = operatorOf(next)?.op === "sort" || (next?.kind === "column" && next.field.role === "time");
  if (noun && next && isRowNoun(stem(next.text), reading.table))
    items[from + 1] = { kind: "rows", text: next.text, used: false };
}

/** "outstanding amount" of an `amount_paid`: of what was not done, there is none. */
function refuseDone({ items, objections }: Reading, events: string[], text: string): void {
  for (const item of items)
    if (
      item.kind === "column" &&
      item.field.role === "measure" &&
      nameWords(item.field).some((word) => isDone(word, events))
    )
      objections.add(`${item.field.name} tells nothing of what is “${text}”: name another amount.`);
}

const isDone = (word: string, events: string[]) =>
  /(ed|id|ld|nt)$/.test(word) && events.some((event) => sameEvent(event, word) > 0);

/** "overdue amount": the word before, which made it another amount, is none of its name. */
export function restoreAmount(items: Item[], at: number): void {
  const item = items[at];
  if (item?.kind === "unknown" && item.about) items[at] = columnItem(item.about, item.text);
}

/** What the data tells of an end: a column of dates that is empty until then, else a status. */
function stateOf(reading: Reading, events: string[], ended: boolean, named?: Field): State | null {
  const { table } = reading;
  const end = named ?? endField(table, events, !ended);
  if (!end) return statusOf(table, events, ended);
  const { field, yes, no } = stateField(table, end);
  return {
    item: (text) => valueItem(field, ended ? yes : no, text),
    note: `${end.name} is ${ended ? "known" : "empty"}`,
  };
}

/** "unsold", "not yet shipped", "have not been paid", "yet to be paid", "awaiting payment" */
function notDone({ items }: Reading, at: number): Said | null {
  const item = items[at];
  if (!item || item.kind === "value" || item.used) return null;
  const rest = item.kind === "unknown" ? undone(item.text) : null;
  if (rest && endsIt(rest)) return { from: at, to: at + 1, ended: false, events: [rest] };
  const negated = operatorOf(item)?.op === "not" && !/^(no|except|excluding|exclude|besides)$/i.test(item.text);
  const waits = /^(awaiting|pending)$/i.test(item.text);
  const next = items[at + 1]?.text ?? "";
  const yet =
    (/^(yet|still|waiting|remaining|left|due)$/i.test(item.text) && /^to$/i.test(next)) ||
    (/^waiting$/i.test(item.text) && /^for$/i.test(next));
  if (!negated && !waits && !yet) return null;
  let event = at + 1;
  while (/^(yet|for|been|be|being|already|to|have|has|had|got|ever|a|an|the)$/i.test(items[event]?.text ?? "")) event++;
  const told = items[event];
  const end = told?.kind === "column" && isOpen(told) ? told.field : undefined;
  // "waiting for delivery" in a table of parcels
  const awaited = told?.kind === "rows" && (yet || waits) && eventsOf(told).some(endsIt);
  if (!told || !(end || awaited || tellsEnd(told)) || isTimed(items, event + 1)) return null;
  const yetAfter = /^yet$/i.test(items[event + 1]?.text ?? "") ? 1 : 0;
  const date = negated && /^(date|day)$/i.test(items[event + 1]?.text ?? "") ? 1 : 0;
  return { from: at, to: event + 1 + yetAfter + date, ended: false, events: eventsOf(told), ...(end && { end }) };
}

/** "not picked up": a column of dates that some rows lack, by what it is called whole. */
function isOpen({ field, text, link }: ItemOf<"column">): boolean {
  return (
    field.role === "time" &&
    field.column.profile.nullCount > 0 &&
    link.score >= 0.95 &&
    /(ed|en|t) ?(on|at|up|off|out|in)?$/i.test(text)
  );
}

/** Whether a word tells that something ended: "returned", "payment". */
function tellsEnd(item: Item): boolean {
  const free =
    item.kind === "unknown" ||
    item.kind === "stop" ||
    (item.kind === "column" && (item.field.role === "time" || item.link.unsaid === "head"));
  return free && eventsOf(item).some(endsIt);
}

const eventsOf = (item: Item) =>
  wordsIn(item.text)
    .map((word) => word.toLowerCase())
    .filter((word) => !/^(date|time|day|at|on)$/.test(word));

/** "not paid since June" is about the time. */
function isTimed(items: Item[], at: number): boolean {
  const [next, after] = [items[at], items[at + 1]];
  const cue = ["in", "since", "between"].includes(operatorOf(next)?.op ?? "") || operatorOf(next)?.op === "compare";
  return next?.kind === "period" || (cue && (after?.kind === "period" || after?.kind === "number"));
}

/** "still open", "for sale", "active", "current members", "former" */
function named({ items, table }: Reading, at: number): Said | null {
  const item = items[at];
  if (!item || item.kind === "value" || item.used) return null;
  const opened = item.kind === "column" && item.field.role === "time" && /^open$/i.test(item.text);
  const sale = operatorOf(item)?.op === "in" || /^up$/i.test(item.text);
  if (item.kind !== "unknown" && item.kind !== "stop" && !sale && !opened) return null;
  const said = stateSaid(textOf(items, at, at + 4));
  if (said) {
    const values = items.slice(at, at + said.length).some(({ kind }) => kind === "value");
    return values ? null : { from: at, to: at + said.length, ended: said.ended, events: said.events };
  }
  // "how much does Elm owe us"
  if (item.kind === "unknown" && /^(owes?|owed|owing)$/i.test(item.text))
    return { from: at, to: at + 1, ended: false, events: ["pay"] };
  // "current employees", "people who are still members"
  const next = items[at + 1];
  const rows = next?.kind === "rows" || (next?.kind === "column" && isRowNoun(stem(next.text), table));
  if (/^(current|present|remaining|still)$/i.test(item.text) && rows) {
    const still = /^still$/i.test(item.text);
    return { from: at, to: at + 1, ended: false, events: still ? ["leave", "cancel", "end"] : [] };
  }
  return null;
}

/** "sold homes", "how many members cancelled", "invoices that are settled" */
function done({ items, table }: Reading, at: number): Said | null {
  const item = items[at];
  if (!item || item.used || !/(ed|id|ld|ft|nt|ne)$/i.test(item.text) || /\s/.test(item.text)) return null;
  const column = item.kind === "column" && item.field.role === "time";
  if (item.kind !== "unknown" && !column && item.kind !== "stop") return null;
  if (!eventsOf(item).some(endsIt) || items.some(({ text }) => /^when$/i.test(text))) return null;
  const end = endField(table, eventsOf(item), true);
  if (!end || (column && item.field !== end)) return null;
  const [before, next] = [items[at - 1], items[at + 1]];
  const cue = operatorOf(before)?.op ?? "";
  if (["group", "series", "superlative", "aggregate", "sort", "not", "top", "versus"].includes(cue)) return null;
  if (/^(date|time|at|on|price|amount|value|with|by)$/i.test(next?.text ?? "") && !/^by$/i.test(next?.text ?? ""))
    return null;
  if (next?.text === "," || isOrdered(items)) return null;
  const isRows = (one: Item | undefined) =>
    one?.kind === "rows" || (one?.kind === "column" && wordsIn(one.text).every((word) => isRowNoun(stem(word), table)));
  const said = /^(is|are|was|were|been|have|has|had|who|that|already|be|being|get|got)$/i.test(before?.text ?? "");
  const described = isRows(before) || isRows(next) || said;
  return described || (at === 0 && next !== undefined)
    ? { from: at, to: at + 1, ended: true, events: eventsOf(item) }
    : null;
}

/** "first sold", "latest closed": the time itself is asked for; not so in "last year". */
function isOrdered(items: Item[]): boolean {
  return items.some((item, at) => {
    const operator = operatorOf(item);
    return operator?.op === "superlative" && operator.about.includes("date") && relativeAt(items, at) === null;
  });
}

/** "churn rate", "retention by plan": the share of those that have left, or have not. */
function takeChurn(reading: Reading): void {
  const { items, assumptions } = reading;
  for (let at = 0; at < items.length; at++) {
    const said = items[at];
    // "turnover rate" is one phrase of the lexicon.
    if (said && operatorOf(said)?.op === "uncomputed" && /^turnover rate$/i.test(said.text))
      items.splice(
        at,
        1,
        ...["turnover", "rate"].map((text): Item => ({ kind: "unknown", capital: false, text, used: false })),
      );
    const word = items[at]?.text ?? "";
    const stays = /^retention$/i.test(word);
    if (items[at]?.kind !== "unknown" || !(stays || /^(churn|attrition|turnover)$/i.test(word))) continue;
    const rate = /^(rates?)$/i.test(items[at + 1]?.text ?? "");
    if (!rate && !/^(churn|attrition|retention)$/i.test(word)) continue;
    const state = stateOf(reading, ["cancel", "leave", "terminate", "churn", "end"], !stays);
    if (!state) continue;
    const text = textOf(items, at, at + (rate ? 2 : 1));
    items.splice(at, rate ? 2 : 1, shareItem("share"), state.item(text));
    assumptions.add(`“${text}” is read as the share of all rows, of whatever time, whose ${state.note}.`);
  }
}

/** "still" and "left" leave out those that are no more: an answer over all rows would be another. */
function refuseStill({ items, objections }: Reading): void {
  const counts = items.some((item) => operatorOf(item)?.op === "count");
  const free = ({ kind }: Item) => kind === "stop" || kind === "unknown";
  const kept = items.findIndex(
    (item, index) =>
      free(item) &&
      (/^left$/i.test(item.text) ||
        (/^(have|got)$/i.test(item.text) && items.slice(0, index).some(({ text }) => /^still$/i.test(text)))) &&
      items.slice(index + 1).every((one) => free(one) || one.kind === "break"),
  );
  if (counts && kept >= 0) objections.add("Nothing in the data tells how many are left.");
  const at = items.findIndex(({ text, kind }) => kind === "stop" && /^still$/i.test(text));
  const next = items[at + 1];
  if (at < 0 || next?.kind === "value" || operatorOf(next)?.op === "not") return;
  if (next?.kind === "rows" || next?.kind === "unknown" || next === undefined)
    objections.add(`Nothing in the data tells what is still so: “${textOf(items, at, at + 2)}” can't be answered.`);
}
