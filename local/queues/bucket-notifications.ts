import { createHash, randomUUID } from "node:crypto";
import type { S3EventRecord } from "aws-lambda";
import type { BucketNotification, BucketSpec } from "../template/deployment.ts";

/** An object that came into being. */
export interface CreatedObject {
  bucket: string;
  key: string;
  /** Bytes. */
  size: number;
  /** Without quotes. */
  eTag: string;
  /** For example `ObjectCreated:Put`. */
  eventName: string;
  /** Hexadecimal; of two events for one key, the greater is the later. */
  sequencer: string;
}

export interface BucketNotificationOptions {
  buckets: BucketSpec[];
  region: string;
  accountId: string;
  send(queueName: string, body: string): Promise<void>;
  /** Hands the event over for an asynchronous invocation; need not wait for its end. */
  invokeAsynchronously(functionName: string, event: unknown): void | Promise<void>;
}

/**
 * A function that tells the targets of a bucket's notifications about a new object. It rejects if a target could not be
 * told, and may then be called again: like S3's, notifications come at least once.
 */
export function notifyBuckets(options: BucketNotificationOptions): (object: CreatedObject) => Promise<void> {
  const { buckets, region, accountId, send, invokeAsynchronously } = options;
  const byName = new Map(buckets.map((bucket) => [bucket.name, bucket.notifications]));
  return async (object) => {
    const notifications = (byName.get(object.bucket) ?? []).filter((notification) => concerns(notification, object));
    await Promise.all(
      notifications.map(async (notification) => {
        const event = {
          Records: [s3EventRecord(object, configurationId(object.bucket, notification), region, accountId)],
        };
        const { target } = notification;
        if (target.kind === "queue") await send(target.queueName, JSON.stringify(event));
        else await invokeAsynchronously(target.functionName, event);
      }),
    );
  };
}

function concerns({ events, prefix, suffix }: BucketNotification, { key, eventName }: CreatedObject): boolean {
  const isWanted = events.some((event) => {
    const pattern = event.replace(/^s3:/, "");
    return pattern.endsWith("*") ? eventName.startsWith(pattern.slice(0, -1)) : eventName === pattern;
  });
  return isWanted && key.startsWith(prefix) && key.endsWith(suffix);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
function s3EventRecord(object: CreatedObject, id: string, region: string, accountId: string): S3EventRecord {
  const requestId = randomUUID().replaceAll("-", "").slice(0, 16).toUpperCase();
  return {
    eventVersion: "2.1",
    eventSource: "aws:s3",
    awsRegion: region,
    eventTime: new Date().toISOString(),
    eventName: object.eventName,
    userIdentity: { principalId: `AWS:${accountId}` },
    requestParameters: { sourceIPAddress: "127.0.0.1" },
    responseElements: { "x-amz-request-id": requestId, "x-amz-id-2": requestId },
    s3: {
      s3SchemaVersion: "1.0",
      configurationId: id,
      bucket: {
        name: object.bucket,
        ownerIdentity: { principalId: accountId },
        arn: `arn:aws:s3:::${object.bucket}`,
      },
      object: {
        key: encodeKey(object.key),
        size: object.size,
        eTag: object.eTag,
        sequencer: object.sequencer,
      },
    },
  };
}

/** As a form would encode it, a space being `+`; S3 leaves slashes as they are. */
function encodeKey(key: string): string {
  return new URLSearchParams({ key }).toString().slice("key=".length).replaceAll("%2F", "/");
}

function configurationId(bucket: string, notification: BucketNotification): string {
  return createHash("sha256").update(bucket).update(JSON.stringify(notification)).digest("base64url").slice(0, 32);
}
