import type { Condition } from "../query.ts";
import type { Asked } from "../read/asked.ts";
import { filterText } from "../write/describe.ts";
import type { FollowUp } from "./follow-up.ts";

/** The column, or columns, that a condition is on. */
export function columnOf(condition: Condition): string {
  switch (condition.kind) {
    case "compare":
      return condition.expression.column;
    case "not":
      return columnOf(condition.condition);
    case "all":
    case "any":
      return [...new Set(condition.conditions.map(columnOf))].sort().join("\n");
    default:
      return condition.column;
  }
}

/** New conditions come on top; on a column that has one already they take its place, but for exclusions from a choice. */
export function changedFilters({ filters: before }: Asked, followUp: FollowUp, changes: string[]): Asked["filters"] {
  const { clauses, adds, reading } = followUp;
  const { where, having } = clauses.filters;
  if (having.length > 0) changes.push("other groups are left out");
  for (const one of where) changes.push(`only rows where ${filterText(one, reading.table)}`);
  // Two periods beside each other take the place of the one before.
  const spans = followUp.parts.dimensions.flatMap(({ field }) =>
    field.formula?.kind === "span" ? field.formula.column : [],
  );
  const columns = new Set([...where.map(columnOf), ...spans]);
  const { clears } = followUp;
  const stays = (one: Condition) => clears === null || (clears !== "all" && !clears.has(columnOf(one)));
  if (clears !== null && !before.where.every(stays)) changes.push("without the filters");
  const kept = before.where.filter((one) => stays(one) && !columns.has(columnOf(one)));
  const changed = where.map((one) => {
    const old = before.where.find((other) => columnOf(other) === columnOf(one));
    return old ? combined(old, one, adds) : one;
  });
  return {
    ...before,
    where: [...kept, ...changed],
    having: having.length > 0 || clears === "all" ? having : before.having,
  };
}

function combined(old: Condition, one: Condition, adds: boolean): Condition {
  if (old.kind !== "in" || one.kind !== "in") return one;
  const union = [...old.values, ...one.values.filter((value) => !old.values.includes(value))];
  if (old.negated && one.negated) return { ...one, values: union };
  if (!old.negated && !one.negated) return adds ? { ...one, values: union } : one;
  if (old.negated) return one;
  const left = old.values.filter((value) => !one.values.includes(value));
  return left.length > 0 ? { ...old, values: left } : one;
}
