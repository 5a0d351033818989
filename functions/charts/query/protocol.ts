import { z } from "zod";
import { cell, queryResult } from "../../../contract/index.ts";
import { lineage } from "./lineage.ts";

/** What passes between a function and the process that runs SQL for it. */

/** A Parquet file under the name by which SQL knows it. */
export const localTable = z.object({ name: z.string(), path: z.string() });
export type LocalTable = z.infer<typeof localTable>;

export const limits = z.object({
  maxRows: z.int(),
  /** Roughly the size of the rows as JSON. */
  maxBytes: z.int(),
  timeoutMs: z.int(),
});
export type Limits = z.infer<typeof limits>;

export const engineSettings = z.object({ memoryMb: z.number(), spillFolder: z.string(), maxSpillMb: z.number() });
export type EngineSettings = z.infer<typeof engineSettings>;

export const request = z.discriminatedUnion("kind", [
  /** Whether DuckDB could run the SQL. */
  z.object({ kind: z.literal("check"), id: z.int(), tables: z.array(localTable), sql: z.string(), limits }),
  z.object({ kind: z.literal("run"), id: z.int(), tables: z.array(localTable), sql: z.string(), limits }),
  /** Lets go of files that are deleted. */
  z.object({ kind: z.literal("forget"), paths: z.array(z.string()) }),
]);
export type Request = z.infer<typeof request>;

/** The same value of the period before, see `periodBefore`. */
export const valueBefore = z.object({
  column: z.string(),
  days: z.tuple([z.string(), z.string(), z.string()]),
  label: z.string(),
  sql: z.string(),
  value: cell,
});
export type ValueBefore = z.infer<typeof valueBefore>;

export const reply = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("checked"), id: z.int() }),
  z.object({
    kind: z.literal("result"),
    id: z.int(),
    engineVersion: z.string(),
    result: queryResult,
    lineage,
    before: valueBefore.optional(),
  }),
  z.object({
    kind: z.literal("refused"),
    id: z.int(),
    reason: z.enum(["unsafe-sql", "sql-error", "query-limit", "fault"]),
    message: z.string(),
  }),
]);
export type Reply = z.infer<typeof reply>;
