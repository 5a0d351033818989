import { begins, endsIt, sameEvent } from "../language/events.ts";
import { wordSimilarity } from "../language/similarity.ts";
import { isAhead } from "../language/states.ts";
import { stem } from "../language/stem.ts";
import { wordsIn } from "../language/tokens.ts";
import { type Field, isOwnRowNoun, nameWords, type Table } from "../link/fields.ts";
import { impliedColumn } from "../link/implied-columns.ts";
import type { Item } from "../link/items.ts";
import { isArranging, occasions } from "../link/occasions.ts";

/** Other words in the place of some of the question's. */
export interface Rewording {
  said: string;
  instead: string;
  /** What the other reading is called, if not by the words that say it. */
  label?: string;
}

/** The question on its way through the stages. */
export interface Reading {
  table: Table;
  items: Item[];
  /** What the question left open and how it was read. */
  assumptions: Set<string>;
  /**
   * Those of the assumptions that nobody may overlook: what was left out, and a choice between near-equals, with what
   * could be said instead.
   */
  doubts: Map<string, Rewording[]>;
  /** How a refused question could be asked so that it has an answer. */
  rewordings: Rewording[];
  /** Why an answer would be one to another question, as sentences. */
  objections: Set<string>;
}

/** A question that nothing has been read of yet. */
export function unread(table: Table, items: Item[]): Reading {
  return { table, items, assumptions: new Set(), doubts: new Map(), rewordings: [], objections: new Set() };
}

/** Says how the question was read where it could well be meant otherwise. */
export function doubt(
  { assumptions, doubts }: Pick<Reading, "assumptions" | "doubts">,
  text: string,
  others: Rewording[] = [],
): void {
  assumptions.add(text);
  doubts.set(text, others);
}

/** The column that some words for a scale name: "age", "price". */
export function fieldAbout(table: Table, words: string[]): Field | null {
  for (const word of words) {
    const stems = table.fields.filter(
      (field) =>
        field.role !== "identifier" &&
        // The newest member is not the youngest.
        !(/^(date|year|time)$/.test(word) && /birth|dob/i.test(field.id)) &&
        // How many times something happened is no length of time.
        !(word === "time" && /times/i.test(field.id)) &&
        // Nor is a moment one.
        !(word === "time" && words.includes("duration") && field.holds !== null) &&
        field.names.some((name) => name.some((one) => one.weight > 0.2 && one.stem === stem(word))),
    );
    const best = stems.find(({ numeric, holds }) => numeric || holds !== null) ?? stems.find(({ unique }) => !unique);
    if (best) return best;
  }
  // "longest call" of one that tells how long people waited, and how long they talked.
  if (words.includes("duration") && table.fields.filter(isLength).length > 1) return null;
  return likelyAbout(table, words);
}

const isLength = ({ id, role, numeric }: Field) =>
  role === "measure" && numeric && /\b(secs?|seconds?|mins?|minutes?|hrs?|hours?)\b/i.test(id.replaceAll("_", " "));

/** What columns of a scale are called where only their unit names them. */
const unitsOf: Record<string, string[]> = {
  distance: ["km", "kms", "miles", "mileage", "kilometres", "kilometers"],
  duration: ["nights", "wait", "waiting", "hours", "minutes", "days"],
  weight: ["kg", "tons", "tonnes", "lbs"],
};

/** Where no column is called so: one that has another word for it, or the only one of money. */
function likelyAbout(table: Table, words: string[]): Field | null {
  const measures = table.fields.filter(({ numeric, role }) => numeric && role === "measure");
  const priced = words.includes("price") ? impliedColumn("price", table) : null;
  if (priced) return priced.field;
  for (const word of words) {
    if (/^(age|date|time|count|rating)$/.test(word)) continue;
    const found = measures.find((field) =>
      field.names.some((name) =>
        // The unit of a delay in minutes makes it no length.
        name
          .filter(({ weight, stem }) => weight > 0.5 && stem !== "min")
          .some((one) => wordSimilarity(stem(word), one.stem, false) >= 0.7),
      ),
    );
    if (found) return found;
  }
  const units = words.flatMap((word) => unitsOf[word] ?? []);
  const unit = measures.find((field) =>
    field.names.some((name) =>
      name.some(({ weight, stem: one }) => weight > 0.5 && units.some((word) => stem(word) === one)),
    ),
  );
  if (unit) return unit;
  const [implied] = words.flatMap((word) => impliedColumn(word, table) ?? []);
  return implied?.field ?? null;
}

