import { wordsIn } from "../../language/tokens.ts";
import type { Field, Table } from "../../link/fields.ts";
import type { Item } from "../../link/items.ts";
import type { Reading } from "../../read/reading.ts";
import { columnItem, textOf } from "../computed-field.ts";
import { quotientField } from "./quotients.ts";

const room = /^(capacity|seats?|places|spaces|beds|slots|pitches|berths)$/i;
const used = /^(sold|booked|taken|filled|occupied|used|attended|attendees?|attendance)$/i;
const fullness = /^(occupancy|utili[sz]ation|fullness)$/i;
const left = /^(left|free|available|unsold|empty|spare|remaining)$/i;
const told = /occup|utili[sz]|\bfill|\bfull/i;

/**
 * "how full is the hall", "occupancy by course", "capacity used": what was taken of the room there was. Where no column
 * says both, neither of them says it.
 */
export function takeOccupancy(reading: Reading): void {
  const { items, table, objections } = reading;
  for (let at = 0; at < items.length; at++) {
    const length = lengthAt(items, at);
    if (length === 0) continue;
    const text = textOf(items, at, at + length);
    const [of, by] = [one(table, used, room), one(table, room, used)];
    if (of && by && !/out$/i.test(text)) {
      const name = `${of.name} as a share of ${by.name} (%)`;
      items.splice(at, length, columnItem(quotientField(reading, of, by, name, 100), text));
    } else if (!table.fields.some(({ id, numeric }) => numeric && told.test(id)))
      objections.add(`Nothing in the data tells of “${text}” by itself: name the columns that do.`);
    return;
  }
}

/** How many items from here on ask how full something is. */
function lengthAt(items: Item[], at: number): number {
  const [item, next] = [items[at], items[at + 1]];
  const following = next?.text ?? "";
  if (!item || item.kind === "value") return 0;
  if (/^how$/i.test(item.text) && /^full$/i.test(following)) return 2;
  if (/^sold$/i.test(item.text) && /^out$/i.test(following)) return 2;
  if (fullness.test(item.text) && !(item.kind === "column" && !item.link.synonym))
    return /^rate$/i.test(following) ? 2 : 1;
  return room.test(item.text) && /^(used|filled|taken|occupied)$/i.test(following) ? 2 : 0;
}

/** The only column of a number that is called so. */
function one({ fields }: Table, called: RegExp, otherwise: RegExp): Field | null {
  const found = fields.filter(({ id, numeric, role, formula, column }) => {
    const words = wordsIn(id);
    const number =
      numeric && role === "measure" && !formula && column.format?.kind !== "currency" && !/[£$€%]/.test(id);
    // "Seats sold" are no room, and "Places left" neither.
    const sold = called === room && words.some((word) => otherwise.test(word));
    return number && !sold && words.some((word) => called.test(word)) && !words.some((word) => left.test(word));
  });
  return found.length === 1 ? (found[0] ?? null) : null;
}
