import type { Chart } from "../../../contract/index.ts";
import { formatWith, readNumberFormat } from "../format/numbers.ts";

/** Writes a value of a chart in full: by the format of its series, else by that of the chart, `options.quantibi`. */
export function formatValue(value: number, options: Chart["options"] | undefined, series = 0): string {
  const told = branch(options, "quantibi");
  const bySeries: unknown = Array.isArray(told.seriesFormats) ? told.seriesFormats[series] : undefined;
  return formatWith(value, readNumberFormat(bySeries ?? told.format));
}

/** Writes a number on the x axis in full. */
export function formatX(value: number, options: Chart["options"] | undefined): string {
  return formatWith(value, readNumberFormat(branch(options, "quantibi").xFormat));
}

function branch(value: Record<string, unknown> | undefined, key: string): Record<string, unknown> {
  const below = value?.[key];
  return typeof below === "object" && below !== null ? { ...below } : {};
}
