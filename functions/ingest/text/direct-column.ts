import { doubtfulCells, isAnyOf } from "../types/doubtful-cells.ts";
import type { ColumnEvidence } from "../types/evidence.ts";
import { type ColumnPlan, inferColumn } from "../types/infer.ts";
import { nullEverywhere } from "../types/null-words.ts";

export interface DirectPlan {
  plan: ColumnPlan;
  /** What makes a value of the cell's text, or of what `TRY_CAST` made of it, or stops the query. */
  sql(text: string, value: string): string;
  /** Words that are no value in a column of text; `sql` looks for them in each cell. */
  nullWords?: readonly string[];
}

/** How a cell becomes a value, such that one which is not as simple as the sample stops the query. */
export function planDirectColumn(name: string, evidence: ColumnEvidence): DirectPlan | undefined {
  const plan = inferColumn(name, evidence, { dayFirst: undefined });
  // What may come further down could be of any type.
  if (evidence.filled === 0) return { plan, sql: (text) => `CASE WHEN ${text} IS NOT NULL THEN ${stop} END::VARCHAR` };
  if (plan.type === "VARCHAR") {
    const nullWords = [...nullEverywhere, ...(plan.keepsNa ? [] : ["NA"])].filter((word) => word !== "");
    return isClearlyText(evidence) ? { plan, sql: (text) => textSql(text, nullWords), nullWords } : undefined;
  }
  const certain = plan.misfits === 0 && evidence.nullWords === evidence.na && evidence.padded === 0;
  const doubtful = doubtfulCells[plan.type];
  if (!certain || !doubtful || !(plan.plain || plan.iso || plan.type === "BOOLEAN")) return undefined;
  const isUnread = (text: string, value: string) => `(${value} IS NULL AND ${text} IS NOT NULL)`;
  return {
    plan,
    sql: (text, value) =>
      `CASE WHEN ${doubtful(text, value)} OR ${isUnread(text, value)} THEN ${stop} ELSE ${value} END`,
  };
}

const stop = "error('not as simple as its sample')";

function isClearlyText({ codes, text, filled, plain }: ColumnEvidence): boolean {
  return codes > 0 || text > filled * 0.5 || plain === filled;
}

/**
 * Null words are looked up among short cells that begin with no digit, as none of them does: as the reader's own null strings
 * they would be compared with all.
 */
function textSql(text: string, nullWords: readonly string[]): string {
  const perhaps = `strlen(${text}) < 7 AND (${text} < '0' OR ${text} >= ':')`;
  return `CASE WHEN ${perhaps} AND ${isAnyOf(text, nullWords)} THEN NULL ELSE ${text} END`;
}
