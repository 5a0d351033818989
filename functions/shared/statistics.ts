/** Statistics of a list of numbers, each with its source. None of them changes its input. */

export function sum(values: number[]): number {
  // Neumaier's variant of Kahan summation (ZAMM 54, 1974): 0.1 ten times is 1.
  let total = 0;
  let lost = 0;
  for (const value of values) {
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return total + lost;
}

export function mean(values: number[]): number {
  return sum(values) / values.length;
}

/** The middle value; of an even number, the mean of the two in the middle. */
export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/**
 * Modified z-scores, 0.6745 × (x − median) / MAD; beyond ±3.5 a value is labelled an outlier. Iglewicz and Hoaglin, How to
 * Detect and Handle Outliers (1993), as in the NIST/SEMATECH handbook, 1.3.5.17. All 0 where half of the values are equal.
 */
export function modifiedZScores(values: number[]): number[] {
  const middle = median(values);
  const mad = median(values.map((value) => Math.abs(value - middle)));
  return values.map((value) => (mad === 0 ? 0 : (0.6745 * (value - middle)) / mad));
}

/**
 * The Mann–Kendall test for a monotonic trend: Kendall's tau of the values against their order and the two-sided
 * p-value of the normal approximation with correction for ties. Mann, Econometrica 13 (1945); Kendall, Rank Correlation
 * Methods (1975); Gilbert, Statistical Methods for Environmental Pollution Monitoring (1987), ch. 16.
 */
export function mannKendall(values: number[]): { tau: number; p: number } {
  const n = values.length;
  let s = 0;
  for (let i = 0; i < n; i += 1) {
    for (let j = i + 1; j < n; j += 1) s += Math.sign((values[j] ?? 0) - (values[i] ?? 0));
  }
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const groups = [...counts.values()];
  const ties = sum(groups.map((t) => t * (t - 1) * (2 * t + 5)));
  const variance = (n * (n - 1) * (2 * n + 5) - ties) / 18;
  const pairs = (n * (n - 1)) / 2;
  const tiedPairs = sum(groups.map((t) => (t * (t - 1)) / 2));
  // Tau-b: pairs that tie cannot agree or disagree.
  const denominator = Math.sqrt((pairs - tiedPairs) * pairs);
  const z = variance > 0 ? (s - Math.sign(s)) / Math.sqrt(variance) : 0;
  return { tau: denominator === 0 ? 0 : s / denominator, p: twoSided(z) };
}

/** The Theil–Sen slope: the median of the slopes between all pairs, per step of order. Sen, JASA 63 (1968). */
export function theilSenSlope(values: number[]): number {
  const slopes: number[] = [];
  for (let i = 0; i < values.length; i += 1) {
    for (let j = i + 1; j < values.length; j += 1) slopes.push(((values[j] ?? 0) - (values[i] ?? 0)) / (j - i));
  }
  return slopes.length === 0 ? 0 : median(slopes);
}

/**
 * The distance of each value of a series from the median of itself and its neighbours, as Hampel's identifier takes it; three
 * on each side, or two in a short series. 0 at the ends, which have neighbours on one side only and can't be judged. Hampel,
 * JASA 69 (1974); Pearson, IEEE Transactions on Control Systems Technology 10 (2002).
 */
export function localDeviations(values: number[]): number[] {
  const reach = values.length >= 20 ? 3 : 2;
  return values.map((value, index) => {
    if (index < reach || index >= values.length - reach) return 0;
    return value - median(values.slice(index - reach, index + reach + 1));
  });
}

/** What is left of a series without its Theil–Sen line, whose intercept is the median of the rests. */
export function detrended(values: number[]): number[] {
  const slope = theilSenSlope(values);
  const rests = values.map((value, index) => value - slope * index);
  const level = median(rests);
  return rests.map((rest) => rest - level);
}

/**
 * The strength of seasonality, max(0, 1 − Var(R) / Var(S + R)), with S the mean of each phase and R the rest, of a series
 * without its trend. Hyndman and Athanasopoulos, Forecasting: Principles and Practice (3rd ed.), 4.3. 0.64 and more counts
 * as seasonal there (Wang, Smith and Hyndman, Data Mining and Knowledge Discovery 13, 2006).
 */
export function seasonality(values: number[], period: number): { strength: number; phases: number[] } {
  const rests = detrended(values);
  const phases = Array.from({ length: period }, (_, phase) =>
    mean(rests.filter((_value, index) => index % period === phase)),
  );
  const noise = rests.map((value, index) => value - (phases[index % period] ?? 0));
  const whole = variance(rests);
  return { strength: whole === 0 ? 0 : Math.max(0, 1 - variance(noise) / whole), phases };
}

/**
 * Pearson's correlation with the two-sided p-value by Fisher's transformation, atanh(r) × √(n − 3). Fisher, Metron 1
 * (1921). Undefined where one of the two never changes.
 */
export function correlation(xs: number[], ys: number[]): { r: number; p: number } | undefined {
  const [meanX, meanY] = [mean(xs), mean(ys)];
  const sxx = sum(xs.map((x) => (x - meanX) ** 2));
  const syy = sum(ys.map((y) => (y - meanY) ** 2));
  if (sxx === 0 || syy === 0) return undefined;
  const sxy = sum(xs.map((x, index) => (x - meanX) * ((ys[index] ?? 0) - meanY)));
  const r = Math.max(-1, Math.min(1, sxy / Math.sqrt(sxx * syy)));
  const z = Math.abs(r) === 1 ? Number.POSITIVE_INFINITY : Math.atanh(r) * Math.sqrt(xs.length - 3);
  return { r, p: twoSided(z) };
}

/**
 * The Herfindahl–Hirschman index, the sum of squared shares, from 0 to 1. Above 0.18 a market counts as highly, above 0.1
 * as moderately concentrated: US Department of Justice and FTC, Merger Guidelines (2023), 2.1.
 */
export function herfindahl(shares: number[]): number {
  return sum(shares.map((share) => share ** 2));
}

/**
 * How strong a relation is, in words, by the size of a correlation coefficient: 0.7 and 0.4 are the usual limits in applied
 * statistics (Schober, Boer and Schwarte, Anesthesia & Analgesia 126, 2018).
 */
export function strengthOf(coefficient: number): "strong" | "moderate" | "weak" {
  const size = Math.abs(coefficient);
  return size >= 0.7 ? "strong" : size >= 0.4 ? "moderate" : "weak";
}

function variance(values: number[]): number {
  const middle = mean(values);
  return mean(values.map((value) => (value - middle) ** 2));
}

/** 2 × (1 − Φ(|z|)); Φ by Abramowitz and Stegun 26.2.17, good to 7.5e-8. */
function twoSided(z: number): number {
  const x = Math.abs(z);
  if (x === Number.POSITIVE_INFINITY) return 0;
  const t = 1 / (1 + 0.2316419 * x);
  const polynomial = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return Math.min(1, 2 * (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * polynomial);
}
