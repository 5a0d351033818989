import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type CreatedObject, notifyBuckets } from "../../../local/queues/bucket-notifications.ts";
import type { BucketNotification } from "../../../local/template/deployment.ts";

const toQueue: BucketNotification = {
  events: ["s3:ObjectCreated:*"],
  prefix: "files/",
  suffix: ".csv",
  target: { kind: "queue", queueName: "ingest" },
};
const toFunction: BucketNotification = {
  events: ["s3:ObjectCreated:Put", "s3:ObjectCreated:Copy"],
  prefix: "",
  suffix: "",
  target: { kind: "function", functionName: "resize" },
};
const object: CreatedObject = {
  bucket: "uploads",
  key: "files/a b/ü+1.csv",
  size: 12,
  eTag: "d41d8cd98f00b204e9800998ecf8427e",
  eventName: "ObjectCreated:Post",
  sequencer: "0055AED6DCD90281E5",
};

async function told(over: Partial<CreatedObject> = {}, notifications = [toQueue, toFunction]) {
  const sent: { to: string; event: unknown }[] = [];
  const notify = notifyBuckets({
    buckets: [{ name: "uploads", cors: [], expirations: [], notifications }],
    region: "eu-west-1",
    accountId: "000000000000",
    send: async (to, body) => void sent.push({ to, event: JSON.parse(body) }),
    invokeAsynchronously: (to, event) => void sent.push({ to, event }),
  });
  await notify({ ...object, ...over });
  return sent;
}

test("a new object becomes the event that S3 sends", async () => {
  const [message, ...others] = await told();
  assert.deepEqual(others, []);
  assert.equal(message?.to, "ingest");
  const [record] = Object(message?.event).Records;
  const { eventTime, responseElements, s3, ...rest } = record;
  assert.match(eventTime, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.ok(responseElements["x-amz-request-id"]);
  assert.deepEqual(rest, {
    eventVersion: "2.1",
    eventSource: "aws:s3",
    awsRegion: "eu-west-1",
    eventName: "ObjectCreated:Post",
    userIdentity: { principalId: "AWS:000000000000" },
    requestParameters: { sourceIPAddress: "127.0.0.1" },
  });
  const { configurationId, ...content } = s3;
  assert.ok(configurationId);
  assert.deepEqual(content, {
    s3SchemaVersion: "1.0",
    bucket: { name: "uploads", ownerIdentity: { principalId: "000000000000" }, arn: "arn:aws:s3:::uploads" },
    object: {
      key: "files/a+b/%C3%BC%2B1.csv",
      size: 12,
      eTag: "d41d8cd98f00b204e9800998ecf8427e",
      sequencer: "0055AED6DCD90281E5",
    },
  });
});

describe("a notification", () => {
  for (const [what, over, targets] of [
    ["prefix and suffix match", {}, ["ingest"]],
    ["the prefix does not match", { key: "other/a.csv" }, []],
    ["the suffix does not match", { key: "files/a.txt" }, []],
    ["the event is one of those listed", { key: "x", eventName: "ObjectCreated:Copy" }, ["resize"]],
    ["several match", { eventName: "ObjectCreated:Put" }, ["ingest", "resize"]],
    ["the bucket is another", { bucket: "elsewhere", eventName: "ObjectCreated:Put" }, []],
  ] satisfies [string, Partial<CreatedObject>, string[]][]) {
    test(`goes to ${targets.join(" and ") || "nobody"} when ${what}`, async () => {
      assert.deepEqual((await told(over)).map(({ to }) => to).sort(), targets);
    });
  }

  test("that cannot be delivered is reported to the caller", async () => {
    const notify = notifyBuckets({
      buckets: [{ name: "uploads", cors: [], expirations: [], notifications: [toQueue] }],
      region: "eu-west-1",
      accountId: "000000000000",
      send: () => Promise.reject(new Error("the queue is away")),
      invokeAsynchronously: () => {},
    });
    await assert.rejects(notify(object), /the queue is away/);
  });
});
