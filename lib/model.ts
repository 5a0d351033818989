import { environment } from "../functions/shared/environment.ts";
import type { QuantibiFunction } from "./quantibi-function.ts";
import type { Secrets } from "./secrets.ts";
import type { Settings } from "./settings.ts";

/** Lets a function use the language model, if there is a key. */
export function grantModel(
  fn: QuantibiFunction,
  { secrets, settings }: { readonly secrets: Secrets; readonly settings: Settings },
): void {
  secrets.grantOpenai(fn);
  fn.addEnvironment(environment.openaiModel, settings.openaiModel);
  if (settings.openaiBaseUrl) fn.addEnvironment(environment.openaiBaseUrl, settings.openaiBaseUrl);
  if (settings.openaiPrice) fn.addEnvironment(environment.openaiPrice, settings.openaiPrice);
}
