import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import type { SQSEvent } from "aws-lambda";
import type { FunctionLogLine, Invoke, InvokeResult } from "../../../local/lambda/invocation.ts";
import { type Polling, pollEventSources } from "../../../local/queues/event-sources.ts";
import { type Queues, startQueues } from "../../../local/queues/queues.ts";
import type { EventSourceSpec, QueueSpec } from "../../../local/template/deployment.ts";
import { eventually } from "../eventually.ts";

const region = "eu-west-1";
const arn = (name: string) => `arn:aws:sqs:${region}:000000000000:${name}`;
const dead: QueueSpec = {
  name: "dead",
  arn: arn("dead"),
  visibilityTimeoutSeconds: 30,
  retentionSeconds: 345_600,
  deadLetter: undefined,
};
const jobs: QueueSpec = {
  ...dead,
  name: "jobs",
  arn: arn("jobs"),
  visibilityTimeoutSeconds: 1,
  deadLetter: { queueArn: dead.arn, maxReceiveCount: 2 },
};
const eventSource: EventSourceSpec = {
  queueName: "jobs",
  functionName: "worker",
  batchSize: 10,
  batchingWindowSeconds: 0,
  reportBatchItemFailures: true,
  maximumConcurrency: undefined,
};

let dir: string;
let queues: Queues;
let polling: Polling | undefined;
let batches: SQSEvent[];
let lines: FunctionLogLine[];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "event-sources-test-"));
  queues = await startQueues({ dir, region, accountId: "000000000000", queues: [dead, jobs] });
  batches = [];
  lines = [];
});
afterEach(async () => {
  await polling?.close(0);
  polling = undefined;
  await queues.close();
  await rm(dir, { recursive: true });
});

type Answer = (event: SQSEvent, signal: AbortSignal | undefined) => unknown;
const succeed = (payload: unknown): InvokeResult => ({ outcome: "success", requestId: "r", payload });
const error: InvokeResult = { outcome: "error", requestId: "r", error: { errorType: "Error", errorMessage: "no" } };
const throttled: InvokeResult = { ...error, outcome: "throttled" };

/** Polls with a function that records its batches and gives `answer`: an `InvokeResult`, or a payload. */
function poll(answer: Answer, over: Partial<EventSourceSpec> = {}, specs: QueueSpec[] = [jobs]): void {
  const invoke: Invoke = async (functionName, payload, { signal } = {}) => {
    assert.equal(functionName, "worker");
    const event: SQSEvent = JSON.parse(JSON.stringify(payload));
    batches.push(event);
    const value = await answer(event, signal);
    if (value === error) return error;
    if (value === throttled) return throttled;
    return succeed(value ?? null);
  };
  polling = pollEventSources({
    eventSources: [{ ...eventSource, ...over }],
    queues,
    queueSpecs: specs,
    region,
    invoke,
    log: (line) => lines.push(line),
  });
}
const bodies = (event: SQSEvent | undefined) => (event?.Records ?? []).map(({ body }) => body).sort();
const isEmpty = (name: string) => assert.deepEqual(queues.count(name), { ready: 0, inFlight: 0 });

test("a batch is the event that Lambda makes of it, and is deleted when it succeeds", async () => {
  await queues.client.send(
    new SendMessageCommand({
      QueueUrl: queues.url("jobs"),
      MessageBody: "hello",
      MessageAttributes: {
        kind: { DataType: "String", StringValue: "greeting" },
        bytes: { DataType: "Binary", BinaryValue: Buffer.from("abc") },
      },
    }),
  );
  poll(() => ({ batchItemFailures: [] }));
  await eventually(() => isEmpty("jobs"));
  const [record, ...others] = batches.flatMap(({ Records }) => Records);
  assert.deepEqual(others, []);
  assert.ok(record);
  const { messageId, receiptHandle, md5OfMessageAttributes, attributes, ...rest } = record;
  assert.ok(messageId.length > 0 && receiptHandle.length > 0 && md5OfMessageAttributes);
  assert.equal(attributes.ApproximateReceiveCount, "1");
  assert.equal(attributes.SenderId, "000000000000");
  assert.ok(Math.abs(Number(attributes.SentTimestamp) - Date.now()) < 60_000);
  assert.ok(Number(attributes.ApproximateFirstReceiveTimestamp) >= Number(attributes.SentTimestamp));
  assert.deepEqual(rest, {
    body: "hello",
    messageAttributes: {
      kind: { stringValue: "greeting", stringListValues: [], binaryListValues: [], dataType: "String" },
      bytes: { binaryValue: "YWJj", stringListValues: [], binaryListValues: [], dataType: "Binary" },
    },
    md5OfBody: "5d41402abc4b2a76b9719d911017c592",
    eventSource: "aws:sqs",
    eventSourceARN: jobs.arn,
    awsRegion: region,
  });
});

