import OpenAI from "openai";
import { readSecret } from "../shared/secrets.ts";
import type { PlanningModel } from "./plan/model/plan-with-model.ts";

/** The language model that the deployment has a key for, if any. */
export async function findModel(options: {
  secretArn: string;
  name: string;
  baseUrl: string | undefined;
}): Promise<PlanningModel | undefined> {
  const apiKey = await readSecret(options.secretArn);
  if (!apiKey) return undefined;
  return { client: new OpenAI({ apiKey, baseURL: options.baseUrl ?? null, maxRetries: 2 }), name: options.name };
}
