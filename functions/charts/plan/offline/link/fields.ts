import type { Column } from "../../../../../contract/index.ts";
import type { PlannableTable } from "../../planner.ts";
import { longFormsOf } from "../language/abbreviations.ts";
import { isCountry } from "../language/countries.ts";
import { nameSameRows, persons } from "../language/row-words.ts";
import { isAbbreviation } from "../language/similarity.ts";
import { stem } from "../language/stem.ts";
import { rowWords } from "../language/stop-words.ts";
import { areSynonyms } from "../language/synonyms.ts";
import { wordsIn } from "../language/tokens.ts";
import type { Formula, Literal } from "../query.ts";
import { isPluralOfThings, type Role, roleOf } from "../roles.ts";

export interface FieldWord {
  stem: string;
  /** How much of the column's name this word is; a unit or "of" is little. */
  weight: number;
  /** "earned", "sold": says what was done, and has no synonyms among things. */
  done?: boolean;
}

/** A column as a question may speak of it. */
export interface Field extends Role {
  column: Column;
  /** The column's name in SQL. */
  id: string;
  /** How titles and explanations call it. */
  name: string;
  /** The ways to name it: its own name, and its label. Each is a list of words. */
  names: FieldWord[][];
  /** What a column of yes and no holds for either; null for other columns. */
  flag: { yes: Literal; no: Literal } | null;
  /** Words of its description: weak hints. */
  hints: Set<string>;
  /** Of a column that the table does not have: how it is computed from those of a row. */
  formula?: Formula;
  /** Of a quotient of totals: what is added up or, where it is no measure, counted; null for the number of rows; and what by. */
  quotient?: { of: Field | null; by: Field | null; aggregate: "sum" | "count" | "count-distinct"; factor: number };
}

export interface Table {
  table: PlannableTable;
  fields: Field[];
  /** Stems of the words for one row: "movie" in a table of movies. */
  rowNouns: Set<string>;
  /** Those of them that are this table's own, and so have synonyms. */
  ownNouns: Set<string>;
  /** The columns that questions have asked to compute, by name, each after those that it needs. */
  computed: Map<string, Field>;
}

const filler = new Set(
  "of the in on for per and or to is are was has have a an by at via through from with no yn flag".split(" "),
);
/** Words that many columns share and that say little alone. */
const generic = new Set(
  "name id code iata icao type number num date description detail details value status key info".split(" ").map(stem),
);
/** Units and other endings that people leave out: `cost_usd`, `battery_pct`, `temperature_c`. */
const units = new Set(
  "t l m tons tonnes hectares ha acres liters litres usd eur gbp chf dollars euros pct percent ppm ppb kg g lb lbs cm mm km ft sqft mi mph kmh kwh mwh c f hz db ms sec mins hrs seconds minutes hours days thousands millions billions count".split(
    " ",
  ),
);
const fileWords = new Set("data dataset table csv tsv file export copy final sheet the of and list all".split(" "));

const steps: Record<string, string> = {
  d: "day",
  w: "week",
  wk: "week",
  m: "month",
  mo: "month",
  y: "year",
  yr: "year",
  h: "hour",
  hr: "hour",
};

/** "30d" at the end of a name is 30 days, "12m" twelve months. */
function windowOf(word: string): string[] | null {
  const [, number, unit] = /^(\d{1,3})([a-z]{1,2}?)s?$/i.exec(word) ?? [];
  const step = steps[unit?.toLowerCase() ?? ""];
  return number !== undefined && step !== undefined ? [number, step] : null;
}

/**
 * @param minutes whether "min" at the end of a name is a unit, there being no "max"
 * @param quantity whether the column says how much
 */
function fieldWords(
  name: string,
  rowNouns: Set<string>,
  { minutes, quantity }: { minutes: boolean; quantity: boolean },
): FieldWord[] {
  const unit = /\(([^)]*)\)|\[([^\]]*)\]/.exec(name);
  const main = name.replace(/\([^)]*\)|\[[^\]]*\]/g, " ");
  // What a `Rate/Night` is counted by is not what it is.
  const by = /(?:\/|\bper\b)\s*(\p{L}+)/iu.exec(main.replaceAll("_", " "))?.[1]?.toLowerCase();
  const words = wordsIn(main.trim() === "" ? name : main).flatMap((word, at): FieldWord | FieldWord[] => {
    const window = windowOf(word);
    if (window && at > 0) return window.map((part) => ({ stem: part, weight: 0.3 }));
    const stemmed = stem(word);
    if (at > 0 && word.toLowerCase() === by) return { stem: stemmed, weight: 0.3 };
    if (filler.has(word.toLowerCase())) return { stem: stemmed, weight: 0.1 };
    if (generic.has(stemmed)) return { stem: stemmed, weight: 0.6 };
    const isUnit = units.has(word.toLowerCase()) || /^[23]$/.test(word) || (minutes && /^min$/i.test(word));
    if (at > 0 && isUnit) return { stem: stemmed, weight: 0.3 };
    return { stem: stemmed, weight: rowNouns.has(stemmed) ? 0.5 : 1, done: at > 0 && /ed$/i.test(word) };
  });
  // The word for the rows says all where only its unit stands beside it: `water_m3` in a table of water.
  const [first] = words;
  if (first?.weight === 0.5 && words.every(({ weight }, at) => at === 0 || weight < 0.5)) first.weight = 1;
  // "rent" is how much, where a table of rents has a `net_rent`.
  const last = words.at(-1);
  if (quantity && last?.weight === 0.5 && !/s$/i.test(main.trim())) last.weight = 1;
  if (unit && main.trim() !== "")
    words.push(...wordsIn(unit[1] ?? unit[2] ?? "").map((word) => ({ stem: stem(word), weight: 0.1 })));
  return words;
}

