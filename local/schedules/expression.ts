import { type Cron, parseCron } from "./cron.ts";

const UNIT_MS: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * Reads `rate(5 minutes)` or `cron(0 4 * * ? *)`. A rate counts from the time it is given, as from a rule's creation.
 * Throws a `RangeError` for anything else.
 */
export function parseScheduleExpression(expression: string): Cron {
  const cron = /^cron\((.*)\)$/.exec(expression)?.[1];
  if (cron !== undefined) return parseCron(cron);
  const [, value, unit, plural] = /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(expression) ?? [];
  const count = Number(value);
  const unitMs = UNIT_MS[unit ?? ""];
  if (unitMs === undefined || count < 1) throw new RangeError(`${expression} is no schedule expression`);
  // AWS insists on "1 minute" and "2 minutes".
  if ((count === 1) !== (plural === ""))
    throw new RangeError(`${expression} must say ${count === 1 ? unit : `${unit}s`}`);
  return { next: (after) => new Date(after.getTime() + count * unitMs) };
}
