import { z } from "zod";
import type { EventSourceSpec, FunctionSpec, QueueSpec } from "./deployment.ts";
import { functionNameOf } from "./functions.ts";
import type { Stack } from "./stack.ts";
import { TemplateError } from "./template-error.ts";

const redrivePolicy = z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number().int().min(1) });
const queue = {
  VisibilityTimeout: z.coerce.number().default(30),
  MessageRetentionPeriod: z.coerce.number().default(345_600),
  RedrivePolicy: redrivePolicy.optional(),
};
const eventSource = {
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Enabled: z.boolean().default(true),
  BatchSize: z.coerce.number().min(1).max(10_000).default(10),
  MaximumBatchingWindowInSeconds: z.coerce.number().min(0).max(300).default(0),
  FunctionResponseTypes: z.array(z.literal("ReportBatchItemFailures")).default([]),
  ScalingConfig: z.object({ MaximumConcurrency: z.coerce.number().min(2).max(1000).optional() }).default({}),
};

/** The queues. Throws for a FIFO queue and for a dead-letter queue that is not there. */
export function readQueues(stack: Stack): QueueSpec[] {
  return stack.resources("AWS::SQS::Queue").map((resource) => {
    stack.refuse(resource, "FifoQueue", "ContentBasedDeduplication", "DelaySeconds", "MaximumMessageSize");
    const { VisibilityTimeout, MessageRetentionPeriod, RedrivePolicy } = stack.read(resource, queue);
    if (RedrivePolicy !== undefined) stack.byArn(RedrivePolicy.deadLetterTargetArn, resource, "AWS::SQS::Queue");
    return {
      name: stack.name(resource),
      arn: stack.arn(resource),
      visibilityTimeoutSeconds: VisibilityTimeout,
      retentionSeconds: MessageRetentionPeriod,
      deadLetter: RedrivePolicy && {
        queueArn: RedrivePolicy.deadLetterTargetArn,
        maxReceiveCount: RedrivePolicy.maxReceiveCount,
      },
    };
  });
}

/** The event source mappings from queues, checked as Lambda checks them when they are created. */
export function readEventSources(stack: Stack, queues: QueueSpec[], functions: FunctionSpec[]): EventSourceSpec[] {
  return stack.resources("AWS::Lambda::EventSourceMapping").flatMap((resource) => {
    stack.refuse(resource, "FilterCriteria", "DestinationConfig", "ProvisionedPollerConfig", "SelfManagedEventSource");
    const spec = stack.read(resource, eventSource);
    if (!spec.Enabled) return [];
    const fail = (problem: string) => new TemplateError(resource.logicalId, problem);
    const source = queues.find(({ arn }) => arn === spec.EventSourceArn);
    if (source === undefined) throw fail(`polls ${spec.EventSourceArn}, which is no queue of this stack`);
    const name = functionNameOf(stack, spec.FunctionName, resource);
    const timeoutSeconds = functions.find((candidate) => candidate.name === name)?.timeoutSeconds ?? 0;
    if (source.visibilityTimeoutSeconds < timeoutSeconds) {
      throw fail(
        `the queue's visibility timeout of ${source.visibilityTimeoutSeconds} s is less than the function's timeout of ${timeoutSeconds} s`,
      );
    }
    if (spec.BatchSize > 10 && spec.MaximumBatchingWindowInSeconds < 1) {
      throw fail("a batch of more than 10 messages needs a batching window of at least 1 s");
    }
    return {
      queueName: source.name,
      functionName: name,
      batchSize: spec.BatchSize,
      batchingWindowSeconds: spec.MaximumBatchingWindowInSeconds,
      reportBatchItemFailures: spec.FunctionResponseTypes.includes("ReportBatchItemFailures"),
      maximumConcurrency: spec.ScalingConfig.MaximumConcurrency,
    };
  });
}
