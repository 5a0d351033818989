import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import {
  ChangeMessageVisibilityCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
} from "@aws-sdk/client-sqs";
import { type Queues, startQueues } from "../../../local/queues/queues.ts";
import type { QueueSpec } from "../../../local/template/deployment.ts";
import { eventually } from "../eventually.ts";

const region = "eu-west-1";
const accountId = "000000000000";
const queueSpec = (name: string, over: Partial<QueueSpec> = {}): QueueSpec => ({
  name,
  arn: `arn:aws:sqs:${region}:${accountId}:${name}`,
  visibilityTimeoutSeconds: 30,
  retentionSeconds: 345_600,
  deadLetter: undefined,
  ...over,
});

let dir: string;
let queues: Queues | undefined;
const start = async (specs: QueueSpec[], port?: number) => {
  queues = await startQueues({ dir, region, accountId, queues: specs, port });
  return queues;
};
const stop = async () => {
  await queues?.close();
  queues = undefined;
};
const receive = async ({ client, url }: Queues, name: string) =>
  (await client.send(new ReceiveMessageCommand({ QueueUrl: url(name), MaxNumberOfMessages: 10 }))).Messages ?? [];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "queues-test-"));
});
afterEach(async () => {
  await stop();
  await rm(dir, { recursive: true });
});

test("a queue has the attributes of its spec, and later those of its changed spec", async () => {
  const attributes = async ({ client, url }: Queues) =>
    (await client.send(new GetQueueAttributesCommand({ QueueUrl: url("jobs"), AttributeNames: ["All"] }))).Attributes ??
    {};
  const dead = queueSpec("dead");
  const redriven = queueSpec("jobs", {
    visibilityTimeoutSeconds: 7,
    deadLetter: { queueArn: dead.arn, maxReceiveCount: 3 },
  });
  const first = await start([dead, redriven]);
  const before = await attributes(first);
  assert.equal(before.VisibilityTimeout, "7");
  assert.equal(before.QueueArn, redriven.arn);
  assert.deepEqual(JSON.parse(before.RedrivePolicy ?? ""), { deadLetterTargetArn: dead.arn, maxReceiveCount: 3 });

  assert.deepEqual(first.declare([queueSpec("jobs", { visibilityTimeoutSeconds: 9 }), queueSpec("new")]), ["new"]);
  const after = await attributes(first);
  assert.equal(after.VisibilityTimeout, "9");
  assert.equal(after.RedrivePolicy, undefined);
});

test("messages survive a restart, those in flight being available at once, and the URL is that of the new port", async () => {
  const first = await start([queueSpec("jobs")]);
  await first.send("jobs", "in flight");
  assert.equal((await receive(first, "jobs")).length, 1);
  await first.send("jobs", "waiting");
  await stop();

  const second = await start([queueSpec("jobs")]);
  const { QueueUrl } = await second.client.send(new GetQueueUrlCommand({ QueueName: "jobs" }));
  assert.equal(QueueUrl, second.url("jobs"));
  assert.deepEqual((await receive(second, "jobs")).map(({ Body }) => Body).sort(), ["in flight", "waiting"]);
});

test("a message can be made visible at once", async () => {
  const { client, url, ...rest } = await start([queueSpec("jobs")]);
  const own = { client, url, ...rest };
  await own.send("jobs", "again");
  const [message] = await receive(own, "jobs");
  assert.ok(message?.ReceiptHandle);
  await client.send(
    new ChangeMessageVisibilityCommand({
      QueueUrl: url("jobs"),
      ReceiptHandle: message.ReceiptHandle,
      VisibilityTimeout: 0,
    }),
  );
  const [again] = await eventually(async () => {
    const messages = await receive(own, "jobs");
    assert.equal(messages.length, 1);
    return messages;
  });
  assert.equal(again?.Body, "again");
});

describe("the server", () => {
  test("listens on loopback only", async () => {
    const { port } = await start([]);
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find(({ internal, family }) => !internal && family === "IPv4");
    await assert.doesNotReject(fetch(`http://127.0.0.1:${port}/`));
    if (outside !== undefined) await assert.rejects(fetch(`http://${outside.address}:${port}/`));
  });

  test("serves nothing but SQS", async () => {
    const { endpoint } = await start([]);
    for (const [path, method] of [
      ["/bucket", "PUT"],
      ["/", "GET"],
    ]) {
      const response = await fetch(`${endpoint}${path}`, { method: method ?? "GET" });
      assert.equal(response.status, 400);
      assert.match(await response.text(), /Only SQS/);
    }
  });

  test("says EADDRINUSE when its port is taken", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const address = other.address();
    const port = typeof address === "object" ? address?.port : undefined;
    await assert.rejects(start([], port), { code: "EADDRINUSE" });
    await new Promise((resolve) => other.close(resolve));
  });

  test("names the folder when what is kept there is corrupt", async () => {
    await writeFile(join(dir, "fauxqs.db"), "this is no database, but a text of some length");
    await assert.rejects(start([]), (error: Error) => error.message.includes(dir));
  });
});
