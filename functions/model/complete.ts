import { setTimeout as sleep } from "node:timers/promises";
import { APIConnectionError, APIError, APIUserAbortError } from "openai";
import type { ChatCompletion, ChatCompletionCreateParamsNonStreaming } from "openai/resources/chat/completions";
import { z } from "zod";
import type { LanguageModel } from "./language-model.ts";
import { EndlessAnswer } from "./openai-client.ts";

/** The server gave no completion; the message says so as a person would of the model, the cause has what the server said. */
export class NoCompletion extends Error {
  override readonly name = "NoCompletion";
}

const count = z.number().nonnegative().catch(0);
/** What must hold of anything that calls itself compatible; a page of HTML, say, is no completion. */
const answered = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string().nullish() }).nullish() })).nullish(),
  usage: z.object({ prompt_tokens: count, completion_tokens: count }).catch({ prompt_tokens: 0, completion_tokens: 0 }),
});

const mostAttempts = 3;
const firstBackoffMs = 500;

/**
 * Asks for a completion before `deadline` (as of `Date.now()`), at most three times: again when the server is busy, fails or
 * can't be reached, after as long as it asks for or else after a growing pause. A pause beyond the deadline is not begun.
 * What the answer took is told to the model's `onSpent`.
 *
 * @throws {NoCompletion}
 */
export async function complete(
  model: LanguageModel,
  request: Pick<ChatCompletionCreateParamsNonStreaming, "messages" | "response_format">,
  deadline: number,
): Promise<ChatCompletion> {
  const completion = await persist(model, request, deadline);
  const { success, data } = answered.safeParse(completion);
  if (!success) throw new NoCompletion("did not answer as language models do");
  await model.onSpent?.({ prompt: data.usage.prompt_tokens, completion: data.usage.completion_tokens });
  return completion;
}

async function persist(
  { client, name }: LanguageModel,
  request: Pick<ChatCompletionCreateParamsNonStreaming, "messages" | "response_format">,
  deadline: number,
): Promise<ChatCompletion> {
  const signal = AbortSignal.timeout(Math.max(0, deadline - Date.now()));
  for (let attempt = 1; ; attempt += 1) {
    try {
      // Its own retries know no deadline.
      return await client.chat.completions.create({ model: name, ...request }, { signal, maxRetries: 0 });
    } catch (cause) {
      const pause = attempt < mostAttempts ? pauseAfter(cause, attempt) : undefined;
      if (pause === undefined || Date.now() + pause >= deadline) throw new NoCompletion(describe(cause), { cause });
      await sleep(pause);
    }
  }
}

/** Milliseconds until it makes sense to ask again; undefined where it makes none. */
function pauseAfter(error: unknown, attempt: number): number | undefined {
  if (error instanceof APIUserAbortError || !(error instanceof APIError) || isEndless(error)) return undefined;
  const passes = error instanceof APIConnectionError || error.status === 429 || (error.status ?? 0) >= 500;
  if (!passes) return undefined;
  // Jitter, so that requests which were refused together do not come back together.
  return wished(error.headers) ?? firstBackoffMs * 2 ** (attempt - 1) * (0.75 + Math.random() / 4);
}

/** Retry-After by RFC 9110, seconds or a date, and OpenAI's own in milliseconds. */
function wished(headers: Headers | undefined): number | undefined {
  const milliseconds = Number.parseFloat(headers?.get("retry-after-ms") ?? "");
  if (milliseconds >= 0) return milliseconds;
  const text = headers?.get("retry-after") ?? "";
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return value >= 0 ? value : undefined;
}

/** The client may wrap what the reading of a body throws. */
function isEndless(error: unknown): boolean {
  return error instanceof EndlessAnswer || (error instanceof Error && error.cause instanceof EndlessAnswer);
}

function describe(error: unknown): string {
  if (isEndless(error)) return "answered without end";
  if (error instanceof APIUserAbortError) return "did not answer in time";
  const status = error instanceof APIError ? error.status : undefined;
  if (status === 401 || status === 403) return "refused the key";
  if (status === 429) return "has too much to do or no budget left";
  if (status !== undefined && status >= 500) return "had a fault";
  return status === undefined ? "could not be reached" : "refused the request";
}
