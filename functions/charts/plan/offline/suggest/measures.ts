import { valueFormat } from "../../../render/value-format.ts";
import { stem } from "../language/stem.ts";
import { wordsIn } from "../language/tokens.ts";
import type { Field, Table } from "../link/fields.ts";
import { sideOf } from "../link/implied-columns.ts";

/** The measures that are worth asking for, the most telling first; steps, such as ratings, only where there is nothing else. */
export function measuresOf({ fields }: Pick<Table, "fields">): Field[] {
  const measures = fields.filter((field) => isVaried(field) && field.role === "measure" && !isOnlyRead(field));
  const continuous = measures.filter(({ discrete }) => !discrete);
  return (continuous.length > 0 ? continuous : measures).sort((one, other) => worth(other) - worth(one));
}

export function isVaried({ column }: Field): boolean {
  return column.profile.distinctCount > 1;
}

/** Whether the sum of a measure over many rows is what people want of it: of money and quantities, not of prices and scores. */
export function addsUp(field: Field): boolean {
  return !field.intensive && !isOfOne(field) && (field.additive || moneySide(field) !== null);
}

/** Said of one thing: prices, and what is counted by another ("GBP/L"). */
function isOfOne(field: Field): boolean {
  const side = sideOf(field);
  return side === "each" || side === "unit" || /\/|(^|[^a-z])per([^a-z]|$)/i.test(field.id);
}

const noSum = /%|(^|[^a-z])(rate|margin|tax|vat|discount|disc|rebate|index|score|ratio|average|avg|mean)([^a-z]|$)/i;

/** What side a sum of money is on; a column in a currency is one, whatever it is called. Null: it is no such sum. */
function moneySide(field: Field): "in" | "out" | "neutral" | null {
  if (!field.numeric || isOfOne(field) || noSum.test(field.id)) return null;
  const side = sideOf(field);
  const [, direction] = /[ _](in|out)$/i.exec(field.id) ?? [];
  if (side !== null && direction) return direction.toLowerCase() === "in" ? "in" : "out";
  if (side === "in" || side === "out") return side;
  const currency = valueFormat(field.id, [], field.column.format)?.style === "currency";
  return side === "neutral" || currency ? "neutral" : null;
}

/** What an owner asks for first: what was taken in, and other sums of money before what was spent. */
const sides = { in: 7, neutral: 6, out: 4 };
/** What has not come about is worth less than what has. */
const meant =
  /(^|[^a-z])(plan|planned|budget|target|est|estimated|forecast|exp|expected|asking|list|requested|asked)([^a-z]|$)/i;

/**
 * Sums of money before quantities, the larger sums first, and quantities before what can only be averaged; what varies
 * before what is nearly constant or nearly all missing.
 */
function worth(field: Field): number {
  const { distinctCount, nullCount, topValues, mean } = field.column.profile;
  const side = moneySide(field);
  const size = side === null ? 0 : Math.log10(1 + Math.abs(Number(mean ?? 0)));
  const [first] = topValues;
  const known = topValues.reduce((sum, { count }) => sum + count, 0);
  const constant = first !== undefined && first.count > 0.9 * known ? 4 : 0;
  const varied = Math.log2(2 + Math.min(distinctCount, 1000)) / 5;
  return (
    (side === null ? 0 : sides[side] + size) +
    (addsUp(field) ? 3 : 0) +
    varied -
    (meant.test(field.id) ? 2 : 0) -
    constant -
    missing(nullCount, known)
  );
}

/** A few cells that lack are no harm; a column that is empty in most rows tells little of the whole. */
function missing(nullCount: number, known: number): number {
  return nullCount > known ? 3 : nullCount > 0 ? 0.5 : 0;
}

const places = new Set("lat latitude lon lng long longitude".split(" "));
const counters = stems("odo odometer mileage meter reading");
const ends = stems("previous prev current curr opening closing start end last before after");

function stems(words: string): Set<string> {
  return new Set(words.split(" ").map(stem));
}

/** Where something is, or where a counter stands: a number that is read off, of which neither sum nor average tells anything. */
export function isOnlyRead({ id }: Field): boolean {
  const words = wordsIn(id).map((word) => word.toLowerCase());
  const [first = ""] = words;
  const last = words.at(-1) ?? "";
  if (words.length <= 2 && (places.has(last) || places.has(first))) return true;
  const told = words.map(stem);
  return (
    /#|\b(no|nr)\.?$/i.test(id) ||
    /^odo(meter)?$/.test(first) ||
    (told.some((word) => counters.has(word)) && told.some((word) => ends.has(word)))
  );
}

/** What is read as an average, in the order in which people ask for it: how good, how long, how dear, how much of, how old. */
const averages = [
  /(^|[^a-z])(rating|score|stars?|satisfaction|csat|nps|quality|grade)([^a-z]|$)/i,
  /(^|[^a-z])(time|wait|waiting|duration|dur|delay|lead|resp|response|days|hours|minutes)([^a-z]|$)|\((min|mins|h|hrs|hours|days)\)/i,
  /price|(^|[^a-z])(rate|fare|per)([^a-z]|$)|\//i,
  /%|(^|[^a-z])(pct|percent|percentage|ratio|margin)([^a-z]|$)/i,
  /(^|[^a-z])(age|temp|temperature|weight|height|size)([^a-z]|$)/i,
];

/** Measures of which the average is asked for, the most telling first. */
export function averagesOf({ fields, table }: Pick<Table, "fields" | "table">): Field[] {
  const rank = ({ id }: Field) => averages.findIndex((words) => words.test(id));
  return fields
    .filter(
      (field) =>
        isVaried(field) &&
        field.role === "measure" &&
        field.column.profile.nullCount < table.rowCount / 2 &&
        !isOnlyRead(field) &&
        moneySide(field) === null &&
        (rank(field) >= 0 || field.intensive),
    )
    .map((field) => ({ field, rank: rank(field) < 0 ? averages.length : rank(field) }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ field }) => field);
}
