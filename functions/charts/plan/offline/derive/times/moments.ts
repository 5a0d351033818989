import { begins, endsIt, sameEvent } from "../../language/events.ts";
import { wordsIn } from "../../language/tokens.ts";
import { type Field, nameWords } from "../../link/fields.ts";
import { type Item, operatorOf } from "../../link/items.ts";
import { grainFor } from "../../read/grain.ts";
import { quantities } from "../../read/missing.ts";
import { type Reading, timeField } from "../../read/reading.ts";
import { columnItem } from "../computed-field.ts";
import { valueItem } from "../ratios/rates.ts";
import { stateField, statusOf } from "./ended.ts";
import { dated } from "./spans.ts";
import { grainAt } from "./steps.ts";

/** Words for when things happened, and for the happenings themselves. */
export function takeMoments(reading: Reading): void {
  refusePairs(reading);
  takeHappenings(reading);
  takeNew(reading);
  takeSinceWhen(reading);
  takeWhenHighest(reading);
  takePeaks(reading);
}

const isDate = (field: Field) => dated([field]).length > 0;

/** "joined vs cancelled per year": each row has both times, so there is no one count of rows that tells both. */
function refusePairs({ items, objections }: Reading): void {
  for (const [at, item] of items.entries()) {
    const [before, after] = [items[at - 1], items[at + 1]];
    if (operatorOf(item)?.op !== "versus" || before?.kind !== "column" || after?.kind !== "column") continue;
    if (isDate(before.field) && isDate(after.field) && before.field !== after.field)
      objections.add(
        `${before.field.name} and ${after.field.name} are two times of the same row: ask for each by itself, such as how many by ${before.field.name}.`,
      );
  }
}

/**
 * "arrivals by doctor" where `arrival` tells when, "cancellations by plan", "signups per month" of `joined`: the rows are
 * meant, those to which it has happened, and the time is that column's.
 */
function takeHappenings({ items, table, assumptions }: Reading): void {
  for (let at = 0; at < items.length; at++) {
    const item = items[at];
    const text = item?.text.toLowerCase() ?? "";
    if (!item || !/^([a-z]{4,}[^s]s|[a-z]{4,}[ -](ins|outs|offs|ups))$/.test(text) || quantities.test(text)) continue;
    if (/^(day|date|time|hour|week|month|quarter|year)s$/.test(text)) continue;
    if (["group", "series", "versus"].includes(operatorOf(items[at - 1])?.op ?? "")) continue;
    if (/^(dates?|times?|rates?)$/i.test(items[at + 1]?.text ?? "")) continue;
    const field = item.kind === "column" && isDate(item.field) ? item.field : null;
    // "adoptions" are no `Adoption fee`.
    const free =
      item.kind === "unknown" || (item.kind === "column" && item.field.numeric && item.link.unsaid === "head");
    const told = field ?? (free ? happeningOf(dated(table.fields), text) : null);
    const status = told === null && item.kind === "unknown" && endsIt(text) ? statusOf(table, [text], true) : null;
    if (status) {
      items.splice(at, 1, status.item(item.text), { kind: "rows", text: item.text, used: false });
      assumptions.add(`“${item.text}” are the rows of which ${status.note}.`);
      at++;
    }
    if (!told || /birth|[dy]ob(?![a-z])/i.test(told.id) || (field && said(field, text))) continue;
    const rows: Item = { kind: "rows", text: item.text, used: false };
    if (told.column.profile.nullCount === 0) {
      items[at] = rows;
      if (!field) assumptions.add(`“${item.text}” are the rows of the table, by their ${told.name}.`);
      continue;
    }
    const { field: state, yes } = stateField(table, told);
    items.splice(at, 1, valueItem(state, yes, item.text), rows);
    assumptions.add(`“${item.text}” are the rows whose ${told.name} is known.`);
    at++;
  }
}

/** Whether a column is called by the very word. */
function said({ id }: Field, text: string): boolean {
  return wordsIn(id).some((word) => word.toLowerCase() === text);
}

