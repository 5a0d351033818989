/** US dollars per million tokens, [input, output]. https://openai.com/api/pricing, October 2025. */
const prices: Record<string, readonly [number, number]> = {
  "gpt-4o": [2.5, 10],
  "gpt-4o-mini": [0.15, 0.6],
  "gpt-4.1": [2, 8],
  "gpt-4.1-mini": [0.4, 1.6],
  "gpt-4.1-nano": [0.1, 0.4],
  "gpt-5": [1.25, 10],
  "gpt-5-mini": [0.25, 2],
  "gpt-5-nano": [0.05, 0.4],
  "o4-mini": [1.1, 4.4],
};

export interface Tokens {
  prompt: number;
  completion: number;
}

/** What the tokens cost in US dollars; null for a model whose price is not known here. Dated names ("…-2025-04-14") count as their model. */
export function costUsd(model: string, tokens: Tokens): number | null {
  const price = prices[model.replace(/-\d{4}-\d{2}-\d{2}$/, "")];
  return price ? (tokens.prompt * price[0] + tokens.completion * price[1]) / 1_000_000 : null;
}
