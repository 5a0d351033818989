import { account } from "./account.ts";
import { type AsynchronousInvocations, invokeAsynchronously } from "./lambda/asynchronous.ts";
import { startFunctions } from "./lambda/functions.ts";
import type { FunctionLogLine, Invoke } from "./lambda/invocation.ts";
import { notifyBuckets } from "./queues/bucket-notifications.ts";
import { pollEventSources } from "./queues/event-sources.ts";
import type { Queues } from "./queues/queues.ts";
import { startScheduler } from "./scheduler/index.ts";
import { startSchedules } from "./schedules/index.ts";
import { startSecrets } from "./secrets/index.ts";
import { listenOnFirstFree } from "./state/ports.ts";
import { startObjectStorage } from "./storage/index.ts";
import type { Deployment } from "./template/deployment.ts";

export interface PlayOptions {
  deployment: Deployment;
  queues: Queues;
  /** Of secrets, by the last segment of their name. */
  secretValues: Record<string, string>;
  objectsDir: string;
  tmpDir: string;
  /** Keeps the schedules that functions make. */
  schedulesFile: string;
  /** Where the storage was in the last run: it goes there again if it can, so that presigned URLs stay good. */
  storagePort: number | undefined;
  /** Instances of a function at a time, unless its reserved concurrency says otherwise. */
  concurrency: number;
  log: (line: FunctionLogLine) => void;
  logStorage: (line: string) => void;
}

/** A deployment at work. */
export interface Playing {
  invoke: Invoke;
  storage: { url: string; port: number };
  /** Starts no work of its own accord any more, and gives what runs `graceMs` to finish. */
  quiesce(graceMs: number): Promise<void>;
  /** Stops everything. */
  close(): Promise<void>;
}

/** Starts what AWS would provide for the deployment, but for the queues, which are there, and the HTTP API. */
export async function play(options: PlayOptions): Promise<Playing> {
  await using stack = new AsyncDisposableStack();
  const { deployment, queues, storagePort, concurrency, log } = options;
  const { id: accountId, region, credentials } = account;
  queues.declare(deployment.queues);
  const secrets = await startSecrets({ region, secrets: deployment.secrets, values: options.secretValues });
  stack.defer(() => secrets.close());

  // Storage and functions need each other: functions its URL, storage someone to tell of what a crash left untold. So do
  // the scheduler and functions.
  let asynchronous: AsynchronousInvocations | undefined;
  const invokeLater: AsynchronousInvocations["invoke"] = (functionName, event) => {
    if (asynchronous === undefined) throw new Error("The functions are not started yet.");
    asynchronous.invoke(functionName, event);
  };
  const onObjectCreated = notifyBuckets({
    buckets: deployment.buckets,
    region,
    accountId,
    send: queues.send,
    invokeAsynchronously: invokeLater,
  });
  const storage = await listenOnFirstFree([storagePort, 0], (port) =>
    startObjectStorage({
      dir: options.objectsDir,
      port,
      region,
      credentials,
      buckets: deployment.buckets,
      onObjectCreated,
      log: options.logStorage,
    }),
  );
  stack.defer(() => storage.close());

  const scheduler = await startScheduler({
    file: options.schedulesFile,
    region,
    accountId,
    send: queues.send,
    invokeAsynchronously: invokeLater,
    log: (message) => log({ functionName: "scheduler", level: "error", message }),
  });
  stack.defer(() => scheduler.close());

  const functions = await startFunctions({
    functions: deployment.functions,
    environment: {
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_ENDPOINT_URL_S3: storage.url,
      AWS_ENDPOINT_URL_SQS: queues.endpoint,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
      AWS_ENDPOINT_URL_SCHEDULER: scheduler.url,
    },
    tmpDir: options.tmpDir,
    log,
    concurrency,
  });
  stack.defer(() => functions.close());
  const { invoke } = functions;
  const inBackground = invokeAsynchronously({ functions: deployment.functions, invoke, log });
  stack.defer(() => inBackground.close());
  asynchronous = inBackground;

  const { eventSources, queues: queueSpecs } = deployment;
  const polling = pollEventSources({ eventSources, queues, queueSpecs, region, invoke, log });
  stack.defer(() => polling.close(0));
  const schedules = startSchedules({
    schedules: deployment.schedules,
    region,
    accountId,
    invokeAsynchronously: inBackground.invoke,
    log,
  });
  stack.defer(() => schedules.close());

  const running = stack.move();
  return {
    invoke,
    storage,
    async quiesce(graceMs) {
      await Promise.all([polling.close(graceMs), schedules.close()]);
    },
    close: () => running.disposeAsync(),
  };
}
