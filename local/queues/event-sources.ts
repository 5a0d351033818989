import { setTimeout as sleep } from "node:timers/promises";
import type { Message } from "@aws-sdk/client-sqs";
import { type FunctionLogLine, type Invoke, REQUEST_PAYLOAD_LIMIT } from "../lambda/invocation.ts";
import type { EventSourceSpec, QueueSpec } from "../template/deployment.ts";
import { batchVerdict } from "./batch-response.ts";
import { queueConsumer } from "./queue-consumer.ts";
import type { Queues } from "./queues.ts";
import { sqsEvent, sqsRecord } from "./sqs-event.ts";

/** Batches that run at a time for one event source, unless it says otherwise; what Lambda starts with. */
const DEFAULT_CONCURRENCY = 5;
const MIN_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 5_000;

export interface PollingOptions {
  eventSources: EventSourceSpec[];
  queues: Queues;
  queueSpecs: QueueSpec[];
  region: string;
  invoke: Invoke;
  log(line: FunctionLogLine): void;
}

export interface Polling {
  /**
   * Takes no further messages, gives running batches `graceMs` (5 s) to finish, then kills them; their messages are
   * visible again a second later.
   */
  close(graceMs?: number): Promise<void>;
}

/** Feeds the functions with what arrives in their queues, as Lambda's event source mappings do. */
export function pollEventSources(options: PollingOptions): Polling {
  const pollers = options.eventSources.map((source) => pollEventSource(source, options));
  return {
    async close(graceMs = 5_000) {
      await Promise.all(pollers.map((poller) => poller.close(graceMs)));
    },
  };
}

function pollEventSource(source: EventSourceSpec, { queues, queueSpecs, region, invoke, log }: PollingOptions) {
  const { queueName, functionName, batchSize, batchingWindowSeconds, reportBatchItemFailures } = source;
  const queue = queueSpecs.find(({ name }) => name === queueName);
  if (queue === undefined) throw new Error(`${functionName} polls ${queueName}, which is not declared`);
  const origin = { arn: queue.arn, region };
  const consumer = queueConsumer(queues, queueName);
  const concurrency = source.maximumConcurrency ?? DEFAULT_CONCURRENCY;
  const stopping = new AbortController();
  const killing = new AbortController();
  const running = new Set<Promise<void>>();
  const fail = (message: string) => log({ functionName, level: "error", message: `${queueName}: ${message}` });
  const pause = (ms: number) => sleep(ms, undefined, { signal: stopping.signal }).catch(() => {}); // ended by stopping

  async function loop(): Promise<void> {
    let backoffMs = MIN_BACKOFF_MS;
    while (!stopping.signal.aborted) {
      try {
        const messages = await consumer.collect(batchSize, batchingWindowSeconds, stopping.signal);
        backoffMs = MIN_BACKOFF_MS;
        for (const batch of withinPayloadLimit(messages)) await start(batch);
        while (running.size >= concurrency) await Promise.race(running);
      } catch (error) {
        if (stopping.signal.aborted) return;
        fail(`polling failed, and goes on in ${backoffMs} ms: ${error}`);
        await pause(backoffMs);
        backoffMs = Math.min(backoffMs * 2, MAX_BACKOFF_MS);
      }
    }
  }

  async function start(batch: Message[]): Promise<void> {
    while (running.size >= concurrency) await Promise.race(running);
    if (stopping.signal.aborted) return await consumer.giveBack(batch);
    const work = run(batch)
      .catch(async (error) => {
        // A batch that fails otherwise stays in the queue until its visibility timeout is over.
        if (killing.signal.aborted) await consumer.giveBack(batch);
        else fail(`a batch failed: ${error}`);
      })
      .catch((error) => fail(`a batch could not be given back: ${error}`))
      .finally(() => running.delete(work));
    running.add(work);
  }

  async function run(batch: Message[]): Promise<void> {
    const result = await invokeUnthrottled(batch);
    // After an error, which the function's log tells, the messages stay until their visibility timeout is over.
    if (result.outcome !== "success") return;
    const ids = batch.flatMap(({ MessageId }) => MessageId ?? []);
    const verdict = reportBatchItemFailures ? batchVerdict(result.payload, ids) : { kind: "succeeded" as const };
    if (verdict.kind === "failed") return fail(`${ids.length} messages stay in the queue: ${verdict.why}`);
    const failed = verdict.kind === "partial" ? verdict.failed : new Set<string>();
    if (failed.size > 0) fail(`${failed.size} of ${ids.length} messages stay in the queue: ${[...failed].join(", ")}`);
    await consumer.remove(batch.filter(({ MessageId }) => MessageId !== undefined && !failed.has(MessageId)));
  }

  /** Repeats a throttled invocation, but not so long that the messages could become visible meanwhile. */
  async function invokeUnthrottled(batch: Message[]) {
    const event = sqsEvent(batch, origin);
    const giveUpAt = Date.now() + ((queue?.visibilityTimeoutSeconds ?? 0) * 1000) / 2;
    for (let backoffMs = MIN_BACKOFF_MS; ; backoffMs = Math.min(backoffMs * 2, MAX_BACKOFF_MS)) {
      const result = await invoke(functionName, event, { signal: killing.signal });
      if (result.outcome !== "throttled") return result;
      if (stopping.signal.aborted || Date.now() + backoffMs > giveUpAt) {
        fail(`${batch.length} messages stay in the queue: ${result.error.errorMessage}`);
        return result;
      }
      await pause(backoffMs);
    }
  }

  /** Lambda ends a batch before its event exceeds what an invocation may carry. */
  function withinPayloadLimit(messages: Message[]): Message[][] {
    const batches: Message[][] = [];
    let bytes = Number.POSITIVE_INFINITY;
    for (const message of messages) {
      const size = Buffer.byteLength(JSON.stringify(sqsRecord(message, origin))) + 1; // and a comma
      if (bytes + size > REQUEST_PAYLOAD_LIMIT) {
        batches.push([]);
        bytes = Buffer.byteLength(JSON.stringify({ Records: [] }));
      }
      batches.at(-1)?.push(message);
      bytes += size;
    }
    return batches;
  }

  const polling = loop();
  return {
    async close(graceMs: number) {
      const reason = new Error("The event sources are being stopped");
      stopping.abort(reason);
      const grace = setTimeout(() => killing.abort(reason), graceMs);
      await polling;
      await Promise.all(running);
      clearTimeout(grace);
    },
  };
}
