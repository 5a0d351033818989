import { Unanswerable } from "../../shared/errors.ts";
import { ModelFailed, type PlanningModel, planWithModel } from "./model/plan-with-model.ts";
import { costUsd, type Tokens } from "./model/prices.ts";
import { planOffline } from "./offline/plan-offline.ts";
import { suggestQuestions } from "./offline/suggest.ts";
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

/** Makes the planner. When the model fails, the offline planner answers, and a warning says so. */
export function makePlanner({ model }: { model?: PlanningModel | undefined } = {}): Planner {
  return {
    async plan(request, check) {
      if (!model) return offline(request);
      try {
        const { plan, promptHash, tokens } = await planWithModel(request, model, check);
        const cost = priced(model.name, tokens);
        return { plan, planner: "openai", model: model.name, promptHash, ...cost };
      } catch (error) {
        if (error instanceof Unanswerable)
          throw new Unanswerable(error.message, suggestionsFor(request), { cause: error });
        if (!(error instanceof ModelFailed)) throw error;
        const { costUsd, modelTokens, warnings } = priced(model.name, error.tokens);
        const failed = `The language model ${error.message}; this was planned without it.`;
        return { ...offline(request), costUsd, modelTokens, warnings: [failed, ...warnings] };
      }
    },
  };
}

function offline(request: PlanRequest): PlannedBy {
  return {
    plan: planOffline(request),
    planner: "offline",
    model: null,
    promptHash: null,
    costUsd: 0,
    modelTokens: 0,
    warnings: [],
  };
}

function suggestionsFor({ tables }: PlanRequest): string[] {
  return tables.flatMap(suggestQuestions).slice(0, 5);
}

function priced(model: string, tokens: Tokens): Pick<PlannedBy, "costUsd" | "modelTokens" | "warnings"> {
  const modelTokens = tokens.prompt + tokens.completion;
  const cost = modelTokens === 0 ? 0 : costUsd(model, tokens);
  if (cost !== null) return { costUsd: cost, modelTokens, warnings: [] };
  return {
    costUsd: 0,
    modelTokens,
    warnings: [`The price of the model ${model} is not known; its cost is not counted.`],
  };
}