const timeWords = new Set(
  "year month day date time quarter week hour first last next since from until".split(" ").map(stem),
);

/** The column that tells when something ended, where those that have are asked for: "members who cancelled". */
function endedAt(item: Item): string | null {
  if (item.kind !== "value" || item.field.formula?.kind !== "cases") return null;
  const [known] = item.field.formula.cases.find(({ name }) => name === item.link.value)?.when ?? [];
  return known?.kind === "null" && known.negated ? known.column : null;
}

/** The column that tells when: by far the most questions about time mean it. Null: the table has none. */
export function timeField(reading: Reading, note = true, tells: (field: Field) => boolean = () => true): Field | null {
  const every = reading.table.fields.filter(({ role }) => role === "time");
  // When somebody was born is asked for by name.
  const births = reading.items.some(({ text }) => /birth|born|[dy]ob(?![a-z])/i.test(text));
  const later = every.filter(({ id }) => !/birth|born|[dy]ob(?![a-z])/i.test(id));
  const all = births || later.length === 0 ? every : later;
  const able = all.some(tells) ? all.filter(tells) : all;
  // Two sums beside each other are of the same rows: "fines vs paid by month" leaves out none that is not paid.
  const sums = new Set(
    reading.items.flatMap((item) => (item.kind === "column" && item.field.additive ? item.field : [])),
  );
  const whole = sums.size > 1 ? able.filter(({ column }) => column.profile.nullCount === 0) : [];
  const named = able.filter((field) => reading.items.some((item) => item.kind === "column" && item.field === field));
  const times = whole.length > 0 && named.length === 0 ? whole : able;
  const mentioned = reading.items.find(
    (item) => item.kind === "column" && item.field.role === "time" && times.includes(item.field),
  );
  if (mentioned?.kind === "column") return mentioned.field;
  const ended = reading.items.map(endedAt).find((column) => column !== null);
  const end = times.find(({ id }) => id === ended);
  if (end) return end;
  // "members" of a `member_no` say nothing of a `member_since`.
  const others = reading.items.filter((item) => item.kind !== "column" || item.field.role === "measure");
  const stems = new Set(others.flatMap(({ text }) => wordsIn(text).map(stem)));
  // "sold price by month" is by the month of the sale, if there is a date of it.
  const said = (field: Field) =>
    field.names.some((name) => name.some(({ stem, weight }) => weight >= 1 && !timeWords.has(stem) && stems.has(stem)));
  // A `year_built` or a date of birth is what a row is like, rather than when it happened.
  const days = times.some(({ holds }) => holds === "date" || holds === "timestamp");
  const plain = ({ holds, names, id }: Field) =>
    !/birth|[dy]ob(?![a-z])/i.test(id) &&
    !isAhead(id) &&
    (holds !== "year" || (!days && names.some((name) => name.length === 1)));
  // "signups per month" of a column `joined`
  const happened = (field: Field) =>
    Math.max(
      0,
      ...reading.items.map((item) =>
        (item.kind === "rows" || item.kind === "value") && !isOfAllRows(item.text, reading.table)
          ? eventIn(item.text, field)
          : // What things were `Sold For` came in on the `Date Sold`.
            item.kind === "column" && item.field.role === "measure" && !item.field.formula
            ? eventIn(item.field.name, field)
            : 0,
      ),
    );
  const filled = (field: Field) => field.column.profile.nullCount;
  // Each row of a table of returns is one, and its `return_date` tells when.
  const own = (field: Field) =>
    filled(field) <= reading.table.table.rowCount / 50 &&
    wordsIn(reading.table.table.label).some((word) => nameWords(field).some((named) => isOwnEvent(word, named)));
  // The appointment is when it is, rather than when it was booked.
  const taking = occasions(times, reading.table);
  const [first] = [...times].sort(
    (one, other) =>
      Number(said(other)) - Number(said(one)) ||
      happened(other) - happened(one) ||
      Number(taking.includes(other)) - Number(taking.includes(one)) ||
      Number(own(other)) - Number(own(one)) ||
      Number(plain(other)) - Number(plain(one)) ||
      filled(one) - filled(other),
  );
  if (first && times.length > 1 && note) {
    const others = times.filter((one) => one !== first);
    const text = `Time is taken from ${first.name}, not from ${others.map(({ name }) => name).join(" or ")}.`;
    const rival = (one: Field) =>
      said(one) === said(first) &&
      happened(one) === happened(first) &&
      own(one) === own(first) &&
      plain(one) &&
      plain(first);
    const plainly = said(first) || happened(first) > 0 || own(first);
    const arranged = (one: Field) =>
      isArranging(first) ? taking.includes(one) : isArranging(one) && taking.includes(first) && !plainly;
    const near = others.filter((one) => arranged(one) || (rival(one) && areLikeEvents(one, first, reading.table)));
    if (near.length === 0) reading.assumptions.add(text);
    else if (!reading.doubts.has(text))
      doubt(
        reading,
        text,
        near.flatMap((one) => otherTime(reading.items, one)),
      );
  }
  return first ?? null;
}

