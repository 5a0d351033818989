import { columnItem } from "../derive/computed-field.ts";
import { stem } from "../language/stem.ts";
import { isVerb } from "../language/synonyms.ts";
import { type Item, type ItemOf, operatorOf } from "../link/items.ts";
import type { Comparison, Condition } from "../query.ts";
import type { Placed } from "./placed.ts";
import type { Reading } from "./reading.ts";
import { isOfPersons } from "./row-label.ts";
import type { Compared } from "./time-filters.ts";

const opposite: Record<Comparison, Comparison> = { "=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<" };

/** Words that leave out some rows, rather than say what somebody did not do. */
const leavingOut = /^(except|excluding|exclude|besides)$/i;

/**
 * "customers who never bought saffron", "members who did not visit since June": of things that have several rows each, those
 * of which no row is one of these, rather than the other rows. "customers who bought both": those that have a row of either.
 */
export function takeEver(reading: Reading, placed: Placed[], compared: Compared[]): void {
  const { items } = reading;
  const not = items.findIndex((item) => operatorOf(item)?.op === "not" && !leavingOut.test(item.text));
  const both = items.findIndex(({ text }) => /^both$/i.test(text));
  const at = not >= 0 ? not : both;
  const subject = at < 0 ? null : subjectBefore(reading, at);
  if (!subject) {
    if (/^never$/i.test(items[at]?.text ?? "")) objectToRows(reading);
    return;
  }
  const end = items.findIndex(({ kind }, index) => index > at && kind === "break");
  const said = placed.filter(({ from }) => from >= at && (end < 0 || from < end));
  if (said.length === 0 || said.some(({ condition }) => columnOf(condition) === subject.field.id)) return;
  const column = subject.field.id;
  if (not >= 0) {
    const when = said.map(({ condition, from }, index) => affirmed(condition, reading, index === 0, from === not));
    put(placed, said, [{ kind: "ever", column, when, negated: true }]);
  } else {
    const [only] = said;
    const several =
      said.length === 1 && only?.condition.kind === "in" && !only.condition.negated ? only.condition : null;
    if (!several || several.values.length < 2) return;
    const ever = several.values.map((value): Condition => {
      const when: Condition[] = [{ ...several, values: [value] }];
      return { kind: "ever", column, when, negated: false };
    });
    put(placed, said, ever);
    compared.splice(0, compared.length, ...compared.filter(({ field }) => field.id !== several.column));
  }
  for (let index = items.indexOf(subject) + 1; index < (said[0]?.from ?? at); index++) {
    const item = items[index];
    if (item && operatorOf(item)?.op === "not") item.used = true;
    else if (item && isDeed(item)) items[index] = { kind: "stop", text: item.text, used: true };
  }
}

/** "did not order", "has never been here": the verb only joins what was understood, though a column is called so. */
function isDeed(item: Item): boolean {
  const joins = item.kind === "unknown" || operatorOf(item)?.op === "sort" || (item.kind === "column" && !item.used);
  const word = item.text.toLowerCase();
  const synonym = item.kind === "column" && item.field.role !== "measure" && item.link.synonym;
  return (
    joins && (isVerb(stem(word)) || /^(order|ordered|bought|sold|came|gone|seen|been)$/.test(word) || synonym === true)
  );
}

/** "women who never did yoga" where each row is a visit: the visits of women without yoga are another matter. */
function objectToRows({ table, objections }: Reading): void {
  const key = table.fields.find((field) => !field.unique && isOfPersons(field));
  if (key) objections.add(`Each ${key.name} may have several rows: say of which ${key.name} it never was so.`);
}

function put(placed: Placed[], said: Placed[], conditions: Condition[]): void {
  const { from = 0, to = 0 } = said[0] ?? {};
  const others = placed.filter((one) => !said.includes(one));
  placed.splice(0, placed.length, ...others, ...conditions.map((condition) => ({ condition, from, to })));
}

/** Those of whom something is said: a column of things of which each has several rows, or who they are. */
function subjectBefore({ items, table, assumptions }: Reading, at: number): (Item & ItemOf<"column">) | null {
  const named = items.find((item, index): item is Item & ItemOf<"column"> => index < at && item.kind === "column");
  if (named) {
    const { role, unique, numeric, flag } = named.field;
    const grouped = operatorOf(items[items.indexOf(named) - 1])?.op === "group";
    return !unique && !grouped && flag === null && (role === "identifier" || (role === "dimension" && !numeric))
      ? named
      : null;
  }
  const who = items.findIndex(({ text }, index) => index < at && /^who$/i.test(text));
  const things = items.slice(0, at).some(({ kind }) => kind === "rows" || kind === "unknown");
  const person = who < 0 || things ? undefined : table.fields.find(isOfPersons);
  if (!person || person.unique) return null;
  const item = columnItem(person, items[who]?.text ?? "");
  items[who] = item;
  assumptions.add(`“${item.text}” is read as ${person.name}.`);
  return item;
}

const columnOf = (condition: Condition) =>
  condition.kind === "in" || condition.kind === "text" || condition.kind === "null" ? condition.column : null;

/**
 * What is said not to be.
 *
 * @param first whether nothing stands between the negation and it
 * @param absent whether it says that there is none, as "without" does
 */
function affirmed(condition: Condition, { table }: Reading, first: boolean, absent: boolean): Condition {
  switch (condition.kind) {
    case "not":
      return condition.condition;
    case "in": {
      const flag = table.fields.find(({ id }) => id === condition.column)?.flag;
      const no = first && flag !== null && flag !== undefined && condition.values[0] === flag.no;
      if (absent && !no) return { ...condition, negated: !condition.negated };
      return no ? { ...condition, values: [flag.yes], negated: false } : { ...condition, negated: false };
    }
    case "text":
      return { ...condition, negated: false };
    case "null":
      return first ? { ...condition, negated: !condition.negated } : condition;
    case "compare":
      return first ? { ...condition, comparison: opposite[condition.comparison] } : condition;
    default:
      return condition;
  }
}
