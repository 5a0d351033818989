/** US dollars per million tokens that a model reads and writes. */
export interface ModelPrice {
  input: number;
  output: number;
}

/**
 * List prices of OpenAI's models, for estimates. Source: the price list that LiteLLM keeps
 * (https://github.com/BerriAI/litellm, model_prices_and_context_window.json), as of 24 July 2026. Prices change: the setting
 * `openaiPrice` goes before this.
 */
const listPrices: Record<string, ModelPrice> = {
  "gpt-4o": { input: 2.5, output: 10 },
  "gpt-4o-mini": { input: 0.15, output: 0.6 },
  "gpt-4.1": { input: 2, output: 8 },
  "gpt-4.1-mini": { input: 0.4, output: 1.6 },
  "gpt-4.1-nano": { input: 0.1, output: 0.4 },
  "gpt-5": { input: 1.25, output: 10 },
  "gpt-5-mini": { input: 0.25, output: 2 },
  "gpt-5-nano": { input: 0.05, output: 0.4 },
  "gpt-5.1": { input: 1.25, output: 10 },
  "gpt-5.2": { input: 1.75, output: 14 },
  "gpt-5.4": { input: 2.5, output: 15 },
  "gpt-5.4-mini": { input: 0.75, output: 4.5 },
  "gpt-5.4-nano": { input: 0.2, output: 1.25 },
  "o4-mini": { input: 1.1, output: 4.4 },
};

export interface Tokens {
  prompt: number;
  completion: number;
}

/**
 * The price of a model: the setting's, else the list's; undefined for a model that is in neither. Dated names
 * ("…-2025-04-14") count as their model.
 *
 * @param setting as `openaiPrice` has it: "0.25,2"
 */
export function modelPrice(model: string, setting: string | undefined): ModelPrice | undefined {
  const [input, output] = setting?.split(",").map(Number) ?? [];
  if (input !== undefined && output !== undefined) return { input, output };
  return listPrices[model.replace(/-\d{4}-\d{2}-\d{2}$/, "")];
}

/** What tokens cost in US dollars; null where the price is not known. */
export function costUsd(price: ModelPrice | undefined, { prompt, completion }: Tokens): number | null {
  if (prompt + completion === 0) return 0;
  return price ? (prompt * price.input + completion * price.output) / 1_000_000 : null;
}
