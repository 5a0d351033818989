import assert from "node:assert/strict";
import { test } from "node:test";
import { planOffline } from "../../../../functions/charts/plan/offline/plan-offline.ts";
import type { EarlierChart, Plan } from "../../../../functions/charts/plan/planner.ts";
import type { LoadedTable } from "./loaded-table.ts";

/** A question, or questions that follow one another, SQL written by hand that gives the rows it wants, and what is said of it. */
export type Answer = [questions: string | string[], sql: string, said?: RegExp];

/** The plan of the last of some questions that follow one another. */
export function converse(table: LoadedTable, questions: string[]): Plan {
  const earlier: EarlierChart[] = [];
  let plan: Plan | undefined;
  for (const question of questions) {
    plan = planOffline({ question, type: undefined, earlier, tables: [table.plannable] });
    earlier.push({ question, title: plan.title, type: plan.type, sql: plan.sql, columns: [] });
  }
  assert.ok(plan);
  return plan;
}

/** Tests that each question gives the rows of its SQL, and says how it was read. */
export function testAnswers(table: () => LoadedTable, answers: Answer[]): void {
  for (const [asked, sql, said] of answers) {
    const questions = [asked].flat();
    test(questions.join(" → "), async () => {
      const plan = converse(table(), questions);
      const wanted = await table().unordered(sql);
      assert.ok(wanted.length > 0, "the SQL written by hand finds nothing");
      assert.deepEqual(await table().unordered(await asWanted(table(), plan, sql)), wanted, plan.sql);
      if (said) assert.match(plan.assumptions.join(" "), said);
    });
  }
}

/** A list of rows shows more of each than a test is about: then of those columns only what the SQL written by hand has. */
export async function asWanted(
  table: LoadedTable,
  { sql, type }: Pick<Plan, "sql" | "type">,
  wanted: string,
): Promise<string> {
  const [ours, theirs] = [await table.columns(sql), await table.columns(wanted)];
  const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  const same = theirs.flatMap((name) => ours.find((one) => plain(one) === plain(name)) ?? []);
  const isList = type === "table" && theirs.length < ours.length && same.length === theirs.length;
  return isList ? `SELECT ${same.map((name) => `"${name}"`).join(", ")} FROM (${sql})` : sql;
}
