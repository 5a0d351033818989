import { Unanswerable } from "../../../shared/errors.ts";
import type { Plan, PlannableTable, PlanRequest } from "../planner.ts";
import { chartTypeOf } from "./chart-type.ts";
import { explanationOf, titleOf } from "./describe.ts";
import { duckdbSql } from "./duckdb.ts";
import { readTable, type Table } from "./fields.ts";
import { type Interpretation, interpret } from "./interpret.ts";
import { readItems } from "./items.ts";
import type { Reading } from "./reading.ts";
import { suggestQuestions } from "./suggest.ts";

/**
 * Plans a question without a model: tokens → links to columns and values → a logical query → SQL and chart.
 *
 * Of several tables it picks the one that explains most of the question; it does not join.
 *
 * @throws {Unanswerable} when the question names nothing of the data, or something that the data lacks; its suggestions
 *   are questions that this planner answers on the same table.
 */
export function planOffline(request: PlanRequest): Plan {
  const read = request.tables.map((table) => readQuestion(request, readTable(table)));
  const [best] = read.sort((one, other) => other.explained - one.explained);
  const suggestions = () => request.tables.flatMap(suggestQuestions).slice(0, 5);
  if (!best?.interpretation) throw new Unanswerable(nothingNamed(request.tables), suggestions());
  const { interpretation, reading } = best;
  const missing = missingWords(interpretation);
  if (missing.length > 0)
    throw new Unanswerable(
      `The data has nothing called ${missing.map((word) => `“${word}”`).join(" or ")}.`,
      suggestions(),
    );
  for (const word of interpretation.unknown)
    reading.assumptions.add(
      word === best.countNoun
        ? `“${word}” are counted as the rows of the table.`
        : `“${word}” was not understood and is not part of the answer.`,
    );
  if (request.tables.length > 1) reading.assumptions.add(`Only ${best.reading.table.table.label} is used.`);
  return {
    sql: duckdbSql(interpretation.query),
    type: chartTypeOf(interpretation),
    title: titleOf(interpretation, reading.table),
    explanation: explanationOf(interpretation, reading.table),
    assumptions: [...reading.assumptions],
  };
}

interface ReadQuestion {
  reading: Reading;
  interpretation: Interpretation | null;
  /** How many words of the question this table explains. */
  explained: number;
  countNoun: string | null;
}

function readQuestion(request: PlanRequest, table: Table): ReadQuestion {
  const items = readItems(request.question, table);
  const reading: Reading = { table, items, assumptions: new Set() };
  const explained = items.reduce(
    (sum, item) => sum + (item.kind === "column" || item.kind === "value" ? item.link.words * item.link.score : 0),
    0,
  );
  const unknownBefore = new Set(items.filter(({ kind }) => kind === "unknown"));
  const interpretation = interpret(reading, request.type);
  const counted = [...unknownBefore].find(({ used }) => used)?.text ?? null;
  return { reading, interpretation, explained, countNoun: counted };
}

function nothingNamed(tables: PlannableTable[]): string {
  const names = tables.flatMap(({ columns }) => columns.map(({ name, label }) => label ?? name)).slice(0, 8);
  return `The question names nothing that the data has. It has ${names.join(", ")}${tables.flatMap(({ columns }) => columns).length > 8 ? " and more" : ""}.`;
}

/**
 * Words so central that an answer without them would mislead: more of them than the table explains, or the only thing
 * that is measured or counted.
 */
function missingWords({ query, unknown }: Interpretation): string[] {
  if (unknown.length === 0) return [];
  const linked =
    query.dimensions.length + query.measures.filter(({ column }) => column !== null).length + query.filters.length;
  return unknown.length > linked ? unknown : [];
}
