import type { Table } from "../link/fields.ts";
import type { Computed, Condition, Formula, Query } from "../query.ts";

/** The computed columns that a query uses, and those that they are computed from, in an order that can be written. */
export function computedFor(query: Query, table: Table): Computed[] {
  const used = columnsUsed(query, table);
  return [...table.computed.values()].flatMap(({ id, formula }) =>
    used.has(id) && formula ? [{ name: id, formula }] : [],
  );
}

/** All columns that a query speaks of, and those that they are computed from. */
export function columnsUsed(query: Query, { computed }: Table): Set<string | null> {
  const used = new Set<string | null>([
    ...query.dimensions.map(({ expression }) => expression.column),
    ...[...query.measures, ...query.having.map(({ measure }) => measure)].flatMap(({ column, over, part = [] }) => [
      column,
      over?.column ?? null,
      ...part.flatMap(columnsIn),
    ]),
    ...query.filters.flatMap(columnsIn),
    ...query.order.map(({ by }) => by),
  ]);
  for (const { id, formula } of [...computed.values()].reverse())
    if (used.has(id) && formula) for (const column of operandsOf(formula)) used.add(column);
  return used;
}

/** The columns that a condition speaks of. */
export function columnsIn(condition: Condition): string[] {
  switch (condition.kind) {
    case "compare":
      return [condition.expression.column];
    case "compare-columns":
      return [condition.column, condition.other];
    case "first":
      return [condition.column, condition.by];
    case "often":
    case "ever":
      return [condition.column, ...condition.when.flatMap(columnsIn)];
    case "all":
    case "any":
      return condition.conditions.flatMap(columnsIn);
    case "not":
      return columnsIn(condition.condition);
    default:
      return [condition.column];
  }
}

/** The columns of a formula that may be computed themselves. */
function operandsOf(formula: Formula): string[] {
  switch (formula.kind) {
    case "scaled":
    case "band":
    case "signed":
      return [formula.column];
    case "sum":
      return formula.columns;
    case "difference":
      return [formula.column, formula.less];
    case "pair":
    case "product":
    case "quotient":
      return [formula.column, formula.by];
    default:
      return [];
  }
}
