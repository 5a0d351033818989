import type { PlannableTable } from "../../planner.ts";
import { type Field, readTable, type Table } from "../link/fields.ts";
import { planOf, readBest } from "../plan-question.ts";
import { grainFor } from "../read/grain.ts";
import { Refusal } from "../refusal.ts";
import { dimensionsOf, rankedOf } from "./dimensions.ts";
import { addsUp, averagesOf, isVaried, measuresOf } from "./measures.ts";
import { plural, rowsOf, sentence, spoken } from "./wording.ts";

const most = 6;
/** Below this, questions that are hardly worth asking fill up. */
const least = 4;

/** Ways to ask the same, the one that a person would use first; the last has the columns' names as they are. */
type Wordings = string[];
/** Questions of one kind, of which one is enough. */
type Kind = Wordings[];

/**
 * Four to six questions, each of another kind, that are worth asking of a table and that {@link planOffline} answers as
 * they are meant. Fewer where the table has too few columns for more.
 */
export function suggestQuestions(plannable: PlannableTable): string[] {
  const { worthwhile, fillers } = kindsOf(readTable(plannable));
  const chosen = new Set<string>();
  const add = (kinds: Kind[], enough: number) => {
    for (const kind of kinds) {
      if (chosen.size >= enough) return;
      const question = firstOf(kind, (wordings) => answered(wordings, plannable));
      if (question !== undefined) chosen.add(question);
    }
  };
  add(worthwhile, most);
  add(fillers, least);
  return [...chosen];
}