/** The name as it is written in titles: words apart, as the owner spelt them. */
export function readableName(column: Column): string {
  if (column.label) return column.label;
  if (/\s/.test(column.name)) return column.name.trim();
  return (
    column.name
      .replace(/_+/g, " ")
      .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
      .trim() || column.name
  );
}

/** Whether a column is called after countries or holds mostly countries. */
export function isOfCountries({ column, names }: Field): boolean {
  return (
    column.type === "VARCHAR" &&
    names.some((name) => name.some(({ stem, weight }) => stem === "country" && weight >= 0.5))
  );
}

function holdsCountries(column: Column): boolean {
  const texts = column.profile.topValues.map(({ value }) => value).filter((value) => typeof value === "string");
  return texts.length > 0 && texts.filter(isCountry).length * 2 > texts.length;
}

const naming = new Set("full first last short long display official".split(" ").map(stem));

/** What a column that names each row says a row is: "employee" of `employee_id`, "product" of `Product Name`. */
function rowNounsOf(column: Column, rowCount: number): string[] {
  const { role, unique } = roleOf(column, rowCount);
  if (!unique || (role !== "identifier" && column.type !== "VARCHAR")) return [];
  const words = wordsIn(column.label ?? column.name).filter((word) => !filler.has(word.toLowerCase()));
  const short = (word: string) => word.length <= 2 && [...longFormsOf(word)].length === 0;
  const stems = words.map(stem).filter((word) => !generic.has(word) && !naming.has(word) && !short(word));
  const [only] = stems;
  return stems.length === 1 && only !== undefined ? [only] : [];
}

const answers = [
  ["yes", "no"],
  ["y", "n"],
  ["true", "false"],
  ["t", "f"],
] as const;

/** The two values of a column that says yes or no. */
function flagOf({ type, name, profile }: Column): Field["flag"] {
  if (type === "BOOLEAN") return { yes: true, no: false };
  const values = profile.topValues.map(({ value }) => value);
  if (values.length !== 2) return null;
  const written = (word: string) => values.find((value) => String(value).toLowerCase() === word);
  if (type === "VARCHAR")
    for (const [yes, no] of answers) {
      const [one, other] = [written(yes), written(no)];
      if (typeof one === "string" && typeof other === "string") return { yes: one, no: other };
    }
  // "smoker" is yes or no, "goals" how many.
  return written("1") === 1 && written("0") === 0 && !isPluralOfThings(wordsIn(name).at(-1)?.toLowerCase() ?? "")
    ? { yes: 1, no: 0 }
    : null;
}

/** The words of a column's name in lower case, and each two of them as one: "checkin" of `check_in`. */
export function nameWords({ id, column }: Pick<Field, "id" | "column">): string[] {
  return [id, column.label ?? ""].flatMap((name) => {
    const words = wordsIn(name).map((word) => word.toLowerCase());
    return [...words, ...words.slice(1).map((word, at) => `${words[at]}${word}`)];
  });
}

/** The word for a row, or another word for it: "staff" in a table of employees, "transactions" where there is a `txn_id`. */
export function isOwnRowNoun(word: string, { rowNouns, ownNouns }: Table): boolean {
  return rowNouns.has(word) || [...ownNouns].some((noun) => areSynonyms(word, noun) || isAbbreviation(noun, word));
}

/** Whether a word may mean the rows where no column is called so: "purchases" in a table of orders. */
export function isRowNoun(word: string, table: Table): boolean {
  return isOwnRowNoun(word, table) || [...table.ownNouns].some((noun) => nameSameRows(word, noun));
}

/** Prepares a table for linking: roles, words, and what a row is called. */
export function readTable(table: PlannableTable): Table {
  const ownNouns = new Set<string>();
  for (const name of [table.label, table.name === "data" ? "" : table.name])
    for (const word of wordsIn(name.replace(/\.\w+$/, "")))
      if (!fileWords.has(word.toLowerCase()) && !/^\d+$/.test(word))
        for (const one of [stem(word), ...longFormsOf(stem(word))]) ownNouns.add(one);
  for (const column of table.columns)
    for (const word of rowNounsOf(column, table.rowCount))
      for (const one of [word, ...longFormsOf(word)]) ownNouns.add(one);
  const rowNouns = new Set([...[...rowWords].map(stem), ...ownNouns]);
  if ([...ownNouns].some((noun) => persons.has(noun))) rowNouns.add("person");
  const minutes = !table.columns.some(({ name }) => /(^|[^a-z])(max|mean|avg)([^a-z]|$)/i.test(name));
  const fields = table.columns.map((column): Field => {
    const role = roleOf(column, table.rowCount);
    const told = { minutes, quantity: role.role === "measure" && role.numeric };
    const names = [fieldWords(column.name, rowNouns, told)];
    if (column.label) names.push(fieldWords(column.label, rowNouns, told));
    if (holdsCountries(column)) names.push([{ stem: "country", weight: 1 }]);
    const hints = new Set(wordsIn(column.description ?? "").map(stem));
    return { ...role, column, id: column.name, name: readableName(column), names, flag: flagOf(column), hints };
  });
  return { table, fields, rowNouns, ownNouns, computed: new Map() };
}
