import type { Plan, PlannableTable, PlanRequest } from "../planner.ts";
import { isHappening } from "./language/happenings.ts";
import { people } from "./language/row-words.ts";
import { stem } from "./language/stem.ts";
import { wordsIn } from "./language/tokens.ts";
import { isOwnRowNoun, readTable, type Table } from "./link/fields.ts";
import { readItems } from "./link/items.ts";
import type { Query } from "./query.ts";
import { type Asked, readAsked } from "./read/asked.ts";
import { tellCounted } from "./read/counted-rows.ts";
import { isIdle, isNarrowing } from "./read/harmless.ts";
import { missingWords } from "./read/missing.ts";
import { doubt, type Reading, type Rewording, unread } from "./read/reading.ts";
import { unaccounted } from "./read/unaccounted.ts";
import { isTraded } from "./read/verbs.ts";
import { missingText, Refusal } from "./refusal.ts";
import { offers } from "./reword.ts";
import { chartTypeOf } from "./write/chart-type.ts";
import { explanationOf, titleOf } from "./write/describe.ts";
import { duckdbSql } from "./write/duckdb.ts";
import { settle } from "./write/settle.ts";

/** Plans another wording of a question, to be offered beside it or in its place. */
export type Replan = (request: PlanRequest) => Plan;

/** What is asked of one table. */
export interface AskedOfTable {
  reading: Reading;
  asked: Asked;
  /** What the question calls the rows, if nothing in the table is called so. */
  countNoun: string | null;
}

/**
 * Reads a question for what it asks. Of several tables it picks the one that explains most of it; it does not join.
 *
 * @throws {Refusal} when the question names nothing of the data
 */
export function readBest(request: PlanRequest): AskedOfTable {
  const read = request.tables.map((table) => readQuestion(request, readTable(table)));
  const [best] = read.sort((one, other) => other.explained - one.explained);
  if (!best?.asked) throw nothingNamed(request.tables, best?.reading ?? null);
  const { reading, asked, countNoun } = best;
  return { reading, asked, countNoun };
}

/**
 * Fills what is left open and gives the plan.
 *
 * @throws {Refusal} when the question names something central that the data lacks
 */
export function planOf({ reading, asked, countNoun }: AskedOfTable, request: PlanRequest, replan?: Replan): Plan {
  const interpretation = settle(reading, asked);
  const offered = (rewordings: Rewording[], sql: string) => (replan ? offers(request, rewordings, replan, sql) : []);
  const missing = new Set(missingWords(reading, interpretation));
  if (countNoun !== null && !mayBeRows(countNoun) && interpretation.unknown.includes(countNoun)) missing.add(countNoun);
  if (missing.size > 0) throw new Refusal(missingText([...missing]), reading, [...missing]);
  const [objection] = unaccounted(reading, interpretation);
  if (objection !== undefined) throw new Refusal(objection, reading);
  for (const word of interpretation.unknown) {
    const left = `“${word}” was not understood and is not part of the answer.`;
    if (word === countNoun) doubt(reading, `“${word}” are counted as the rows of the table.`);
    else if (
      (isIdle(word) && !isNarrowing(reading.items, word)) ||
      reading.items.some((item, at) => item.text === word && isTraded(reading.items, at))
    )
      reading.assumptions.add(left);
    else doubt(reading, left);
  }
  if (request.tables.length > 1) reading.assumptions.add(`Only ${reading.table.table.label} is used.`);
  tellCounted(reading, interpretation, request.question);
  const type = chartTypeOf(interpretation);
  if (asked.chart !== null && !isDrawnAs(asked.chart, type))
    doubt(reading, `The result does not make a ${asked.chart}, so it is shown as a ${type}.`);
  const sql = duckdbSql(interpretation.query);
  const doubts = [...reading.doubts].map(([text, others]) => ({ text, alternatives: offered(others, sql) }));
  return {
    sql,
    type,
    title: titleOf(interpretation, reading.table),
    explanation: explanationOf(interpretation, reading.table),
    assumptions: [...reading.assumptions],
    doubts,
    additive: isAdditive(interpretation.query),
  };
}

/** A histogram is bars, and bubbles of one size are points. */
function isDrawnAs(wanted: Plan["type"], type: Plan["type"]): boolean {
  const alike = [
    ["bar", "histogram"],
    ["scatter", "bubble"],
  ];
  return wanted === type || alike.some((kinds) => kinds.includes(wanted) && kinds.includes(type));
}

/** "how many calls by agent": what happens once a row, or whoever has one; of goods, a row may hold any number. */
const mayBeRows = (word: string) => word.length < 3 || isHappening(word) || people.has(stem(word));

/** Sums and counts add up over groups, unless some groups are left out. */
function isAdditive({ shape, measures, having, limit }: Query): boolean {
  if (measures.some(({ window, part, over, change }) => window || part || over || change)) return false;
  const adds = measures.every(({ aggregate }) => aggregate === "sum" || aggregate === "count");
  return limit === null && having.length === 0 && (shape === "bins" || (shape === "groups" && adds));
}

function readQuestion(request: PlanRequest, table: Table) {
  const items = readItems(request.question, table);
  const reading = unread(table, items);
  for (const { kind, text } of items)
    if (
      kind === "rows" &&
      /([^s]s|people|staff)$/i.test(text) &&
      !wordsIn(text).every((word) => isOwnRowNoun(stem(word), table))
    )
      reading.assumptions.add(`“${text}” are taken to be the rows of the table.`);
  const explained = items.reduce(
    (sum, item) => sum + (item.kind === "column" || item.kind === "value" ? item.link.words * item.link.score : 0),
    0,
  );
  const unknownBefore = items.filter(({ kind }) => kind === "unknown");
  const asked = readAsked(reading, request.type);
  const countNoun = unknownBefore.find(({ used }) => used)?.text ?? null;
  return { reading, asked, explained, countNoun };
}

function nothingNamed(tables: PlannableTable[], reading: Reading | null): Refusal {
  const columns = tables.flatMap(({ columns }) => columns).map(({ name, label }) => label ?? name);
  const words = reading?.items.flatMap(({ kind, text }) => (kind === "unknown" ? [text] : [])) ?? [];
  const nothing = words.length > 0 ? missingText(words) : "The question names nothing that the data has.";
  const names = columns.slice(0, 8).join(", ");
  return new Refusal(`${nothing} It has ${names}${columns.length > 8 ? " and more" : ""}.`, reading, words);
}
