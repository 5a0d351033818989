import type { UsageLimits } from "../../contract/index.ts";
import { TooManyRequests } from "../shared/errors.ts";
import { add, addBelow, monthOf } from "./counters.ts";

/**
 * Makes a chart or a report if the workspace may have one more this month, and counts it. It is counted before it is made,
 * and given back if nothing comes of it. Throws `TooManyRequests`.
 */
export async function withinQuota<Made>(
  workspaceId: string,
  what: "charts" | "reports",
  limits: UsageLimits,
  make: () => Promise<Made>,
): Promise<Made> {
  const month = monthOf(new Date());
  if (!(await addBelow(workspaceId, month, what, limits[what]))) {
    throw new TooManyRequests(
      `The workspace has made the ${limits[what].toLocaleString("en")} ${what} that it may make in a month: wait for the next one, or ask the operator for more`,
    );
  }
  try {
    return await make();
  } catch (error) {
    await add(workspaceId, month, { [what]: -1 });
    throw error;
  }
}
