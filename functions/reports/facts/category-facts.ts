import type { Finding } from "./compute-facts.ts";
import { capitalize, countValues, formatCount, formatList, formatNumber, formatShare } from "./format.ts";
import type { Item, Series } from "./shape.ts";
import { herfindahl, mean, median, modifiedZScores, sum } from "./statistics.ts";
import type { Grain } from "./time-axis.ts";

/** Categories from which on it is worth saying how few of them make the most. */
const fewestForConcentration = 5;
const fewestForOutliers = 8;

/** Facts about a measure by category; `whole` unless rows are missing from the result. */
export function categoryFacts(series: Series, whole: boolean): Finding[] {
  const { items, measure, additive, dimension } = series;
  if (items.length === 0) return [];
  const ranked = items.toSorted((a, b) => b.value - a.value);
  const total = sum(items.map(({ value }) => value));
  // A share says something only of parts that have one sign and are all there.
  const shares = additive && whole && total > 0 && items.every(({ value }) => value >= 0);
  const level = whole ? levelFact(series, total) : [];
  if (items.length === 1 || dimension === "row") return level;
  const shareOf = (value: number): Record<string, number> => (shares ? { share: value / total } : {});
  const ofTotal = (value: number) => (shares ? ` (${formatShare(value / total)} of the total)` : "");

  const places = ranked.slice(0, Math.min(3, items.length - 1)).filter(({ value }) => value !== ranked.at(-1)?.value);
  const top = places.map(
    (item, index): Finding => ({
      kind: "top",
      statement: `${capitalize(ordinalWord(index))} in ${measure}: ${item.name}, ${formatNumber(item.value)}${ofTotal(item.value)}.`,
      numbers: { value: item.value, rank: index + 1, ...shareOf(item.value) },
      names: { item: item.name, measure, dimension },
      rows: item.rows.slice(0, 100),
    }),
  );
  const lowest = ranked.at(-1)?.value ?? 0;
  const lows = ranked.filter(({ value }) => value === lowest);
  const named = lows.slice(0, 3).map(({ name }) => name);
  const bottomName = formatList(lows.length > 3 ? [...named, `${lows.length - 3} more`] : named);
  const ofBottom = lowest > 0 && lows.length === 1 ? ofTotal(lowest) : "";
  const bottom: Finding[] =
    lows.length === items.length
      ? []
      : [
          {
            kind: "bottom",
            statement: `Lowest in ${measure}: ${bottomName}, ${formatNumber(lowest)}${ofBottom}.`,
            numbers: { value: lowest, count: lows.length, ...(lowest > 0 && lows.length === 1 && shareOf(lowest)) },
            names: {
              item: bottomName,
              measure,
              dimension,
              ...Object.fromEntries(named.map((name, index) => [`item${index + 1}`, name])),
            },
            rows: lows.flatMap(({ rows }) => rows.slice(0, 20)).slice(0, 100),
          },
        ];
  return [
    ...level,
    ...top,
    ...bottom,
    ...(shares && items.length >= fewestForConcentration ? [concentration(series, ranked, total)] : []),
    ...outliers(series),
  ];
}

/** The total of what may be added up, else what is typical. */
export function levelFact({ items, measure, additive, dimension, time }: Series, total: number): Finding[] {
  const values = items.map(({ value }) => value);
  if (additive) {
    return [
      {
        kind: "total",
        statement: `Total ${measure}: ${formatNumber(total)}, over ${countOf(items.length, dimension, time)}.`,
        numbers: { total, items: items.length, mean: mean(values) },
        names: { measure, dimension, ...(time && { step: stepOf(time.grain) }) },
        rows: [],
      },
    ];
  }
  if (items.length < 3 || new Set(values).size === 1) return [];
  return [
    {
      kind: "typical",
      statement: `${capitalize(measure)} is ${formatNumber(median(values))} in the middle (median of ${formatCount(items.length, "value")}), between ${formatNumber(Math.min(...values))} and ${formatNumber(Math.max(...values))}.`,
      numbers: { median: median(values), min: Math.min(...values), max: Math.max(...values), items: items.length },
      names: { measure, dimension },
      rows: [],
    },
  ];
}

