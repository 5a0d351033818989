import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { z } from "zod";
import type { Answer } from "../../functions/charts/plan/model/answer.ts";

/** How the server answers one request. */
export type Reply =
  /** A completion whose content is a plan (what it leaves out is that of `goodAnswer`), or any text. */
  | {
      content: Partial<Answer> | string;
      finishReason?: "stop" | "length" | "content_filter";
      delayMs?: number;
      promptTokens?: number;
    }
  /** The model will not: the completion has a refusal and no content. */
  | { refusal: string }
  /** The server will not; the client may ask again at once, or as one of the two headers says. */
  | { status: number; retryAfterMs?: number; retryAfter?: string }
  /** The connection ends in the middle of the body. */
  | { cutOff: true }
  /** The body begins and never ends. */
  | { hangs: true }
  /** The body goes on as long as it is read. */
  | { floods: true }
  /** Success, with a body of any kind. */
  | { body: string; contentType: string };

/** A reply, or what makes one of what was asked. */
export type Scripted = Reply | ((asked: AskedCompletion) => Reply);

const chatRequest = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
  response_format: z.object({ type: z.literal("json_schema"), json_schema: z.object({ strict: z.literal(true) }) }),
});

export interface AskedCompletion {
  path: string;
  authorization: string | undefined;
  body: z.infer<typeof chatRequest>;
}

/** What the server says each completion took. */
export const usage = { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 };

/** A plan that works on a table of films, for a script to change. */
export const goodAnswer: Answer = {
  answerable: true,
  reason: "",
  sql: 'SELECT "Genre" AS "Genre", count(*) AS "Films" FROM data GROUP BY ALL ORDER BY "Films" DESC, "Genre"',
  type: "bar",
  title: "Films by genre",
  explanation: "The number of films of each genre.",
  assumptions: ["Each row is a film."],
};

/**
 * OpenAI's chat completions on loopback, answered by a script: the first request gets the first reply and so on, and the
 * last one is repeated. Whatever asks for something else than structured output gets 400.
 */
export class ScriptedOpenai {
  /** What was asked since the script began. */
  readonly asked: AskedCompletion[] = [];
  #replies: Scripted[] = [];
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch((error: unknown) => response.destroy(asError(error)));
  });

  static async start(): Promise<ScriptedOpenai> {
    const started = new ScriptedOpenai();
    started.#server.listen(0, "127.0.0.1");
    await once(started.#server, "listening");
    return started;
  }

  /** What a client takes as its base URL. */
  get baseUrl(): string {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("The server does not listen.");
    return `http://127.0.0.1:${address.port}/v1`;
  }

  /** Begins another script. */
  script(...replies: [Scripted, ...Scripted[]]): void {
    this.#replies = replies;
    this.asked.length = 0;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const path = request.url ?? "";
    const body = chatRequest.safeParse(JSON.parse(Buffer.concat(chunks).toString()));
    if (request.method !== "POST" || path !== "/v1/chat/completions" || !body.success) return sendError(response, 400);
    const asked = { path, authorization: request.headers.authorization, body: body.data };
    this.asked.push(asked);
    const scripted = this.#replies[Math.min(this.asked.length, this.#replies.length) - 1];
    if (scripted === undefined) return sendError(response, 500);
    const reply = typeof scripted === "function" ? scripted(asked) : scripted;
    if ("status" in reply) return sendError(response, reply.status, reply);
    if ("cutOff" in reply) return cutOff(response);
    if ("hangs" in reply) return hang(response);
    if ("floods" in reply) return await flood(response);
    if ("body" in reply) return void response.writeHead(200, { "content-type": reply.contentType }).end(reply.body);
    if ("refusal" in reply) {
      const message = { role: "assistant", content: null, refusal: reply.refusal };
      return send(response, 200, completion(body.data.model, message, "stop"));
    }
    const { content, finishReason = "stop", delayMs = 0, promptTokens = usage.prompt_tokens } = reply;
    const text = typeof content === "string" ? content : JSON.stringify({ ...goodAnswer, ...content });
    const message = { role: "assistant", content: text, refusal: null };
    const answer = completion(body.data.model, message, finishReason, { ...usage, prompt_tokens: promptTokens });
    const timer = setTimeout(() => send(response, 200, answer), delayMs);
    response.on("close", () => clearTimeout(timer));
  }
}

function completion(model: string, message: unknown, finish_reason: string, took = usage) {
  const choices = [{ index: 0, message, finish_reason, logprobs: null }];
  return { id: "chatcmpl-1", object: "chat.completion", created: 1_700_000_000, model, choices, usage: took };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

/** An error as OpenAI sends it. */
function sendError(
  response: ServerResponse,
  status: number,
  { retryAfter, retryAfterMs = 1 }: { retryAfter?: string; retryAfterMs?: number } = {},
): void {
  const message = "The server's own words, which nobody else should see: sk-from-the-server";
  if (retryAfter !== undefined) response.setHeader("retry-after", retryAfter);
  else response.setHeader("retry-after-ms", String(retryAfterMs));
  send(response, status, { error: { message, type: "error", param: null, code: null } });
}

function cutOff(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
  response.write('{"id":"chatcmpl-1","choices":[{"index":0,"mess', () => response.destroy());
}

function hang(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.write('{"id":"chatcmpl-1","choices":[{"index":0,"mess');
}

/** Blanks before a completion are JSON as far as they go. */
async function flood(response: ServerResponse): Promise<void> {
  response.writeHead(200, { "content-type": "application/json" });
  const blanks = Buffer.alloc(1_000_000, " ");
  while (!response.destroyed) {
    if (response.write(blanks)) continue;
    await Promise.race([once(response, "drain"), once(response, "close")]);
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
