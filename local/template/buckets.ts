import { z } from "zod";
import type { BucketNotification, BucketSpec } from "./deployment.ts";
import { functionNameOf } from "./functions.ts";
import type { Resource, Stack } from "./stack.ts";
import { TemplateError } from "./template-error.ts";

const corsRule = z.object({
  AllowedOrigins: z.array(z.string()),
  AllowedMethods: z.array(z.string()),
  AllowedHeaders: z.array(z.string()).default([]),
  ExposedHeaders: z.array(z.string()).default([]),
  MaxAge: z.coerce.number().optional(),
});
const lifecycleRule = z.object({
  Status: z.enum(["Enabled", "Disabled"]),
  Prefix: z.string().default(""),
  ExpirationInDays: z.coerce.number().optional(),
  ExpirationDate: z.never("is not supported").optional(),
  TagFilters: z.array(z.unknown()).default([]),
  ObjectSizeGreaterThan: z.unknown().optional(),
  ObjectSizeLessThan: z.unknown().optional(),
});
const bucket = {
  CorsConfiguration: z.object({ CorsRules: z.array(corsRule) }).default({ CorsRules: [] }),
  LifecycleConfiguration: z.object({ Rules: z.array(lifecycleRule) }).default({ Rules: [] }),
};
// The shape of the S3 API, in which CDK passes it to its custom resource.
const filter = z
  .object({
    Key: z.object({ FilterRules: z.array(z.object({ Name: z.string().toLowerCase(), Value: z.string() })) }),
  })
  .default({ Key: { FilterRules: [] } });
const events = z.array(z.string().startsWith("s3:ObjectCreated:", "only s3:ObjectCreated events are supported"));
const notifications = {
  BucketName: z.string(),
  NotificationConfiguration: z.strictObject({
    QueueConfigurations: z.array(z.object({ Events: events, QueueArn: z.string(), Filter: filter })).default([]),
    LambdaFunctionConfigurations: z
      .array(z.object({ Events: events, LambdaFunctionArn: z.string(), Filter: filter }))
      .default([]),
  }),
};

/** The buckets, with the notifications that CDK's custom resource sets on them. */
export function readBuckets(stack: Stack): BucketSpec[] {
  const buckets = stack.resources("AWS::S3::Bucket").map((resource) => readBucket(stack, resource));
  for (const resource of stack.resources("Custom::S3BucketNotifications")) {
    const { BucketName, NotificationConfiguration: configuration } = stack.read(resource, notifications);
    const target = buckets.find(({ name }) => name === BucketName);
    if (target === undefined) {
      throw new TemplateError(resource.logicalId, `notifies of ${BucketName}, which is no bucket of this stack`);
    }
    target.notifications.push(
      ...configuration.QueueConfigurations.map((one) => ({
        ...eventFilter(one.Events, one.Filter, resource),
        target: {
          kind: "queue" as const,
          queueName: stack.name(stack.byArn(one.QueueArn, resource, "AWS::SQS::Queue")),
        },
      })),
      ...configuration.LambdaFunctionConfigurations.map((one) => ({
        ...eventFilter(one.Events, one.Filter, resource),
        target: { kind: "function" as const, functionName: functionNameOf(stack, one.LambdaFunctionArn, resource) },
      })),
    );
  }
  return buckets;
}

function readBucket(stack: Stack, resource: Resource): BucketSpec {
  stack.refuse(
    resource,
    "NotificationConfiguration",
    "ReplicationConfiguration",
    "WebsiteConfiguration",
    "VersioningConfiguration",
  );
  const { CorsConfiguration, LifecycleConfiguration } = stack.read(resource, bucket);
  return {
    name: stack.name(resource),
    cors: CorsConfiguration.CorsRules.map((rule) => ({
      allowedOrigins: rule.AllowedOrigins,
      allowedMethods: rule.AllowedMethods,
      allowedHeaders: rule.AllowedHeaders,
      exposedHeaders: rule.ExposedHeaders,
      maxAgeSeconds: rule.MaxAge,
    })),
    notifications: [],
    // Transitions and aborted uploads change the bill, not what a function sees.
    expirations: LifecycleConfiguration.Rules.flatMap((rule) => {
      if (rule.Status !== "Enabled" || rule.ExpirationInDays === undefined) return [];
      const { TagFilters, ObjectSizeGreaterThan, ObjectSizeLessThan } = rule;
      if (TagFilters.length > 0 || ObjectSizeGreaterThan !== undefined || ObjectSizeLessThan !== undefined) {
        throw new TemplateError(resource.logicalId, "expiration by tag or object size is not supported");
      }
      return { prefix: rule.Prefix, days: rule.ExpirationInDays };
    }),
  };
}

function eventFilter(
  eventNames: string[],
  { Key }: z.infer<typeof filter>,
  { logicalId }: Resource,
): Omit<BucketNotification, "target"> {
  const rules = new Map(Key.FilterRules.map(({ Name, Value }) => [Name, Value]));
  const unknown = [...rules.keys()].find((name) => name !== "prefix" && name !== "suffix");
  if (unknown !== undefined) throw new TemplateError(logicalId, `filter rule ${unknown} is not supported`);
  return { events: eventNames, prefix: rules.get("prefix") ?? "", suffix: rules.get("suffix") ?? "" };
}
