import { z } from "zod";

/** A month of UTC. */
export const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "must be a month like 2026-11");

/** What a workspace may use: charts, reports and the model's tokens per month, bytes at any time. */
export const usageLimits = z.object({
  charts: z.int().min(0),
  reports: z.int().min(0),
  storedBytes: z.int().min(0),
  modelTokens: z.int().min(0),
});
export type UsageLimits = z.infer<typeof usageLimits>;

export const usageQuery = z.object({
  /** The current one unless given. */
  month: month.optional(),
});
export type UsageQuery = z.infer<typeof usageQuery>;

export const usage = z.object({
  month,
  /** Charts made in the month, also those deleted since. */
  charts: z.int(),
  /** Reports begun in the month, also those deleted since. */
  reports: z.int(),
  /** What files, tables and reports take now, whatever the month. */
  storedBytes: z.int(),
  /** Tokens that the language model read and wrote in the month, for nothing too. */
  modelTokens: z.int(),
  /** What the tokens cost whose price is known. */
  estimatedCostUsd: z.number(),
  /** Tokens among `modelTokens` whose price is not known, and which `estimatedCostUsd` leaves out. */
  unpricedTokens: z.int(),
  limits: usageLimits,
});
export type Usage = z.infer<typeof usage>;
