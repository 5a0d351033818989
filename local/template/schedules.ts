import { z } from "zod";
import { parseScheduleExpression } from "../schedules/expression.ts";
import type { ScheduleSpec } from "./deployment.ts";
import { functionNameOf } from "./functions.ts";
import type { Resource, Stack } from "./stack.ts";
import { TemplateError } from "./template-error.ts";

const expression = z.string().superRefine((value, context) => {
  try {
    parseScheduleExpression(value);
  } catch (error) {
    context.addIssue(String(error));
  }
});
const rule = {
  ScheduleExpression: expression,
  State: z.enum(["ENABLED", "DISABLED"]).default("ENABLED"),
  Targets: z
    .array(
      z.object({
        Arn: z.string(),
        Input: z.string().optional(),
        InputPath: z.never("is not supported").optional(),
        InputTransformer: z.never("is not supported").optional(),
      }),
    )
    .default([]),
};
const schedule = {
  ScheduleExpression: expression,
  ScheduleExpressionTimezone: z.enum(["UTC", "Etc/UTC"], "only UTC is supported").optional(),
  State: z.enum(["ENABLED", "DISABLED"]).default("ENABLED"),
  Target: z.object({ Arn: z.string(), Input: z.string().optional() }),
};

/** The enabled schedules of EventBridge rules and of EventBridge Scheduler that run functions. */
export function readSchedules(stack: Stack): ScheduleSpec[] {
  const rules = stack.resources("AWS::Events::Rule").flatMap((resource) => {
    stack.refuse(resource, "EventPattern", "EventBusName");
    const { ScheduleExpression, State, Targets } = stack.read(resource, rule);
    if (State === "DISABLED") return [];
    return Targets.map((target) => spec(stack, resource, ScheduleExpression, target));
  });
  const schedules = stack.resources("AWS::Scheduler::Schedule").flatMap((resource) => {
    stack.refuse(resource, "StartDate", "EndDate", "GroupName");
    const { ScheduleExpression, State, Target } = stack.read(resource, schedule);
    return State === "DISABLED" ? [] : [spec(stack, resource, ScheduleExpression, Target)];
  });
  return [...rules, ...schedules];
}

function spec(
  stack: Stack,
  resource: Resource,
  scheduleExpression: string,
  { Arn, Input }: { Arn: string; Input?: string | undefined },
): ScheduleSpec {
  if (Input?.includes("<aws.scheduler.")) {
    throw new TemplateError(resource.logicalId, "context attributes in a schedule's input are not supported");
  }
  return {
    name: stack.name(resource),
    arn: stack.arn(resource),
    expression: scheduleExpression,
    functionName: functionNameOf(stack, Arn, resource),
    input: Input === undefined ? undefined : parseInput(Input, resource),
  };
}

function parseInput(input: string, { logicalId }: Resource): unknown {
  try {
    return JSON.parse(input);
  } catch (cause) {
    throw new TemplateError(logicalId, "its target's input is not JSON", { cause });
  }
}
