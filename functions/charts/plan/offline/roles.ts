import type { Column } from "../../../../contract/index.ts";
import {
  additive,
  compounds,
  identifying,
  intensive,
  noDeeds,
  notAdditive,
  numberedThings,
  numbering,
  putIn,
} from "./language/column-words.ts";
import { stem } from "./language/stem.ts";
import { wordsIn } from "./language/tokens.ts";
import { factorBetween } from "./link/units.ts";
import type { TimeKind } from "./query.ts";

export interface Role {
  /** What the column does in a question: is added up, groups, orders in time, or only names a row. */
  role: "measure" | "dimension" | "time" | "identifier";
  /** For `time`. */
  holds: TimeKind | null;
  numeric: boolean;
  /** A number of so few different values that rows can be grouped by it, like the cylinders of cars. */
  discrete: boolean;
  /** Nearly each row has its own value. */
  unique: boolean;
  /** A measure whose sum means something: money and quantities, not rates or sizes. */
  additive: boolean;
  /** A number whose sum means nothing of anything: a score, a rate, an age. Others may be added up where a question wants all of it. */
  intensive: boolean;
}

const wholeNumber = /^(U?(TINY|SMALL|BIG|HUGE)?INT|U?INTEGER)/;
const number = /^(U?(TINY|SMALL|BIG|HUGE)?INT|U?INTEGER|DOUBLE|FLOAT|REAL|DECIMAL|NUMERIC)/;

const places = new Set("lat latitude lon lng long longitude".split(" "));
const yearly = new Set("year yr date season founded established built opened joined since born birth yob".split(" "));

const ranks = new Set("rank ranking position place level points score".split(" ").map(stem));

function yearKind(column: Column, words: string[]): TimeKind | null {
  const { min, max } = column.profile;
  const named = words.some((word) => yearly.has(word));
  if (wholeNumber.test(column.type)) {
    const low = Number(min);
    const high = Number(max);
    if (min === null || max === null || !Number.isInteger(low) || !Number.isInteger(high)) return null;
    if (named && words.length <= 3 && ((low >= 1000 && high <= 2200) || (low >= 0 && high <= 99 && words.length === 1)))
      return "year";
    return isRunOfYears(low, high, column.profile.distinctCount) && !words.some(isQuantity) ? "year" : null;
  }
  if (column.type !== "VARCHAR" || typeof min !== "string" || typeof max !== "string") return null;
  const years = (value: string) => /^(1[5-9]|20|21)\d\d$/.test(value);
  if (years(min) && years(max) && (named || column.profile.topValues.every(({ value }) => years(String(value)))))
    return "text-year";
  const months = (value: string) => /^\d{4}-(0[1-9]|1[0-2])$/.test(value);
  return months(min) && months(max) && column.profile.topValues.every(({ value }) => months(String(value)))
    ? "text-month"
    : null;
}

/** Whether whole numbers are nearly all years of a few decades of our time, whatever their column is called ("vintage"). */
function isRunOfYears(low: number, high: number, distinct: number): boolean {
  return low >= 1950 && high <= 2050 && distinct >= 3 && distinct >= (high - low + 1) * 0.8;
}

const isQuantity = (word: string) => additive.has(stem(word)) || notAdditive.has(stem(word)) || isPluralOfThings(word);

function timeKind(column: Column, words: string[]): TimeKind | null {
  if (column.type === "DATE") return "date";
  if (column.type.startsWith("TIMESTAMP")) return "timestamp";
  return yearKind(column, words);
}

const quantities = new Set(
  "amount amt value total sum price cost sale revenue quantity qty unit income profit budget".split(" ").map(stem),
);

/**
 * Whether the rows of a table of some size are numbered through, by whatever name ("Respondent"), and neither ranked nor
 * measured.
 */
