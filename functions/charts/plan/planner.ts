import type { ChartType, Column, Doubt, PlannerName } from "../../../contract/index.ts";

/** A table that a question may be about, as the SQL will see it. */
export interface PlannableTable {
  /** The table's name in SQL; the first table is `data`. */
  name: string;
  /** The dataset's name, in its owner's words. */
  label: string;
  rowCount: number;
  columns: Column[];
}

/** A chart that was asked for earlier in a conversation. */
export interface EarlierChart {
  /** Null for a chart whose SQL a person wrote or changed. */
  question: string | null;
  title: string;
  type: ChartType;
  sql: string;
  /** The columns of its result, with DuckDB's types. */
  columns: { name: string; type: string }[];
}

export interface PlanRequest {
  question: string;
  /** For a follow-up: the charts that led to it, the oldest first. */
  earlier?: EarlierChart[];
  /** The chart type asked for, if any; it overrides what the planner would choose. */
  type: ChartType | undefined;
  /** At least one. */
  tables: PlannableTable[];
}

/**
 * What a planner yields: one SELECT and how to show it.
 *
 * The columns of the result come in a fixed order, so that drawing needs no further word: the dimension of the x axis
 * (or of the slices) first, then, if there is one, the dimension that splits it into series (as text), then the
 * measures. Scatter and bubble: x, y (, radius), then perhaps a column of text that splits the points into series. The
 * year of a date is an integer, as in a column of years; other steps of time are dates, weekdays are "Mon" and months of
 * the year "Jan". Histogram: lower bound of the bin, count. Stat: one row.
 */
export interface Plan {
  sql: string;
  type: ChartType;
  title: string;
  /** One or two sentences that say in plain words what was computed. */
  explanation: string;
  /** What the question left open and how it was read. */
  assumptions: string[];
  /** Those of the assumptions that could well be meant otherwise, or that leave something out, with what to ask instead. */
  doubts: Doubt[];
  /**
   * Whether the values of groups may be added up to that of a group of several: sums and counts of all groups. False
   * where the planner does not know, as of SQL by a model; then the SQL's own shape decides.
   */
  additive: boolean;
}

/** A plan with what the receipt wants to know of its making. */
export interface PlannedBy {
  plan: Plan;
  planner: PlannerName;
  model: string | null;
  promptHash: string | null;
  /** Null where the price of the model is not known. */
  costUsd: number | null;
  /** Tokens that the model read and wrote, over all attempts. */
  modelTokens: number;
  /** What the person should know of the planning itself, for example that the model did not answer. */
  warnings: string[];
}
