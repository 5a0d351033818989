import type { PlannableTable } from "../planner.ts";
import { type Field, readTable } from "./link/fields.ts";
import { grainFor } from "./read/grain.ts";

/**
 * Four to six questions, each of another kind, that are worth asking of a table and that {@link planOffline} answers.
 * Fewer where the table has too few columns for more.
 */
export function suggestQuestions(table: PlannableTable): string[] {
  const { fields } = readTable(table);
  const known = fields.filter(({ column }) => column.profile.distinctCount > 1);
  const measures = known
    .filter(({ role, column }) => role === "measure" && !isPlace.test(column.name))
    .sort((one, other) => worth(other) - worth(one));
  const [measure, second] = measures;
  const dimension = bestDimension(known);
  const time = known.find(({ role }) => role === "time");
  const label = known.find(({ column, unique }) => column.type === "VARCHAR" && unique) ?? dimension;
  const questions: string[] = [];
  const total = (field: Field) => `${field.additive ? "Total" : "Average"} ${field.name}`;

  if (measure && dimension) questions.push(`${total(measure)} by ${dimension.name}`);
  if (measure && time && time !== dimension) questions.push(`${total(measure)} by ${grainFor(time)}`);
  else if (time) questions.push(`How many rows per ${grainFor(time)}?`);
  if (dimension) questions.push(`Number of rows by ${dimension.name}`);
  if (measure && label && label.column.profile.distinctCount > 5)
    questions.push(`Top 5 ${label.name} by ${measure.name}`);
  if (measure && second) questions.push(`${measure.name} vs ${second.name}`);
  if (measure) questions.push(`Distribution of ${measure.name}`);
  if (questions.length < 4 && measure)
    questions.push(`What is the highest ${measure.name}?`, `Average ${measure.name}`);
  if (questions.length < 4 && dimension) questions.push(`How many different ${dimension.name} are there?`);
  if (questions.length < 4) questions.push("How many rows are there?");
  return [...new Set(questions)].slice(0, 6);
}

/** Where something is, rather than how much of it there is. */
const isPlace = /^(lat|lon|lng|long|latitude|longitude)\b|_(lat|lon|lng|latitude|longitude)$/i;

/** Quantities that vary are worth more than measures that are nearly constant or nearly all missing. */
function worth({ additive, column }: Field): number {
  const { distinctCount, nullCount } = column.profile;
  return (additive ? 2 : 1) * Math.log2(2 + Math.min(distinctCount, 1000)) - (nullCount > 0 ? 1 : 0);
}

/** A dimension with few enough values to be read in a chart. */
function bestDimension(fields: Field[]): Field | undefined {
  const groups = fields.filter(
    ({ role, discrete, column, unique }) =>
      !unique && (role === "dimension" || (discrete && role === "measure")) && column.profile.distinctCount <= 50,
  );
  const nice = groups.filter(
    ({ column, numeric }) => !numeric && column.profile.distinctCount >= 3 && column.profile.distinctCount <= 20,
  );
  return nice[0] ?? groups[0] ?? fields.find(({ role, unique }) => role === "dimension" && !unique);
}
