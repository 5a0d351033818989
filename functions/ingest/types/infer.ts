import type { ColumnFormat, ColumnType } from "../../../contract/index.ts";
import { plainDateSql } from "./date-words.ts";
import type { ColumnEvidence, WrittenDates } from "./evidence.ts";
import { isMeasure, type NumberStyle } from "./numbers.ts";
import { serialPlan } from "./serial-days.ts";

/** A column keeps a type that so many of its values have; the others go to the ledger. Below, it is text. */
export const majority = 0.9;

/** How a column's text becomes values. */
export interface ColumnPlan {
  type: ColumnType;
  /** For numbers. */
  style?: NumberStyle;
  /** For dates and times: the patterns, by `strptime`, in the order in which they are tried. */
  patterns?: string[];
  /** Timestamps and dates as ISO 8601 has them, which DuckDB casts by itself. */
  iso?: boolean;
  /** Every value is plain, so that a cast is enough. */
  plain?: boolean;
  /** Most cells of text have blanks around them, which are the file's layout and no part of the text. */
  trims?: boolean;
  /** `NA` stays what it is: one among codes of two letters. */
  keepsNa?: boolean;
  format?: ColumnFormat;
  /** SQL that brings a cell's text into the form that the rest of the plan reads. */
  rewrite?: (text: string) => string;
  /** Values that do not fit, as far as the evidence tells; null if it has to be counted. */
  misfits: number | null;
}

/** What other columns say about the file as a whole. */
export interface Locale {
  dayFirst: boolean | undefined;
}

/** Headers of digits that are no quantities. */
const codeNames =
  /(^|[^a-z])(zip|zipcode|zip_?code|post_?code|postal|postal_?code|plz|phone|telephone|tel|mobile|fax|iban|account(_?(no|number|nr))?|ssn|isbn|ean|upc|gtin|sku|barcode|fips|imei|(vat|tax) ?(id|no|number|nr))([^a-z]|$)/i;
const dateNames = /(^|[^a-z])(date|day|datum|fecha|tag)([^a-z]|$)/i;
const styles: NumberStyle[] = ([".", ","] as const).flatMap((decimal) =>
  (["", ",", ".", " ", "'"] as const).filter((group) => group !== decimal).map((group) => ({ decimal, group })),
);

/** Whether day or month comes first in the file, as far as its columns of dates agree. */
export function localeOf(columns: readonly ColumnEvidence[]): Locale {
  let dayFirst = 0;
  let monthFirst = 0;
  for (const evidence of columns) {
    const { day, month } = orders(evidence);
    const monthly = day === month ? evidence.firstsOfMonths.dayFirst : undefined;
    if (day > month || monthly === true) dayFirst += 1;
    if (month > day || monthly === false) monthFirst += 1;
  }
  if (dayFirst === monthFirst) return { dayFirst: columns.some(({ numbers }) => numbers.has(",")) ? true : undefined };
  return { dayFirst: dayFirst > monthFirst };
}

/** Decides a column's type: `chosen` by its owner, or the one that at least `majority` of its values have. */
export function inferColumn(name: string, evidence: ColumnEvidence, locale: Locale, chosen?: ColumnType): ColumnPlan {
  const values = evidence.filled - evidence.nullWords;
  const asText: ColumnPlan = {
    type: "VARCHAR",
    keepsNa: evidence.letterPairs > 0.8 * Math.max(1, evidence.filled - evidence.na),
    ...(evidence.padded > evidence.filled / 2 && { trims: true }),
    misfits: 0,
  };
  const date = datePlan(evidence, values, locale);
  const number = numberPlan(evidence, values);
  if (chosen !== undefined) return forced(chosen, { text: asText, date, number });
  const enough = (plan: ColumnPlan) =>
    values > 0 && plan.misfits !== null && plan.misfits <= values * (1 - majority) + 1e-9;
  if (evidence.compactDates === values && values > 0 && dateNames.test(spaced(name))) {
    return { type: "DATE", patterns: ["%Y%m%d"], misfits: 0, format: { kind: "date", pattern: "%Y%m%d" } };
  }
  const serial = serialPlan(name, evidence, values);
  if (serial) return serial;
  // What SQL makes of rewritten text is counted, whatever was expected.
  if (enough(date)) return date.rewrite ? { ...date, misfits: null } : date;
  const time = timePlan(evidence, values);
  if (enough(time)) return time;
  if (values > 0 && values - evidence.booleans <= values * (1 - majority)) {
    return { type: "BOOLEAN", misfits: values - evidence.booleans };
  }
  if (evidence.codes > 0 || (codeNames.test(spaced(name)) && evidence.units.size === 0)) return asText;
  return enough(number) ? number : asText;
}

function forced(
  chosen: ColumnType,
  { text, date, number }: Record<"text" | "date" | "number", ColumnPlan>,
): ColumnPlan {
  switch (chosen) {
    case "VARCHAR":
      return text;
    case "BIGINT":
    case "DOUBLE":
      return { ...number, type: chosen, plain: false, misfits: null };
    case "DATE":
    case "TIMESTAMP":
    case "TIMESTAMP WITH TIME ZONE":
      return { ...date, type: chosen, misfits: null };
    default:
      return { type: chosen, misfits: null };
  }
}

