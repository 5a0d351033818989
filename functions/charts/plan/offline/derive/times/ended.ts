import { endsIt, sameEvent } from "../../language/events.ts";
import { isAhead } from "../../language/states.ts";
import { wordsIn } from "../../language/tokens.ts";
import { type Field, nameWords, type Table } from "../../link/fields.ts";
import type { Item } from "../../link/items.ts";
import type { Condition } from "../../query.ts";
import { computedField } from "../computed-field.ts";
import { valueItem } from "../ratios/rates.ts";
import { dated } from "./spans.ts";

/** A state of rows: the item that asks for it, and how it is told in words. */
export interface State {
  item: (text: string) => Item;
  note: string;
}

const tells = (field: Field, events: string[]) =>
  Math.max(
    0,
    ...events.map((event, at) => Math.max(0, ...nameWords(field).map((word) => sameEvent(event, word))) - at / 100),
  );

/**
 * The column that tells when what a row is about ended, chosen by words for the event, the likeliest first; without words,
 * one that is empty for some rows.
 *
 * @param open whether those that have not ended are asked for, which an end that no row lacks can't tell
 */
export function endField({ fields, table }: Table, events: string[], open: boolean): Field | null {
  const ends = dated(fields).filter((field) => !isAhead(field.id) && !/birth|[dy]ob(?![a-z])/i.test(field.id));
  const nullable = ends.filter(
    ({ column: { profile } }) => profile.nullCount > 0 && profile.nullCount < table.rowCount,
  );
  const told = (open ? nullable : ends)
    .map((field) => ({ field, score: tells(field, events) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)[0]?.field;
  if (told) return told;
  // Where no event is named, or only how rows stand in general, the one end there is.
  if (events.length > 0 && !events.includes("end")) return null;
  const [only, ...more] = nullable.filter((field) =>
    nameWords(field).some((word) => endsIt(word) || /^(end|until|out|off|outcome)$/.test(word)),
  );
  if (more.length === 0) return only ?? null;
  return (
    [only, ...more].sort(
      (one, other) => (other?.column.profile.nullCount ?? 0) - (one?.column.profile.nullCount ?? 0),
    )[0] ?? null
  );
}

/** "Paid" and "Not paid" of a `paid_date`. */
export function stateField(table: Table, end: Field): { field: Field; yes: string; no: string } {
  const word = nameWords(end).find((one) => /(ed|id|ld|eft|ent)$/.test(one) && endsIt(one));
  const yes = word ? `${word[0]?.toUpperCase()}${word.slice(1)}` : `With ${end.name}`;
  const no = word ? `Not ${word}` : `Without ${end.name}`;
  const known: Condition = { kind: "null", column: end.id, negated: true };
  const field = computedField(
    table,
    `State by ${end.name}`,
    { kind: "cases", cases: [{ name: yes, when: [known] }], otherwise: no },
    { role: "dimension", numeric: false, distinct: 2 },
  );
  return { field, yes, no };
}

/** Where a column of a few words tells how rows stand: those that say it is over, or the others. */
export function statusOf(table: Table, events: string[], ended: boolean): State | null {
  for (const field of table.fields) {
    const { column, role, numeric, flag } = field;
    if (role !== "dimension" || numeric || flag || column.profile.distinctCount > 12) continue;
    if (events.length === 0 && !/status|state|stage/i.test(field.id)) continue;
    const values = column.profile.topValues.flatMap(({ value }) => (typeof value === "string" ? [value] : []));
    const over = values.filter((value) => saysOver(value, events));
    const [first] = over;
    if (first === undefined || over.length === values.length) continue;
    const [yes, no] = [over.join(" or "), `Not ${over.join(" or ").toLowerCase()}`];
    const state = computedField(
      table,
      `State by ${field.name}`,
      {
        kind: "cases",
        cases: [{ name: yes, when: [{ kind: "in", column: field.id, values: over, negated: false }] }],
        otherwise: no,
      },
      { role: "dimension", numeric: false, distinct: 2 },
    );
    return {
      item: (text) => valueItem(state, ended ? yes : no, text),
      note: `${field.name} is ${ended ? yes : no.toLowerCase()}`,
    };
  }
  return null;
}

/** Whether a status tells that one of some events has been, or that it is over at all. */
function saysOver(value: string, events: string[]): boolean {
  const [word, ...more] = wordsIn(value).map((one) => one.toLowerCase());
  if (word === undefined || more.length > 0) return false;
  if (events.length > 0 && !events.includes("end")) return events.some((event) => sameEvent(event, word) > 0);
  return endsIt(word) || /^(done|inactive|won|lost)$/.test(word);
}
