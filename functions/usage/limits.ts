import { type UsageLimits, usageLimits } from "../../contract/index.ts";
import { readConfiguration } from "../shared/configuration.ts";

/** The limits that the deployment gives each workspace. Throws when they are missing or make no sense. */
export function readUsageLimits(): UsageLimits {
  return usageLimits.parse(JSON.parse(readConfiguration("usageLimits").usageLimits));
}
