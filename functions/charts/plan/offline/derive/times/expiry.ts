import { untilWords } from "../../language/states.ts";
import { stem } from "../../language/stem.ts";
import { wordsIn } from "../../language/tokens.ts";
import type { Field } from "../../link/fields.ts";
import { type Item, operatorOf } from "../../link/items.ts";
import type { Condition } from "../../query.ts";
import { doubt, type Reading } from "../../read/reading.ts";
import { relativeAt } from "../../read/relative-range.ts";
import { columnItem, computedField, textOf } from "../computed-field.ts";
import { valueItem } from "../ratios/rates.ts";
import { asOf } from "./ages.ts";
import { dated } from "./spans.ts";

const held = "(warranty|guarantee|contract|date|cover|licen[cs]e|term)";
/** What is said of that which holds no more, and of that which still does. */
const over = new RegExp(
  `^((already )?expired|lapsed|out of ${held}|no longer (valid|covered)|(not|no longer) (in|under|within|on|covered by) ${held}|past its? (expiry|best before|use by)( date)?)\\b`,
);
const holds = new RegExp(
  `^((still )?(in|under|within|covered by) ${held}|(still |currently )?(valid|covered)|unexpired|not (yet )?expired|has(n't| not) expired)\\b`,
);
/** What is said of the day on which it ends. */
const ends =
  /^(expires?|expiring|lapses?|lapsing|runs? out|running out|ends?|ending|up for renewal|due for renewal|renews?|renewing)\b/;

/** "expired", "out of warranty", "still under warranty", "contracts that expire next month", where a column tells until when. */
export function takeExpiry(reading: Reading): void {
  const until = untilColumn(reading);
  if (!until) return;
  for (let at = 0; at < reading.items.length; at++) {
    const { items } = reading;
    const item = items[at];
    if (!item || item.used || item.kind === "value") continue;
    const text = textOf(items, at, at + 5)
      .toLowerCase()
      .replace(/’/g, "'");
    const gone = over.exec(text)?.[0];
    const valid = gone === undefined ? holds.exec(text)?.[0] : undefined;
    const said = gone ?? valid;
    if (said !== undefined) put(reading, until, at, said.split(" ").length, gone !== undefined);
    else takeEnd(items, until, at, ends.exec(text)?.[0].split(" ").length ?? 0);
  }
}

/** The column that tells until when, by what the question calls it if there are several. */
function untilColumn({ table, items }: Reading): Field | null {
  const all = dated(table.fields).filter(({ id }) => untilWords.test(id.replaceAll("_", " ")));
  const stems = new Set(items.flatMap(({ text }) => wordsIn(text).map(stem)));
  return all.find(({ id }) => wordsIn(id).some((word) => stems.has(stem(word)))) ?? all[0] ?? null;
}

function put(reading: Reading, until: Field, at: number, length: number, gone: boolean): void {
  const { items, table } = reading;
  const { day, from } = asOf(reading, ({ id }) => !untilWords.test(id.replaceAll("_", " ")));
  const dates = { kind: "dates", column: until.id, holds: until.holds === "timestamp" ? "timestamp" : "date" } as const;
  const cases: { name: string; when: Condition[] }[] = [
    { name: "Over", when: [{ ...dates, from: null, before: day }] },
    { name: "Valid", when: [{ ...dates, from: day, before: null }] },
  ];
  const field = computedField(
    table,
    `State by ${until.name}`,
    { kind: "cases", cases, otherwise: null },
    { role: "dimension", numeric: false, distinct: 2 },
  );
  const text = textOf(items, at, at + length);
  const { nullCount } = until.column.profile;
  const neither = nullCount > 0 ? `; the ${nullCount} rows without ${until.name} are neither` : "";
  doubt(
    reading,
    `“${text}” is read as: ${until.name} is ${gone ? "before" : "not before"} ${day} (${from})${neither}.`,
  );
  items.splice(at, length, valueItem(field, gone ? "Over" : "Valid", text));
}

/** "expiring in June", "warranties that run out next month": what follows is the time of that. */
function takeEnd(items: Item[], until: Field, at: number, length: number): void {
  if (length === 0) return;
  let next = at + length;
  while (items[next]?.kind === "stop" || /^(in|on|by|before|after|since|within)$/i.test(items[next]?.text ?? ""))
    next++;
  const timed = relativeAt(items, next) !== null || items[next]?.kind === "period";
  if (timed || operatorOf(items[next])?.op === "compare")
    items.splice(at, length, { ...columnItem(until, textOf(items, at, at + length)), used: true });
}
