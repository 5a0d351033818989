import type { Usage } from "../../../contract/index.ts";
import { formatBytes, formatNumber, formatShare } from "../format/numbers.ts";

export interface Meter {
  name: string;
  used: string;
  limit: string;
  /** Part of the limit, between 0 and 1. */
  share: number;
  /** Over nine tenths of the limit, or all of it. */
  state: "fine" | "nearly" | "reached";
  /** What follows, where the limit is near or reached; else what is counted. */
  note: string;
}

/** What a month has used of what it may use, as people read it. */
export function metersOf(usage: Usage, locale?: string): Meter[] {
  const { limits } = usage;
  const count = (value: number) => formatNumber(value, locale);
  const bytes = (value: number) => formatBytes(value, locale);
  return [
    meter("Charts", usage.charts, limits.charts, count, {
      counted: "Made in this month, also those deleted since",
      reached: "no more can be made in this month",
    }),
    meter("Reports", usage.reports, limits.reports, count, {
      counted: "Made in this month, each edition of a repeated one too",
      reached: "no more can be made in this month",
    }),
    meter("Tokens of the language model", usage.modelTokens, limits.modelTokens, count, {
      counted: "Read and written in this month",
      reached: "questions are answered, and reports written, without it until the next month",
    }),
    meter("Stored", usage.storedBytes, limits.storedBytes, bytes, {
      counted: "Files, tables and reports as of now, whatever the month",
      reached: "delete datasets or reports to make room for more",
    }),
  ];
}

function meter(
  name: string,
  used: number,
  limit: number,
  format: (value: number) => string,
  words: { counted: string; reached: string },
): Meter {
  const share = limit === 0 ? 1 : Math.min(1, used / limit);
  const state = share >= 1 ? "reached" : share > 0.9 ? "nearly" : "fine";
  const note = state === "reached" ? `Limit reached: ${words.reached}` : words.counted;
  return { name, used: format(used), limit: format(limit), share, state, note };
}

/** What the model's tokens cost, as far as that is known. */
export function costOf(
  { modelTokens, unpricedTokens, estimatedCostUsd }: Usage,
  locale?: string,
): { amount: string; note: string } {
  if (modelTokens === 0) return { amount: dollars(0, locale), note: "No language model was asked in this month." };
  const unpriced = `${formatNumber(unpricedTokens, locale)} tokens`;
  if (unpricedTokens >= modelTokens)
    return { amount: "not known", note: `The model's price is not known, so its ${unpriced} have no estimate.` };
  const note = "Estimated by the model's price per token; the provider's bill is what counts.";
  if (unpricedTokens === 0) return { amount: dollars(estimatedCostUsd, locale), note };
  const share = formatShare(unpricedTokens / modelTokens, locale);
  return {
    amount: `${dollars(estimatedCostUsd, locale)} and more`,
    note: `${note} It leaves out ${unpriced} (${share}) of models whose price is not known.`,
  };
}

/** An amount to the cent; what is there is never nothing. */
function dollars(amount: number, locale?: string): string {
  if (amount > 0 && amount < 0.01) return `less than ${dollars(0.01, locale)}`;
  return new Intl.NumberFormat(locale, { style: "currency", currency: "USD" }).format(amount);
}
