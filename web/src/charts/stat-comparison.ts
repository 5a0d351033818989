import type { Chart } from "../../../contract/index.ts";
import { formatValue } from "./value-format.ts";

export interface StatComparison {
  /** How the value has changed: up, down or neither. */
  direction: "up" | "down" | "same";
  /** "12% more than in 2018 ($1,200)". */
  text: string;
}

/** What a single value is against that of the period before; undefined where there is none to compare with. */
export function statComparison(
  { result, data, options }: Pick<Chart, "result" | "data" | "options">,
  locale?: string,
): StatComparison | undefined {
  const { comparison } = result;
  const value = data.datasets[0]?.data[0];
  if (!comparison || typeof value !== "number") return undefined;
  const before = comparison.value;
  const than = `${/^the /.test(comparison.label) ? comparison.label : `in ${comparison.label}`} (${formatValue(before, options)})`;
  const change = value - before;
  if (change === 0) return { direction: "same", text: `the same as ${than}` };
  const direction = change > 0 ? "up" : "down";
  return { direction, text: `${amount(change, before, options, locale)} ${change > 0 ? "more" : "less"} than ${than}` };
}

/** By how many per cent; of shares by how many points, and from nothing by how much. */
function amount(change: number, before: number, options: Chart["options"], locale: string | undefined): string {
  const format = options.quantibi;
  const style = typeof format === "object" && format !== null && "format" in format ? format.format : undefined;
  const isShare = typeof style === "object" && style !== null && "style" in style && style.style !== "currency";
  if (isShare) {
    const points = "style" in style && style.style === "percent" ? Math.abs(change) * 100 : Math.abs(change);
    return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(points)} points`;
  }
  if (before === 0) return formatValue(Math.abs(change), options);
  const share = Math.abs(change / before);
  const maximumFractionDigits = share < 0.1 ? 1 : 0;
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits }).format(share);
}
