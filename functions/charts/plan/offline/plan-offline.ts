import type { Plan, PlanRequest } from "../planner.ts";
import { planFollowUp } from "./conversation/plan-follow-up.ts";
import { planOf, type Replan, readBest } from "./plan-question.ts";

/**
 * Plans a question without a model, in stages that each have a folder:
 *
 * 1. `language/` cuts it into tokens and knows the words that mean something on any table;
 * 2. `link/` finds this table's columns and values in it, with scores, and picks the likeliest: items;
 * 3. `derive/` puts computed columns in the place of words for what follows from the columns (durations, ratios, bands);
 * 4. `read/` takes its clauses out of the items (filters, order, limit, selection): what is asked;
 * 5. `write/` fills what was left open, which gives the logical query (`query.ts`), and writes SQL and chart.
 *
 * `conversation/` changes what was asked before by what a follow-up asks.
 *
 * @throws {Unanswerable} when the question names nothing of the data, or something that the data lacks; its suggestions
 *   are questions that this planner answers on the same table.
 */
export function planOffline(request: PlanRequest): Plan {
  return planned(request, planned);
}

/** @param replan to offer other wordings too */
function planned(request: PlanRequest, replan?: Replan): Plan {
  const { earlier = [] } = request;
  return earlier.length > 0 ? planFollowUp(request, earlier, replan) : planOf(readBest(request), request, replan);
}
