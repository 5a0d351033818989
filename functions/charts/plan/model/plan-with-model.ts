import { createHash } from "node:crypto";
import type { OpenAI } from "openai";
import { zodResponseFormat } from "openai/helpers/zod";
import type { ChatCompletionMessageParam } from "openai/resources/chat/completions";
import { QueryLimit, SqlError, Unanswerable, UnsafeSql } from "../../../shared/errors.ts";
import type { Plan, PlanRequest } from "../planner.ts";
import { type Answer, answerSchema, MalformedAnswer, readAnswer } from "./answer.ts";
import type { Tokens } from "./prices.ts";
import { correction, planMessages } from "./prompt.ts";

/** A model behind any server that speaks OpenAI's chat completions; the client does retries on 429 and 5xx. */
export interface PlanningModel {
  client: Pick<OpenAI, "chat">;
  /** The model's name at that server. */
  name: string;
  /** Milliseconds for all of planning, retries and corrections included. */
  timeoutMs?: number;
}

export interface ModelPlan {
  plan: Plan;
  /** SHA-256 of the first prompt, in hexadecimal. */
  promptHash: string;
  tokens: Tokens;
}

/** The model gave no plan that works; `cause` says why, `tokens` what it took. Nothing in it repeats prompt or data. */
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

/**
 * Has a model plan a question. A malformed answer, and SQL that `check` refuses, goes back to the model with the error,
 * at most twice.
 *
 * @param check parses, binds or runs the SQL; throws UnsafeSql, SqlError or QueryLimit. Other errors of it pass through.
 * @throws {Unanswerable} when the model says that the data lacks what is asked; without suggestions
 * @throws {ModelFailed} when the server fails, is late, or no answer works
 */
export async function planWithModel(
  request: PlanRequest,
  model: PlanningModel,
  check: (sql: string) => Promise<void>,
): Promise<ModelPlan> {
  const messages = planMessages(request);
  const promptHash = createHash("sha256").update(JSON.stringify(messages)).digest("hex");
  const tokens: Tokens = { prompt: 0, completion: 0 };
  const signal = AbortSignal.timeout(model.timeoutMs ?? defaultTimeoutMs);
  let problem: Error | null = null;
  for (let attempt = 0; attempt <= mostCorrections; attempt++) {
    const content = await complete(messages, model, signal, tokens);
    try {
      const answer = readAnswer(content.text, content.finishReason);
      if (!answer.answerable) throw new Unanswerable(answer.reason || "The data does not hold the answer.", []);
      await check(answer.sql);
      return { plan: planOf(answer, request), promptHash, tokens };
    } catch (error) {
      if (!isCorrectable(error)) throw error;
      problem = error;
      messages.push({ role: "assistant", content: content.text ?? "" }, correction(error.message));
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

function planOf({ sql, type, title, explanation, assumptions }: Answer, request: PlanRequest): Plan {
  return {
    sql: sql.trim().replace(/;\s*$/, ""),
    type: request.type ?? type,
    title: title.trim().slice(0, 200) || request.question.slice(0, 200),
    explanation,
    assumptions,
    additive: false,
  };
}

async function complete(
  messages: ChatCompletionMessageParam[],
  { client, name }: PlanningModel,
  signal: AbortSignal,
  tokens: Tokens,
): Promise<{ text: string | null; finishReason: string | null }> {
  try {
    const completion = await client.chat.completions.create(
      { model: name, messages, response_format: zodResponseFormat(answerSchema, "plan") },
      { signal },
    );
    tokens.prompt += completion.usage?.prompt_tokens ?? 0;
    tokens.completion += completion.usage?.completion_tokens ?? 0;
    const choice = completion.choices?.[0];
    return { text: choice?.message?.content ?? null, finishReason: choice?.finish_reason ?? null };
  } catch (cause) {
    throw new ModelFailed(signal.aborted ? "did not answer in time" : "could not be reached or refused", tokens, {
      cause,
    });
  }
}
