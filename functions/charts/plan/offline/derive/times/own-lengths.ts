import { sameFamily } from "../../language/events.ts";
import { wordsIn } from "../../language/tokens.ts";
import type { Field } from "../../link/fields.ts";
import { aggregateItem, type Item, operatorOf } from "../../link/items.ts";
import { factorBetween, unitOf } from "../../link/units.ts";
import type { Reading } from "../../read/reading.ts";
import { columnItem, textOf } from "../computed-field.ts";
import { type AskedLength, stemsOf } from "./event-words.ts";

/** Names of columns that tell how long what a row is about takes, whatever it is. */
const plain = /^((actual|total|job|task) )?(durations?|dur|length|time (taken|spent)|took|elapsed( time)?)$/;
/** What leads from one moment to another, rather than from the beginning of a thing to its end. */
const leading = /^(to|until|till|before|from|between|after|since)$/i;

/**
 * "how long is the drive", "how long does each treatment take": by the column that holds how long it takes, before any time
 * from one date to another. Whether there is one.
 */
export function takeOwnLength(reading: Reading, length: AskedLength): boolean {
  const { items, assumptions } = reading;
  const { from, to, kept, unit } = length;
  // What is told in minutes is not what takes days.
  const days = unit !== null && /^(day|week|month|year)$/.test(unit);
  const timed = reading.table.fields.filter((one) => isLength(one) && !(days && /^[smh]/.test(unitOf(one) ?? "")));
  const next = items[to];
  const after = next?.kind === "column" && timed.includes(next.field) ? next.field : null;
  const field = after ?? named(timed, items.slice(from + 2, to)) ?? whole(timed, reading, length);
  if (!field) return false;
  const end = after ? to + 1 : to;
  const said = textOf(items, from, end);
  const values = items.slice(from, to).filter(({ kind }) => kind === "value");
  const combined = items.some((item) => ["aggregate", "superlative"].includes(operatorOf(item)?.op ?? ""));
  const average = combined ? [] : [aggregateItem("avg", "average")];
  items.splice(from, end - from, ...average, columnItem(field, said), ...values, ...kept);
  for (const [at, one] of items.entries())
    if (one.kind === "unknown" && /^(takes?|took|lasts?|lasted)$/i.test(one.text))
      items[at] = { kind: "stop", text: one.text, used: false };
  assumptions.add(`“${said}” is read as ${field.name}.`);
  return true;
}

function isLength(field: Field): boolean {
  const unit = unitOf(field);
  const lasting = wordsOf(field).some((word) => /^(durations?|dur|length|elapsed)$/.test(word));
  const inTime = unit === null ? lasting : factorBetween(unit, "s") !== null;
  return field.numeric && field.role === "measure" && !field.formula && inTime;
}

const wordsOf = ({ id }: Field) => wordsIn(id).map((word) => word.toLowerCase());
/** "drive" of a "Drive time (min)". */
const about = (field: Field) =>
  wordsOf(field).filter(
    (word) => word.length > 3 && word !== unitOf(field) && !/^(time|times|total|average)$/.test(word),
  );

/** The column of a length that some words name. */
function named(timed: Field[], said: Item[]): Field | null {
  if (said.some(({ text }) => leading.test(text))) return null;
  const words = said.filter(({ kind }) => kind !== "value").flatMap(stemsOf);
  const found = timed.filter((field) => about(field).some((one) => words.some((word) => sameFamily(word, one))));
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** The column of how long the whole thing takes, where no part of it is asked for. */
function whole(timed: Field[], { items }: Reading, { from, to, starts, wait, sums }: AskedLength): Field | null {
  const parted = starts.length > 0 || wait || sums;
  if (parted || items.slice(from + 2, to).some(({ text }) => leading.test(text))) return null;
  const lengths = timed.filter((field) => {
    const unit = unitOf(field);
    return plain.test(
      wordsOf(field)
        .filter((word) => word !== unit)
        .join(" "),
    );
  });
  return lengths.length === 1 ? (lengths[0] ?? null) : null;
}
