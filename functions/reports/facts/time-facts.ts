import type { Coverage } from "../../shared/coverage.ts";
import {
  detrended,
  localDeviations,
  mannKendall,
  median,
  modifiedZScores,
  seasonality,
  strengthOf,
  sum,
  theilSenSlope,
} from "../../shared/statistics.ts";
import { capitalize } from "../../shared/words.ts";
import { changeFact, signed } from "./change.ts";
import type { Finding } from "./compute-facts.ts";
import { formatCoefficient, formatNumber, formatSlope, formatValue } from "./format.ts";
import { levelFacts } from "./level-facts.ts";
import { outlierFinding } from "./outlier-facts.ts";
import type { Series } from "./shape.ts";
import type { Item, Measure } from "./shape-cells.ts";
import { finishedSteps, gapFacts, type Names, type Steps, unfinishedFacts } from "./steps.ts";
import { cycleOf, phaseName } from "./time-axis.ts";

/** Fewer points show no trend that one could trust; more than this would take the quadratic tests too long. */
const trendPoints = { fewest: 6, most: 2_000 };
const fewestForOutliers = 8;
const significant = 0.05;

export interface Extent {
  /** Whether the result holds all rows of the query. */
  whole: boolean;
  coverage: Coverage | undefined;
}

/** Facts about a measure along time, whose items are in its order. */
export function timeFacts(series: Series, time: NonNullable<Series["time"]>, { whole, coverage }: Extent): Finding[] {
  const { measure, dimension } = series;
  const level = whole ? levelFacts(series, sum(series.items.map(({ value }) => value))) : [];
  const names = { measure, dimension, grain: time.grain };
  const steps = finishedSteps(series, time, coverage);
  const unfinished = unfinishedFacts(series, steps, names);
  const values = steps.items.map(({ value }) => value);
  const testable = values.length >= trendPoints.fewest && values.length <= trendPoints.most;
  const season = testable ? seasonal(values, steps, names) : { findings: [], phases: [0] };
  const change = changeFact(steps, series, names, season.findings.length > 0);
  const found: Finding[] = [...level, ...(change ? [change] : []), ...extremes(steps.items, series, names)];
  if (testable) {
    found.push(trend(values, steps, series, names), ...season.findings);
    if (values.length >= fewestForOutliers) {
      const rests = detrended(values).map((rest, index) => rest - (season.phases[index % season.phases.length] ?? 0));
      found.push(...outlierFinding(steps.items, spikeScores(rests, values), series, names, median(values)));
    }
  }
  return [...found, ...gapFacts(steps, names), ...unfinished];
}

function extremes(items: Item[], { measure, format }: Measure, names: Names): Finding[] {
  if (items.length < 3) return [];
  const ranked = items.toSorted((a, b) => b.value - a.value);
  const [high, low] = [ranked[0], ranked.at(-1)];
  if (!high || !low || high.value === low.value) return [];
  const at = (value: number) => {
    const [first, ...others] = items.filter((item) => item.value === value);
    return others.length === 0
      ? (first?.name ?? "")
      : `${first?.name} and ${others.length === 1 ? "once more" : `${others.length} more times`}`;
  };
  return [
    {
      kind: "peak",
      statement: `Highest ${measure}: ${formatValue(high.value, format)} (${at(high.value)}); lowest: ${formatValue(low.value, format)} (${at(low.value)}).`,
      numbers: { high: high.value, low: low.value },
      ...(format && { format }),
      names: { ...names, high: at(high.value), low: at(low.value) },
      rows: [...high.rows.slice(0, 50), ...low.rows.slice(0, 50)],
    },
  ];
}

function trend(values: number[], { items, grain }: Steps, { measure, format }: Measure, names: Names): Finding {
  const { tau, p } = mannKendall(values);
  const slope = theilSenSlope(values);
  const clear = p < significant && slope !== 0;
  const step = grain === "moment" ? "step" : grain;
  const test = `(Mann–Kendall τ ${formatCoefficient(tau)}, ${probability(p)})`;
  return {
    kind: "trend",
    statement: clear
      ? `${capitalize(strengthOf(tau))} ${slope > 0 ? "upward" : "downward"} trend in ${measure}, about ${signed(formatSlope(slope, format), slope)} a ${step} ${test}.`
      : `No clear trend in ${measure} ${test}.`,
    numbers: { tau, p, slope, points: values.length },
    ...(format && { format }),
    names: {
      ...names,
      step,
      strength: clear ? strengthOf(tau) : "none",
      from: items[0]?.name ?? "",
      to: items.at(-1)?.name ?? "",
    },
    rows: [],
  };
}

/** Seasonality of a series without gaps that has seen its cycle three times. */
function seasonal(
  values: number[],
  { grain, ordinals }: Steps,
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
        statement: `${capitalize(names.measure)} repeats itself every ${cycle.name}: highest in ${high}, lowest in ${low} (strength ${formatCoefficient(strength)}).`,
        numbers: { strength, period: cycle.period, cycles: Math.floor(values.length / cycle.period) },
        names: { ...names, high, low, cycle: cycle.name },
        rows: [],
      },
    ],
  };
}

/** How far each value is from those around it, as a modified z-score; 0 for what the eye would not see in the chart. */
function spikeScores(rests: number[], values: number[]): number[] {
  const visible = (Math.max(...values) - Math.min(...values)) / 10;
  const deviations = localDeviations(rests);
  return modifiedZScores(deviations).map((score, index) => (Math.abs(deviations[index] ?? 0) < visible ? 0 : score));
}

function probability(p: number): string {
  return p < 0.001 ? "p < 0.001" : `p = ${formatNumber(Math.round(p * 1000) / 1000)}`;
}
