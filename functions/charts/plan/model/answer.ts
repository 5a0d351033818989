import type { ChatCompletion } from "openai/resources/chat/completions";
import { z } from "zod";
import { chartType } from "../../../../contract/index.ts";

/** What the model is asked for; strict structured output knows no optional fields and no lengths. */
export const answerSchema = z.strictObject({
  answerable: z.boolean().describe("false if the tables lack what the question is about"),
  reason: z.string().describe("if not answerable: what is missing, to the person who asked; else empty"),
  sql: z.string().describe("one DuckDB SELECT; empty if not answerable"),
  type: chartType,
  title: z.string(),
  explanation: z.string().describe("one or two sentences in plain words: what was computed"),
  assumptions: z.array(z.string()).describe("what the question left open and how it was read"),
});
export type Answer = z.infer<typeof answerSchema>;

/** The model answered, but not with a plan: cut off, or not of the schema. It may do better when it is told. */
export class MalformedAnswer extends Error {
  override readonly name = "MalformedAnswer";
}

/** The model will not answer; asking it again would not change that. */
export class Declined extends Error {
  override readonly name = "Declined";
}

/**
 * Reads a completion.
 *
 * @throws {MalformedAnswer} with the parser's error as cause
 * @throws {Declined}
 */
export function readAnswer({ choices }: ChatCompletion): Answer {
  // What calls itself compatible may leave out anything.
  const [choice] = choices ?? [];
  const content = choice?.message?.content;
  if (choice?.message?.refusal || choice?.finish_reason === "content_filter") throw new Declined("declined to answer");
  if (choice?.finish_reason === "length") throw new MalformedAnswer("The answer was cut off.");
  if (!content) throw new MalformedAnswer("The answer was empty.");
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (cause) {
    throw new MalformedAnswer("The answer was not JSON.", { cause });
  }
  const parsed = answerSchema.safeParse(json);
  if (!parsed.success) {
    throw new MalformedAnswer(`The answer was not a plan: ${z.prettifyError(parsed.error)}`, { cause: parsed.error });
  }
  if (parsed.data.answerable && parsed.data.sql.trim() === "") throw new MalformedAnswer("The answer had no SQL.");
  return parsed.data;
}
