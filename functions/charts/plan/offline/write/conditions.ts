import type { Aggregate, Condition, Expression } from "../query.ts";
import type { Columns } from "./formulas.ts";
import { identifier, literal } from "./names.ts";
import { time } from "./times.ts";

const aggregates: Record<Exclude<Aggregate, "count" | "count-distinct">, string> = {
  sum: "sum",
  avg: "avg",
  median: "median",
  min: "min",
  max: "max",
};

export function aggregated(aggregate: Aggregate, column: string | null, columns: Columns): string {
  if (column === null) return "count(*)";
  const argument = columns(column);
  if (aggregate === "count") return `count(${argument})`;
  if (aggregate === "count-distinct") return `count(DISTINCT ${argument})`;
  return `${aggregates[aggregate]}(${argument})`;
}

export function expressed(expression: Expression, columns: Columns): string {
  return expression.kind === "column"
    ? columns(expression.column)
    : time(expression.column, expression.holds, expression.grain);
}

function like(value: string, match: "contains" | "starts" | "ends"): string {
  const escaped = value.replace(/[\\%_]/g, "\\$&");
  return literal(`${match === "starts" ? "" : "%"}${escaped}${match === "ends" ? "" : "%"}`);
}

/** A condition as SQL. */
export function condition(filter: Condition, columns: Columns, table: string): string {
  switch (filter.kind) {
    case "compare": {
      const left = expressed(filter.expression, columns);
      return filter.ignoreCase
        ? `lower(${left}) ${filter.comparison} lower(${literal(filter.value)})`
        : `${left} ${filter.comparison} ${literal(filter.value)}`;
    }
    case "compare-aggregate": {
      const value = `(SELECT ${aggregated(filter.aggregate, filter.column, columns)} FROM ${identifier(table)})`;
      return `${columns(filter.column)} ${filter.comparison} ${value}`;
    }
    case "compare-columns": {
      const side = (column: string) => (filter.byDay ? `CAST(${columns(column)} AS DATE)` : columns(column));
      return `${side(filter.column)} ${filter.comparison} ${side(filter.other)}`;
    }
    case "dates": {
      const type = filter.holds === "date" ? "DATE" : "TIMESTAMP";
      const bounds: string[] = [];
      if (filter.from !== null) bounds.push(`${columns(filter.column)} >= ${type} ${literal(filter.from)}`);
      if (filter.before !== null) bounds.push(`${columns(filter.column)} < ${type} ${literal(filter.before)}`);
      return bounds.join(" AND ");
    }
    case "in": {
      const left = columns(filter.column);
      const [first] = filter.values;
      if (filter.values.length === 1 && first !== undefined)
        return `${left} ${filter.negated ? "!=" : "="} ${literal(first)}`;
      return `${left} ${filter.negated ? "NOT IN" : "IN"} (${filter.values.map(literal).join(", ")})`;
    }
    case "text":
      return `${columns(filter.column)} ${filter.negated ? "NOT ILIKE" : "ILIKE"} ${like(filter.value, filter.match)} ESCAPE '\\'`;
    case "null":
      return `${columns(filter.column)} IS ${filter.negated ? "NOT NULL" : "NULL"}`;
    case "ever": {
      const column = columns(filter.column);
      // A row without a value would make NOT IN true of none.
      const when = [...filter.when.map((one) => condition(one, columns, table)), `${column} IS NOT NULL`].join(" AND ");
      return `${column} ${filter.negated ? "NOT IN" : "IN"} (SELECT ${column} FROM ${identifier(table)} WHERE ${when})`;
    }
    case "first": {
      const [column, by] = [columns(filter.column), columns(filter.by)];
      const firsts = `SELECT ${column}, min(${by}) FROM ${identifier(table)} WHERE ${column} IS NOT NULL GROUP BY 1`;
      return `(${column}, ${by}) IN (${firsts})`;
    }
    case "often": {
      const column = columns(filter.column);
      const when = [`${column} IS NOT NULL`, ...filter.when.map((one) => condition(one, columns, table))].join(" AND ");
      const counted = `GROUP BY 1 HAVING count(*) ${filter.comparison} ${literal(filter.value)}`;
      return `${column} IN (SELECT ${column} FROM ${identifier(table)} WHERE ${when} ${counted})`;
    }
    case "all":
      return `(${filter.conditions.map((one) => condition(one, columns, table)).join(" AND ")})`;
    case "not":
      return `NOT ${condition(filter.condition, columns, table)}`;
    case "any":
      return `(${filter.conditions.map((one) => condition(one, columns, table)).join(" OR ")})`;
  }
}
