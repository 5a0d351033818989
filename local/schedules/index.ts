import { randomUUID } from "node:crypto";
import type { ScheduleSpec } from "../template/deployment.ts";
import { type Clock, systemClock } from "./clock.ts";
import { parseScheduleExpression } from "./expression.ts";

export interface SchedulesOptions {
  schedules: ScheduleSpec[];
  region: string;
  accountId: string;
  /** Hands the event over for an asynchronous invocation; need not wait for its end. */
  invokeAsynchronously(functionName: string, event: unknown): void | Promise<void>;
  log(line: { functionName: string; level: "error"; message: string }): void;
  clock?: Clock | undefined;
}

export interface Schedules {
  close(): Promise<void>;
}

/** Runs functions when their schedules are due, in UTC. Throws for an expression that AWS would refuse. */
export function startSchedules({ schedules, clock = systemClock, ...options }: SchedulesOptions): Schedules {
  const stopping = new AbortController();
  const { signal } = stopping;
  const parsed = schedules.map((schedule) => ({ schedule, cron: parseScheduleExpression(schedule.expression) }));

  const loops = parsed.map(async ({ schedule, cron }) => {
    for (let due = cron.next(clock.now()); due !== undefined; due = nextDue(due)) {
      try {
        await clock.waitUntil(due, signal);
      } catch (error) {
        if (signal.aborted) return;
        throw error;
      }
      try {
        await options.invokeAsynchronously(schedule.functionName, eventOf(schedule, due, options));
      } catch (error) {
        const { functionName, name } = schedule;
        options.log({ functionName, level: "error", message: `schedule ${name} did not run: ${error}` });
      }
    }
    /** What was due while the machine slept is made up for once, not as often as it was missed. */
    function nextDue(last: Date): Date | undefined {
      const next = cron.next(last);
      return next !== undefined && next < clock.now() ? cron.next(clock.now()) : next;
    }
  });

  return {
    async close() {
      stopping.abort(new Error("The schedules are being stopped"));
      await Promise.all(loops);
    },
  };
}

/** The schedule's own input, or what EventBridge and EventBridge Scheduler send without one. */
function eventOf(
  { arn, input }: ScheduleSpec,
  due: Date,
  { region, accountId }: Pick<SchedulesOptions, "region" | "accountId">,
): unknown {
  if (input !== undefined) return input;
  const isScheduler = arn.startsWith("arn:aws:scheduler:");
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": "Scheduled Event",
    source: isScheduler ? "aws.scheduler" : "aws.events",
    account: accountId,
    time: due.toISOString().replace(/\.\d{3}Z$/, "Z"),
    region,
    resources: [arn],
    detail: isScheduler ? "{}" : {},
  };
}