describe("batching", () => {
  test("takes what is there, up to the batch size", async () => {
    for (const body of ["a", "b", "c"]) await queues.send("jobs", body);
    poll(() => null, { batchSize: 2, maximumConcurrency: 2 });
    await eventually(() => isEmpty("jobs"));
    assert.deepEqual(
      batches.map(({ Records }) => Records.length),
      [2, 1],
    );
  });

  test("waits through the batching window for a batch to fill", async () => {
    poll(() => null, { batchSize: 3, batchingWindowSeconds: 20 });
    for (const body of ["a", "b", "c"]) await queues.send("jobs", body);
    await eventually(() => isEmpty("jobs"));
    assert.deepEqual(batches.map(bodies), [["a", "b", "c"]]);
  });

  test("runs no more batches at a time than the event source allows", async () => {
    let running = 0;
    let most = 0;
    const release = Promise.withResolvers<void>();
    for (let index = 0; index < 4; index += 1) await queues.send("jobs", String(index));
    poll(
      async () => {
        running += 1;
        most = Math.max(most, running);
        if (running === 2) setTimeout(release.resolve, 50);
        await release.promise;
        running -= 1;
      },
      { batchSize: 1, maximumConcurrency: 2 },
    );
    await eventually(() => isEmpty("jobs"));
    assert.equal(most, 2);
    assert.equal(batches.length, 4);
  });

  test("ends a batch before its event is too big for an invocation", async () => {
    const body = "x".repeat(900_000);
    for (let index = 0; index < 8; index += 1) await queues.send("jobs", body);
    poll(() => null);
    await eventually(() => isEmpty("jobs"));
    assert.ok(batches.every((event) => JSON.stringify(event).length <= 6 * 1024 * 1024));
    assert.equal(batches.flatMap(({ Records }) => Records).length, 8);
  });
});

describe("failures", () => {
  test("of single messages keep those alone, and lead them to the dead-letter queue in the end", async () => {
    await queues.send("jobs", "good");
    await queues.send("jobs", "bad");
    poll(({ Records }) => ({
      batchItemFailures: Records.filter(({ body }) => body === "bad").map(({ messageId }) => ({
        itemIdentifier: messageId,
      })),
    }));
    await eventually(() => assert.deepEqual(queues.count("dead"), { ready: 1, inFlight: 0 }));
    isEmpty("jobs");
    const counts = batches
      .flatMap(({ Records }) => Records)
      .filter(({ body }) => body === "bad")
      .map(({ attributes }) => attributes.ApproximateReceiveCount);
    assert.deepEqual(counts, ["1", "2"]);
    assert.equal(batches.flatMap(bodies).filter((body) => body === "good").length, 1);
  });

  test("of the function keep the whole batch", async () => {
    await queues.send("jobs", "a");
    await queues.send("jobs", "b");
    let attempt = 0;
    poll(() => (attempt++ === 0 ? error : null), { batchingWindowSeconds: 0 });
    await eventually(() => assert.ok(batches.flatMap(bodies).length >= 3));
    await eventually(() => isEmpty("jobs"));
    isEmpty("dead");
  });

  for (const [what, answer] of [
    ["an unknown id", { batchItemFailures: [{ itemIdentifier: "unknown" }] }],
    ["an empty id", { batchItemFailures: [{ itemIdentifier: "" }] }],
    ["a misspelt key", { batchItemFailures: [{ ItemIdentifier: "x" }] }],
    ["no object", "done"],
  ]) {
    test(`named by ${what} keep the whole batch`, async () => {
      await queues.send("jobs", "a");
      let attempt = 0;
      poll(() => (attempt++ === 0 ? answer : null));
      await eventually(() => assert.equal(batches.length, 2));
      await eventually(() => isEmpty("jobs"));
      assert.match(lines[0]?.message ?? "", /stay in the queue: the function's answer/);
    });
  }

  for (const [what, answer] of [
    ["no list", {}],
    ["null for a list", { batchItemFailures: null }],
    ["an empty list", { batchItemFailures: [] }],
    ["nothing", null],
  ]) {
    test(`are none when the answer has ${what}`, async () => {
      await queues.send("jobs", "a");
      poll(() => answer);
      await eventually(() => isEmpty("jobs"));
      assert.equal(batches.length, 1);
    });
  }

  test("are what the answer is taken for only if the event source asks for it", async () => {
    await queues.send("jobs", "a");
    poll(({ Records }) => ({ batchItemFailures: [{ itemIdentifier: Records[0]?.messageId }] }), {
      reportBatchItemFailures: false,
    });
    await eventually(() => isEmpty("jobs"));
    assert.equal(batches.length, 1);
  });
});

test("a throttled batch is tried again without being received again", async () => {
  await queues.send("jobs", "a");
  let attempt = 0;
  poll(() => (attempt++ < 1 ? throttled : null), {}, [{ ...jobs, visibilityTimeoutSeconds: 30 }]);
  await eventually(() => isEmpty("jobs"));
  assert.deepEqual(
    batches.flatMap(({ Records }) => Records.map((r) => r.attributes.ApproximateReceiveCount)),
    ["1", "1"],
  );
});

test("a poller outlives a server that is away", async () => {
  const { port } = queues;
  await queues.close();
  poll(() => null);
  await eventually(() => assert.match(lines[0]?.message ?? "", /polling failed, and goes on/));
  const revived = await startQueues({ dir, region, accountId: "000000000000", queues: [dead, jobs], port });
  await revived.send("jobs", "a");
  await eventually(() => assert.deepEqual(batches.map(bodies), [["a"]]));
  await polling?.close(0);
  await revived.close();
});

test("stopping lets a batch finish within its grace, and otherwise gives its messages back", async () => {
  await queues.send("jobs", "quick");
  const started = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  poll(async () => {
    started.resolve();
    await finish.promise;
  });
  await started.promise;
  const stopped = polling?.close(5_000);
  finish.resolve();
  await stopped;
  isEmpty("jobs");

  await queues.send("jobs", "endless");
  const hanging = Promise.withResolvers<void>();
  poll(
    (_, signal) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener("abort", () => reject(signal.reason));
        hanging.resolve();
      }),
  );
  await hanging.promise;
  await polling?.close(0);
  assert.deepEqual(queues.count("jobs"), { ready: 0, inFlight: 1 });
  poll(() => null);
  await eventually(() => isEmpty("jobs"));
});
