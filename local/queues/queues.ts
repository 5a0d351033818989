import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { QueueSpec } from "../template/deployment.ts";
import { openQueueStore, type QueueStore } from "./fauxqs.ts";

/** `fauxqs` knows one account. */
export const QUEUE_ACCOUNT_ID = "000000000000";

export interface QueuesOptions {
  /** Where queues and messages are kept. */
  dir: string;
  region: string;
  accountId: string;
  /** Any free one by default. */
  port?: number | undefined;
  /** Queues to declare at once. They can follow later, since their URLs are needed to read the template. */
  queues?: QueueSpec[] | undefined;
}

export interface Queues {
  port: number;
  /** What `AWS_ENDPOINT_URL_SQS` must be. */
  endpoint: string;
  /** A client of this server. */
  client: SQSClient;
  url(queueName: string): string;
  /** Creates the queues, or changes the attributes of those that exist. Answers the names of the new ones. */
  declare(queues: QueueSpec[]): string[];
  send(queueName: string, body: string): Promise<void>;
  /** Messages by name of queue; for tests and for people who want to look. */
  count(queueName: string): { ready: number; inFlight: number };
  close(): Promise<void>;
}

/**
 * Serves SQS on loopback. Rejects with the socket's error if the port is taken, and with a sentence that names `dir`
 * if what is kept there cannot be read.
 */
export async function startQueues(options: QueuesOptions): Promise<Queues> {
  const { dir, region, accountId, port = 0, queues = [] } = options;
  if (accountId !== QUEUE_ACCOUNT_ID) throw new Error(`The account of the queues must be ${QUEUE_ACCOUNT_ID}`);
  const { app, sqs } = await openQueueStore(dir);
  sqs.region = region;
  let endpoint: string;
  try {
    endpoint = await app.listen({ host: "127.0.0.1", port });
  } catch (error) {
    await app.close();
    throw error;
  }
  const url = (queueName: string) => `${endpoint}/${accountId}/${queueName}`;
  const client = new SQSClient({
    endpoint,
    region,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });

  const declare = (specs: QueueSpec[]) =>
    specs.filter((spec) => declareQueue(sqs, spec, url(spec.name))).map(({ name }) => name);
  declare(queues);

  return {
    port: Number(new URL(endpoint).port),
    endpoint,
    client,
    url,
    declare,
    async send(queueName, body) {
      await client.send(new SendMessageCommand({ QueueUrl: url(queueName), MessageBody: body }));
    },
    count(queueName) {
      const messages = sqs.inspectQueue(queueName)?.messages;
      if (messages === undefined) throw new Error(`There is no queue named ${queueName}`);
      return { ready: messages.ready.length, inFlight: messages.inflight.length };
    },
    async close() {
      client.destroy();
      await app.close();
    },
  };
}

/** Answers whether the queue is new. */
function declareQueue(sqs: QueueStore["sqs"], spec: QueueSpec, url: string): boolean {
  const { name, arn, visibilityTimeoutSeconds, retentionSeconds, deadLetter } = spec;
  const attributes = {
    VisibilityTimeout: String(visibilityTimeoutSeconds),
    MessageRetentionPeriod: String(retentionSeconds),
  };
  const redrive = deadLetter && {
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: deadLetter.queueArn,
      maxReceiveCount: deadLetter.maxReceiveCount,
    }),
  };
  const known = sqs.getQueueByArn(arn);
  const queue = known ?? sqs.createQueue(name, url, arn, { ...attributes, ...redrive });
  if (known !== undefined) {
    // The URL kept with it has the port of an earlier run. An empty policy takes the dead-letter queue away.
    Object.assign(known, { url });
    known.setAttributes({ ...attributes, RedrivePolicy: "", ...redrive });
  }
  // A timeout of zero fails in fauxqs 2.4.1 when queues are kept on disk: it clears a column that must not be null.
  const changeVisibility = queue.changeVisibility.bind(queue);
  queue.changeVisibility = (handle, seconds) => changeVisibility(handle, seconds === 0 ? 0.001 : seconds);
  return known === undefined;
}
