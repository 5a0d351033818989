import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { DuckDBInstance } from "@duckdb/node-api";
import { planOffline } from "../functions/charts/plan/offline/plan-offline.ts";
import type { Plan } from "../functions/charts/plan/planner.ts";
import { Unanswerable } from "../functions/shared/errors.ts";
import { sameRows } from "./questions/compare.ts";
import { type Question, readQuestions } from "./questions/question.ts";
import { countRight, scoresOf, spread } from "./questions/scores.ts";
import { loadTable } from "./questions/table.ts";
import { planTimes } from "./questions/wide-table.ts";
import { describeEnvironment } from "./report.ts";

/**
 * How often the offline planner is right: every question of `../shared/data/questions` is planned and executed, and its
 * rows compared with those of the reference SQL. Failures go to `.quantibi/bench/questions.json`, to be read. Also how
 * long a plan takes, on these tables and on one of fifty columns.
 *
 *     node bench/questions.ts [source] [--save] [--failures]
 *
 * With --save the figures of the commit go to bench/results/questions-<commit>.json; with --failures the failures are
 * printed too.
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
  const { values: flags, positionals } = parseArgs({
    allowPositionals: true,
    options: { save: { type: "boolean", default: false }, failures: { type: "boolean", default: false } },
  });
  const [wanted] = positionals;
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
  const scores = scoresOf(outcomes);
  const plan = spread(outcomes.map(({ planMs }) => planMs));
  const wide = spread(planTimes());
  console.table(scores);
  console.log(`plan: median ${plan.median} ms, 95th percentile ${plan.p95} ms`);
  console.log(`plan on 50 columns: median ${wide.median} ms, 95th percentile ${wide.p95} ms; goal: median under 10 ms`);
  const failures = outcomes.filter(({ right }) => !right);
  if (flags.failures)
    for (const { source, kind, question, gold_sql, sql, problem } of failures)
      console.log(
        `\n${source}, ${kind}: ${question}\n  wanted: ${gold_sql}\n  given:  ${(sql ?? problem)?.replaceAll("\n", " ")}`,
      );
  const results = join(root, ".quantibi/bench");
  await mkdir(results, { recursive: true });
  await writeFile(join(results, "questions.json"), JSON.stringify(failures, null, 1));
  if (!flags.save) return;
  const { commit, node, duckDb, loadBefore } = describeEnvironment();
  const saved = join(root, "bench/results");
  await mkdir(saved, { recursive: true });
  const figures = { commit, node, duckDb, loadBefore, scores, planMs: plan, planMsOn50Columns: wide };
  await writeFile(join(saved, `questions-${commit}.json`), `${JSON.stringify(figures, null, 2)}\n`);
}

await main();
