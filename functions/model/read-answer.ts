import type { ChatCompletion } from "openai/resources/chat/completions";
import { z } from "zod";

/** The model answered, but not with what was asked for: cut off, or not of the schema. It may do better when it is told. */
export class MalformedAnswer extends Error {
  override readonly name = "MalformedAnswer";
}

/** The model will not answer; asking it again would not change that. */
export class Declined extends Error {
  override readonly name = "Declined";
}

/**
 * Reads a completion under the schema that it was asked for with.
 *
 * @param what names it in errors: "a plan"
 * @throws {MalformedAnswer} with the parser's error as cause
 * @throws {Declined}
 */
export function readAnswer<Answer>({ choices }: ChatCompletion, schema: z.ZodType<Answer>, what: string): Answer {
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
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    throw new MalformedAnswer(`The answer was not ${what}: ${z.prettifyError(parsed.error)}`, { cause: parsed.error });
  }
  return parsed.data;
}
