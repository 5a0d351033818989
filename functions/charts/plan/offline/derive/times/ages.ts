import { begins, sameEvent, sameFamily } from "../../language/events.ts";
import { persons } from "../../language/row-words.ts";
import { isAhead } from "../../language/states.ts";
import { stem } from "../../language/stem.ts";
import { wordsIn } from "../../language/tokens.ts";
import type { Field } from "../../link/fields.ts";
import { operatorOf } from "../../link/items.ts";
import { doubt, type Reading } from "../../read/reading.ts";
import { isOfPersons } from "../../read/row-label.ts";
import { columnItem, computedField, textOf } from "../computed-field.ts";
import { unitOf } from "./event-words.ts";
import { dated, instant } from "./spans.ts";

const births = "birth born dob yob birthdate birthday birthyear built founded established".split(" ");
/** When things came into the world, or first into use, where no column tells of a birth. */
const makings =
  "made manufactured produced constructed planted model registration registered commissioned installed bought purchased purchase acquired".split(
    " ",
  );
const joining = ["hire", "join", "start", "employ", "onboard", "begin"];
const leaving = ["leave", "left", "exit", "terminate", "end", "quit", "depart", "cancel", "resign"];

const called = (field: Field, words: string[]) =>
  wordsIn(field.id).some((word) => words.some((one) => sameFamily(word.toLowerCase(), one)));

/**
 * The day up to which ages are told: the last of the table's other dates that is not in the future, as the data is of
 * that time; today where there is none. It is written into the SQL, so that the same SQL gives the same rows later.
 */
export function asOf({ table }: Reading, counts: (field: Field) => boolean): { day: string; from: string } {
  const today = new Date().toISOString().slice(0, 10);
  const days = dated(table.fields).flatMap((field) => {
    const last = String(field.column.profile.max ?? "").slice(0, 10);
    return counts(field) && !called(field, births) && /^\d{4}-\d\d-\d\d$/.test(last) && last <= today
      ? [{ day: last, from: `the last ${field.name}` }]
      : [];
  });
  return days.sort((one, other) => other.day.localeCompare(one.day))[0] ?? { day: today, from: "today" };
}

/** The column that tells when somebody or something was born. */
function born({ table }: Reading): Field | null {
  const times = table.fields.filter((field) => field.role === "time" && !isAhead(field.id));
  const made = (field: Field) =>
    called(field, makings) &&
    (field.holds === "year" ||
      wordsIn(field.id).some((word) =>
        /^(first|made|manufactured|produced|constructed|planted|installed|bought|purchased?|acquired)$/i.test(word),
      ));
  return times.find((field) => called(field, births)) ?? times.find(made) ?? null;
}

/**
 * Full years since birth, up to a day of each row or to the day that the data is of. Null: no column tells when somebody or
 * something was born.
 */
export function ageField(reading: Reading, until: Field | null = null): Field | null {
  const { table, assumptions } = reading;
  const birth = born(reading);
  if (!birth || birth.holds === "text-year" || birth.holds === "text-month") return null;
  const { day, from } = asOf(reading, (field) => field !== birth && !isAhead(field.id));
  const name = until ? `Age at ${until.name}` : "Age";
  const years = birth.holds === "year" ? "years, by the year alone," : "full years";
  assumptions.add(`${name} is in ${years} since ${birth.name}, on ${until ? until.name : `${day} (${from})`}.`);
  const year = (cell: unknown) => Number(day.slice(0, 4)) - Number(String(cell ?? "").slice(0, 4));
  const { min, max } = birth.column.profile;
  return computedField(
    table,
    name,
    {
      kind: "duration",
      from: instant(birth),
      to: until ? instant(until) : { day },
      unit: "year",
      whole: true,
    },
    { min: year(max), max: year(min), distinct: Math.max(2, year(min) - year(max)) },
  );
}

