import { herfindahl, sum } from "../../shared/statistics.ts";
import type { Finding } from "./compute-facts.ts";
import { formatCoefficient, formatNumber, formatShare } from "./format.ts";
import { levelFacts } from "./level-facts.ts";
import { categoryOutliers } from "./outlier-facts.ts";
import { rankFacts } from "./rank-facts.ts";
import type { Series } from "./shape.ts";
import type { Item } from "./shape-cells.ts";
import { countValues } from "./words.ts";

/** Categories from which on it is worth saying how few of them make the most. */
const fewestForConcentration = 5;

/** Facts about a measure by category; `whole` unless rows are missing from the result. */
export function categoryFacts(series: Series, whole: boolean): Finding[] {
  const { items, additive, dimension } = series;
  if (items.length === 0) return [];
  const total = sum(items.map(({ value }) => value));
  const level = whole ? levelFacts(series, total) : [];
  if (items.length === 1 || dimension === "row") return level;
  // A share says something only of parts that have one sign and are all there.
  const shares = additive && whole && total > 0 && items.every(({ value }) => value >= 0);
  const differ = new Set(items.map(({ value }) => value)).size > 1;
  const concentrated = shares && differ && items.length >= fewestForConcentration;
  return [
    ...level,
    ...rankFacts(series, shares ? total : undefined),
    ...(concentrated ? [concentration(series, total)] : []),
    ...categoryOutliers(series),
  ];
}

/** The fewest categories that make four fifths of the total (Pareto's rule), and the Herfindahl–Hirschman index. */
function concentration({ items, measure, dimension }: Series, total: number): Finding {
  const ranked: Item[] = items.toSorted((a, b) => b.value - a.value);
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
    statement: `${formatNumber(few)} of ${countValues(items.length, dimension)} ${few === 1 ? "makes" : "make"} ${formatShare(covered / total)} of ${measure} (Herfindahl–Hirschman index ${index < 0.005 ? "below 0.01" : formatCoefficient(index)}).`,
    numbers: { few, items: items.length, share: covered / total, index },
    names: { measure, dimension },
    rows: ranked.slice(0, few).flatMap(({ rows }) => rows.slice(0, 10)),
  };
}
