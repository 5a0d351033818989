import { Unanswerable } from "../../../shared/errors.ts";
import type { Plan, PlannableTable, PlanRequest } from "../planner.ts";
import { planFollowUp } from "./conversation/plan-follow-up.ts";
import { planOf, type Replan, readBest } from "./plan-question.ts";
import { Refusal } from "./refusal.ts";
import { type Rephrased, rephrase } from "./rephrase/rephrase.ts";
import { understand } from "./rephrase/understand.ts";
import { offers } from "./reword.ts";
import { suggestQuestions } from "./suggest/suggest.ts";
import { identifier } from "./write/names.ts";

/**
 * Plans a question without a model, in stages that each have a folder:
 *
 * 1. `language/` cuts it into tokens and knows the words that mean something on any table;
 * 2. `link/` finds this table's columns and values in it, with scores, and picks the likeliest: items;
 * 3. `derive/` puts computed columns in the place of words for what follows from the columns (durations, ratios, bands);
 * 4. `read/` takes its clauses out of the items (filters, order, limit, selection): what is asked;
 * 5. `write/` fills what was left open, which gives the logical query (`query.ts`), and writes SQL and chart.
 *
 * `conversation/` changes what was asked before by what a follow-up asks; `rephrase/` puts a refused question in words
 * that the table has.
 *
 * @throws {Unanswerable} when the question names nothing of the data, or something that the data lacks; its suggestions
 *   are questions that this planner answers on the same table, those nearest to what was asked first.
 */
export function planOffline(asked: PlanRequest): Plan {
  const earlier = asked.earlier?.map((chart) => ({
    ...chart,
    question: chart.question === null ? null : asUnderstood(chart.question, asked.tables),
  }));
  const request = { ...asked, ...(earlier && { earlier }) };
  try {
    return planned(request, planned);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const meant = offers(request, error.reading?.rewordings ?? [], planned);
    const nearest = rephrase(request.question, error).flatMap((one) => inItsWords(one, request) ?? []);
    const likely = likelyPlan(request, error, nearest);
    if (likely) return likely;
    const others = request.tables.flatMap(suggestQuestions);
    const suggestions = new Set([...meant.map(({ question }) => question), ...nearest, ...others]);
    throw new Unanswerable(error.message, [...suggestions].slice(0, 5), { cause: error });
  }
}

/** What a refused question can only mean, told as a doubt beside what else could be meant. */
function likelyPlan(request: PlanRequest, refusal: Refusal, others: string[]): Plan | null {
  const understood = understand(request, refusal, (one) => planned(one, planned));
  if (!understood) return null;
  const { plan, reads } = understood;
  const alternatives = others.flatMap((question) => {
    const sql = attempt(question, request)?.sql ?? plan.sql;
    const used = reads.some(({ fields }) => fields.some(({ id }) => sql.includes(identifier(id))));
    const alike = sql.includes("count(*)") || used;
    return alike && sql !== plan.sql ? [{ label: question, question }] : [];
  });
  const doubts = reads.flatMap(({ told }) => (told === null ? [] : [{ text: told, alternatives }]));
  const texts = doubts.map(({ text }) => text);
  return { ...plan, assumptions: [...texts, ...plan.assumptions], doubts: [...doubts, ...plan.doubts] };
}

/** A question of a conversation as it was understood when it was asked. */
function asUnderstood(question: string, tables: PlannableTable[]): string {
  const request = { question, type: undefined, tables };
  try {
    planned(request);
    return question;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return understand(request, error, planned)?.question ?? question;
  }
}

/** @param replan to offer other wordings too */
function planned(request: PlanRequest, replan?: Replan): Plan {
  const { earlier = [] } = request;
  return earlier.length > 0 ? planFollowUp(request, earlier, replan) : planOf(readBest(request), request, replan);
}

/**
 * A question that can be answered by what it names, as the title of its answer says it where that asks for the same, since a
 * person's sentence with other words in it may be none; a follow-up stays one. Null: it can't be answered.
 */
function inItsWords({ question, fields }: Rephrased, request: PlanRequest): string | null {
  const plan = attempt(question, request);
  if (!plan || !fields.every(({ id }) => plan.sql.includes(identifier(id)))) return null;
  const follows = (request.earlier ?? []).length > 0;
  return !follows && attempt(plan.title, request)?.sql === plan.sql ? plan.title : question;
}

function attempt(question: string, request: PlanRequest): Plan | null {
  try {
    return planned({ ...request, question });
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
