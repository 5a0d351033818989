import type { Chart } from "../../../contract/index.ts";
import { formatNumber } from "../format/numbers.ts";

/** Writes the values of a chart that has no axis to carry their format: `options.quantibi.format`, as of `Intl`. */
export function formatValue(value: number, options: Chart["options"] | undefined): string {
  const format = numberFormat(branch(branch(options, "quantibi"), "format"));
  return format ? new Intl.NumberFormat(undefined, format).format(value) : formatNumber(value);
}

/** Null for a format that is none of those that the API gives. */
function numberFormat({
  style,
  currency,
  maximumFractionDigits,
}: Record<string, unknown>): Intl.NumberFormatOptions | null {
  const digits = typeof maximumFractionDigits === "number" ? { maximumFractionDigits } : {};
  if (style === "currency" && typeof currency === "string") return { style, currency, ...digits };
  if (style === "percent") return { style, ...digits };
  return style === "unit" ? { style, unit: "percent", ...digits } : null;
}

function branch(value: Record<string, unknown> | undefined, key: string): Record<string, unknown> {
  const below = value?.[key];
  return typeof below === "object" && below !== null ? { ...below } : {};
}
