/**
 * The logical query: what is asked, in no dialect. `duckdb.ts` writes it as SQL; another engine gets another writer.
 */
import type { CalendarPart } from "./language/calendar.ts";

export type Aggregate = "count" | "count-distinct" | "sum" | "avg" | "median" | "min" | "max";

/** Steps of time that follow one another, and parts of time that come again. */
export type Grain =
  | "year"
  | "quarter"
  | "month"
  | "week"
  | "day"
  | "hour"
  | "weekday"
  | "month-of-year"
  | "hour-of-day";

/** How a column holds time: as a date or timestamp, or as the number of a year (perhaps in text, perhaps "2019-04"). */
export type TimeKind = "date" | "timestamp" | "year" | "text-year" | "text-month";

export type Expression =
  | { kind: "column"; column: string }
  | { kind: "time"; column: string; holds: TimeKind; grain: Grain };

/** A moment of each row, or one day for all of them. */
export type Instant = { column: string; holds: "date" | "timestamp" | "year" } | { day: string };

export type DurationUnit = "second" | "minute" | "hour" | "day" | "week" | "month" | "year";

/** What is computed from the columns of a row, as one more column. */
export type Formula =
  /** `until`: where a row has no `to` yet. `whole`: full years only, as ages are told. */
  | { kind: "duration"; from: Instant; to: Instant; until?: string; unit: DurationUnit; whole: boolean }
  /** Since the row before, by a column of time, of those with the same value of another; of the first row nothing. */
  | { kind: "gap"; column: string; per: string | null; unit: DurationUnit }
  | { kind: "scaled"; column: string; factor: number }
  /** `sparse`: some rows do not have them all. */
  | { kind: "sum"; columns: string[]; sparse: boolean }
  /** `sparse`: a row has one of the two, and the other is nothing. */
  | { kind: "difference"; column: string; less: string; sparse: boolean }
  /** What a number is counted as where the conditions of a part hold: as it is, or with its sign turned; elsewhere nothing. */
  | { kind: "signed"; column: string; parts: { when: Condition[]; turned: boolean }[] }
  /** Two values as one, to be counted; nothing where either is missing. */
  | { kind: "pair"; column: string; by: string }
  | { kind: "product"; column: string; by: string }
  | { kind: "quotient"; column: string; by: string; factor: number }
  /** The value of the first step, from the top, that a number reaches. */
  | { kind: "score"; column: string; steps: { least: number; value: number }[] }
  /** Steps of a number, as text: "20–29". `whole`: the column has no fractions. */
  | { kind: "band"; column: string; width: number; whole: boolean }
  /** "1990s" */
  | { kind: "decade"; column: string; holds: TimeKind }
  /** A part of time that comes again, as text ("Weekend", "Mon", "Morning", "Summer", "2024 H1"), or the hour as a number. */
  | { kind: "calendar"; column: string; part: CalendarPart }
  /** The name of the case whose conditions, on the table's own columns, all hold. No row meets those of two. */
  | { kind: "cases"; cases: { name: string; when: Condition[] }[]; otherwise: string | null }
  /** The step of time that it is in. */
  | { kind: "step"; column: string; holds: TimeKind; grain: Grain }
  /** Which of some stretches of days it is in, by their names; ISO dates, `before` is the day after the last. */
  | { kind: "span"; column: string; holds: TimeKind; spans: { name: string; from: string; before: string }[] };

/** A column that the table does not have; others may name it as if it did. */
export interface Computed {
  name: string;
  formula: Formula;
}

export interface Dimension {
  /** The name of the result's column. */
  name: string;
  expression: Expression;
}

/** Computed over the groups: each one's part of the total, the sum up to each step of time, the change from the one before. */
export type WindowKind = "share" | "running" | "growth";

export interface Measure {
  name: string;
  /** Null: the value of each row, where rows are listed as they are. */
  aggregate: Aggregate | null;
  /** Null: the rows themselves, for a count. */
  column: string | null;
  /** What the value is divided by, group by group, and a factor: 100 for percent. */
  over?: { aggregate: Aggregate; column: string | null; factor: number };
  /** Shares and growth are in percent. */
  window?: WindowKind;
  /** In percent, how much of the value comes from rows that meet all of these. */
  part?: Condition[];
  /** In percent, how much more the value is of the rows that meet the last conditions than of those that meet the first. */
  change?: { first: Condition[]; last: Condition[] };
}

export type Literal = string | number | boolean;

export type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=";

export type Condition =
  | { kind: "compare"; expression: Expression; comparison: Comparison; value: Literal; ignoreCase?: boolean }
  | { kind: "compare-aggregate"; column: string; comparison: Comparison; aggregate: Aggregate }
  /** `byDay`: of two moments only their days, as one of the columns tells no more. */
  | { kind: "compare-columns"; column: string; comparison: Comparison; other: string; byDay?: boolean }
  | { kind: "dates"; column: string; holds: "date" | "timestamp"; from: string | null; before: string | null }
  | { kind: "in"; column: string; values: Literal[]; negated: boolean }
  | { kind: "text"; column: string; match: "contains" | "starts" | "ends"; value: string; negated: boolean }
  | { kind: "null"; column: string; negated: boolean }
  /** Whether any row that has the same value in the column meets all of some conditions. */
  | { kind: "ever"; column: string; when: Condition[]; negated: boolean }
  | { kind: "any"; conditions: Condition[] }
  | { kind: "all"; conditions: Condition[] }
  | { kind: "not"; condition: Condition };

export interface Having {
  measure: Measure;
  comparison: Comparison;
  value: number;
}

export interface Order {
  /** The name of a column of the result, or a column of the table where rows are listed. */
  by: string;
  direction: "asc" | "desc";
}

export interface Query {
  table: string;
  /**
   * `groups`: one row for each combination of the dimensions. `rows`: the table's rows as they are. `bins`: how many
   * rows have the one measure within each of equal steps.
   */
  shape: "groups" | "rows" | "bins";
  /** Rows only: each different row once. */
  distinct: boolean;
  /** Each may use those before it. */
  computed: Computed[];
  dimensions: Dimension[];
  measures: Measure[];
  /** Bins only: the width of a bin and where the first may begin. */
  bin?: { width: number; origin: number };
  filters: Condition[];
  having: Having[];
  order: Order[];
  limit: number | null;
  /** The limit holds for each combination of these dimensions, by name; none: for the whole. */
  limitPer: string[];
}
