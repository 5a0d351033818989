import type { Coverage } from "../../shared/coverage.ts";
import { capitalize, formatList } from "../../shared/words.ts";
import type { Finding } from "./compute-facts.ts";
import { unfinishedEnds } from "./coverage.ts";
import type { Series } from "./shape.ts";
import type { Item } from "./shape-cells.ts";
import { type Grain, ordinalName } from "./time-axis.ts";
import { formatCount } from "./words.ts";

/** Steps of time without those that the data reach over in part only. */
export interface Steps {
  items: Item[];
  ordinals: number[];
  grain: Grain;
}

/** What every fact along time is about. */
export type Names = Record<"measure" | "dimension" | "grain", string>;

/** The steps that can be compared: without a first or last one that the data reach over in part only. */
export function finishedSteps(
  { items }: Series,
  { grain, ordinals }: NonNullable<Series["time"]>,
  coverage: Coverage | undefined,
): Steps {
  const { first, last } = unfinishedEnds(ordinals, grain, coverage);
  const [from, to] = [first ? 1 : 0, items.length - (last ? 1 : 0)];
  return { items: items.slice(from, to), ordinals: ordinals.slice(from, to), grain };
}

/** That the first or the last step is left out, and why. */
export function unfinishedFacts({ items }: Series, steps: Steps, names: Names): Finding[] {
  const left = items.filter((item) => !steps.items.includes(item));
  if (left.length === 0) return [];
  const periods = left.map(({ name }) => name);
  return [
    {
      kind: "unfinished",
      statement: `The data reach over ${formatList(periods)} in part only: left out of change, trend and extremes.`,
      numbers: { periods: left.length },
      names: {
        ...names,
        item: formatList(periods),
        ...Object.fromEntries(periods.map((name, index) => [`item${index + 1}`, name])),
      },
      rows: left.flatMap(({ rows }) => rows.slice(0, 50)),
    },
  ];
}

/** Steps of the axis that have no value. */
export function gapFacts({ grain, ordinals }: Steps, names: Names): Finding[] {
  if (grain === "moment" || ordinals.length < 3) return [];
  const missing: number[] = [];
  let count = 0;
  for (const [index, ordinal] of ordinals.entries()) {
    const before = ordinals[index - 1] ?? ordinal - 1;
    count += Math.max(0, ordinal - before - 1);
    for (let step = before + 1; step < ordinal && missing.length < 3; step += 1) missing.push(step);
  }
  // An axis that has fewer steps than it lacks is one of events, which have no gaps.
  if (count === 0 || count >= ordinals.length) return [];
  const named = missing.map((ordinal) => ordinalName(ordinal, grain));
  const more = count > named.length ? [`${count - named.length} more`] : [];
  return [
    {
      kind: "gap",
      statement: `${capitalize(formatCount(count, grain))} between the first and the last ${count === 1 ? "has" : "have"} no value: ${formatList([...named, ...more])}.`,
      numbers: { missing: count, present: ordinals.length },
      names: {
        ...names,
        step: grain,
        list: formatList([...named, ...more]),
        ...Object.fromEntries(named.map((name, index) => [`item${index + 1}`, name])),
      },
      rows: [],
    },
  ];
}
