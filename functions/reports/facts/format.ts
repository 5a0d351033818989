/** How facts write numbers: US English, as the whole report; minus signs are real ones. */

import type { ValueFormat } from "../../../contract/index.ts";

const scales = [
  [1e12, "trillion"],
  [1e9, "billion"],
  [1e6, "million"],
] as const;

/** A number as prose has it: 1,204, 0.0312, 12.4 million. */
export function formatNumber(value: number): string {
  return scaled(value, (part, options) => grouped(part, options));
}

/** A value of a measure as prose has it: $1.2 million, 4.2%, or a plain number. */
export function formatValue(value: number, format: ValueFormat | undefined): string {
  if (format?.style === "percent") return formatShare(value);
  if (format?.style === "unit") return `${formatNumber(value)}%`;
  if (format?.style !== "currency") return formatNumber(value);
  const cents = Number.isInteger(value) ? 0 : 2;
  return scaled(value, (part, options) => {
    const whole =
      Math.abs(part) < 1000 && part === value
        ? { minimumFractionDigits: cents, maximumFractionDigits: cents }
        : options;
    return grouped(part, { style: "currency", currency: String(format.currency), ...whole });
  });
}

/** A part of one as a percentage with one decimal at most; never 0% for what is there, nor 100% for what is not all. */
export function formatShare(share: number): string {
  const percent = Math.abs(share) * 100;
  const sign = share < 0 ? "−" : "";
  if (percent > 0 && percent < 0.1) return `less than ${sign}0.1%`;
  if (percent < 100 && percent > 99.9) return `over ${sign}99.9%`;
  return `${sign}${grouped(percent, { maximumFractionDigits: percent >= 100 ? 0 : 1 })}%`;
}

/** A coefficient, a strength, an index: two decimals say enough. */
export function formatCoefficient(value: number): string {
  return grouped(value, { maximumFractionDigits: 2 });
}

/** A slope: three digits, as it is an estimate. */
export function formatSlope(value: number, format: ValueFormat | undefined): string {
  const rounded = Number(value.toPrecision(3));
  return format?.style === "percent"
    ? `${grouped(rounded * 100, { maximumSignificantDigits: 3 })} points`
    : formatValue(rounded, format);
}

/** By `Intl`, with a real minus sign, and none before a zero. */
export function grouped(value: number, options: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat("en-US", { signDisplay: "negative", ...options }).format(value).replace("-", "−");
}

function scaled(value: number, write: (part: number, options: Intl.NumberFormatOptions) => string): string {
  const size = Math.abs(value);
  const scale = scales.find(([from]) => size >= from);
  if (scale) return `${write(value / scale[0], { maximumFractionDigits: 2 })} ${scale[1]}`;
  if (size !== 0 && size < 1) return write(value, { maximumSignificantDigits: 3 });
  return write(value, { maximumFractionDigits: size >= 1000 ? 0 : 2 });
}
