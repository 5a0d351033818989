import type { QueryResult, TimeGrain } from "../../contract/index.ts";
import { formatAtGrain, formatTime } from "../../web/src/format/times.ts";
import type { DatasetDocument } from "../datasets/dataset-model.ts";
import { type Coverage, coverageOf, dayMs, tolerated } from "../shared/coverage.ts";
import type { Lineage } from "./query/lineage.ts";

const locale = "en";
const months: Partial<Record<TimeGrain, number>> = { month: 1, quarter: 3, year: 12 };

/**
 * Says of sums and counts along time, and of their growth, that the first or the last period is not all there, where the data begin or end in
 * it: half a month looks like a month that went badly.
 */
export function partialPeriodWarnings(
  { columns, rows }: QueryResult,
  { outputs }: Pick<Lineage, "outputs">,
  tables: { dataset: Pick<DatasetDocument, "columns"> }[],
): string[] {
  const at = columns.findIndex(({ grain }) => grain !== undefined);
  const grain = columns[at]?.grain;
  const name = outputs?.[at]?.column.toLowerCase();
  const sources = tables.flatMap(({ dataset }) => dataset.columns.filter((one) => one.name.toLowerCase() === name));
  const [source] = sources;
  const covered = sources.length === 1 && source ? coverageOf(source.profile) : undefined;
  if (grain === undefined || !covered) return [];
  const periods = rows.flatMap((row) => periodOf(row[at], grain) ?? []);
  // A single period is what was asked for, and has nothing beside it that it would be compared with.
  if (new Set(periods.map(({ name }) => name)).size < 2) return [];
  const [first, last] = [covered.from, covered.to - 1].map((moment) =>
    periods.find(({ from, to }) => from <= moment && moment < to),
  );
  // Where entries are far apart, the first is seldom at the beginning of its period.
  const lastDay = Date.parse(String(source?.profile.max).slice(0, 10));
  const late = covered.to - lastDay - dayMs;
  return [
    ...(first && covered.from - first.from > tolerated(first.from, first.to) + late
      ? [`${first.name} is not complete: the data begin on ${dayOf(covered.from)}.`]
      : []),
    ...(last && last !== first && last.to - covered.to > tolerated(last.from, last.to)
      ? [`${last.name} is not complete: the data end on ${dayOf(lastDay)}.`]
      : []),
  ];
}

interface Period extends Coverage {
  name: string;
}

/** The period that a cell names; undefined for one that is no longer than a day, and for an empty one. */
function periodOf(cell: unknown, grain: TimeGrain): Period | undefined {
  const day = typeof cell === "number" ? `${cell}-01-01` : String(cell).slice(0, 10);
  const from = Date.parse(day);
  if (Number.isNaN(from)) return undefined;
  const start = new Date(from);
  const length = months[grain];
  if (length !== undefined) {
    const to = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + length, start.getUTCDate());
    return { from, to, name: formatAtGrain(day, grain, locale) };
  }
  if (grain !== "week") return undefined;
  return { from, to: from + 7 * dayMs, name: `The week of ${formatTime(day, locale)}` };
}

function dayOf(moment: number): string {
  return formatTime(new Date(moment).toISOString().slice(0, 10), locale);
}
