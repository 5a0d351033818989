import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
} from "@aws-sdk/client-sqs";
import type { Queues } from "./queues.ts";

const LONG_POLL_SECONDS = 20;
/** What SQS hands out, and takes, in one request. */
const REQUEST_LIMIT = 10;

/** One queue, as its consumer uses it. */
export interface QueueConsumer {
  /**
   * Waits for a message (20 s at most, then the batch is empty), and after it for more until there are `batchSize` or
   * `windowSeconds` have passed.
   */
  collect(batchSize: number, windowSeconds: number, signal: AbortSignal): Promise<Message[]>;
  remove(messages: Message[]): Promise<void>;
  /** Makes the messages visible again in a second. */
  giveBack(messages: Message[]): Promise<void>;
}

export function queueConsumer({ client, url }: Queues, queueName: string): QueueConsumer {
  const QueueUrl = url(queueName);

  async function receive(limit: number, WaitTimeSeconds: number, abortSignal: AbortSignal): Promise<Message[]> {
    const request = new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: Math.min(limit, REQUEST_LIMIT),
      WaitTimeSeconds,
      MessageSystemAttributeNames: ["All"],
      MessageAttributeNames: ["All"],
    });
    return (await client.send(request, { abortSignal })).Messages ?? [];
  }

  return {
    async collect(batchSize, windowSeconds, signal) {
      const batch = await receive(batchSize, LONG_POLL_SECONDS, signal);
      const closesAt = Date.now() + windowSeconds * 1000;
      while (batch.length > 0 && batch.length < batchSize && Date.now() < closesAt && !signal.aborted) {
        const seconds = Math.min(Math.ceil((closesAt - Date.now()) / 1000), LONG_POLL_SECONDS);
        // What has been received must not get lost because receiving more of it failed.
        batch.push(...(await receive(batchSize - batch.length, seconds, signal).catch(() => [])));
      }
      return batch;
    },
    async remove(messages) {
      for (const Entries of requestEntries(messages)) {
        const { Failed = [] } = await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
        if (Failed.length > 0) throw new Error(`${Failed.length} messages were not deleted: ${Failed[0]?.Message}`);
      }
    },
    async giveBack(messages) {
      for (const entries of requestEntries(messages)) {
        const Entries = entries.map((entry) => ({ ...entry, VisibilityTimeout: 1 }));
        await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
      }
    },
  };
}

function requestEntries(messages: Message[]): { Id: string; ReceiptHandle: string }[][] {
  const entries = messages.flatMap(({ ReceiptHandle }, index) =>
    ReceiptHandle === undefined ? [] : [{ Id: String(index), ReceiptHandle }],
  );
  return Array.from({ length: Math.ceil(entries.length / REQUEST_LIMIT) }, (_, part) =>
    entries.slice(part * REQUEST_LIMIT, (part + 1) * REQUEST_LIMIT),
  );
}
