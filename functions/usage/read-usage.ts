import type { Usage, UsageLimits, UsageQuery } from "../../contract/index.ts";
import type { ObjectStorage } from "../shared/object-storage.ts";
import { monthOf } from "./counters.ts";
import { storedBytes } from "./stored-bytes.ts";
import { UsageModel } from "./usage-model.ts";

/** What a workspace has used in a month, and what it may use. */
export async function readUsage(
  workspaceId: string,
  { month = monthOf(new Date()) }: UsageQuery,
  { limits, storage }: { limits: UsageLimits; storage: Pick<ObjectStorage, "folderBytes"> },
): Promise<Usage> {
  const [used, bytes] = await Promise.all([
    UsageModel.findOne({ workspaceId, month }).lean(),
    storedBytes(workspaceId, storage),
  ]);
  return {
    month,
    charts: used?.charts ?? 0,
    reports: used?.reports ?? 0,
    storedBytes: bytes,
    modelTokens: used?.modelTokens ?? 0,
    // Sums of fractions of a cent: what is below a millionth of a dollar is noise.
    estimatedCostUsd: Math.round((used?.costUsd ?? 0) * 1e6) / 1e6,
    unpricedTokens: used?.unpricedTokens ?? 0,
    limits,
  };
}
