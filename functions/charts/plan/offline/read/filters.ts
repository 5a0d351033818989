import { operatorOf } from "../link/items.ts";
import type { Condition, Having } from "../query.ts";
import { readAbsent, readPresent } from "./absent.ts";
import { readComparisons, readEqualNumbers } from "./comparisons.ts";
import { takeEver } from "./ever.ts";
import { readFlags } from "./flags.ts";
import type { Placed } from "./placed.ts";
import type { Reading } from "./reading.ts";
import { partOfShare } from "./shares.ts";
import { readTexts } from "./texts.ts";
import { type Compared, readTimeFilters } from "./time-filters.ts";
import { readValues } from "./values.ts";

export interface AskedFilters {
  where: Condition[];
  having: Having[];
  compared: Compared[];
  /** Of a share: what it is of, among the rows that the other conditions leave. */
  part: Condition[];
}

/** Takes the conditions on rows and groups out of the question. */
export function readFilters(reading: Reading): AskedFilters {
  const placed: Placed[] = [];
  const having: Having[] = [];
  const compared: Compared[] = [];
  readTimeFilters(reading, placed, compared);
  readComparisons(reading, placed, having);
  readTexts(reading, placed);
  readValues(reading, placed, compared);
  readEqualNumbers(reading, placed);
  readFlags(reading, placed);
  readAbsent(reading, placed);
  readPresent(reading, placed);
  takeEver(reading, placed, compared);
  // Values beside each other are the wholes; periods beside each other each have their own part.
  const wholes = compared.filter(({ field }) => field.role !== "time").map(({ field }) => field.id);
  const part = partOfShare(reading, placed).filter(
    ({ condition }) => wholes.length === 0 || (condition.kind === "in" && !wholes.includes(condition.column)),
  );
  const whole = placed.filter((one) => !part.includes(one));
  return { where: joined(reading, whole), having, compared, part: joined(reading, part) };
}

/** Conditions with "or" between them become one that either may meet. */
function joined({ items }: Reading, placed: Placed[]): Condition[] {
  const sorted = [...placed].sort((one, other) => one.from - other.from);
  const conditions: Condition[] = [];
  let last: Placed | null = null;
  for (const one of sorted) {
    const previous = conditions.at(-1);
    const or = last !== null && items.slice(last.to + 1, one.from + 1).some((item) => operatorOf(item)?.op === "or");
    if (or && previous) {
      conditions.pop();
      conditions.push({
        kind: "any",
        conditions: previous.kind === "any" ? [...previous.conditions, one.condition] : [previous, one.condition],
      });
    } else conditions.push(one.condition);
    last = one;
  }
  return conditions;
}
