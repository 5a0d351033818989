import type { Chart } from "../../../contract/index.ts";
import { formatTimes, isIsoTime } from "../format/times.ts";

/** Letters of a name that an axis or a legend has room for. */
export const longestName = { wide: 36, narrow: 18 };
/** The end of a name is often what tells it from its neighbours. */
const keptEnd = 6;

/** A name of at most so many letters, from whose middle some may be left out. */
export function shortened(name: string, most: number): string {
  const letters = [...name];
  if (letters.length <= most) return name;
  const start = letters.slice(0, most - keptEnd - 1).join("");
  return `${start.trimEnd()}…${letters.slice(-keptEnd).join("").trimStart()}`;
}

/** Whether bars have more or longer names than fit side by side. */
export function liesDown({ type, data, options }: Pick<Chart, "type" | "data" | "options">, narrow: boolean): boolean {
  if (type !== "bar" || options.indexAxis === "y" || data.labels.every((label) => isIsoTime(label))) return false;
  const names = formatTimes(data.labels).map(String);
  const longest = Math.max(...names.map((name) => name.length));
  return narrow ? names.length > 8 || longest > 14 : names.length > 3 && longest > 24;
}

/** Pixels that a chart should be high: bars that lie need room for each, and so do the names below a pie. */
export function chartHeight(chart: Pick<Chart, "type" | "data" | "options">, narrow = false): number {
  const { type, data, options } = chart;
  if (options.indexAxis === "y" || liesDown(chart, narrow)) {
    const each = Math.max(30, 14 * data.datasets.length + 8);
    return Math.min(900, Math.max(240, data.labels.length * each + 60));
  }
  // Chart.js gives a legend half of the height at most, and a name a line of 24 pixels.
  return narrow && (type === "pie" || type === "doughnut") ? Math.max(320, data.labels.length * 48 + 40) : 320;
}
