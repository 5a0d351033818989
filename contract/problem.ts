import { z } from "zod";

/** The path segment that ends a problem's `type` when a client should tell it from others of its status. */
export const problemKinds = ["unanswerable", "unsafe-sql", "sql-error", "query-limit", "not-ready"] as const;
export type ProblemKind = (typeof problemKinds)[number];

/** An error as `application/problem+json`, RFC 9457. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  requestId: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  /** Questions that do work on this data, with `/unanswerable`. */
  suggestions: z.array(z.string()).optional(),
});
export type Problem = z.infer<typeof problem>;
