import type { Plan, PlanRequest } from "../planner.ts";
import { planFollowUp } from "./plan-follow-up.ts";
import { planOf, readBest } from "./plan-question.ts";

/**
 * Plans a question without a model: tokens → links to columns and values → a logical query → SQL and chart. A follow-up
 * changes the logical query of the questions before it.
 *
 * @throws {Unanswerable} when the question names nothing of the data, or something that the data lacks; its suggestions
 *   are questions that this planner answers on the same table.
 */
export function planOffline(request: PlanRequest): Plan {
  const { earlier = [] } = request;
  return earlier.length > 0 ? planFollowUp(request, earlier) : planOf(readBest(request), request);
}
