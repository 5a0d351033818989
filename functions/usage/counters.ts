import { Types } from "mongoose";
import { isDuplicateKey } from "../shared/mongo.ts";
import { type UsageDocument, UsageModel } from "./usage-model.ts";

type Counter = "charts" | "reports" | "modelTokens" | "costUsd" | "unpricedTokens";

/** The month that a moment lies in. */
export function monthOf(moment: Date): string {
  return moment.toISOString().slice(0, 7);
}

/** Adds to the counters of a month. */
export async function add(workspaceId: string, month: string, amounts: Partial<Record<Counter, number>>) {
  if (!(await increase({ workspaceId: new Types.ObjectId(workspaceId), month }, amounts))) {
    throw new Error(`There are no counters for ${month}`);
  }
}

/**
 * Adds one to a counter unless it has reached `limit`, in one step, so that requests at the same time can't go beyond it
 * together. Says whether it did.
 */
export async function addBelow(
  workspaceId: string,
  month: string,
  counter: "charts" | "reports",
  limit: number,
): Promise<boolean> {
  const of = { workspaceId: new Types.ObjectId(workspaceId), month };
  return increase(of, { [counter]: 1 }, { [counter]: { $lt: limit } });
}

async function increase(
  of: Pick<UsageDocument, "workspaceId" | "month">,
  amounts: Partial<Record<Counter, number>>,
  condition: object = {},
): Promise<boolean> {
  const attempt = async () => (await UsageModel.updateOne({ ...of, ...condition }, { $inc: amounts })).matchedCount > 0;
  if (await attempt()) return true;
  // Either the month is new, which happens once, or the condition does not hold.
  try {
    await UsageModel.create(of);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  return attempt();
}
