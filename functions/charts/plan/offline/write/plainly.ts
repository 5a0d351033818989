import type { Table } from "../link/fields.ts";
import type { Condition } from "../query.ts";

/** A condition on the name of a case as those that the case stands for: "is not paid" is that `paid_date` is empty. */
export function unfolded(condition: Condition, { computed }: Table): Condition[] {
  if (condition.kind !== "in" || condition.negated || condition.values.length !== 1) return [condition];
  const formula = computed.get(condition.column)?.formula;
  if (formula?.kind !== "cases") return [condition];
  const [name] = condition.values;
  const at = formula.cases.findIndex((one) => one.name === name);
  if (at < 0 && formula.otherwise !== name) return [condition];
  return formula.cases[at]?.when ?? formula.cases.map(({ when }) => opposite(when));
}

function opposite(conditions: Condition[]): Condition {
  const [only, ...more] = conditions;
  if (only && more.length === 0 && (only.kind === "null" || only.kind === "in"))
    return { ...only, negated: !only.negated };
  return { kind: "not", condition: { kind: "all", conditions } };
}

/** Each condition once; and that a date is known goes without saying where it is within some days. */
export function withoutRepeats(conditions: Condition[]): Condition[] {
  const timed = new Set(conditions.flatMap((one) => (one.kind === "dates" ? one.column : [])));
  const seen = new Set<string>();
  return conditions.filter((one) => {
    if (one.kind === "null" && one.negated && timed.has(one.column)) return false;
    const text = JSON.stringify(one);
    return seen.has(text) ? false : seen.add(text);
  });
}
