import type { Column } from "../../../../contract/index.ts";
import { stem } from "./language/stem.ts";
import { wordsIn } from "./language/tokens.ts";
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

const identifying = new Set("id ids key uuid guid index zip zipcode postcode phone isbn sku ean fax".split(" "));
const codes = new Set("code no nr".split(" "));
const places = new Set("lat latitude lon lng long longitude".split(" "));
const additive = new Set(
  `sales sale revenue turnover amount quantity qty units unit cost costs profit income expense expenses expenditure expenditures spend spending
  budget gross total totals count counts votes deaths death killed injured population orders visits views clicks sessions users
  visitors passengers downloads installs goals production generation emissions volume enrollment enrolment transactions
  affected principal money pax amt donations payment payments tax fees fee hours minutes unemployed employed employees births cases tickets tonnes consumption
  precipitation rainfall subscribers shipments attendance debt engineers debit credit debits credits stock
  inventory pageviews impressions conversions leads signups teachers students pupils staff headcount bookings calls messages
  emails purchases items pieces parcels packages deals offers registrations seats kwh mwh energy water waste deposits
  withdrawals fines refunds claims premium premiums savings earnings wages losses wins runs points attempts kills medals
  saves showings returns incidents accidents crimes admissions discharges trips rides donated paid spent sold
  kilometers kilometres miles distance yield harvest output tons kg kilos kilograms km liters litres likes violations shares comments followers streams plays hits logins errors requests responses
  takings receipts applications vacancies hires exits absences overtime investment capex opex proceeds commission commissions
  billed invoiced charged received collected earned owed owing outstanding arrears refunded`
    .split(/\s+/)
    .map(stem),
);
/** Ends of words that are written as one: "pageviews", "netsales". */
const compounds = "view sale revenue cost profit visit click payment sold".split(" ").map(stem);
const yearly = new Set("year yr date season founded established built opened joined since born birth yob".split(" "));
const notAdditive = new Set(
  `average avg mean median rate ratio percent percentage pct share index score rating price age year temperature temp speed
  rank ranking level max min maximum minimum per time duration delay tenure term weight wt wgt height hgt length width depth mass
  cylinders bedrooms bathrooms floors doors gears stars years grades degrees days months weeks seconds points pages to inches
  acceleration position latency thickness ha acre radius diameter displacement axles wheels blades cores`
    .split(/\s+/)
    .map(stem),
);

/** Of those, the ones that are no amount of anything, however many rows are taken together. */
const intensive = new Set(
  `average avg mean median rate ratio percent percentage pct index score rating satisfaction ease likelihood age year temperature temp
  speed rank ranking level max min maximum minimum per stars grade degrees position latency acceleration quality mood happiness density`
    .split(/\s+/)
    .map(stem),
);

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

/** Whether the rows of a table of some size are numbered through, by whatever name ("Respondent"), and not ranked. */
function isSerial(
  { profile: { min, max, nullCount, distinctCount } }: Column,
  rowCount: number,
  stems: string[],
): boolean {
  if (rowCount < 30 || nullCount > 0 || distinctCount < rowCount * 0.9) return false;
  return Number(max) - Number(min) + 1 === rowCount && !stems.some((word) => ranks.has(word));
}

const isCompound = (word: string) => compounds.some((one) => word.length > one.length && word.endsWith(one));

/** A column called after things in the plural ("parcels", "nights") says how many there are, and those add up. */
export function isPluralOfThings(word: string): boolean {
  if (/^(children|people|men|women)$/.test(word)) return true;
  return /[^sui]s$/.test(word) && word.length > 3 && stem(word) !== word && !notAdditive.has(stem(word));
}

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
  const compact = /[a-z](ID|Id)$/.test(column.name) || /^[a-z]{2,}(id|no)$/.test(column.name);
  if (numeric && whole && (named || codes.has(last) || compact || isSerial(column, rowCount, stems)))
    return { ...base, role: "identifier" };
  if (!numeric) {
    return named && unique ? { ...base, role: "identifier" } : { ...base, role: "dimension" };
  }
  const counts = words.some((word) => additive.has(stem(word)) || isPluralOfThings(word) || isCompound(stem(word)));
  const measured = /^(min|mins|sec|secs|hrs|kg|g|km|miles|eur|usd|gbp|kwh|litres|liters)$/.test(last);
  const discrete = whole && !measured && distinctCount <= 12 && filled >= distinctCount * 4 && !counts;
  // The pages of a book are no quantity that adds up, nor is a price; page views and prices paid are.
  const adding = compounds.includes(stems.at(-1) ?? "") || words.includes("paid");
  const told = adding ? stems.filter((word) => word !== stem("page") && word !== stem("price")) : stems;
  const sums = counts && !told.some((word) => notAdditive.has(word));
  const ofOne = words.some((word, at) => word === "unit" && /^(cost|cst|price|prc|fee)s?$/.test(words[at + 1] ?? ""));
  // "Satisfaction (1-5)": steps of a scale.
  const scaled = /\(\s*\d+\s*[-–]\s*\d+\s*\)/.test(column.name);
  return {
    ...base,
    role: "measure",
    discrete,
    additive: sums && !ofOne && !words.some((word) => places.has(word)),
    intensive: scaled || ofOne || stems.some((word) => intensive.has(word)),
  };
}
