import { mean, median } from "../../shared/statistics.ts";
import { addsOverTime } from "./additive.ts";
import type { Finding } from "./compute-facts.ts";
import { formatValue } from "./format.ts";
import type { Series } from "./shape.ts";
import { countValues, formatCount } from "./words.ts";

/** The total of what may be added up, else what is typical. */
export function levelFacts({ items, measure, format, additive, dimension, time }: Series, total: number): Finding[] {
  const values = items.map(({ value }) => value);
  const isSame = values.length > 1 && new Set(values).size === 1;
  const write = (value: number) => formatValue(value, format);
  if (additive && (!time || addsOverTime(measure))) {
    const over = time ? formatCount(items.length, time.grain) : countValues(items.length, dimension);
    return [
      {
        kind: "total",
        statement: `Total ${measure}: ${write(total)}, over ${over}.`,
        numbers: { total, items: items.length, mean: mean(values), ...(isSame && { each: values[0] ?? 0 }) },
        ...(format && { format }),
        names: { measure, dimension, ...(time && { step: time.grain }) },
        rows: [],
      },
    ];
  }
  if (items.length < 3 || new Set(values).size === 1) return [];
  const [min, max] = [Math.min(...values), Math.max(...values)];
  return [
    {
      kind: "typical",
      statement: `Median of ${measure}: ${write(median(values))}; ${formatCount(items.length, "value")} from ${write(min)} to ${write(max)}.`,
      numbers: { median: median(values), min, max, items: items.length },
      ...(format && { format }),
      names: { measure, dimension },
      rows: [],
    },
  ];
}
