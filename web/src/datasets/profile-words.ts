import type { Column } from "../../../contract/index.ts";
import { columnKind } from "../format/cells.ts";
import { formatByColumn } from "../format/column-values.ts";
import { formatCount, formatNumber, formatShare } from "../format/numbers.ts";

/** How many values of a column differ; "about" where that is an estimate. */
export function distinctWords({ distinctCount, estimated }: Column["profile"], locale?: string): string {
  const about = estimated?.includes("distinctCount") ? "about " : "";
  return `${about}${formatNumber(distinctCount, locale)} different`;
}

/** How much of a column is empty. */
export function emptyWords({ nullCount }: Column["profile"], rowCount: number, locale?: string): string {
  return nullCount === 0 ? "none empty" : `${formatShare(nullCount / Math.max(1, rowCount), locale)} empty`;
}

/** The numbers that sum a column up, in the column's own format. What a column of its kind has not is left out. */
export function profileFacts(column: Column, rowCount: number, locale?: string): [name: string, value: string][] {
  const { profile, rejectCount = 0 } = column;
  const write = (value: Column["profile"]["min"]) => formatByColumn(value, column, locale);
  const filled = rowCount - profile.nullCount;
  const about = profile.estimated?.includes("quartiles") ? "about " : "";
  const ordered = columnKind(column.type) !== "text" && columnKind(column.type) !== "boolean";
  const facts: ([string, string] | null)[] = [
    ["Filled", `${formatCount(filled, "row", locale)}, ${emptyWords(profile, rowCount, locale)}`],
    ["Values", distinctWords(profile, locale)],
    rejectCount > 0 ? ["Could not be read", formatCount(rejectCount, "cell", locale)] : null,
    ordered && profile.min !== null ? ["Smallest", write(profile.min)] : null,
    profile.quartiles ? ["A quarter is up to", about + write(profile.quartiles[0])] : null,
    profile.quartiles ? ["Half is up to (median)", about + write(profile.quartiles[1])] : null,
    profile.quartiles ? ["Three quarters are up to", about + write(profile.quartiles[2])] : null,
    ordered && profile.max !== null ? ["Largest", write(profile.max)] : null,
    typeof profile.mean === "number" ? ["Mean", meanOf(profile.mean, column, locale)] : null,
  ];
  return facts.filter((fact) => fact !== null);
}

/** A mean has decimals where the values have none. */
function meanOf(mean: number, column: Column, locale: string | undefined): string {
  const { format } = column;
  const finer = { ...column, ...(format && { format: { ...format, decimals: Math.max(2, format.decimals ?? 2) } }) };
  return formatByColumn(mean, finer, locale);
}

/** A histogram as one sentence, for those who can't see it. */
export function histogramWords(column: Column, locale?: string): string {
  const bins = column.profile.histogram ?? [];
  const [first] = bins;
  const last = bins.at(-1);
  if (!first || !last) return "";
  const fullest = bins.reduce((most, bin) => (bin.count > most.count ? bin : most));
  const write = (value: typeof first.from) => formatByColumn(value, column, locale);
  return `${bins.length} bins from ${write(first.from)} to ${write(last.to)}; most, ${formatCount(fullest.count, "row", locale)}, between ${write(fullest.from)} and ${write(fullest.to)}.`;
}
