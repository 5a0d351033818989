import { longFormsOf } from "../language/abbreviations.ts";
import {
  deeds,
  degrees,
  groups,
  keyOf,
  type Meanings,
  type Meant,
  moments,
  persons,
  quantities,
  things,
  values,
} from "../language/near/near-words.ts";
import { remembered } from "../language/remembered.ts";
import { stem } from "../language/stem.ts";
import { plain, wordsIn } from "../language/tokens.ts";
import type { Field, Table } from "./fields.ts";

/** What of a table a word is near to, though nothing in it is called so. */
export interface Near {
  kind: "quantity" | "degree" | "group" | "thing" | "person" | "moment" | "value" | "deed";
  /** What is meant, all of them together; none for what is done with every row. */
  fields: Field[];
  value?: string;
  /** What else could be meant. */
  others: Field[];
}

const small = new Set(
  "of the in on for at to from by off is was has how via with no out back up down away not and or".split(" "),
);
/** Endings of names that leave a thing what it is. */
const endings = new Set(
  "name id no nr number code count total qty quantity amount ref used on by date time day".split(" ").map(stem),
);

/** Words that say of the thing after them what it is meant for: "New faces". */
const adjectives = new Set(
  "new first lost late absent sick returning unsold unpaid failed rejected".split(" ").map(stem),
);

/** The words of a column's name, each with what it is short for. */
const wordsOf = remembered((name) => wordsIn(name.replace(/\(.*?\)|\[.*?\]/g, " ").trim() || name).map(ways));
const unitsOf = remembered((name) => wordsIn(/\((.*?)\)|\[(.*?)\]/.exec(name)?.[0] ?? "").map(ways));
const ways = (word: string) => [stem(plain(word)), ...longFormsOf(stem(plain(word)))];

const says = (words: string[][], at: number, name: string[]) =>
  name.every((one, offset) => words[at + offset]?.includes(one));

/**
 * Whether a column is called so, and by nothing else: 1 where its name is no more than that, less where other words narrow
 * it, 0 where it tells something of such a thing ("customer type").
 */
function calledSo({ id, column }: Field, name: string[]): number {
  return Math.max(
    0,
    ...[id, column.label ?? ""].map((text) => {
      const words = wordsOf(text);
      if (name.length === 1 && unitsOf(text).some((unit) => unit.includes(name[0] ?? ""))) return 0.5;
      const at = words.findIndex((_, start) => says(words, start, name));
      if (at < 0) return 0;
      const end = at + name.length;
      const [next] = words[end] ?? [];
      const whole =
        words.length === name.length || (at === 0 && words.slice(end).every(([word = ""]) => endings.has(word)));
      if (whole) return 1;
      // A word such as "to" or "l" names a column only where it is the whole of it.
      if (name.length === 1 && ((name[0]?.length ?? 0) < 3 || small.has(name[0] ?? "") || name[0] === "name")) return 0;
      const raw = wordsIn(text)[end]?.toLowerCase() ?? "";
      if (at === 0 && name.every((one) => adjectives.has(one))) return 0.5;
      const ends = next === undefined || small.has(raw) || endings.has(next) || /(ed|en|ing)$/.test(raw);
      return ends ? 0.5 : 0;
    }),
  );
}

const isGroup = ({ role, numeric, flag, discrete }: Field) =>
  flag === null && ((role === "dimension" && !numeric) || (role === "measure" && discrete));
const isName = ({ role, numeric, flag, holds }: Field) =>
  flag === null && holds === null && !numeric && (role === "dimension" || role === "identifier");
const isQuantity = ({ role, numeric, intensive, id }: Field) =>
  numeric && role === "measure" && !intensive && !id.includes("%");
const isNumber = ({ role, numeric }: Field) => numeric && role === "measure";