function numberPlan(evidence: ColumnEvidence, values: number): ColumnPlan {
  const kinds = [...evidence.numbers.values()];
  let best: { style: NumberStyle; fits: number; decimals: number } | undefined;
  for (const style of styles) {
    let fits = 0;
    let decimals = 0;
    let grouped = false;
    for (const { styles: readable, count, decimals: after } of kinds) {
      const match = readable.find(
        ({ decimal, group }) => decimal === style.decimal && (group === "" || group === style.group),
      );
      if (!match) continue;
      fits += count;
      if (match.group !== "") grouped = true;
      if (match.group !== style.decimal) decimals = Math.max(decimals, after[style.decimal]);
    }
    // Without a number that is grouped, the style is the same as the one that does not group.
    if (style.group !== "" && !grouped) continue;
    const groupsBetter =
      best !== undefined &&
      fits === best.fits &&
      style.decimal === "." &&
      style.group === "," &&
      best.style.decimal === ",";
    if (best === undefined || fits > best.fits || groupsBetter) best = { style, fits, decimals };
  }
  const { style, fits, decimals } = best ?? {
    style: { decimal: "." as const, group: "" as const },
    fits: 0,
    decimals: 0,
  };
  const [unit] = [...evidence.units].sort(([, one], [, other]) => other - one);
  // Sums of different currencies mean nothing, and a few numbers with a measure among others are more often something else.
  const others = unit === undefined ? 0 : [...evidence.units.values()].reduce((sum, count) => sum + count, 0) - unit[1];
  const isMeasured = unit !== undefined && isMeasure(unit[0]);
  const mixed = others > 0 || (isMeasured && unit[1] < values * majority);
  const whole = decimals === 0 && evidence.exponents === 0;
  const kind = unit === undefined || isMeasured ? "number" : unit[0] === "%" ? "percent" : "currency";
  return {
    type: whole ? "BIGINT" : "DOUBLE",
    style,
    plain: evidence.plain === values && style.decimal === "." && style.group === "",
    misfits: mixed ? values : values - fits,
    format: {
      kind,
      ...(unit && { unit: unit[0] }),
      decimals,
      ...(style.group !== "" && { grouped: true }),
      ...(style.decimal === "," && { decimalSeparator: "," as const }),
    },
  };
}

/** How many dates begin with a day and how many with a month, among those of digits alone. */
function orders(evidence: ColumnEvidence): { day: number; month: number } {
  let day = 0;
  let month = 0;
  for (const { pattern, count } of evidence.dates.values()) {
    if (/^%d.%m/.test(pattern)) day += count;
    if (/^%m.%d/.test(pattern)) month += count;
  }
  return { day, month };
}

const isoPattern = /^%Y-%m-%d([T ]%H:%M(:%S(\.%f)?)?)?$/;

function datePlan(evidence: ColumnEvidence, values: number, locale: Locale): ColumnPlan {
  const { day, month } = orders(evidence);
  const written = [...evidence.dates.values()];
  const dotted = written.some(({ pattern }) => /^%d[.-]%m/.test(pattern));
  const dayFirst = day === month ? (locale.dayFirst ?? evidence.firstsOfMonths.dayFirst ?? dotted) : day > month;
  const losing = dayFirst ? /^%m.%d/ : /^%d.%m/;
  const kept = written.filter(({ pattern }) => !losing.test(pattern)).sort((one, other) => other.count - one.count);
  const fits = kept.reduce((sum, { count }) => sum + count, 0);
  const zone = kept.some((one) => one.zone);
  const hasTime = kept.some((one) => one.hasTime);
  const [usual] = kept;
  return {
    type: zone ? "TIMESTAMP WITH TIME ZONE" : hasTime ? "TIMESTAMP" : "DATE",
    // A time zone is one more mark at the pattern's end.
    patterns: [...new Set(kept.map((one) => (one.zone ? `${one.pattern}%z` : one.pattern)))],
    iso: kept.every(({ pattern, worded }) => isoPattern.test(pattern) && !worded),
    ...(kept.some(({ worded }) => worded) && { rewrite: plainDateSql }),
    misfits: values - fits,
    ...(usual && { format: { kind: hasTime ? "timestamp" : "date", pattern: usual.pattern, ...grainOf(kept) } }),
  };
}

/** What the dates stand for where that is more than a day, each by its first. */
function grainOf(dates: readonly WrittenDates[]): Pick<ColumnFormat, "grain"> {
  if (dates.every(({ pattern }) => pattern.includes("%q"))) return { grain: "quarter" };
  return dates.every(({ pattern }) => !/%[dq]/.test(pattern)) ? { grain: "month" } : {};
}

function timePlan(evidence: ColumnEvidence, values: number): ColumnPlan {
  const patterns = [...evidence.times].sort(([, one], [, other]) => other - one).map(([pattern]) => pattern);
  const fits = [...evidence.times.values()].reduce((sum, count) => sum + count, 0);
  return {
    type: "TIME",
    patterns,
    // "a.m."
    ...(patterns.some((pattern) => pattern.includes("%p")) && { rewrite: plainDateSql }),
    misfits: values - fits,
    format: { kind: "time", ...(patterns[0] && { pattern: patterns[0] }) },
  };
}

function spaced(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, "$1 $2").replaceAll("_", " ");
}