/** "age at admission", "age when hired": the column that tells when that was. */
function ageAt({ items, table }: Reading, age: number): { until: Field; to: number } | null {
  if (!/^(at|when|on)$/i.test(items[age + 1]?.text ?? "")) return null;
  for (let to = age + 2; to < Math.min(items.length, age + 5); to++) {
    const words = wordsIn(items[to]?.text ?? "").map((word) => word.toLowerCase());
    const until = dated(table.fields).find((field) =>
      words.some((word) => wordsIn(field.id).some((one) => one.length > 3 && sameEvent(word, one.toLowerCase()) > 0)),
    );
    if (until) return { until, to: to + 1 };
    if (items[to]?.kind !== "stop") return null;
  }
  return null;
}

/** "age of cats at arrival" is the age at arrival of cats. */
function bringAt(reading: Reading, age: number): void {
  const { items } = reading;
  const at = items.findIndex((_, index) => index > age + 1 && ageAt(reading, index - 1) !== null);
  const then = at < 0 ? null : ageAt(reading, at - 1);
  if (then) items.splice(age + 1, 0, ...items.splice(at, then.to - at));
}

/** Years since somebody joined, up to when they left. Null: no column tells when. */
export function tenureField(reading: Reading): Field | null {
  const { table, assumptions } = reading;
  const columns = dated(table.fields);
  const joined =
    columns.find((field) => called(field, joining)) ?? columns.find((field) => wordsIn(field.id).some(begins));
  if (!joined || called(joined, births)) return null;
  const left = columns.find((field) => field !== joined && called(field, leaving));
  const { day, from } = asOf(reading, () => true);
  const end = left ? `${left.name}; those who have none are counted up to ${day} (${from})` : `${day} (${from})`;
  assumptions.add(`Tenure is in years from ${joined.name} to ${end}.`);
  return computedField(
    table,
    "Tenure in years",
    {
      kind: "duration",
      from: instant(joined),
      to: left ? instant(left) : { day },
      ...(left && { until: day }),
      unit: "year",
      whole: false,
    },
    { min: 0, max: Number(day.slice(0, 4)) - Number(String(joined.column.profile.min ?? day).slice(0, 4)) },
  );
}

/** "how old are the employees", "how old is the oldest" */
function takeHowOld({ items }: Reading): void {
  const at = items.findIndex(({ text }, index) => /^old$/i.test(text) && /^how$/i.test(items[index - 1]?.text ?? ""));
  if (at < 0) return;
  const extreme = items.some((item) => {
    const operator = operatorOf(item);
    return operator?.op === "superlative" && operator.about.includes("age");
  });
  if (extreme) items.splice(at, 1);
  else items[at] = { kind: "unknown", capital: false, text: "age", used: false };
}

/** "how old are the phones", "age of the patients": of the rows, where no column groups them so. */
function takeAgeing(reading: Reading, after: number): void {
  const { items } = reading;
  let at = after;
  while (/^(of|are|is|were|was|the|our|all|these|my)$/i.test(items[at]?.text ?? "")) at++;
  const noun = items[at];
  if (!noun || at === after) return;
  const many = noun.kind === "column" && isOfPersons(noun.field) && noun.field.column.profile.distinctCount > 15;
  const strange = noun.kind === "unknown" && /[^s]s$/i.test(noun.text);
  if (strange) doubt(reading, `“${noun.text}” are taken to be the rows of the table.`);
  if (many || strange) items[at] = { kind: "rows", text: noun.text, used: false };
}

/** "visits under £50": a sum of money, and no age. */
const isSum = (number: string) => /[$€£¥]/.test(number);

/** "women over 65", "patients under 18": what is said of persons without a word for it is their age. */
function takeAged(reading: Reading, known: Field | null): void {
  const { items, table } = reading;
  if (!known && !table.fields.some((field) => field.role === "time" && /birth|[dy]ob(?![a-z])|born/i.test(field.id)))
    return;
  for (let at = 1; at < items.length; at++) {
    const [before, item, number, next] = items.slice(at - 1, at + 3);
    const person =
      before?.kind === "rows" ||
      before?.kind === "value" ||
      (before?.kind === "column" && persons.has(stem(before.text)));
    if (!person || operatorOf(item)?.op !== "compare" || number?.kind !== "number" || number.value > 120) continue;
    if (isSum(number.text)) continue;
    const ends = next?.kind === "break" || next?.kind === "stop" || next?.kind === "value";
    const counts =
      next && !ends && !["group", "series", "in", "and", "or", "which"].includes(operatorOf(next)?.op ?? "");
    const field = counts && !/^years?$/i.test(next.text) ? null : (known ?? ageField(reading));
    if (!field) continue;
    if (next && /^years?$/i.test(next.text))
      items.splice(at + 2, /^(old|of age)$/i.test(items[at + 3]?.text ?? "") ? 2 : 1);
    items.splice(at, 0, columnItem(field, "age"));
    at++;
  }
}

