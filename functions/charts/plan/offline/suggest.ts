import type { PlannableTable } from "../planner.ts";
import { type Field, readTable, type Table } from "./link/fields.ts";
import { grainFor } from "./read/grain.ts";

const most = 6;
/** Below this, questions that are hardly worth asking fill up. */
const least = 4;

/**
 * Four to six questions, each of another kind, that are worth asking of a table and that {@link planOffline} answers.
 * Fewer where the table has too few columns for more.
 */
export function suggestQuestions(table: PlannableTable): string[] {
  const { fields } = readTable(table);
  const varied = fields.filter(isVaried);
  const measures = measuresOf({ fields });
  const dimensions = varied.filter(isReadable).sort((one, other) => readability(other) - readability(one));
  const times = varied.filter(
    ({ role, holds, id }) => role === "time" && holds !== null && !/[dy]ob(?![a-z])|birth/i.test(id),
  );
  const time = times[0];
  const [measure, second, third] = measures;
  const [dimension, further] = dimensions;
  const questions = [
    measure && dimension && `${total(measure)} by ${dimension.name}`,
    time && time !== dimension && `${measure ? total(measure) : "Number of rows"} by ${stepOf(time)}`,
    top(varied, measure, further),
    measure && second && !(measure.discrete && second.discrete) && `${measure.name} vs ${second.name}`,
    (third ?? second ?? measure) && `Distribution of ${(third ?? second ?? measure)?.name}`,
    share(dimensions, dimension),
    !measure && dimension && `Number of rows by ${dimension.name}`,
    map(varied),
  ].filter((question): question is string => typeof question === "string");
  const fillers = [
    measure && `What is the highest ${measure.name}?`,
    measure && `Average ${measure.name}`,
    !measure && further && `Number of rows by ${further.name}`,
    ...varied
      .filter(({ role, unique }) => role === "dimension" && !unique)
      .slice(0, 1)
      .map(({ name }) => `Number of different ${name}`),
    "How many rows are there?",
  ].filter((question): question is string => typeof question === "string");
  const missing = Math.max(0, least - questions.length);
  return [...new Set([...questions.slice(0, most), ...fillers.slice(0, missing)])];
}

/** The measures that are worth asking for, the most telling first; steps, such as ratings, only where there is nothing else. */
export function measuresOf({ fields }: Pick<Table, "fields">): Field[] {
  const measures = fields.filter((field) => isVaried(field) && field.role === "measure" && !isPlace(field));
  const continuous = measures.filter(({ discrete }) => !discrete);
  return (continuous.length > 0 ? continuous : measures).sort((one, other) => worth(other) - worth(one));
}

/** Adding up means something, or else the average does. */
function total(field: Field): string {
  return `${field.additive ? "Total" : "Average"} ${field.name}`;
}

/** A column of years goes by its own name, so that another column of time is not taken for it. */
function stepOf(time: Field): string {
  return time.holds === "year" || time.holds === "text-year" ? time.name : grainFor(time);
}

function top(fields: Field[], measure: Field | undefined, dimension: Field | undefined): string | null {
  const label = fields.find((field) => field.unique && isName(field));
  const ranked = label ?? (dimension && dimension.column.profile.distinctCount > 5 ? dimension : undefined);
  return measure && ranked ? `Top 5 ${ranked.name} by ${measure.name}` : null;
}

/** Parts of a whole can be told from one another where there are few and they differ. */
function share(dimensions: Field[], first: Field | undefined): string | null {
  const few = dimensions.filter(({ column, numeric }) => {
    const counts = column.profile.topValues.map(({ count }) => count);
    return !numeric && column.profile.distinctCount <= 8 && Math.max(...counts) > 1.05 * Math.min(...counts);
  });
  const of = few.find((one) => one !== first) ?? few[0];
  return of ? `Share of rows by ${of.name}` : null;
}

const latitude = /^(lat|latitude)$|_(lat|latitude)$/i;
const longitude = /^(lon|lng|long|longitude)$|_(lon|lng|longitude)$/i;

/** Where something is, rather than how much of it there is. */
const isPlace = ({ id }: Field) => latitude.test(id) || longitude.test(id);

function map(fields: Field[]): string | null {
  const up = fields.find(({ id, numeric }) => numeric && latitude.test(id));
  const across = fields.find(({ id, numeric }) => numeric && longitude.test(id));
  return up && across ? `${up.name} vs ${across.name}` : null;
}

function isVaried({ column }: Field): boolean {
  return column.profile.distinctCount > 1;
}

/** A text that tells a person what a row is, rather than a number or code. */
function isName({ column, role }: Field): boolean {
  if (column.type !== "VARCHAR" || role !== "dimension" || column.profile.distinctCount <= 5) return false;
  const values = column.profile.topValues.map(({ value }) => String(value));
  return values.filter((value) => /\d{3}|^\W|^https?:/.test(value)).length * 2 < values.length;
}

/** Quantities that vary are worth more than measures that are nearly constant or nearly all missing. */
function worth({ additive, column }: Field): number {
  const { distinctCount, nullCount } = column.profile;
  return (additive ? 2 : 1) * Math.log2(2 + Math.min(distinctCount, 1000)) - (nullCount > 0 ? 1 : 0);
}

/** A dimension with few enough values to be read in a chart, none of which is nearly all there is. */
function isReadable({ role, discrete, column, unique }: Field): boolean {
  const { distinctCount, topValues } = column.profile;
  const [first] = topValues;
  const counted = topValues.reduce((sum, { count }) => sum + count, 0);
  const lopsided = first !== undefined && first.count > 0.95 * counted;
  return !unique && !lopsided && (role === "dimension" || (discrete && role === "measure")) && distinctCount <= 60;
}

/** Words before numbers, and three to twenty of them before more or fewer; else as the table has them. */
function readability({ numeric, flag, column }: Field): number {
  const { distinctCount } = column.profile;
  return (numeric ? 0 : 2) + (distinctCount >= 3 && distinctCount <= 20 ? 1 : 0) - (flag ? 1 : 0);
}
