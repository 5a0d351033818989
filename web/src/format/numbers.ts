import type { ValueFormat } from "../../../contract/index.ts";

type Locale = string | undefined;

/** A number in full, with up to two decimals, or three significant digits where it is below one. */
export function formatNumber(value: number, locale?: Locale): string {
  const small = value !== 0 && Math.abs(value) < 1;
  const options: Intl.NumberFormatOptions = small ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 2 };
  return new Intl.NumberFormat(locale, options).format(value);
}

/** A number by the format of a result's column, or as plain numbers are written; `formatByColumn` writes values of a file. */
export function formatWith(value: number, format: ValueFormat | undefined, locale?: Locale): string {
  return format ? new Intl.NumberFormat(locale, format).format(value) : formatNumber(value, locale);
}

/** Undefined for a format that is none of those that the API gives. By hand, because reports carry this without a schema. */
export function readNumberFormat(format: unknown): ValueFormat | undefined {
  if (typeof format !== "object" || format === null) return undefined;
  const { style, currency, maximumFractionDigits = 2 }: Record<string, unknown> = { ...format };
  if (typeof maximumFractionDigits !== "number") return undefined;
  if (style === "currency")
    return typeof currency === "string" ? { style, currency, maximumFractionDigits } : undefined;
  if (style === "percent") return { style, maximumFractionDigits };
  return style === "unit" ? { style, unit: "percent", maximumFractionDigits } : undefined;
}

/** A number for an axis or a small space: 12.3K, 4M. */
export function formatCompact(value: number, locale?: Locale): string {
  if (Math.abs(value) < 10_000) return formatNumber(value, locale);
  return new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 }).format(value);
}

/** A part of one as a percentage; one decimal below 10 %, and never 0 % for what is there. */
export function formatShare(share: number, locale?: Locale): string {
  const format = (value: number) =>
    new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: value < 0.1 ? 1 : 0 }).format(value);
  return share > 0 && share < 0.001 ? `<${format(0.001)}` : format(share);
}

/** Bytes in decimal units, as file managers show them. */
export function formatBytes(bytes: number, locale?: Locale): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;
  const step = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const options = { style: "unit", unit: units[step], unitDisplay: step === 0 ? "long" : "short" } as const;
  const value = bytes / 1000 ** step;
  return new Intl.NumberFormat(locale, { ...options, maximumFractionDigits: value < 10 && step > 0 ? 1 : 0 }).format(
    value,
  );
}

/** Milliseconds as people say them: 24 ms, 1.8 s. */
export function formatDuration(milliseconds: number, locale?: Locale): string {
  const [value, unit] = milliseconds < 1000 ? [milliseconds, "millisecond"] : [milliseconds / 1000, "second"];
  const maximumFractionDigits = unit === "second" && value < 10 ? 1 : 0;
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits }).format(
    value,
  );
}

/** "1 row", "1,204 rows". */
export function formatCount(count: number, noun: string, locale?: Locale): string {
  return `${formatNumber(count, locale)} ${noun}${count === 1 ? "" : "s"}`;
}
