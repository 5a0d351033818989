import type { Chart, ValueFormat } from "../../../contract/index.ts";
import { formatByColumn } from "../format/numbers.ts";

/** Writes a value of a chart in full: by the format of its series, else by that of the chart, `options.quantibi`. */
export function formatValue(value: number, options: Chart["options"] | undefined, series = 0): string {
  const told = branch(options, "quantibi");
  const bySeries: unknown = Array.isArray(told.seriesFormats) ? told.seriesFormats[series] : undefined;
  return formatByColumn(value, readFormat(bySeries ?? told.format));
}

/** Writes a number on the x axis in full. */
export function formatX(value: number, options: Chart["options"] | undefined): string {
  return formatByColumn(value, readFormat(branch(options, "quantibi").xFormat));
}

/** Undefined for a format that is none of those that the API gives. By hand, because reports carry this without a schema. */
function readFormat(format: unknown): ValueFormat | undefined {
  if (typeof format !== "object" || format === null) return undefined;
  const { style, currency, maximumFractionDigits = 2 }: Record<string, unknown> = { ...format };
  if (typeof maximumFractionDigits !== "number") return undefined;
  if (style === "currency")
    return typeof currency === "string" ? { style, currency, maximumFractionDigits } : undefined;
  if (style === "percent") return { style, maximumFractionDigits };
  return style === "unit" ? { style, unit: "percent", maximumFractionDigits } : undefined;
}

function branch(value: Record<string, unknown> | undefined, key: string): Record<string, unknown> {
  const below = value?.[key];
  return typeof below === "object" && below !== null ? { ...below } : {};
}
