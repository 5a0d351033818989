import { readSecret } from "../shared/secrets.ts";
import { modelPrice } from "../usage/model-prices.ts";
import type { LanguageModel } from "./language-model.ts";
import { openaiClient } from "./openai-client.ts";

/** The language model that the deployment has a key for, if any. */
export async function findModel(options: {
  secretArn: string;
  name: string;
  baseUrl: string | undefined;
  /** Dollars per million tokens read and written, "0.25,2"; else the list price. */
  price: string | undefined;
}): Promise<LanguageModel | undefined> {
  const apiKey = await readSecret(options.secretArn);
  if (!apiKey) return undefined;
  const { name, baseUrl, price } = options;
  return { client: openaiClient(apiKey, baseUrl), name, price: modelPrice(name, price) };
}
