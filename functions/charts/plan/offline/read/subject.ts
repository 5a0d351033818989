import { isCountable, persons } from "../language/row-words.ts";
import { stem } from "../language/stem.ts";
import { wordsIn } from "../language/tokens.ts";
import { isRowNoun } from "../link/fields.ts";
import { type Item, operatorOf } from "../link/items.ts";
import { quantities } from "./missing.ts";
import { doubt, neighbour, type Reading } from "./reading.ts";
import type { Selection } from "./selection.ts";
import { nearlyUnique } from "./shape.ts";

/** How what follows a noun says that it has the properties of a row: "readings with …", "patients older than …". */
const describing = /^(with|without|who|that|whose|having|where|which)$/i;

/** What a question is about, if no column is called so and what follows describes rows: "transactions mentioning …". */
export function takeSubject(reading: Reading): void {
  const { items, assumptions } = reading;
  takeOwnDays(reading);
  takeDescribed(items, assumptions);
  const index = items.findIndex(
    ({ kind, text }) => kind !== "stop" && !/^(list|which|what are|what are the|show all)$/i.test(text),
  );
  const item = items[index];
  const next = items[index + 1];
  takeDays(items);
  if (item?.kind !== "unknown" || !/([^s]s|^people)$/i.test(item.text)) return;
  const op = operatorOf(next)?.op ?? "";
  if (op === "group" && items[index + 2]?.kind === "column" && /^per$/i.test(next?.text ?? "")) return;
  const done = next?.kind === "column" && /ed$/i.test(next.text);
  // "drivers with the most deliveries" are who is looked for.
  const sought =
    /^with$/i.test(next?.text ?? "") &&
    ["superlative", "top"].includes(operatorOf(items[neighbour(items, index + 1, 1) ?? -1])?.op ?? "");
  if (sought && !item.about) return;
  if (!item.about && !done && !["compare", "text", "missing", "not"].includes(op) && !describing.test(next?.text ?? ""))
    return;
  items[index] = { kind: "rows", text: item.text, used: false, ...(item.about && { about: item.about }) };
  assumptions.add(`“${item.text}” are taken to be the rows of the table.`);
}

/** "days with no waste", "what % of days", "on rainy days" of a table that has a row for each day. */
function takeOwnDays(reading: Reading): void {
  const { items, table } = reading;
  const at = items.findIndex((item) => operatorOf(item)?.op === "grain" && /^days$/i.test(item.text));
  const before = items[at - 1];
  const counted =
    before?.kind === "number" ||
    ["group", "series", "compare", "between", "count"].includes(operatorOf(before)?.op ?? "");
  if (at < 0 || counted || /^(last|past|next|by|per|of)$/i.test(items[at + 1]?.text ?? "")) return;
  const days = table.fields.filter(({ role, holds }) => role === "time" && holds === "date");
  const [day] = days;
  if (days.length !== 1 || !day?.unique) return;
  items[at] = { kind: "rows", text: items[at]?.text ?? "", used: false };
}

/** "rainy days per location": days of observations are what is counted. */
function takeDays(items: Item[]): void {
  const index = items.findIndex(({ kind }) => kind !== "stop" && kind !== "value");
  const item = items[index];
  const by = items[index + 1];
  const whole = items[index + 2];
  const isDays = /^days$/i.test(item?.text ?? "") && items[index - 1]?.kind === "value";
  if (!item || !isDays || operatorOf(by)?.op !== "group" || whole?.kind !== "column" || whole.field.role === "time")
    return;
  items[index] = { kind: "rows", text: item.text, used: false };
}

/** A noun that nothing names, described by a value before it or by what follows: "borrowers who defaulted". */
function takeDescribed(items: Item[], assumptions: Set<string>): void {
  for (const [index, item] of items.entries()) {
    if (item.kind !== "unknown" || !/[^s]s$/i.test(item.text) || item.capital || quantities.test(item.text)) continue;
    const before = items[index - 1];
    const next = items[index + 1];
    const followed = /^(who|that|whose|with|which)$/i.test(next?.text ?? "") && /^(of|for)$/i.test(before?.text ?? "");
    const valued =
      (before?.kind === "value" && before.link.score > 0.7) ||
      (before?.kind === "column" && before.field.flag !== null);
    const ends =
      next === undefined || next.kind === "break" || ["group", "in", "series"].includes(operatorOf(next)?.op ?? "");
    // "how many patients" of a `patient_age`
    const people = item.about !== undefined && persons.has(stem(item.text));
    if (!followed && !(valued && ends) && !people) continue;
    items[index] = { kind: "rows", text: item.text, used: false };
    assumptions.add(`“${item.text}” are taken to be the rows of the table.`);
  }
}

/**
 * Where rows are counted or grouped, the column that names them is a word for the rows: "how many charter schools",
 * "tickets by category".
 */
export function takeRowWords(reading: Reading, selection: Selection, parted: boolean): void {
  const { items, table } = reading;
  const combines = parted || selection.count !== null || selection.grain !== null || selection.trend;
  selection.mentions = selection.mentions.filter((one) => {
    const { field, cue, index, text } = one;
    const item = items[index];
    if (
      !item ||
      cue !== null ||
      one.counted ||
      one.aggregates.length > 0 ||
      (field.numeric && field.role !== "identifier")
    )
      return true;
    if (!wordsIn(text).every((word) => isRowNoun(stem(word), table))) return true;
    // Patients come again, and each visit is one.
    const many = /s$/i.test(text) && wordsIn(text).every((word) => persons.has(stem(word)));
    // "title with the highest rating per year": it is asked for, and not only counted.
    if (/^(with|that|who|having)$/i.test(items[index + 1]?.text ?? "") && !isCountable(text)) return true;
    const shared = /s$/i.test(text) && isShared(items, index);
    // Each row of a table of flights is one, though flights of a number come again.
    const own = isCountable(text) && stem(wordsIn(table.table.label).at(-1) ?? "") === stem(text);
    if ((shared || (own && field.role !== "time")) && !nearlyUnique(field))
      doubt(reading, `“${text}” are counted as the rows of the table, of which each ${field.name} may have several.`);
    else if (!nearlyUnique(field) && !(many && field.column.profile.distinctCount > table.table.rowCount * 0.3))
      return true;
    const combined = selection.mentions.some(
      (other) =>
        other !== one &&
        (other.cue === "group" || other.cue === "series" || (many && (other.aggregates.length > 0 || other.counted))),
    );
    if (!combines && !combined && !shared) return true;
    items[index] = { kind: "rows", text: item.text, used: true };
    return false;
  });
}

/** "share of students": what there is a share of is counted. */
function isShared(items: Item[], index: number): boolean {
  const of = neighbour(items, index, -1, ["stop", "value"]);
  const share = of !== null && /^of$/i.test(items[of]?.text ?? "") ? neighbour(items, of, -1, ["stop"]) : of;
  return share !== null && operatorOf(items[share])?.op === "share";
}
