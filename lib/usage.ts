import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { UsageLimits } from "../contract/index.ts";
import { environment } from "../functions/shared/environment.ts";
import type { Settings } from "./settings.ts";

/** Tells a function what each workspace may use. */
export function tellUsageLimits(fn: LambdaFunction, settings: Settings): void {
  const { chartsPerMonth, reportsPerMonth, modelTokensPerMonth, storedBytes } = settings;
  const limits: UsageLimits = {
    charts: chartsPerMonth,
    reports: reportsPerMonth,
    modelTokens: modelTokensPerMonth,
    storedBytes,
  };
  fn.addEnvironment(environment.usageLimits, JSON.stringify(limits));
}
