import type { ChartType, QueryResult } from "../../contract/index.ts";
import { correlation, strengthOf } from "../shared/statistics.ts";
import { toNumber } from "./render/cells.ts";

/** Of fewer points a coefficient tells nothing. */
const fewest = 8;
const significant = 0.05;
/** Below this, what many points prove to be there is still too little to speak of (Cohen 1988). */
const smallest = 0.1;

const coefficient = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });
const whole = new Intl.NumberFormat("en-US");

/** What the points of a scatter plot say of the two measures, in words and by Pearson's coefficient. Null: nothing. */
export function relationOf(type: ChartType, { columns, rows, truncated }: QueryResult): string | null {
  const [x, y] = columns;
  if (type !== "scatter" || !x || !y) return null;
  const points = rows.flatMap((row) => {
    const [one, other] = [toNumber(row[0]), toNumber(row[1])];
    return one === null || other === null ? [] : [{ x: one, y: other }];
  });
  if (points.length < fewest) return null;
  const found = correlation(
    points.map((point) => point.x),
    points.map((point) => point.y),
  );
  if (!found) return null;
  const { r, p } = found;
  const counted = `r = ${coefficient.format(r).replace("-", "−")} over ${truncated ? "the first " : ""}${whole.format(points.length)} points`;
  if (p >= significant || Math.abs(r) < smallest)
    return `No clear relation between \`${x.name}\` and \`${y.name}\`: ${counted}.`;
  const way = r > 0 ? "higher too" : "lower";
  return `Where \`${x.name}\` is higher, \`${y.name}\` tends to be ${way}: a ${strengthOf(r)} correlation (${counted}), which says nothing of the cause.`;
}
