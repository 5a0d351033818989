import type { OpenAI } from "openai";
import type { ModelPrice, Tokens } from "../usage/model-prices.ts";

/** A model behind any server that speaks OpenAI's chat completions. */
export interface LanguageModel {
  client: Pick<OpenAI, "chat">;
  /** The model's name at that server. */
  name: string;
  /** Undefined where it is not known. */
  price?: ModelPrice | undefined;
  /** Milliseconds for one task, be it a plan or a passage, retries and corrections included. */
  timeoutMs?: number;
  /** Told what each answer took, before anything is made of it. */
  onSpent?: (tokens: Tokens) => Promise<void>;
}
