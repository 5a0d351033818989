import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const question = z.object({
  id: z.string(),
  source: z.string(),
  kind: z.string(),
  question: z.string(),
  table_csv: z.string(),
  table: z.string(),
  gold_sql: z.string(),
  ordered: z.boolean(),
  chart: z.string().nullable(),
});
export type Question = z.infer<typeof question>;

/** The questions in `folder`; null where they are not at hand. */
export async function readQuestions(folder: string): Promise<Question[] | null> {
  const file = join(folder, "questions.jsonl");
  if (!existsSync(file)) return null;
  const lines = (await readFile(file, "utf8")).split("\n").filter((line) => line !== "");
  return lines.map((line) => question.parse(JSON.parse(line)));
}
