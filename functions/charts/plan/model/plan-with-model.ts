import { createHash } from "node:crypto";
import { zodResponseFormat } from "openai/helpers/zod";
import { complete, NoCompletion } from "../../../model/complete.ts";
import type { LanguageModel } from "../../../model/language-model.ts";
import { Declined, MalformedAnswer } from "../../../model/read-answer.ts";
import { QueryLimit, SqlError, Unanswerable, UnsafeSql } from "../../../shared/errors.ts";
import type { Tokens } from "../../../usage/model-prices.ts";
import type { Plan, PlanRequest } from "../planner.ts";
import { type Answer, answerSchema, readPlan } from "./answer.ts";
import { correction, planMessages } from "./prompt.ts";

export interface ModelPlan {
  plan: Plan;
  /** SHA-256 of the first prompt, in hexadecimal. */
  promptHash: string;
  tokens: Tokens;
}

/**
 * The model gave no plan that works; the message says so as a person would of the model, `cause` says why, `tokens` what it
 * took. Nothing in it repeats prompt or data.
 */
export class ModelFailed extends Error {
  override readonly name = "ModelFailed";
  readonly tokens: Tokens;
  constructor(message: string, tokens: Tokens, options: ErrorOptions) {
    super(message, options);
    this.tokens = tokens;
  }
}

const defaultTimeoutMs = 15_000;
const mostCorrections = 2;
/** Letters of an answer that did not work which the model sees again. */
const mostSentBack = 20_000;

/**
 * Has a model plan a question. A malformed answer, and SQL that `check` refuses, goes back to the model with the error,
 * at most twice.
 *
 * @param check parses, binds or runs the SQL; throws UnsafeSql, SqlError or QueryLimit. Other errors of it pass through.
 * @throws {Unanswerable} when the model says that the data lacks what is asked; without suggestions
 * @throws {ModelFailed} when the server fails, is late, the model declines, or no answer works
 */
export async function planWithModel(
  request: PlanRequest,
  model: LanguageModel,
  check: (sql: string) => Promise<void>,
): Promise<ModelPlan> {
  const messages = planMessages(request);
  const promptHash = createHash("sha256").update(JSON.stringify(messages)).digest("hex");
  const tokens: Tokens = { prompt: 0, completion: 0 };
  const counted: LanguageModel = {
    ...model,
    onSpent: async (spent) => {
      tokens.prompt += spent.prompt;
      tokens.completion += spent.completion;
      await model.onSpent?.(spent);
    },
  };
  const deadline = Date.now() + (model.timeoutMs ?? defaultTimeoutMs);
  const response_format = zodResponseFormat(answerSchema, "plan");
  let problem: Error | null = null;
  for (let attempt = 0; attempt <= mostCorrections; attempt += 1) {
    let text: string | null | undefined;
    try {
      const completion = await complete(counted, { messages, response_format }, deadline);
      text = completion.choices?.[0]?.message?.content;
      const answer = readPlan(completion);
      if (!answer.answerable) throw new Unanswerable(reasonOf(answer), []);
      const plan = planOf(answer, request);
      await check(plan.sql);
      return { plan, promptHash, tokens };
    } catch (error) {
      if (error instanceof NoCompletion || error instanceof Declined)
        throw new ModelFailed(error.message, tokens, { cause: error });
      if (!isCorrectable(error)) throw error;
      problem = error;
      messages.push({ role: "assistant", content: (text ?? "").slice(0, mostSentBack) }, correction(error));
    }
  }
  throw new ModelFailed("gave no plan that works", tokens, { cause: problem });
}

function isCorrectable(error: unknown): error is Error {
  return (
    error instanceof MalformedAnswer ||
    error instanceof UnsafeSql ||
    error instanceof SqlError ||
    error instanceof QueryLimit
  );
}

function reasonOf({ reason }: Answer): string {
  return reason.trim().slice(0, 500) || "The data does not hold the answer.";
}

function planOf({ sql, type, title, explanation, assumptions }: Answer, request: PlanRequest): Plan {
  return {
    sql: sql.trim().replace(/;\s*$/, ""),
    type: request.type ?? type,
    title: title.trim().slice(0, 200) || request.question.slice(0, 200),
    explanation: explanation.trim().slice(0, 1000),
    assumptions: assumptions.slice(0, 20).map((assumption) => assumption.slice(0, 500)),
    doubts: [],
    additive: false,
  };
}
