import type { ChatCompletion } from "openai/resources/chat/completions";
import { z } from "zod";
import { chartType } from "../../../../contract/index.ts";
import { MalformedAnswer, readAnswer } from "../../../model/read-answer.ts";

/** As much as a person may write. */
const mostSql = 20_000;

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

/**
 * Reads what the model says to a question.
 *
 * @throws {MalformedAnswer}
 * @throws {Declined}
 */
export function readPlan(completion: ChatCompletion): Answer {
  const answer = readAnswer(completion, answerSchema, "a plan");
  if (answer.answerable && answer.sql.trim() === "") throw new MalformedAnswer("The answer had no SQL.");
  if (answer.sql.length > mostSql) throw new MalformedAnswer(`The SQL was longer than ${mostSql} characters.`);
  return answer;
}