function isSerial(
  { profile: { min, max, nullCount, distinctCount } }: Column,
  rowCount: number,
  stems: string[],
): boolean {
  if (rowCount < 30 || nullCount > 0 || distinctCount < rowCount * 0.9) return false;
  return Number(max) - Number(min) + 1 === rowCount && !stems.some((word) => ranks.has(word) || quantities.has(word));
}

const isCompound = (word: string) => compounds.some((one) => word.length > one.length && word.endsWith(one));

/** A column called after things in the plural ("parcels", "nights") says how many there are, and those add up. */
export function isPluralOfThings(word: string): boolean {
  if (/^(children|people|men|women)$/.test(word)) return true;
  return /[^sui]s$/.test(word) && word.length > 3 && stem(word) !== word && !notAdditive.has(stem(word));
}

/** What a name says of how its numbers are told: in brackets, behind a slash or by a sign. */
interface Measured {
  money: boolean;
  /** In seconds, hours, days: how long something takes. */
  lasting: boolean;
  /** By or for one of something, as a part of a hundred, or in steps of a scale: nothing that adds up. */
  perOne: boolean;
}

const currency =
  /[£$€¥₹]|(^|[^a-z])(usd|eur|gbp|chf|cad|aud|nzd|sek|nok|dkk|pln|czk|huf|inr|jpy|cny|zar|brl|mxn|try|euros?|dollars?|pounds?)(?![a-z])/i;

function measuredBy(name: string): Measured {
  const told = [...name.matchAll(/[([]([^)\]]*)[)\]]/g)].map(([, text = ""]) => text.trim());
  const last = wordsIn(name).at(-1)?.toLowerCase() ?? "";
  const units = [...told.map((text) => text.toLowerCase()), last];
  const ratio = /^\S{1,5}\s?(\/|\bper\b)\s?\S+$/i;
  return {
    money: currency.test(name.replaceAll("_", " ")),
    lasting: units.some((unit) => unit.length > 0 && factorBetween(unit, "s") !== null),
    perOne:
      // "Rate (p/kWh)", "Speed (km/h)"; "Returned (Y/N)" is no number at all.
      told.some((text) => ratio.test(text)) ||
      // "Satisfaction (1-5)", "Score (out of 10)", "Rating /5"
      told.some((text) => /^\d+\s*([-–/]|to)\s*\d+$|^(\/|out of)\s?\d+$/i.test(text)) ||
      /\/\s?(5|10|20|100)\s*$|out of \d+$/i.test(name) ||
      // "Pay/hr", "Cost/kg"
      /\/\s?(hr|hour|h|day|night|week|month|kg|km|mile|l|litre|liter|m2|m²|unit|person|head)\s*$/i.test(name) ||
      /[%‰°]|(^|[^a-z])(ppm|ppb|mph|kmh|rpm|bpm|mpg|dB)(?![a-z])/.test(name),
  };
}

