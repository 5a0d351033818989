import type { FactKind } from "../../../contract/index.ts";

/** How each kind of fact is computed, for the appendix; the code is in this folder, with the same sources. */
export const rules: Record<FactKind, string> = {
  size: "Rows and columns of the chart's result.",
  partial: "A report reads a limited number of rows; totals and shares are then left out.",
  total:
    "Sum of the measure, where the query says that its values may be added up (a SUM or COUNT). Levels, such as people or stocks, are not added up over time (semi-additive facts: Kimball & Ross, The Data Warehouse Toolkit, ch. 3).",
  typical: "Median, smallest and largest value; means and ratios are not added up.",
  top: "Values ranked from the highest. Share: value ÷ total, where all values are positive.",
  bottom: "The lowest value. Share: value ÷ total, where all values are positive.",
  concentration:
    "The fewest values that make at least 80% of the total. Herfindahl–Hirschman index: the sum of squared shares (US Merger Guidelines, 2023: above 0.18 is highly concentrated).",
  change:
    "Last value − first value; relative: difference ÷ first value. Months and quarters are compared with the same of another year, or whole years with each other.",
  peak: "The highest and the lowest value along time.",
  trend:
    "Mann–Kendall test (Mann 1945, Kendall 1975) at p < 0.05; strength by Kendall's τ: from 0.7 strong, from 0.4 moderate. Slope: Theil–Sen median of pairwise slopes (Sen 1968).",
  seasonality:
    "Strength 1 − Var(rest) ÷ Var(season + rest), of the series without its trend, from 0.64 (Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 4.3), over at least three cycles.",
  outlier:
    "Modified z-score 0.6745 × (x − median) ÷ MAD beyond ±3.5 (Iglewicz & Hoaglin 1993), of logarithms where the largest value is more than ten times the median; along time, of the distance from the median of the neighbours (Hampel 1974), without trend and season.",
  gap: "Steps between the first and the last moment without a row, and rows without a value.",
  correlation:
    "Pearson's r, significant at p < 0.05 by Fisher's transformation, and at least 0.1 (Cohen 1988); from 0.7 strong, from 0.4 moderate. A correlation is no cause.",
  distribution:
    "The bin with the most values; share: its count ÷ all. Median: the bin in which half of all values is reached.",
  value: "The value as the query gives it.",
  unfinished:
    "A first or last period of which the data lack more than a tenth, or a week: the date column's range, lengthened by its mean step, is shorter than the period.",
  overlap: "A category called a total whose value is the sum of the others within 1%.",
  rejects: "Cells and rows that could not be read when the file was ingested; they are in no chart.",
};
