import type { ChartType } from "../../../../../contract/index.ts";
import type { Interpretation } from "./settle.ts";

/** More bars than this are not told apart; a table is better. */
const mostBars = 60;
const mostSlices = 12;

/** The kind of chart that suits the shape of a result, unless one was asked for. */
export function chartTypeOf({ query, chart, scatter, share, dimensionFields }: Interpretation): ChartType {
  if (scatter)
    return chart === "bubble" && query.dimensions.length > 2 ? "bubble" : chart === "table" ? "table" : "scatter";
  if (query.shape === "bins") return "histogram";
  const [first] = query.dimensions;
  const [field] = dimensionFields;
  if (first === undefined) return chart === "table" || query.measures.length > 1 ? "table" : "stat";
  if (query.measures.length === 0) return "table";
  if (chart === "stat" || chart === "histogram" || chart === "scatter" || chart === "bubble") return "bar";
  if (chart !== null) return chart;
  const groups = field?.column.profile.distinctCount ?? 0;
  if (query.shape === "rows")
    return query.dimensions.length === 1 &&
      query.measures.length === 1 &&
      (query.limit ?? groups) <= mostBars &&
      query.limit !== 1
      ? "bar"
      : "table";
  if (query.dimensions.length > 2 || (query.dimensions.length > 1 && query.measures.length > 1)) return "table";
  if (field?.role === "time") {
    const cyclic =
      first.expression.kind === "time" && ["weekday", "month-of-year", "hour-of-day"].includes(first.expression.grain);
    return cyclic || query.limit !== null ? "bar" : "line";
  }
  // Slices are parts of one whole: sums and counts, and not shares within each group.
  const adds = query.measures.every(({ aggregate, part }) => !part && (aggregate === "sum" || aggregate === "count"));
  if (share && adds && query.dimensions.length === 1 && groups <= mostSlices) return "pie";
  return (query.limit ?? groups) <= mostBars ? "bar" : "table";
}
