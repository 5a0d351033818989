import { median, modifiedZScores } from "../../shared/statistics.ts";
import { capitalize, formatList } from "../../shared/words.ts";
import type { Finding } from "./compute-facts.ts";
import { formatValue } from "./format.ts";
import type { Series } from "./shape.ts";
import type { Item, Measure } from "./shape-cells.ts";
import { formatCount } from "./words.ts";

const fewestForOutliers = 8;
/** From this ratio of the largest value to the median on, positive values are compared on a logarithmic scale. */
const skewed = 10;

/** Categories whose value is far from the others'. */
export function categoryOutliers({ items, dimension, ...of }: Series): Finding[] {
  if (items.length < fewestForOutliers) return [];
  const values = items.map(({ value }) => value);
  const middle = median(values);
  // The scores suppose a bell; sizes of things have a long tail, which is no exception but their nature.
  const isSkewed = values.every((value) => value > 0) && Math.max(...values) / middle > skewed;
  const scores = modifiedZScores(isSkewed ? values.map(Math.log) : values);
  return outlierFinding(items, scores, of, { dimension }, middle);
}

/** The items whose modified z-score is beyond 3.5, the furthest first; at most three are named. */
export function outlierFinding(
  items: Item[],
  scores: number[],
  { measure, format }: Pick<Measure, "measure" | "format">,
  names: Record<string, string>,
  typical: number,
): Finding[] {
  const out = items
    .flatMap((item, index) => {
      const score = scores[index] ?? 0;
      return Math.abs(score) > 3.5 ? [{ item, score }] : [];
    })
    .sort((a, b) => Math.abs(b.score) - Math.abs(a.score));
  // Where a tenth and more stands out, it is the distribution that is odd and not they.
  if (out.length === 0 || out.length > Math.max(1, items.length / 10)) return [];
  const named = out.slice(0, 3).map(({ item }) => item);
  const rest = out.length > named.length ? [`${out.length - named.length} more`] : [];
  const listed = formatList([...named.map(({ name, value }) => `${name} (${formatValue(value, format)})`), ...rest]);
  return [
    {
      kind: "outlier",
      statement: `${capitalize(formatCount(out.length, "value"))} of ${measure} ${out.length === 1 ? "stands" : "stand"} out: ${listed}.`,
      numbers: {
        count: out.length,
        typical,
        ...(out.length > named.length && { more: out.length - named.length }),
        ...Object.fromEntries(named.map(({ value }, index) => [`value${index + 1}`, value])),
      },
      ...(format && { format }),
      names: { measure, ...names, ...Object.fromEntries(named.map(({ name }, index) => [`item${index + 1}`, name])) },
      rows: named.flatMap(({ rows }) => rows.slice(0, 10)),
    },
  ];
}
