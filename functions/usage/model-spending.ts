import type { UsageLimits } from "../../contract/index.ts";
import { add, monthOf } from "./counters.ts";
import { costUsd, type ModelPrice, type Tokens } from "./model-prices.ts";
import { UsageModel } from "./usage-model.ts";

/** What people are told who get what the model would have made better. */
export const modelUsedUp =
  "The workspace has used up the language model's tokens of this month, so this was planned without it.";

/** Counts what one answer of a language model took, whether it was of use or not. */
export async function recordSpending(
  workspaceId: string,
  tokens: Tokens,
  price: ModelPrice | undefined,
): Promise<void> {
  const modelTokens = tokens.prompt + tokens.completion;
  if (modelTokens === 0) return;
  const cost = costUsd(price, tokens);
  await add(workspaceId, monthOf(new Date()), {
    modelTokens,
    ...(cost === null ? { unpricedTokens: modelTokens } : { costUsd: cost }),
  });
}

/**
 * Whether the workspace may ask the model this month. What an answer takes is known only afterwards: requests that are
 * under way when the limit is reached go beyond it.
 */
export async function mayAskModel(workspaceId: string, { modelTokens }: UsageLimits): Promise<boolean> {
  const used = await UsageModel.findOne({ workspaceId, month: monthOf(new Date()) }, { modelTokens: 1 }).lean();
  return (used?.modelTokens ?? 0) < modelTokens;
}
