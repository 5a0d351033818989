import { levelFact, outlierFinding } from "./category-facts.ts";
import type { Finding } from "./compute-facts.ts";
import { capitalize, formatCount, formatList, formatNumber, formatShare } from "./format.ts";
import type { Item, Series } from "./shape.ts";
import {
  detrended,
  mannKendall,
  mean,
  median,
  modifiedZScores,
  seasonality,
  strengthOf,
  sum,
  theilSenSlope,
} from "./statistics.ts";
import { cycleOf, type Grain, ordinalName, phaseName } from "./time-axis.ts";

/** Fewer points show no trend that one could trust; more than this would take the quadratic tests too long. */
const trendPoints = { fewest: 6, most: 2_000 };
const fewestForOutliers = 8;
const significant = 0.05;

/** Facts about a measure along time, whose items are in its order. */
export function timeFacts(series: Series, time: NonNullable<Series["time"]>, whole: boolean): Finding[] {
  const { items, measure, dimension } = series;
  const values = items.map(({ value }) => value);
  const [first, last] = [items[0], items.at(-1)];
  const level = whole ? levelFact(series, sum(values)) : [];
  if (!first || !last || items.length < 2) return level;
  const names = { measure, dimension, grain: time.grain };
  const testable = items.length >= trendPoints.fewest && items.length <= trendPoints.most;
  const season = testable ? seasonal(values, time, names) : { findings: [], phases: [0] };
  const cycle = season.findings.length > 0 ? season.phases.length : 0;
  const found: Finding[] = [
    ...level,
    cycle > 0 ? changeOfCycles(series, cycle, names) : change(first, last, names),
    ...extremes(items, names),
  ];
  if (testable) {
    found.push(trend(values, first, last, time.grain, names), ...season.findings);
    if (items.length >= fewestForOutliers) {
      const rests = detrended(values).map((rest, index) => rest - (season.phases[index % season.phases.length] ?? 0));
      found.push(...outlierFinding(items, modifiedZScores(rests), names, median(values)));
    }
  }
  return [...found, ...gaps(time, names)];
}

interface Names {
  measure: string;
  dimension: string;
  grain: Grain;
}

/** The first whole cycle against the last: between two months of different seasons lies more than a change. */
function changeOfCycles({ items, additive }: Series, period: number, names: Names): Finding {
  const whole = (part: Item[], name: string): Item => ({
    name,
    value: additive ? sum(part.map(({ value }) => value)) : mean(part.map(({ value }) => value)),
    rows: part.flatMap(({ rows }) => rows).slice(0, 50),
  });
  const steps = formatCount(period, names.grain);
  const found = change(
    whole(items.slice(0, period), `the first ${steps}`),
    whole(items.slice(-period), `the last ${steps}`),
    names,
  );
  return { ...found, numbers: { ...found.numbers, period }, names: { ...found.names, cycles: "yes" } };
}

function change(first: Item, last: Item, names: Names): Finding {
  const difference = last.value - first.value;
  // From nothing, or across zero, a percentage says nothing.
  const relative: Record<string, number> =
    first.value > 0 && last.value >= 0 ? { relative: difference / first.value } : {};
  const percent = relative.relative === undefined ? "" : `, ${signed(formatShare(relative.relative), difference)}`;
  return {
    kind: "change",
    statement: `${capitalize(names.measure)} went from ${formatNumber(first.value)} (${first.name}) to ${formatNumber(last.value)} (${last.name}): ${signed(formatNumber(difference), difference)}${percent}.`,
    numbers: { first: first.value, last: last.value, difference, ...relative },
    names: { ...names, from: first.name, to: last.name },
    rows: [...first.rows.slice(0, 50), ...last.rows.slice(0, 50)],
  };
}

function extremes(items: Item[], names: Names): Finding[] {
  if (items.length < 3) return [];
  const ranked = items.toSorted((a, b) => b.value - a.value);
  const [high, low] = [ranked[0], ranked.at(-1)];
  if (!high || !low || high.value === low.value) return [];
  return [
    {
      kind: "peak",
      statement: `Highest ${names.measure}: ${formatNumber(high.value)} (${high.name}); lowest: ${formatNumber(low.value)} (${low.name}).`,
      numbers: { high: high.value, low: low.value },
      names: { ...names, high: high.name, low: low.name },
      rows: [...high.rows.slice(0, 50), ...low.rows.slice(0, 50)],
    },
  ];
}

function trend(values: number[], first: Item, last: Item, grain: Grain, names: Names): Finding {
  const { tau, p } = mannKendall(values);
  const slope = theilSenSlope(values);
  const clear = p < significant && slope !== 0;
  const step = grain === "moment" ? "step" : grain;
  return {
    kind: "trend",
    statement: clear
      ? `${capitalize(strengthOf(tau))} ${slope > 0 ? "upward" : "downward"} trend in ${names.measure}, about ${signed(formatNumber(slope), slope)} a ${step} (Mann–Kendall τ ${formatNumber(round2(tau))}, ${probability(p)}).`
      : `No clear trend in ${names.measure} (Mann–Kendall τ ${formatNumber(round2(tau))}, ${probability(p)}).`,
    numbers: { tau, p, slope, points: values.length },
    names: { ...names, step, strength: clear ? strengthOf(tau) : "none", from: first.name, to: last.name },
    rows: [],
  };
}

/** Seasonality of a series without gaps that has seen its cycle three times. */
function seasonal(
  values: number[],
  { grain, ordinals }: NonNullable<Series["time"]>,
  names: Names,
): { findings: Finding[]; phases: number[] } {
  const cycle = cycleOf(grain);
  const regular = ordinals.every((ordinal, index) => index === 0 || ordinal - (ordinals[index - 1] ?? 0) === 1);
  if (!cycle || !regular || values.length < 3 * cycle.period) return { findings: [], phases: [0] };
  const { strength, phases } = seasonality(values, cycle.period);
  if (strength < 0.64) return { findings: [], phases: [0] };
  const start = ordinals[0] ?? 0;
  const high = phaseName(start + phases.indexOf(Math.max(...phases)), grain);
  const low = phaseName(start + phases.indexOf(Math.min(...phases)), grain);
  return {
    phases,
    findings: [
      {
        kind: "seasonality",
        statement: `${capitalize(names.measure)} repeats itself every ${cycle.name}: highest in ${high}, lowest in ${low} (strength ${formatNumber(round2(strength))}).`,
        numbers: { strength, period: cycle.period, cycles: Math.floor(values.length / cycle.period) },
        names: { ...names, high, low, cycle: cycle.name },
        rows: [],
      },
    ],
  };
}

/** Steps of the axis that have no value. */
function gaps({ grain, ordinals }: NonNullable<Series["time"]>, names: Names): Finding[] {
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
  const more = count > named.length ? ["others"] : [];
  return [
    {
      kind: "gap",
      statement: `${capitalize(formatCount(count, grain))} between the first and the last ${count === 1 ? "has" : "have"} no value: ${formatList([...named, ...more])}.`,
      numbers: { missing: count, present: ordinals.length },
      names: { ...names, step: grain, ...Object.fromEntries(named.map((name, index) => [`item${index + 1}`, name])) },
      rows: [],
    },
  ];
}

function signed(text: string, value: number): string {
  return value > 0 ? `+${text}` : text;
}

function probability(p: number): string {
  return p < 0.001 ? "p < 0.001" : `p = ${formatNumber(Math.round(p * 1000) / 1000)}`;
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
