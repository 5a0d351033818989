import { z } from "zod";
import type { Cron } from "../schedules/cron.ts";
import { parseScheduleExpression } from "../schedules/expression.ts";
import { inTimeZone } from "../schedules/zoned.ts";

const unsupported = (name: string) => z.undefined(`${name} is not supported`).optional();

/** What CreateSchedule and UpdateSchedule take, as far as it is played; anything else is refused by name. */
export const definition = z.strictObject({
  ClientToken: z.string().optional(),
  GroupName: z.string().default("default"),
  Description: z.string().max(512).optional(),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default("UTC"),
  State: z.enum(["ENABLED", "DISABLED"]).default("ENABLED"),
  FlexibleTimeWindow: z.object({ Mode: z.literal("OFF", "only OFF is supported") }),
  ActionAfterCompletion: z.literal("NONE").optional(),
  StartDate: unsupported("StartDate"),
  EndDate: unsupported("EndDate"),
  KmsKeyArn: unsupported("KmsKeyArn"),
  Target: z.strictObject({
    Arn: z.string().regex(/^arn:aws:(sqs|lambda):/, "only queues and functions are supported as targets"),
    RoleArn: z.string().regex(/^arn:aws:iam::\d{12}:role\/.+/, "is no role"),
    Input: z.string().optional(),
    RetryPolicy: z.object({}).loose().optional(),
  }),
});

export const schedule = definition.extend({
  Name: z.string().regex(/^[0-9a-zA-Z-_.]{1,64}$/, "is no name for a schedule"),
  Arn: z.string(),
  /** ISO 8601. */
  CreationDate: z.string(),
  LastModificationDate: z.string(),
  /** When it is to run next, ISO 8601: what came due while nothing ran here is made up for. */
  nextRun: z.string().nullable(),
});
export type Schedule = z.infer<typeof schedule>;

/** When the schedule is due. Throws a `RangeError` for an expression or a time zone that AWS would refuse. */
export function dueTimes({ ScheduleExpression, ScheduleExpressionTimezone }: z.infer<typeof definition>): Cron {
  const cron = parseScheduleExpression(ScheduleExpression);
  return ScheduleExpression.startsWith("cron(") ? inTimeZone(cron, ScheduleExpressionTimezone) : cron;
}

/** The target's input with Scheduler's context attributes filled in. */
export function inputAt({ Arn, Target: { Input } }: Schedule, due: Date, executionId: string): string | undefined {
  return Input?.replaceAll("<aws.scheduler.scheduled-time>", due.toISOString().replace(/\.\d{3}Z$/, "Z"))
    .replaceAll("<aws.scheduler.schedule-arn>", Arn)
    .replaceAll("<aws.scheduler.execution-id>", executionId)
    .replaceAll("<aws.scheduler.attempt-number>", "1");
}