/** The fewest categories that make four fifths of the total (Pareto's rule), and the Herfindahl–Hirschman index. */
function concentration({ items, measure, dimension }: Series, ranked: Item[], total: number): Finding {
  let covered = 0;
  let few = 0;
  for (const { value } of ranked) {
    if (covered >= 0.8 * total) break;
    covered += value;
    few += 1;
  }
  const index = herfindahl(items.map(({ value }) => value / total));
  return {
    kind: "concentration",
    statement: `${formatNumber(few)} of ${countValues(items.length, dimension)} ${few === 1 ? "makes" : "make"} ${formatShare(covered / total)} of ${measure} (Herfindahl–Hirschman index ${formatNumber(index)}).`,
    numbers: { few, items: items.length, share: covered / total, index },
    names: { measure, dimension },
    rows: ranked.slice(0, few).flatMap(({ rows }) => rows.slice(0, 10)),
  };
}

function outliers({ items, measure, dimension }: Series): Finding[] {
  if (items.length < fewestForOutliers) return [];
  const values = items.map(({ value }) => value);
  const scores = modifiedZScores(values);
  return outlierFinding(items, scores, { measure, dimension }, median(values));
}

/** The items whose modified z-score is beyond 3.5, the furthest first; at most three are named. */
export function outlierFinding(
  items: Item[],
  scores: number[],
  names: { measure: string; dimension: string },
  typical: number,
): Finding[] {
  const out = items
    .flatMap((item, index) => {
      const score = scores[index] ?? 0;
      return Math.abs(score) > 3.5 ? [{ item, score }] : [];
    })
    .sort((a, b) => Math.abs(b.score) - Math.abs(a.score));
  // Where a fifth and more stands out, it is the distribution that is odd and not they.
  if (out.length === 0 || out.length > Math.max(1, items.length / 5)) return [];
  const named = out.slice(0, 3).map(({ item }) => item);
  return [
    {
      kind: "outlier",
      statement: `${capitalize(formatCount(out.length, "value"))} of ${names.measure} ${out.length === 1 ? "stands" : "stand"} out: ${formatList(named.map(({ name, value }) => `${name} (${formatNumber(value)})`))}.`,
      numbers: {
        count: out.length,
        typical,
        ...Object.fromEntries(named.map(({ value }, index) => [`value${index + 1}`, value])),
      },
      names: { ...names, ...Object.fromEntries(named.map(({ name }, index) => [`item${index + 1}`, name])) },
      rows: named.flatMap(({ rows }) => rows.slice(0, 10)),
    },
  ];
}

/** Facts about the bins of a histogram, whose items are counts by lower bound. */
export function histogramFacts({ items, measure, dimension }: Series, whole: boolean): Finding[] {
  const total = sum(items.map(({ value }) => value));
  const [fullest] = items.toSorted((a, b) => b.value - a.value);
  if (!fullest || !whole || total <= 0) return [];
  const position = items.indexOf(fullest);
  const next = items[position + 1];
  const bounds = { from: Number(fullest.name), to: Number(next?.name) };
  if (!Number.isFinite(bounds.from)) return [];
  const where = Number.isFinite(bounds.to)
    ? `between ${formatNumber(bounds.from)} and ${formatNumber(bounds.to)}`
    : `at ${formatNumber(bounds.from)} and above`;
  return [
    {
      kind: "distribution",
      statement: `Most values of ${dimension} lie ${where}: ${formatNumber(fullest.value)} of ${formatNumber(total)} (${formatShare(fullest.value / total)}).`,
      numbers: {
        count: fullest.value,
        total,
        share: fullest.value / total,
        from: bounds.from,
        ...(Number.isFinite(bounds.to) && { to: bounds.to }),
        bins: items.length,
      },
      names: { measure, dimension },
      rows: fullest.rows,
    },
  ];
}

/** "12 months" along time, else how many values of what. */
export function countOf(count: number, dimension: string, time: Series["time"]): string {
  return time ? formatCount(count, stepOf(time.grain)) : countValues(count, dimension);
}

export function stepOf(grain: Grain): string {
  return grain === "moment" ? "moment" : grain;
}

function ordinalWord(index: number): string {
  return ["highest", "second", "third"][index] ?? `number ${index + 1}`;
}
