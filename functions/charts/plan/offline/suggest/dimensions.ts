import { stem } from "../language/stem.ts";
import { wordsIn } from "../language/tokens.ts";
import type { Field } from "../link/fields.ts";
import { isVaried } from "./measures.ts";

/** Names of columns by which nearly every owner wants to see a table. */
const telling = new Set(
  `category type kind group class segment product item brand region country city area town site branch store shop location depot
  hall warehouse channel source department team plan membership genre status priority service treatment model supplier market
  campaign industry sector division line programme program subject reason`
    .split(/\s+/)
    .map(stem),
);

/** The dimensions that can be read in a chart, those that are most worth grouping by first. */
export function dimensionsOf(fields: Field[]): Field[] {
  return fields
    .filter((field) => isVaried(field) && isReadable(field))
    .map((field, at) => ({ field, worth: worth(field) - at / 100 }))
    .sort((one, other) => other.worth - one.worth)
    .map(({ field }) => field);
}

/** A dimension with few enough values to be read in a chart, none of which is nearly all there is. */
function isReadable({ role, discrete, column, unique }: Field): boolean {
  const { distinctCount, topValues } = column.profile;
  const [first] = topValues;
  const counted = topValues.reduce((sum, { count }) => sum + count, 0);
  const lopsided = first !== undefined && first.count > 0.95 * counted;
  const groups = role === "dimension" || (discrete && role === "measure");
  return !unique && !lopsided && groups && column.type !== "TIME" && distinctCount <= 60;
}

/** Words before numbers and codes, three to twenty of them before more or fewer, and what owners group by before the rest. */
function worth({ numeric, flag, column, id }: Field): number {
  const { distinctCount, nullCount, topValues } = column.profile;
  const known = topValues.reduce((sum, { count }) => sum + count, 0);
  const coded = topValues.filter(({ value }) => /\d{2}/.test(String(value))).length * 2 > topValues.length;
  const [first] = topValues;
  // Numbers of things, names of people, and groups of hardly more than one row.
  const single = /(^|[ _])(id|no|nr|ref|name)\.?$/i.test(id) || known < distinctCount * 3 ? 3 : 0;
  const uneven = first !== undefined && first.count > 0.8 * known ? 1 : 0;
  return (
    (numeric ? 0 : 2) +
    (distinctCount >= 3 && distinctCount <= 20 ? 1.5 : 0) +
    (wordsIn(id).some((word) => telling.has(stem(word))) ? 1 : 0) -
    (flag || distinctCount === 2 ? 1 : 0) -
    (coded ? 1.5 : 0) -
    single -
    uneven -
    (nullCount > known / 2 ? 2 : nullCount > 0 ? 0.5 : 0)
  );
}

/** What is ranked most: those who buy and sell, and what is bought. */
const ranking = new Set(
  `customer client account buyer supplier vendor product item article title film movie book artist author driver agent seller
  rep officer employee player team school store branch project model country city`
    .split(/\s+/)
    .map(stem),
);

/** The column whose values people know by name, and of which there are too many to show all: customers, drivers, films. */
export function rankedOf(fields: Field[], grouped: Field | undefined): Field | undefined {
  const named = fields.find((field) => field.unique && isName(field));
  if (named) return named;
  const many = fields.filter((field) => field !== grouped && field.column.profile.distinctCount > 8 && isName(field));
  const rank = ({ id, column: { profile } }: Field) =>
    (wordsIn(id).some((word) => ranking.has(stem(word))) ? 0 : 1) + (profile.nullCount > 0 ? 0.5 : 0);
  return many.sort((one, other) => rank(one) - rank(other))[0];
}

/** A text that tells a person what a row is, rather than a number, a code or a remark. */
function isName({ column, role }: Field): boolean {
  if (column.type !== "VARCHAR" || role !== "dimension" || column.profile.distinctCount <= 5) return false;
  const values = column.profile.topValues.map(({ value }) => String(value));
  return values.filter((value) => /\d{2}|^\W|^https?:|.{60}/.test(value)).length * 2 < values.length;
}
