import type { Cell, Column } from "../../../contract/index.ts";
import { columnKind, formatCell, namesThings } from "./cells.ts";
import { clockTime, formatTime } from "./times.ts";

type Described = Pick<Column, "name" | "type" | "format" | "role">;

const currencies: Record<string, string> = { $: "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR" };
const mostDecimals = 10;

/** A cell as text, the way its column was written in the file: its currency, per cent, decimals, grouping, grain of time. */
export function formatByColumn(value: Cell, column: Described, locale?: string): string {
  const kind = columnKind(column.type);
  if (kind === "number" && (typeof value === "number" || isBigInteger(value))) {
    return formatQuantity(typeof value === "number" ? value : BigInt(value), column, locale);
  }
  if (kind === "time" && typeof value === "string") return formatMoment(value, column, locale);
  return formatCell(value, column, locale);
}

function formatQuantity(value: number | bigint, { name, format, role }: Described, locale: string | undefined): string {
  const fixed = role === "identifier" || namesThings(name);
  const unit = format?.unit;
  const write = (options: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(locale, { ...grouping(fixed, format), ...digits(value, format), ...options }).format(value);
  switch (format?.kind) {
    case "currency":
      return formatMoney(write, unit, format.decimals);
    case "percent":
      return write({ style: "unit", unit: "percent" });
    case "fraction":
      return write({ style: "percent", ...evenDecimals(format.decimals) });
    default:
      return unit === undefined ? write({}) : `${write({})} ${unit}`;
  }
}

function formatMoney(
  write: (options: Intl.NumberFormatOptions) => string,
  unit: string | undefined,
  decimals: number | undefined,
): string {
  const even = evenDecimals(decimals);
  const currency = unit === undefined ? undefined : (currencies[unit] ?? unit);
  if (currency !== undefined && /^[A-Z]{3}$/.test(currency)) {
    return write({ ...even, style: "currency", currency, currencyDisplay: "narrowSymbol" });
  }
  return unit === undefined ? write(even) : `${write(even)} ${unit}`;
}

/** As many decimals for every value, so that they stand one below the other. */
function evenDecimals(decimals = 2): Intl.NumberFormatOptions {
  const digits = Math.min(mostDecimals, decimals);
  return { minimumFractionDigits: digits, maximumFractionDigits: digits };
}

/** A number that the file does not group may be a year under another name: only from five digits on it is grouped. */
function grouping(fixed: boolean, format: Column["format"]): Intl.NumberFormatOptions {
  if (fixed) return { useGrouping: false };
  return { useGrouping: format && !format.grouped && format.kind === "number" ? "min2" : "always" };
}

function digits(value: number | bigint, format: Column["format"]): Intl.NumberFormatOptions {
  if (format?.decimals !== undefined) return { maximumFractionDigits: Math.min(mostDecimals, format.decimals) };
  const isSmall = typeof value === "number" && value !== 0 && Math.abs(value) < 1;
  return isSmall ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 2 };
}

/** An integer beyond 2^53, which comes as text. */
function isBigInteger(value: Cell): value is string {
  return typeof value === "string" && /^-?\d+$/.test(value);
}

/** A date at the grain in which the file has it; a moment with its seconds where it has some. */
function formatMoment(value: string, { type, format }: Described, locale: string | undefined): string {
  const clock = new Date(type === "DATE" ? `${value}T00:00:00Z` : `${clockTime(value)}Z`);
  if (Number.isNaN(clock.getTime())) return type === "TIME" ? value.replace(/(:\d{2}):00$/, "$1") : value;
  const write = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(clock);
  if (format?.grain === "quarter") return `Q${Math.floor(clock.getUTCMonth() / 3) + 1} ${write({ year: "numeric" })}`;
  if (format?.grain === "month") return write({ year: "numeric", month: "short" });
  const text =
    clock.getUTCSeconds() > 0 ? write({ dateStyle: "medium", timeStyle: "medium" }) : formatTime(value, locale);
  return type === "TIMESTAMP WITH TIME ZONE" ? `${text} UTC` : text;
}
