import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  ResourceNotFoundException,
  type SchedulerClient,
  UpdateScheduleCommand,
} from "@aws-sdk/client-scheduler";
import type { Repetition } from "../../../contract/index.ts";
import type { ReportScheduleDocument } from "./report-schedule-model.ts";

/** EventBridge Scheduler, as reports use it. */
export interface ReportScheduler {
  client: Pick<SchedulerClient, "send">;
  /** The schedule group that holds all of them. */
  group: string;
  /** Where it sends: the worker's queue, and the role by which it may. */
  queueArn: string;
  roleArn: string;
}

type Scheduled = Pick<ReportScheduleDocument, "_id" | "repetition" | "paused">;

/** Makes the schedule, or makes it what it should be. */
export async function putSchedule(of: Scheduled, scheduler: ReportScheduler): Promise<void> {
  const wanted = definition(of, scheduler);
  try {
    await scheduler.client.send(new UpdateScheduleCommand(wanted));
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    await scheduler.client.send(new CreateScheduleCommand(wanted));
  }
}

/** Takes the schedule away; none is fine. */
export async function removeSchedule({ _id }: Pick<Scheduled, "_id">, scheduler: ReportScheduler): Promise<void> {
  try {
    await scheduler.client.send(new DeleteScheduleCommand({ Name: nameOf(_id), GroupName: scheduler.group }));
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
}

/**
 * The repetition as EventBridge Scheduler's cron: minutes, hours, day of month, month, day of week, year, read in the
 * schedule's time zone. https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function cronExpression(repetition: Repetition): string {
  const { hour } = repetition;
  switch (repetition.every) {
    case "day":
      return `cron(0 ${hour} * * ? *)`;
    case "week":
      return `cron(0 ${hour} ? * ${repetition.weekday.slice(0, 3).toUpperCase()} *)`;
    case "month":
      return `cron(0 ${hour} ${repetition.day === "last" ? "L" : repetition.day} * ? *)`;
  }
}

function definition({ _id, repetition, paused }: Scheduled, { group, queueArn, roleArn }: ReportScheduler) {
  return {
    Name: nameOf(_id),
    GroupName: group,
    ScheduleExpression: cronExpression(repetition),
    ScheduleExpressionTimezone: repetition.timeZone,
    State: paused ? ("DISABLED" as const) : ("ENABLED" as const),
    FlexibleTimeWindow: { Mode: "OFF" as const },
    Target: {
      Arn: queueArn,
      RoleArn: roleArn,
      // Scheduler fills in the time, which tells one run from the next, and from itself when it is delivered twice.
      Input: JSON.stringify({ scheduleId: _id.toString(), scheduledFor: "<aws.scheduler.scheduled-time>" }),
    },
  };
}

function nameOf(id: { toString(): string }): string {
  return `report-${id}`;
}
