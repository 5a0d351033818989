import type { Cron } from "./cron.ts";

/**
 * A cron whose fields are the clock of a time zone. As EventBridge Scheduler has it, a time that the clock skips when it is
 * put forward does not come that day, and one that it shows twice when it is put back comes once, the first time
 * (https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#daylist-savings-time).
 * Throws a `RangeError` for a time zone that is not known.
 */
export function inTimeZone(cron: Cron, timeZone: string): Cron {
  const offset = offsets(timeZone);
  return {
    next(after) {
      // The cron reckons in UTC, so it is given the zone's clock as if that were UTC.
      let clock: Date | undefined = new Date(after.getTime() + offset(after.getTime()));
      // Twice an hour that is shown twice may lie behind; no clock skips more than a day.
      for (clock = cron.next(new Date(clock.getTime() - dayMs)); clock !== undefined; clock = cron.next(clock)) {
        const instant = firstInstant(clock.getTime(), offset);
        if (instant !== undefined && instant > after.getTime()) return new Date(instant);
      }
      return undefined;
    },
  };
}

const dayMs = 86_400_000;

/** When a zone's clock first shows this time; undefined if it never does. */
function firstInstant(clock: number, offset: (instant: number) => number): number | undefined {
  const candidates = [offset(clock - dayMs), offset(clock + dayMs)]
    .map((difference) => clock - difference)
    .filter((instant) => instant + offset(instant) === clock);
  return candidates.length === 0 ? undefined : Math.min(...candidates);
}

/** How far a zone's clock is ahead of UTC at an instant, in milliseconds. */
function offsets(timeZone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return (instant) => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    const clock = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
    return clock - Math.floor(instant / 1000) * 1000;
  };
}
