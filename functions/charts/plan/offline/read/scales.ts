import { gainField } from "../derive/money/products.ts";
import { begins, sameEvent } from "../language/events.ts";
import { persons } from "../language/row-words.ts";
import { wordsIn } from "../language/tokens.ts";
import type { Field, Table } from "../link/fields.ts";
import type { Item } from "../link/items.ts";
import { fieldAbout, type Reading, timeField } from "./reading.ts";

/** The column that a superlative goes by that names its scale: "oldest" by the age, "newest members" by when they joined. */
export function scaleAbout(reading: Reading, about: string[], sought: Item | undefined): Field | null {
  const event = sought !== undefined && begins(sought.text.toLowerCase());
  return (
    (event ? happenedAbout(reading, about, sought) : null) ??
    fieldAbout(reading.table, about) ??
    (about.includes("profit") ? gainOf(reading) : null) ??
    bornAbout(reading.table, about) ??
    happenedAbout(reading, about, sought)
  );
}

const gainOf = (reading: Reading): Field | null => gainField(reading)?.gain ?? null;

/**
 * When rows happened, where the newest or first of them are asked for: "newest members" joined last, and the "newest
 * rental" of cars began last, whenever the car was built.
 */
function happenedAbout(reading: Reading, about: string[], sought: Item | undefined): Field | null {
  const rows = sought?.kind === "rows" || (sought?.kind === "column" && sought.field.unique);
  // Rows that are no persons are as old as what happened to them: the "oldest invoice" is the first.
  const aged = about.includes("age") && ![...reading.table.rowNouns].some((noun) => persons.has(noun));
  if (!(about.includes("date") || aged) || !rows) return null;
  const times = reading.table.fields.filter(({ role }) => role === "time");
  const tells = ({ id }: Field) =>
    wordsIn(id).some((word) => sameEvent(sought.text.toLowerCase(), word.toLowerCase()) > 0);
  const dated = ({ holds }: Field) => holds === "date" || holds === "timestamp";
  const told = times.find(tells);
  return told ?? (times.some(dated) ? timeField(reading, true, dated) : null);
}

/** When things came to be, where their age is asked for and not told: the oldest came first. */
function bornAbout({ fields }: Table, about: string[]): Field | null {
  if (!about.includes("age")) return null;
  return (
    fields.find(({ role, id }) => role === "time" && /built|birth|born|dob|founded|established|made/i.test(id)) ?? null
  );
}