/** A number that its sign or its word says to be one that things are called by: "Ticket #", "Invoice No.", but not "# Staff". */
function isNumbered(name: string, words: string[]): boolean {
  const last = words.at(-1) ?? "";
  const before = words.at(-2);
  const counted = before !== undefined && (isPluralOfThings(before) || /^(total|count|sum)$/.test(before));
  if (/\p{L}[^#]*#\s*$/u.test(name)) return !isPluralOfThings(last);
  // A "pick number" says which one it was of some, and ranks.
  if (/^numbers?$/.test(last)) return before !== undefined && numberedThings.has(before);
  return numbering.has(last) && (!counted || numberedThings.has(before));
}

/** "Refunded", "Litres sold": how many or how much was, unless it is how long. */
const isDeed = (words: string[], { max }: Column["profile"]) =>
  Number(max) > 1 && /[^e]ed$/.test(words.at(-1) ?? "") && !noDeeds.has(words.at(-1) ?? "");

/** Whether all of many whole numbers differ and lie close together, as only those do that were given out one by one. */
function isDense({ profile: { min, max, distinctCount } }: Column, filled: number): boolean {
  return filled >= 30 && distinctCount >= filled * 0.98 && Number(max) - Number(min) < filled * 3;
}

/** Whether whole numbers have as many digits each as numbers have that are given out. */
const isLong = ({ profile: { min, max } }: Column) =>
  Number(min) >= 100 && String(Math.trunc(Number(min))).length === String(Math.trunc(Number(max))).length;

/** Infers what a column is for from its type, its profile and its name. */
export function roleOf(column: Column, rowCount: number): Role {
  // "% Complete" is a percentage as "pct_complete" is.
  const signs = column.name.includes("%") ? ["percent"] : [];
  const words = [...signs, ...wordsIn(column.name)].map((word) => word.toLowerCase());
  const stems = words.map(stem);
  const { distinctCount, nullCount } = column.profile;
  const filled = Math.max(1, rowCount - nullCount);
  const unique = distinctCount >= filled * 0.9 && filled > 1;
  const holds = timeKind(column, words);
  const numeric = number.test(column.type);
  const base = { holds, numeric, unique, discrete: false, additive: false, intensive: false };
  if (holds) return { ...base, role: "time", discrete: !unique };

  const last = words.at(-1) ?? "";
  const whole = wholeNumber.test(column.type);
  const named = identifying.has(last) || (words.length === 1 && words[0] !== undefined && identifying.has(words[0]));
  const numbered = isNumbered(column.name, words);
  const compact = /[a-z](ID|Id)$/.test(column.name) || /^[a-z]{2,}(id|no)$/.test(column.name);
  if (!numeric) return (named || numbered) && unique ? { ...base, role: "identifier" } : { ...base, role: "dimension" };
  const measured = measuredBy(column.name);
  const { money, lasting, perOne } = measured;
  const counts =
    money ||
    isDeed(words, column.profile) ||
    words.some((word) => additive.has(stem(word)) || isPluralOfThings(word) || isCompound(stem(word)));
  if (whole && (named || numbered || compact || isSerial(column, rowCount, stems)))
    return { ...base, role: "identifier" };
  const plain = !money && !lasting && !perOne && !words.some((word) => notAdditive.has(stem(word)));
  const thing = numberedThings.has(last) && words.length <= 2;
  const again = filled >= distinctCount * 2;
  if (whole && plain && thing && (isLong(column) || again) && distinctCount > 12)
    return { ...base, role: "identifier" };
  if (whole && plain && (!counts || thing) && isDense(column, filled) && !stems.some((word) => ranks.has(word)))
    return { ...base, role: "identifier" };
  const unit = /^(g|kg|km|miles|kwh|mwh|wh|litres|liters|gallons|tons|tonnes)$/.test(last);
  const discrete =
    whole && !money && !lasting && !unit && distinctCount <= 12 && filled >= distinctCount * 4 && !counts;
  // The pages of a book are no quantity that adds up, nor is a price; page views and prices paid are.
  const adding = compounds.includes(stems.at(-1) ?? "") || words.includes("paid");
  const told = adding ? stems.filter((word) => word !== stem("page") && word !== stem("price")) : stems;
  const ofTime = lasting || words.some((word) => /^(time|hours?|duration)$/.test(word));
  const lost = ofTime && stems.some((word) => putIn.has(word));
  const sums = lost || (counts && !told.some((word) => notAdditive.has(word)));
  const ofOne = words.some((word, at) => word === "unit" && /^(cost|cst|price|prc|fee)s?$/.test(words[at + 1] ?? ""));
  // What a meter shows is what went through it since it was built.
  const shown = words.some((word) => /^readings?$/.test(word));
  const adds = sums && !ofOne && !perOne && !shown && !words.some((word) => places.has(word));
  return {
    ...base,
    role: "measure",
    discrete,
    additive: adds,
    intensive: perOne || ofOne || shown || stems.some((word) => intensive.has(word) && !(lasting && word === "min")),
  };
}