/** "age", "oldest", "older than", "tenure", "longest serving", where there is a date of birth or of joining. */
export function takeAges(reading: Reading): void {
  const { items, table } = reading;
  takeHowOld(reading);
  const said = (pattern: RegExp) => items.findIndex(({ text }) => pattern.test(text));
  const isAge = (field: Field) =>
    field.numeric && field.role !== "time" && field.names.some((name) => name.some((word) => word.stem === "age"));
  const age = said(/^ages?$/i);
  if (!table.fields.some(isAge)) {
    if (age >= 0 && items[age]?.kind !== "value") {
      bringAt(reading, age);
      const then = ageAt(reading, age);
      const field = ageField(reading, then?.until);
      // "customer age", where it is `customer_birth_date` that tells it.
      const whose = items[age - 1]?.text ?? "";
      const whole =
        /\w/.test(whose) &&
        born(reading) &&
        wordsIn(born(reading)?.id ?? "").some((word) => stem(word) === stem(whose));
      const from = whole ? age - 1 : age;
      if (field) {
        items.splice(from, (then?.to ?? age + 1) - from, columnItem(field, textOf(items, from, age + 1)));
        takeAgeing(reading, from + 1);
      }
    }
    for (let at = 0; at < items.length; at++) {
      const operator = operatorOf(items[at]);
      if ((operator?.op !== "superlative" && operator?.op !== "compare") || !operator.about.includes("age")) continue;
      // "older than 30 days" is hardly said of who was born.
      const unit = unitOf(items[at + 2]?.text ?? "");
      if (items[at + 1]?.kind === "number" && unit !== null && unit !== "year") continue;
      const beside = items[at + 1]?.kind === "column" ? items[at + 1] : items[at - 1];
      if (beside?.kind === "column" && beside.field.formula) continue;
      const field = ageField(reading);
      if (!field) continue;
      // "repairs of customers older than 60" is about the repairs.
      const [rows, of, whose] = [items[at - 3], items[at - 2], items[at - 1]];
      if (rows?.kind === "rows" && /^(of|by|from|for)$/i.test(of?.text ?? "") && whose?.kind === "column")
        items.splice(
          at - 2,
          2,
          { kind: "stop", text: `${of?.text}`, used: true },
          { kind: "stop", text: whose.text, used: true },
        );
      // The column is a number of years, whatever else tells who is older.
      items[at] = {
        kind: "operator",
        operator: { ...operator, about: [] },
        words: 1,
        text: items[at]?.text ?? "",
        used: false,
      };
      if (operator.op === "superlative") items.splice(at + 1, 0, columnItem(field, "age"));
      else items.splice(at, 0, columnItem(field, "age"));
      at++;
    }
  }
  takeAged(reading, table.fields.find(isAge) ?? null);
  for (let at = 0; at < items.length; at++) {
    const text = items[at]?.text ?? "";
    const phrase =
      /^(serving|employed|tenured|standing|running)$/i.test(text) && operatorOf(items[at - 1])?.op === "superlative";
    const service = /^length$/i.test(text) && /^of (service|employment)$/i.test(textOf(items, at + 1, at + 3));
    if (!/^(tenures?|seniority|lifetimes?)$/i.test(text) && !phrase && !service) continue;
    if (items[at]?.kind === "column" && !phrase && items[at]?.text !== "length") continue;
    const field = tenureField(reading);
    if (field) items.splice(at, service ? 3 : 1, columnItem(field, service ? textOf(items, at, at + 3) : text));
  }
}
