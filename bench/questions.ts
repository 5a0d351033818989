import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { planOffline } from "../functions/charts/plan/offline/plan-offline.ts";
import type { Plan } from "../functions/charts/plan/planner.ts";
import { Unanswerable } from "../functions/shared/errors.ts";
import { sameRows } from "./questions/compare.ts";
import { type Question, readQuestions } from "./questions/question.ts";
import { countRight, printScores } from "./questions/scores.ts";
import { loadTable } from "./questions/table.ts";

/**
 * How often the offline planner is right: every question of `../shared/data/questions` is planned and executed, and its
 * rows compared with those of the reference SQL. Failures go to `.quantibi/bench/questions.json`, to be read.
 *
 *     node bench/questions.ts [source]
 */
const root = join(import.meta.dirname, "..");
const folder = join(root, "../shared/data/questions");

interface Outcome extends Pick<Question, "id" | "source" | "kind" | "question" | "gold_sql" | "chart"> {
  right: boolean;
  chartRight: boolean | null;
  planMs: number;
  sql: string | null;
  type: string | null;
  problem: string | null;
}

async function main() {
  const questions = await readQuestions(folder);
  if (questions === null) {
    console.log(`bench/questions: skipped, ${folder} is not there`);
    return;
  }
  const wanted = process.argv[2];
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  const outcomes: Outcome[] = [];
  for (const question of questions.filter(({ source }) => !wanted || source === wanted)) {
    const table = await loadTable(connection, folder, question);
    const { id, source, kind, gold_sql, chart } = question;
    const outcome: Outcome = {
      id,
      source,
      kind,
      question: question.question,
      gold_sql,
      chart,
      right: false,
      chartRight: null,
      planMs: 0,
      sql: null,
      type: null,
      problem: null,
    };
    const started = performance.now();
    let plan: Plan | null = null;
    try {
      plan = planOffline({ question: question.question, type: undefined, tables: [table] });
    } catch (error) {
      if (!(error instanceof Unanswerable)) throw error;
      outcome.problem = error.message;
    }
    outcome.planMs = performance.now() - started;
    if (plan) {
      outcome.sql = plan.sql;
      outcome.type = plan.type;
      const gold = await connection.runAndReadAll(gold_sql);
      try {
        const ours = await connection.runAndReadAll(plan.sql);
        outcome.right = sameRows(ours.getRowsJson(), gold.getRowsJson(), question.ordered);
      } catch (error) {
        outcome.problem = String(error);
      }
      outcome.chartRight = countRight(question.chart, plan.type);
    }
    outcomes.push(outcome);
  }
  connection.closeSync();
  printScores(outcomes);
  const results = join(root, ".quantibi/bench");
  await mkdir(results, { recursive: true });
  await writeFile(
    join(results, "questions.json"),
    JSON.stringify(
      outcomes.filter(({ right }) => !right),
      null,
      1,
    ),
  );
}

await main();
