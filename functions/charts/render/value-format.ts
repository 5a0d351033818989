import type { ColumnFormat, ValueFormat } from "../../../contract/index.ts";

const symbols: Record<string, string> = {
  $: "USD",
  US$: "USD",
  "€": "EUR",
  "£": "GBP",
  "¥": "JPY",
  "₹": "INR",
  "₩": "KRW",
  "₽": "RUB",
  "₺": "TRY",
  "₪": "ILS",
  zł: "PLN",
};
const code = /(?<![\p{L}])(USD|EUR|GBP|JPY|CHF|CAD|AUD|INR|CNY|SEK|NOK|DKK|BRL|MXN|ZAR)(?![\p{L}])/iu;
const symbol = /[$€£¥₹]/;
const percents = /%|(?<![\p{L}])(percent|percentage|pct)(?![\p{L}])/iu;
const shares = /(?<![\p{L}])(share|proportion|fraction)(?![\p{L}])/iu;
/** Numbers of things, whatever the things are. */
const counts = /^(count|number of|different)\b/i;

/**
 * How to write a measure's values: as the file wrote those that they come from, or as the measure's name says ("Price (USD)",
 * "discount %", "share of total"). Null: as plain numbers.
 */
export function valueFormat(
  name: string,
  values: (number | null)[],
  written?: ColumnFormat | null,
): ValueFormat | null {
  const largest = values.reduce<number>((most, value) => Math.max(most, Math.abs(value ?? 0)), 0);
  if (written?.kind === "percent") return perCent;
  if (written?.kind === "fraction") return ofOne;
  const unit = written?.kind === "currency" ? (written.unit ?? "") : undefined;
  const currency = unit === undefined ? currencyIn(name) : (symbols[unit.trim()] ?? currencyIn(unit));
  if (currency !== undefined) return { style: "currency", currency, maximumFractionDigits: cents(currency, largest) };
  if (counts.test(name)) return null;
  // Of a column of percentages the numbers are the percentages; a share is a part of one.
  if (percents.test(name)) return perCent;
  return shares.test(name) && largest <= 1 ? ofOne : null;
}

const perCent: ValueFormat = { style: "unit", unit: "percent", maximumFractionDigits: 2 };
const ofOne: ValueFormat = { style: "percent", maximumFractionDigits: 1 };

function currencyIn(name: string): string | undefined {
  if (counts.test(name)) return undefined;
  return code.exec(name)?.[1]?.toUpperCase() ?? symbols[symbol.exec(name)?.[0] ?? ""];
}

/** Cents matter where there is little money. */
function cents(currency: string, largest: number): number {
  return largest >= 1000 || currency === "JPY" || currency === "KRW" ? 0 : 2;
}