/** Whether two columns tell of events that nothing sets apart: not of a beginning and its end, nor of what is only due. */
function areLikeEvents(one: Field, other: Field, { table }: Table): boolean {
  const isEvent = ({ id, holds, column }: Field) =>
    (holds === "date" || holds === "timestamp") &&
    !isAhead(id) &&
    !/(^|[^a-z])(last|latest|updated|modified|until|valid|expir\w*)(?![a-z])/i.test(id) &&
    column.profile.nullCount < 0.1 * table.rowCount;
  const stage = (field: Field) => {
    const words = nameWords(field);
    return words.some(begins) ? "begin" : words.some(endsIt) ? "end" : "between";
  };
  const stages = [stage(one), stage(other)];
  return isEvent(one) && isEvent(other) && !(stages.includes("begin") && stages.includes("end"));
}

/** The question by another column of time: "per month of Paid on", "Paid on in 2023". */
function otherTime(items: Item[], { name }: Field): Rewording[] {
  const relative = /^(last|this|past|previous|current)$/i;
  const step = items.find(
    (item, at) => item.kind === "operator" && item.operator.op === "grain" && !relative.test(items[at - 1]?.text ?? ""),
  );
  if (step) return [{ said: step.text, instead: `${step.text} of ${name}`, label: `by ${name}` }];
  const at = items.findIndex(
    ({ kind, text }) => kind === "period" || /^(last|this|past|previous|current|[12]\d{3})$/i.test(text),
  );
  const cue = /^(in|since|before|after|until|from|during|between)$/i.test(items[at - 1]?.text ?? "")
    ? items[at - 1]
    : null;
  const text = items[at]?.text;
  if (text === undefined) return [];
  const said = cue ? `${cue.text} ${text}` : text;
  return [{ said, instead: `${name} ${said}`, label: `by ${name}` }];
}

/** "return" of the returns that a table is called after. */
const isOwnEvent = (word: string, named: string) =>
  word.length > 3 && !timeWords.has(stem(named)) && sameEvent(word.toLowerCase(), named) === 1;

/** "repairs" of a table of repairs are those that are not done yet, too. */
function isOfAllRows(text: string, table: Table): boolean {
  return wordsIn(text).every((word) => isOwnRowNoun(stem(word), table) && endsIt(word.toLowerCase()));
}

/** How well some words tell of what a column tells the time of. */
function eventIn(text: string, field: Field): number {
  const words = nameWords(field);
  return Math.max(0, ...wordsIn(text).flatMap((word) => words.map((named) => sameEvent(word.toLowerCase(), named))));
}

/** The item next to one, passing over words without meaning; null at the end. */
export function neighbour(items: Item[], index: number, step: 1 | -1, skip: Item["kind"][] = ["stop"]): number | null {
  for (let at = index + step; at >= 0 && at < items.length; at += step) {
    const item = items[at];
    if (item && !skip.includes(item.kind)) return at;
  }
  return null;
}