/** The column that tells when something happened that a noun names. */
function happeningOf(fields: Field[], noun: string): Field | null {
  return fields.find((field) => nameWords(field).some((word) => sameEvent(noun, word) > 0)) ?? null;
}

/** "new members this year": those that began then. */
function takeNew(reading: Reading): void {
  const { items, table, assumptions, objections } = reading;
  const at = items.findIndex(({ text, kind }) => kind === "unknown" && /^new$/i.test(text));
  const next = items[at + 1];
  if (at < 0 || !(next?.kind === "rows" || (next?.kind === "column" && next.field.unique))) return;
  const begun = dated(table.fields).find(
    ({ id }) => !/birth|born|[dy]ob(?![a-z])/i.test(id) && wordsIn(id).some((word) => begins(word.toLowerCase())),
  );
  if (!begun) return;
  items[at] = { kind: "stop", text: items[at]?.text ?? "", used: true };
  if (/^net$/i.test(items[at - 1]?.text ?? ""))
    objections.add("One count can't tell those that began less those that ended: ask for each by itself.");
  assumptions.add(`“new ${next.text}” are counted by their ${begun.name}.`);
}

/** "since when do we have members", "until when": the first or last time there is. */
function takeSinceWhen(reading: Reading): void {
  const { items } = reading;
  const at = items.findIndex(
    ({ text }, index) => /^(since|from|until|till)$/i.test(text) && /^when$/i.test(items[index + 1]?.text ?? ""),
  );
  const field = at < 0 ? null : timeField(reading, true, isDate);
  if (!field) return;
  const last = /^(until|till)$/i.test(items[at]?.text ?? "");
  const operator = { op: "aggregate", aggregate: last ? "max" : "min" } as const;
  const named = items.findIndex((item) => item.kind === "column" && item.field === field);
  if (named >= 0) items.splice(named, 1);
  items.splice(
    at,
    2,
    { kind: "operator", operator, words: 1, text: last ? "last" : "first", used: false },
    columnItem(field, "when"),
  );
}

/** "when did the North have its highest sales": in which step of time. */
function takeWhenHighest(reading: Reading): void {
  const { items } = reading;
  const at = items.findIndex(({ text }) => /^when$/i.test(text));
  const highest = items.some((item) => {
    const operator = operatorOf(item);
    return operator?.op === "superlative" && !operator.about.some((word) => /^(date|time|age)$/.test(word));
  });
  const stepped = items.some((item) => operatorOf(item)?.op === "grain");
  const field = at >= 0 && highest && !stepped ? timeField(reading, true, isDate) : null;
  if (!field) return;
  items.splice(
    at,
    1,
    { kind: "operator", operator: { op: "which" }, words: 1, text: "which", used: false },
    {
      kind: "operator",
      operator: { op: "grain", grain: grainFor(field) },
      words: 1,
      text: grainFor(field),
      used: false,
    },
  );
}

/** "peak hour" is the busiest; hours are those of the day, unless the question tells of one day. */
function takePeaks({ items, assumptions }: Reading): void {
  for (const [at, item] of items.entries()) {
    const next = items[at + 1];
    const grain = grainAt(next);
    if (!/^(peak|busiest|quietest|slowest)$/i.test(item.text) || grain === null || next === undefined) continue;
    const end = /^(quietest|slowest)$/i.test(item.text) ? "min" : "max";
    const counted = !items.some((one) => one.kind === "column" && one.field.role === "measure" && !one.used);
    items[at] = {
      kind: "operator",
      operator: { op: "superlative", end, about: counted ? ["count"] : [] },
      words: 1,
      text: item.text,
      used: false,
    };
    if (counted) assumptions.add(`“${item.text}” is read as the ${end === "max" ? "most" : "fewest"} rows.`);
    const step = grain === "hour" ? "hour-of-day" : grain;
    items[at + 1] = {
      kind: "operator",
      operator: { op: "grain", grain: step },
      words: 1,
      text: next.text,
      used: false,
    };
    if (grain !== "hour") continue;
    assumptions.add(`“${next.text}” is read as the hour of the day.`);
  }
}