function firstOf<From, To>(all: From[], of: (one: From) => To | undefined): To | undefined {
  for (const one of all) {
    const found = of(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

function kindsOf(table: Table): { worthwhile: Kind[]; fillers: Kind[] } {
  const fields = table.fields.filter(isVaried);
  const [first, second] = measuresOf(table);
  // A table without sums is one of things, which are counted.
  const measure = first && (addsUp(first) || !rowsOf(table)) ? first : undefined;
  const [averaged, ...otherAverages] = averagesOf(table).filter((one) => one !== measure);
  const spread = [...otherAverages, measure, averaged].find((one) => one && !one.discrete) ?? averaged ?? first;
  const [dimension, next] = dimensionsOf(fields);
  const further = next ?? dimension;
  const ranked = rankedOf(fields, dimension);
  const few = dimensionsOf(fields).filter(isFew);
  const part = [
    ...few.filter((one) => one !== dimension && one !== next),
    ...few.filter((one) => one !== dimension),
    ...few,
  ][0];
  const times = timesOf(fields);
  const [across, up] = mapped(fields);
  const worthwhile: Kind[] = [
    dimension ? [measure ? grouped(measure, dimension) : counted(table, dimension)] : [],
    times.filter((time) => time !== dimension && isOnlyStep(time, fields)).map((time) => over(table, measure, time)),
    ranked ? [top(table, measure, ranked)] : [],
    averaged && further ? [average(averaged, further)] : next ? [counted(table, next)] : [],
    part ? [...(measure && isWhole(measure) ? [shareOf(measure, part)] : []), shareOfRows(table, part)] : [],
    spread ? [[`Distribution of ${spoken(spread)}`, `Distribution of ${spread.name}`]] : [],
    first && second && !(first.discrete && second.discrete) ? [against(first, second)] : [],
    up && across ? [[`${up.name} vs ${across.name}`]] : [],
  ];
  const fillers: Kind[] = [
    first ? [[`Average ${spoken(first)}`, `Average ${first.name}`]] : [],
    first ? [[`Highest ${spoken(first)}`, `What is the highest ${first.name}?`]] : [],
    further ? [counted(table, further)] : [],
    dimension ? [[`Number of different ${plural(spoken(dimension))}`, `Number of different ${dimension.name}`]] : [],
    [["How many rows are there?"]],
  ];
  return { worthwhile, fillers };
}

/** When something happened, rather than when it was planned, ended or is due; dates before years. */
function timesOf(fields: Field[]): Field[] {
  const late = /due|\bend|left|closed|completed|resolved|paid|last|birth|[dy]ob(?![a-z])|expir|on sale|booked|follow/i;
  const rank = ({ id, holds }: Field) => (late.test(id) ? 1 : 0) + (holds === "date" || holds === "timestamp" ? 0 : 2);
  return fields
    .filter(({ role, holds, id }) => role === "time" && holds !== null && !/[dy]ob(?![a-z])|birth/i.test(id))
    .sort((one, other) => rank(one) - rank(other))
    .slice(0, 2);
}

/** "Box office by type" where that adds up, else with the word for how. */
function grouped(measure: Field, dimension: Field): Wordings {
  const how = addsUp(measure) ? "Total" : "Average";
  return combined(how, measure, `by ${spoken(dimension)}`, `by ${dimension.name}`);
}

/** A measure with how it is combined; the word for a sum is left out where it goes without saying: not in "paid by class". */
function combined(how: "Total" | "Average", measure: Field, spokenRest: string, rest: string): Wordings {
  const name = spoken(measure);
  const plain = how === "Total" && !/(ed|paid|spent|sold|for)$/i.test(name) ? [`${sentence(name)} ${spokenRest}`] : [];
  return [...plain, `${how} ${name} ${spokenRest}`, `${how} ${measure.name} ${rest}`];
}

function average(measure: Field, dimension: Field): Wordings {
  return combined("Average", measure, `by ${spoken(dimension)}`, `by ${dimension.name}`);
}

function counted(table: Table, dimension: Field): Wordings {
  const rows = rowsOf(table);
  const plain = rows === undefined ? [] : [`Number of ${rows} by ${spoken(dimension)}`];
  return [...plain, `Number of rows by ${spoken(dimension)}`, `Number of rows by ${dimension.name}`];
}

/** Whether "by month" can mean this time: no other column is called so. */
function isOnlyStep(time: Field, fields: Field[]): boolean {
  return fields.every((one) => one === time || spoken(one).toLowerCase() !== stepOf(time));
}

function over(table: Table, measure: Field | undefined, time: Field): Wordings {
  const step = stepOf(time);
  // Where there are several times, the one that is meant is named, unless it goes without saying.
  const named = spoken(time).toLowerCase() === step || step === time.name;
  const by = named ? `by ${time.name}` : `by ${step} of ${time.name}`;
  const said = named ? [by] : [`by ${step}`, `by ${step} of ${spoken(time)}`];
  const rows = rowsOf(table);
  if (!measure)
    return [
      ...said.flatMap((rest) => (rows === undefined ? [] : [`Number of ${rows} ${rest}`])),
      ...said.map((rest) => `Number of rows ${rest}`),
      `Number of rows ${by}`,
    ];
  const how = addsUp(measure) ? "Total" : "Average";
  return [...said.flatMap((rest) => combined(how, measure, rest, rest).slice(0, -1)), `${how} ${measure.name} ${by}`];
}

/** A column of years goes by its own name, so that another column of time is not taken for it. */
function stepOf(time: Field): string {
  return time.holds === "year" || time.holds === "text-year" ? time.name : grainFor(time);
}

function top(table: Table, measure: Field | undefined, ranked: Field): Wordings {
  // Rows that have names of their own are not counted, and a few steps rank none of them.
  if (ranked.unique && (!measure || measure.column.profile.distinctCount < 20)) return [];
  const rows = rowsOf(table);
  const called = spoken(ranked);
  // Of a "customer name" the customers are ranked, and of a mere "name" the rows.
  const things = called.replace(/\s*\b(?<!first |last |full |user )name$/i, "");
  if (things === "" && (!ranked.unique || rows === undefined)) return [];
  const what = things === "" ? [rows] : [plural(things), plural(called)];
  const by = measure ? spoken(measure) : `number of ${rows ?? "rows"}`;
  return [
    ...what.map((things) => `Top 5 ${things} by ${by}`),
    `Top 5 ${ranked.name} by ${measure ? measure.name : "number of rows"}`,
  ];
}

/** Parts of a whole can be told from one another where there are few and they differ. */
function isFew({ column, numeric }: Field): boolean {
  const counts = column.profile.topValues.map(({ count }) => count);
  return !numeric && column.profile.distinctCount <= 8 && Math.max(...counts) > 1.05 * Math.min(...counts);
}

/** Whether a sum has parts: nothing in it is below zero. */
function isWhole(measure: Field): boolean {
  return addsUp(measure) && Number(measure.column.profile.min) >= 0;
}

function shareOf(measure: Field, part: Field): Wordings {
  const wholes = [spoken(measure), `total ${spoken(measure)}`];
  return [
    ...wholes.map((whole) => `Share of ${whole} by ${spoken(part)}`),
    `Share of total ${measure.name} by ${part.name}`,
  ];
}

function shareOfRows(table: Table, part: Field): Wordings {
  const rows = rowsOf(table);
  const plain = rows === undefined ? [] : [`Share of ${rows} by ${spoken(part)}`];
  return [...plain, `Share of rows by ${spoken(part)}`, `Share of rows by ${part.name}`];
}

function against(one: Field, other: Field): Wordings {
  return [`${sentence(spoken(one))} vs ${spoken(other)}`, `${one.name} vs ${other.name}`];
}

const latitude = /^(lat|latitude)$|_(lat|latitude)$/i;
const longitude = /^(lon|lng|long|longitude)$|_(lon|lng|longitude)$/i;

function mapped(fields: Field[]): [across: Field | undefined, up: Field | undefined] {
  return [
    fields.find(({ id, numeric }) => numeric && longitude.test(id)),
    fields.find(({ id, numeric }) => numeric && latitude.test(id)),
  ];
}

/** The first of some wordings that is read as all of it is meant: as the last, in the columns' own names, is. */
function answered(wordings: Wordings, table: PlannableTable): string | undefined {
  const meant = planned(wordings.at(-1), table);
  return meant === undefined ? undefined : wordings.find((question) => planned(question, table) === meant);
}

/** The SQL of a question that leaves no doubt. */
function planned(question: string | undefined, table: PlannableTable): string | undefined {
  if (question === undefined) return undefined;
  const request = { question, type: undefined, tables: [table] };
  try {
    const { sql, doubts } = planOf(readBest(request), request);
    return doubts.length === 0 ? sql : undefined;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
