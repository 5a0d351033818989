/**
 * The logical query: what is asked, in no dialect. `duckdb.ts` writes it as SQL; another engine gets another writer.
 */

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
  /** Shares and growth are in percent. */
  window?: WindowKind;
  /** In percent, how much of the value comes from rows that meet all of these. */
  part?: Condition[];
}

export type Literal = string | number | boolean;

export type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=";

export type Condition =
  | { kind: "compare"; expression: Expression; comparison: Comparison; value: Literal; ignoreCase?: boolean }
  | { kind: "compare-aggregate"; column: string; comparison: Comparison; aggregate: Aggregate }
  | { kind: "compare-columns"; column: string; comparison: Comparison; other: string }
  | { kind: "dates"; column: string; holds: "date" | "timestamp"; from: string | null; before: string | null }
  | { kind: "in"; column: string; values: Literal[]; negated: boolean }
  | { kind: "text"; column: string; match: "contains" | "starts" | "ends"; value: string; negated: boolean }
  | { kind: "null"; column: string; negated: boolean }
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
