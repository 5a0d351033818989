import type { ChartData } from "../../../contract/index.ts";

/** The bins of a histogram on an axis of numbers, where bins without rows leave a gap and the ticks stand between the bars. */
export interface Bins {
  lowest: number;
  highest: number;
  width: number;
  points: { x: number; y: number | null }[][];
}

/** Undefined where the labels are not the lower bounds of bins that are equally wide, or there is one bin alone. */
export function binsOf({ labels, datasets }: ChartData): Bins | undefined {
  const bounds = labels.filter((label) => typeof label === "number");
  const [lowest] = bounds;
  const last = bounds.at(-1);
  if (lowest === undefined || last === undefined || bounds.length < Math.max(2, labels.length)) return undefined;
  const steps = bounds.slice(1).map((bound, at) => bound - (bounds[at] ?? 0));
  const width = Math.min(...steps);
  const isEven = width > 0 && steps.every((step) => Math.abs(step / width - Math.round(step / width)) < 1e-6);
  if (!isEven || (last - lowest) / width > 1000) return undefined;
  const points = datasets.map(({ data }) =>
    bounds.map((bound, at) => {
      const value = data[at];
      return { x: bound + width / 2, y: typeof value === "number" ? value : null };
    }),
  );
  return { lowest, highest: last + width, width, points };
}
