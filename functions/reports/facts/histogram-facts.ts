import type { QueryResult } from "../../../contract/index.ts";
import { sum } from "../../shared/statistics.ts";
import { measureName } from "../../shared/words.ts";
import type { Finding } from "./compute-facts.ts";
import { formatNumber, formatShare } from "./format.ts";

interface Bin {
  from: number;
  to: number;
  count: number;
  row: number;
}

/** Facts about the bins of a histogram, whose rows are a lower bound and a count. Bins without values have no row. */
export function histogramFacts({ columns, rows }: QueryResult): Finding[] {
  const [measured] = columns;
  const bins = binsOf(rows);
  const total = sum(bins.map(({ count }) => count));
  const [fullest] = bins.toSorted((a, b) => b.count - a.count);
  const [first, last] = [bins[0], bins.at(-1)];
  const middle = middleBin(bins, total);
  if (!measured || !fullest || !first || !last || !middle || bins.length < 2 || total <= 0) return [];
  const share = fullest.count / total;
  const name = measureName(measured.name);
  const between = ({ from, to }: Bin) => `${formatNumber(from)} to ${formatNumber(to)}`;
  return [
    {
      kind: "distribution",
      statement: `Most frequent range of ${name}: ${between(fullest)}, with ${formatNumber(fullest.count)} of ${formatNumber(total)} values (${formatShare(share)}). The median lies in ${between(middle)}; all values lie in ${formatNumber(first.from)} to ${formatNumber(last.to)}.`,
      numbers: {
        count: fullest.count,
        total,
        share,
        from: fullest.from,
        to: fullest.to,
        middleFrom: middle.from,
        middleTo: middle.to,
        lowest: first.from,
        highest: last.to,
        bins: bins.length,
      },
      names: { dimension: name },
      rows: [fullest.row],
    },
  ];
}

/** Bins in order. Their width is the smallest distance of two lower bounds. */
function binsOf(rows: QueryResult["rows"]): Bin[] {
  const counted = rows
    .flatMap(([from, count], row) =>
      typeof from === "number" && typeof count === "number" ? [{ from, count, row }] : [],
    )
    .sort((a, b) => a.from - b.from);
  const distances = counted.slice(1).map(({ from }, index) => from - (counted[index]?.from ?? from));
  const width = Math.min(...distances);
  // Sums of decimal fractions carry dust in their last digits.
  const clean = (value: number) => (Math.abs(value) < width * 1e-9 ? 0 : Number(value.toPrecision(10)));
  return counted.map((bin) => ({ ...bin, from: clean(bin.from), to: clean(bin.from + width) }));
}

/** The bin that holds the value in the middle. */
function middleBin(bins: Bin[], total: number): Bin | undefined {
  let before = 0;
  return bins.find(({ count }) => {
    before += count;
    return before >= total / 2;
  });
}
