import { correlation, strengthOf } from "../../shared/statistics.ts";
import { capitalize } from "../../shared/words.ts";
import type { Finding } from "./compute-facts.ts";
import { formatCoefficient, formatNumber } from "./format.ts";
import type { Shape } from "./shape.ts";
import { formatCount } from "./words.ts";

const fewestForCorrelation = 8;
const significant = 0.05;
/** Below this, what many points prove to be there is still too little to speak of (Cohen 1988). */
const smallest = 0.1;

/** Facts about pairs of numbers. */
export function pointFacts({ x, y, pairs }: NonNullable<Shape["points"]>): Finding[] {
  if (pairs.length < 2) return [];
  const range = (name: string, values: number[]): Finding => {
    const low = values.reduce((a, b) => Math.min(a, b));
    const high = values.reduce((a, b) => Math.max(a, b));
    return {
      kind: "typical",
      statement: `${capitalize(name)} runs from ${formatNumber(low)} to ${formatNumber(high)} over ${formatCount(pairs.length, "point")}.`,
      numbers: { min: low, max: high, items: pairs.length },
      names: { measure: name },
      rows: [],
    };
  };
  const xs = pairs.map((pair) => pair.x);
  const ys = pairs.map((pair) => pair.y);
  const found = pairs.length >= fewestForCorrelation ? correlation(xs, ys) : undefined;
  if (!found) return [range(x, xs), range(y, ys)];
  const { r, p } = found;
  const clear = p < significant && Math.abs(r) >= smallest;
  const rounded = formatCoefficient(r);
  return [
    {
      kind: "correlation",
      statement: clear
        ? `${capitalize(strengthOf(r))} ${r > 0 ? "positive" : "negative"} correlation between ${x} and ${y}: r = ${rounded} over ${formatCount(pairs.length, "point")}.`
        : `No clear correlation between ${x} and ${y}: r = ${rounded} over ${formatCount(pairs.length, "point")}.`,
      numbers: { r, p, rSquared: r * r, points: pairs.length },
      names: { x, y, strength: clear ? strengthOf(r) : "none" },
      rows: [],
    },
    range(x, xs),
    range(y, ys),
  ];
}