/** The columns of a kind that a word is near to: the only one, or parts of a whole. Null: none, or more than one. */
function columnsNear(meant: Meant[], fields: Field[]): Pick<Near, "fields" | "others"> | null {
  for (const [at, { names, together }] of meant.entries()) {
    const found = fields
      .map((field) => ({ field, fits: Math.max(...names.map((name) => calledSo(field, name))) }))
      .filter(({ fits }) => fits > 0);
    if (found.length === 0) continue;
    const best = found.filter(({ fits }) => fits === Math.max(...found.map((one) => one.fits)));
    const fitting = best.map(({ field }) => field);
    if (fitting.length > 1 && !(together && fitting.every(({ additive }) => additive))) return null;
    const later = meant
      .slice(at + 1)
      .flatMap((more) => fields.filter((field) => more.names.some((name) => calledSo(field, name) > 0)));
    const others = [...found.map(({ field }) => field), ...later].filter((field) => !fitting.includes(field));
    return { fields: fitting, others: [...new Set(others)] };
  }
  return null;
}

const valueStems = remembered((value) =>
  wordsIn(value)
    .map((word) => stem(plain(word)))
    .join(" "),
);

/** The only value that is written so, or that has the word among others; or the only column of yes and no that is called so. */
function valueNear(meant: Meant[], { fields }: Table): Pick<Near, "fields" | "others" | "value"> | null {
  const flags = fields.filter(
    (field) => field.flag !== null && meant.some(({ names }) => names.some((name) => calledSo(field, name) > 0)),
  );
  const [flag] = flags;
  if (flag) return flags.length === 1 ? { fields: [flag], others: [] } : null;
  const written = fields
    .filter(isName)
    .flatMap((field) =>
      field.column.profile.topValues.flatMap(({ value }) => (typeof value === "string" ? [{ field, value }] : [])),
    );
  for (const { names } of meant) {
    const phrases = names.map((name) => name.join(" "));
    for (const fits of [
      (text: string, phrase: string) => text === phrase,
      (text: string, phrase: string) => ` ${text} `.includes(` ${phrase} `),
    ]) {
      const found = phrases
        .map((phrase) => written.filter(({ value }) => fits(valueStems(value), phrase)))
        .find(({ length }) => length > 0);
      const [only] = found ?? [];
      if (only) return found?.length === 1 ? { fields: [only.field], value: only.value, others: [] } : null;
    }
  }
  return null;
}

/** Whether rows are such that it is done with each of them. */
function isDone(meant: Meant[], { ownNouns, fields }: Table): boolean {
  return meant.some(({ names }) =>
    names.some(([name = ""]) => ownNouns.has(name) || fields.some((field) => calledSo(field, [name]) > 0)),
  );
}

const kinds: [Near["kind"], Meanings, (field: Field) => boolean][] = [
  ["quantity", quantities, isQuantity],
  ["degree", degrees, isNumber],
  ["group", groups, isGroup],
  ["thing", things, isGroup],
  ["person", persons, isName],
  ["moment", moments, ({ role, holds }) => role === "time" && holds !== "year"],
];

/** All that words may mean of a table, each the only thing of its kind. */
export function nearTo(words: string[], table: Table): Near[] {
  const key = keyOf(words);
  const found: Near[] = kinds.flatMap(([kind, meanings, fits]) =>
    (meanings.get(key) ?? []).flatMap((meant) => {
      const columns = columnsNear(meant, table.fields.filter(fits));
      return columns ? [{ kind, ...columns }] : [];
    }),
  );
  for (const meant of values.get(key) ?? []) {
    const value = valueNear(meant, table);
    if (value) found.push({ kind: "value", ...value });
  }
  if ((deeds.get(key) ?? []).some((meant) => isDone(meant, table)))
    found.push({ kind: "deed", fields: [], others: [] });
  return found;
}

/** Whether a column names those who did something, by whatever of the words for them. */
export function namesPersons(field: Field): boolean {
  return (
    isName(field) &&
    [...persons.values()].some((meanings) =>
      meanings.some(([meant]) => meant?.names.some((name) => calledSo(field, name) > 0)),
    )
  );
}

/** The column of those who do what some words say. Null: none, or more than one. */
export function doerOf(words: string[], table: Table): Field | null {
  const doers = words.flatMap((word) =>
    nearTo([word], table).flatMap(({ kind, fields }) => (kind === "person" ? fields : [])),
  );
  const [doer, ...more] = new Set(doers);
  return doer && more.length === 0 ? doer : null;
}
