import type { LanguageModel } from "../../model/language-model.ts";
import { Unanswerable } from "../../shared/errors.ts";
import { costUsd, type Tokens } from "../../usage/model-prices.ts";
import { ModelFailed, planWithModel } from "./model/plan-with-model.ts";
import { planOffline } from "./offline/plan-offline.ts";
import { suggestQuestions } from "./offline/suggest/suggest.ts";
import type { PlannedBy, PlanRequest } from "./planner.ts";

export interface Planner {
  /**
   * Plans a question: by the model, if there is one, else offline.
   *
   * @param check throws UnsafeSql, SqlError or QueryLimit for SQL that may not or cannot run
   * @throws {Unanswerable} with questions that can be answered
   */
  plan(request: PlanRequest, check: (sql: string) => Promise<void>): Promise<PlannedBy>;
}

export interface PlannerOptions {
  model?: LanguageModel | undefined;
  /** Why a model that there is is not asked; people who get a chart are told. */
  withoutModel?: string | undefined;
}

/** Makes the planner. When the model fails, the offline planner answers, and a warning says so. */
export function makePlanner({ model, withoutModel }: PlannerOptions = {}): Planner {
  return {
    async plan(request, check) {
      if (!model) return withWarnings(offline(request, withoutModel), withoutModel ? [withoutModel] : []);
      try {
        const { plan, promptHash, tokens } = await planWithModel(request, model, check);
        return { plan, planner: "openai", model: model.name, promptHash, ...priced(model, tokens) };
      } catch (error) {
        if (error instanceof Unanswerable)
          throw new Unanswerable(error.message, suggestionsFor(request), { cause: error });
        if (!(error instanceof ModelFailed)) throw error;
        const failed = `The language model ${error.message}; this was planned without it.`;
        const planned = offline(request, `The language model ${error.message}, so this was tried without it.`);
        const { warnings, ...spent } = priced(model, error.tokens);
        return { ...withWarnings(planned, [failed, ...warnings]), ...spent };
      }
    },
  };
}

/** @param why the model is not asked: who gets no answer should know that a better planner might have found one */
function offline(request: PlanRequest, why: string | undefined): PlannedBy {
  try {
    const plan = planOffline(request);
    return { plan, planner: "offline", model: null, promptHash: null, costUsd: 0, modelTokens: 0, warnings: [] };
  } catch (error) {
    if (!(error instanceof Unanswerable) || why === undefined) throw error;
    throw new Unanswerable(`${error.message} (${why})`, error.suggestions, { cause: error });
  }
}

function withWarnings(planned: PlannedBy, warnings: string[]): PlannedBy {
  return { ...planned, warnings: [...planned.warnings, ...warnings] };
}

function suggestionsFor({ tables }: PlanRequest): string[] {
  return tables.flatMap(suggestQuestions).slice(0, 5);
}

function priced(
  { name, price }: LanguageModel,
  tokens: Tokens,
): Pick<PlannedBy, "costUsd" | "modelTokens" | "warnings"> {
  const cost = costUsd(price, tokens);
  const warnings = cost === null ? [`What the model ${name} costs is not known, so its cost is not counted.`] : [];
  return { costUsd: cost, modelTokens: tokens.prompt + tokens.completion, warnings };
}
