import { wordsIn } from "../language/tokens.ts";
import type { Field, Table } from "../link/fields.ts";
import { impliedColumn } from "../link/implied-columns.ts";
import { type Item, operatorOf } from "../link/items.ts";
import type { Condition } from "../query.ts";
import { columnsIn } from "../write/computed-for.ts";
import type { Parts } from "./asked.ts";
import type { AskedFilters } from "./filters.ts";
import { type Reading, timeField } from "./reading.ts";
import { isOfPersons, labelField } from "./row-label.ts";
import type { Selection } from "./selection.ts";

/** A table of so many columns is shown whole where its rows are listed. */
const mostListed = 8;

/** A question that names only rows ("movies longer than 3 hours"): the rows, or their number. */
export function listRows(reading: Reading, parts: Parts, selection: Selection, { where }: AskedFilters): void {
  const found = where.length > 0 && !selection.share && labelField(reading) !== null;
  if (wantsList(reading) || found) parts.dimensions.push(...rowColumns(reading, where, []).map(shown));
  else parts.measures.push({ field: null, aggregate: "count", cue: null });
}

/**
 * Rows listed by what does not tell them apart (bare numbers and dates, a column of the same answer over and over) say
 * nothing to a person: beside it stands what does.
 *
 * @returns whether the rows themselves are listed
 */
export function tellApart(reading: Reading, parts: Parts, { where }: Pick<AskedFilters, "where">): boolean {
  const { dimensions, measures } = parts;
  // Things that have rows like these are no rows themselves.
  if (where.some(({ kind }) => kind === "ever")) return false;
  const fixed = dimensions.length > 0 && dimensions.every(({ field }) => isFixed(field, where));
  const bare = dimensions.every(({ field }) => tellsNothing(field) && !isAskedFor(reading, field));
  if (measures.length > 0 ? dimensions.length > 0 || where.length === 0 : !bare && !fixed) return false;
  const known = [...dimensions, ...measures].flatMap(({ field }) => field ?? []);
  const listed = rowColumns(reading, where, known).filter((field) => !measures.some((one) => one.field === field));
  parts.dimensions = listed.map((field) => dimensions.find((one) => one.field === field) ?? shown(field));
  return true;
}

const shown = (field: Field): Parts["dimensions"][number] => ({ field, grain: null, series: false, cue: null });

/**
 * What a person wants to see of a row, in the table's order: what names it, who and what it is about, when it was, what
 * the question chose it by, what it is worth, and what was asked for.
 */
function rowColumns(reading: Reading, where: Condition[], asked: Field[]): Field[] {
  const { fields, computed } = reading.table;
  const chosen = new Set(where.flatMap(columnsIn));
  const derived = [...computed.values()].filter(({ id, formula, quotient }) => chosen.has(id) && formula && !quotient);
  if (fields.length <= mostListed) return [...fields, ...derived.filter(({ numeric }) => numeric)];
  const label = labelField(reading);
  const open = fields.filter((field) => !isFixed(field, where));
  const texts = open.filter(
    (field) => field !== label && field.role === "dimension" && !field.numeric && !field.flag && tellsOf(field),
  );
  const persons = texts.filter(isOfPersons).slice(0, 1);
  const about = [...persons, ...texts.filter((field) => !persons.includes(field))].slice(0, 2);
  const time = timeField(reading, false);
  const keep = new Set<Field | null>([label, ...about, time, mainMeasure(reading.table), ...asked]);
  const listed = fields.filter((field) => keep.has(field) || (chosen.has(field.id) && open.includes(field)));
  return [...listed, ...derived.filter(({ numeric }) => numeric)];
}

/** Whether a column tells one row from another, rather than being a remark that few have. */
function tellsOf({ column: { profile } }: Field): boolean {
  return profile.distinctCount > 1;
}

/** What a row is worth, else how much of it there is. */
export function mainMeasure(table: Table): Field | null {
  const measures = table.fields.filter(({ numeric, role, discrete }) => numeric && role === "measure" && !discrete);
  return impliedColumn("money", table)?.field ?? measures.find(({ additive }) => additive) ?? measures[0] ?? null;
}

/** Whether a column has the same value in all rows that are left. */
function isFixed({ id }: Field, where: Condition[]): boolean {
  return where.some(
    (one) =>
      (one.kind === "in" && !one.negated && one.values.length === 1 && one.column === id) ||
      (one.kind === "null" && !one.negated && one.column === id),
  );
}

/** A number or code of a row, which nobody knows it by, or a day. */
function tellsNothing(field: Field): boolean {
  return field.role === "time" || isCode(field);
}

function isCode({ role, unique, column: { profile } }: Field): boolean {
  if (role === "identifier") return true;
  const values = profile.topValues.map(({ value }) => String(value));
  return unique && values.length > 0 && values.every((value) => /\d/.test(value) && !/\s/.test(value));
}

/** "ids of orders over 1000", "which ticket numbers", "on which dates": that itself is what is wanted. */
function isAskedFor({ items }: Reading, field: Field): boolean {
  const named = (item: Item) => item.kind === "column" && item.field === field;
  return items.some(
    (item) =>
      named(item) &&
      wordsIn(item.text).some((word) =>
        /^(ids?|codes?|no|nr|numbers?|refs?|references?|keys?|dates?|days?|times?|years?|months?)$/i.test(word),
      ),
  );
}

function wantsList({ items }: Reading): boolean {
  const counts = items.some((item) => ["count", "share", "distribution"].includes(operatorOf(item)?.op ?? ""));
  return !counts && items.some(({ text }) => /^(show|list|display|give|view|see)\b/i.test(text));
}
