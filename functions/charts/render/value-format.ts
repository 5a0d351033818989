/** Options of `Intl.NumberFormat`, as Chart.js takes them in `ticks.format`; plain JSON. */
export type ValueFormat = Record<string, string | number>;

const symbols: Record<string, string> = { $: "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR" };
const code = /(?<![\p{L}])(USD|EUR|GBP|JPY|CHF|CAD|AUD|INR|CNY|SEK|NOK|DKK|BRL|MXN|ZAR)(?![\p{L}])/iu;
const symbol = /[$€£¥₹]/;
const percents = /%|(?<![\p{L}])(percent|percentage|pct)(?![\p{L}])/iu;
const shares = /(?<![\p{L}])(share|proportion|fraction)(?![\p{L}])/iu;
/** Numbers of things, whatever the things are. */
const counts = /^(count|number of|different)\b/i;

/** How to write a measure's values, told by its name: "Price (USD)", "discount %", "share of total". Null: as plain numbers. */
export function valueFormat(name: string, values: (number | null)[]): ValueFormat | null {
  if (counts.test(name)) return null;
  const largest = values.reduce<number>((most, value) => Math.max(most, Math.abs(value ?? 0)), 0);
  const currency = code.exec(name)?.[1]?.toUpperCase() ?? symbols[symbol.exec(name)?.[0] ?? ""];
  if (currency !== undefined)
    return { style: "currency", currency, maximumFractionDigits: largest >= 1000 || currency === "JPY" ? 0 : 2 };
  // Of a column of percentages the numbers are the percentages; a share is a part of one.
  if (percents.test(name)) return { style: "unit", unit: "percent", maximumFractionDigits: 2 };
  if (shares.test(name) && largest <= 1) return { style: "percent", maximumFractionDigits: 1 };
  return null;
}
