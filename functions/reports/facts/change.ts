import { mean, sum } from "../../shared/statistics.ts";
import { capitalize } from "../../shared/words.ts";
import { addsOverTime, hasTrueZero } from "./additive.ts";
import type { Finding } from "./compute-facts.ts";
import { formatShare, formatValue } from "./format.ts";
import type { Item, Measure } from "./shape-cells.ts";
import type { Steps } from "./steps.ts";
import { cycleOf, type Grain } from "./time-axis.ts";
import { formatCount } from "./words.ts";

/**
 * What has changed from the beginning to the end, like compared with like: whole years where what is measured adds up or has
 * seasons, else the same month or quarter, so that no season passes for a change. Undefined for less than two steps.
 */
export function changeFact(
  steps: Steps,
  of: Measure,
  names: Record<string, string>,
  isSeasonal: boolean,
): Finding | undefined {
  const { items, ordinals, grain } = steps;
  const [first, last] = [items[0], items.at(-1)];
  if (!first || !last || items.length < 2) return undefined;
  const cycle = cycleOf(grain);
  const adds = of.additive && addsOverTime(of.measure);
  const isYearly = cycle?.name === "year";
  const isRegular = (ordinals.at(-1) ?? 0) - (ordinals[0] ?? 0) === items.length - 1;
  if (cycle && isRegular && (isSeasonal || (isYearly && adds)) && items.length >= 2 * cycle.period) {
    const { period } = cycle;
    const from = together(items.slice(0, period), grain, adds);
    const to = together(items.slice(-period), grain, adds);
    const found = difference(from, to, of, names);
    return { ...found, numbers: { ...found.numbers, period }, names: { ...found.names, cycles: "yes" } };
  }
  const phase = (ordinal: number) => (cycle ? ordinal % cycle.period : 0);
  const lastPhase = phase(ordinals.at(-1) ?? 0);
  const same = isYearly
    ? items.find((item, index) => item !== last && phase(ordinals[index] ?? 0) === lastPhase)
    : undefined;
  return difference(same ?? first, last, of, names);
}

function together(items: Item[], grain: Grain, additive: boolean): Item {
  const values = items.map(({ value }) => value);
  return {
    name: `the ${formatCount(items.length, grain)} to ${items.at(-1)?.name}`,
    value: additive ? sum(values) : mean(values),
    rows: items.flatMap(({ rows }) => rows).slice(0, 50),
  };
}

function difference(first: Item, last: Item, { measure, format }: Measure, names: Record<string, string>): Finding {
  const amount = last.value - first.value;
  // From nothing, or across zero, a percentage says nothing; and between percentages it would confuse.
  const isRatio = hasTrueZero(measure) && format?.style !== "percent" && format?.style !== "unit";
  const tells = isRatio && first.value > 0 && last.value >= 0;
  const relative: Record<string, number> = tells ? { relative: amount / first.value } : {};
  const percent = relative.relative === undefined ? "" : `, ${signed(formatShare(relative.relative), amount)}`;
  const write = (value: number) => formatValue(value, format);
  return {
    kind: "change",
    statement: `${capitalize(measure)} went from ${write(first.value)} (${first.name}) to ${write(last.value)} (${last.name}): ${signed(write(amount), amount)}${percent}.`,
    numbers: { first: first.value, last: last.value, difference: amount, ...relative },
    ...(format && { format }),
    names: { ...names, measure, from: first.name, to: last.name },
    rows: [...first.rows.slice(0, 50), ...last.rows.slice(0, 50)],
  };
}

export function signed(text: string, value: number): string {
  return value > 0 ? `+${text}` : text;
}
