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

/** The model answered, but not with a plan: cut off, refused, or not of the schema. */
export class MalformedAnswer extends Error {
  override readonly name = "MalformedAnswer";
}

/**
 * Reads the text of a completion.
 *
 * @throws {MalformedAnswer} with the parser's error as cause
 */
export function readAnswer(content: string | null | undefined, finishReason: string | null): Answer {
  if (finishReason === "length") throw new MalformedAnswer("The answer was cut off.");
  if (!content) throw new MalformedAnswer("The answer was empty.");
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (cause) {
    throw new MalformedAnswer("The answer was not JSON.", { cause });
  }
  const parsed = answerSchema.safeParse(json);
  if (!parsed.success) throw new MalformedAnswer("The answer was not a plan.", { cause: parsed.error });
  if (parsed.data.answerable && parsed.data.sql.trim() === "") throw new MalformedAnswer("The answer had no SQL.");
  return parsed.data;
}
