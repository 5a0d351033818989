import { availableParallelism } from "node:os";
import { join } from "node:path";
import { account } from "./account.ts";
import { buildEverything } from "./build/build.ts";
import type { RunnerConfig } from "./config.ts";
import { logFileLine, terminalLine } from "./function-log.ts";
import { httpApi } from "./gateway/http-api.ts";
import { type GatewayServer, listen } from "./gateway/server.ts";
import { website } from "./gateway/website.ts";
import { issuer, issuerPath } from "./issuer/issuer.ts";
import { CorruptKeyFile, openSigningKey } from "./issuer/keys.ts";
import type { FunctionLogLine } from "./lambda/invocation.ts";
import { MongoStorageError, startMongo } from "./mongo/index.ts";
import { mongoUnreachable } from "./mongo-check.ts";
import { play } from "./play.ts";
import { startQueues } from "./queues/queues.ts";
import { StartError } from "./start-error.ts";
import { lockDataDir } from "./state/data-dir.ts";
import { openLogFile } from "./state/log-file.ts";
import { isTaken, listenOnFirstFree, openPortMemory } from "./state/ports.ts";
import { printedSteps, type Steps } from "./steps.ts";
import { readDeployment } from "./template/read-deployment.ts";
import { waitingInvoke } from "./waiting-invoke.ts";

export interface RunnerOptions {
  /** Receives the lines for the terminal. */
  print: (line: string) => void;
  /** Stops a start that is under way; it then rejects with the signal's reason. */
  signal?: AbortSignal;
}

export interface Runner {
  /** `http://localhost:<port>` */
  url: string;
  /** Stops accepting, lets what is under way finish within 5 s, and stops everything. */
  close(): Promise<void>;
}

const root = join(import.meta.dirname, "..");
const audience = "quantibi";
const graceMs = 5000;

/** Instances of a function that this machine has room for. */
const concurrency = Math.min(10, Math.max(4, 2 * availableParallelism()));

/**
 * Plays the synthesized template on this machine: builds what changed, starts what AWS would provide, and serves API, issuer
 * and web app on one port. Throws a `StartError`, or a `BuildFailed`, for what a person can mend; nothing is then left running.
 */
export async function startRunner(config: RunnerConfig, { print, signal }: RunnerOptions): Promise<Runner> {
  await using stack = new AsyncDisposableStack();
  const { dataDir } = config;
  const inDataDir = (...names: string[]) => join(dataDir, ...names);
  const { step, warn } = printedSteps(print);

  stack.defer(lockDataDir(dataDir));
  const logFile = openLogFile(inDataDir("logs", "quantibi.log"));
  stack.defer(() => logFile.close());
  const logError = (message: string) => {
    logFile.write(message);
    print(message.split("\n", 1)[0] ?? "");
  };
  const logFunction = (line: FunctionLogLine) => {
    logFile.write(logFileLine(line));
    const shown = terminalLine(line);
    if (shown !== undefined) print(shown);
  };

  const ports = await openPortMemory(inDataDir("ports.json"));
  const gateway = await listenForRequests(config.port, ports.last("gateway"), logFile.write, logError);
  stack.defer(() => gateway.close(0));
  await ports.keep("gateway", gateway.port);
  const url = `http://localhost:${gateway.port}`;
  const issuerUrl = url + issuerPath;
  const key = await step("signing key", () => openKey(inDataDir("issuer-key.json")));

  const mongodbUri = config.mongodbUri ?? (await startEmbeddedMongo(inDataDir("mongo.sqlite"), step, stack));
  const unreachable = config.mongodbUri === undefined ? undefined : mongoUnreachable(config.mongodbUri);

  const { region, id: accountId } = account;
  const queues = await step("queues", () => startQueues({ dir: inDataDir("queues"), region, accountId }));
  stack.defer(() => queues.close());

  const assembly = inDataDir("cdk.out");
  const siteOrigins = `${url},http://127.0.0.1:${gateway.port}`;
  const webDir = await buildEverything({
    root,
    assembly,
    context: {
      platform: `${process.platform}-${process.arch}`,
      issuer: issuerUrl,
      audience,
      siteOrigins,
      ...config.settings,
    },
    step,
    signal,
  });
  const deployment = await step("template", () => readDeployment(assembly, { region, accountId, sqsUrl: queues.url }));
  const playing = await step("functions and storage", () =>
    play({
      deployment,
      queues,
      secretValues: { MONGODB_URI: mongodbUri, OPENAI_API_KEY: config.openaiApiKey ?? "" },
      objectsDir: inDataDir("objects"),
      tmpDir: inDataDir("tmp"),
      schedulesFile: inDataDir("schedules.json"),
      storagePort: ports.last("storage"),
      concurrency,
      log: logFunction,
      logStorage: (line) => logError(`object storage: ${line}`),
    }),
  );
  stack.defer(() => playing.close());
  await ports.keep("storage", playing.storage.port);

  const reserved = deployment.functions.filter(({ reservedConcurrency }) => reservedConcurrency !== undefined);
  const reservedNames = new Set(reserved.map(({ name }) => name));
  gateway.mount([
    issuer({ url: issuerUrl, audience, key }),
    httpApi(deployment.api, {
      invoke: waitingInvoke(playing.invoke, concurrency, reservedNames),
      onError: logError,
    }),
    website(webDir, playing.storage.url),
  ]);
  // First of all, while everything that work in flight needs still runs.
  stack.defer(async () => {
    await Promise.all([gateway.close(graceMs), playing.quiesce(graceMs)]);
  });
  const silence = await unreachable;
  if (silence !== undefined) warn(`MONGODB_URI does not answer (${silence}): requests get 503 until it does`);
  signal?.throwIfAborted();

  const running = stack.move();
  return { url, close: () => running.disposeAsync() };
}

async function listenForRequests(
  port: number,
  lastPort: number | undefined,
  onAccess: (line: string) => void,
  onError: (message: string) => void,
): Promise<GatewayServer> {
  try {
    const candidates = port === 0 ? [lastPort, 0] : [port];
    return await listenOnFirstFree(candidates, (candidate) => listen({ port: candidate, onAccess, onError }));
  } catch (error) {
    if (isTaken(error)) {
      throw new StartError(`Port ${port} is in use: stop what uses it or start with PORT=0`, { cause: error });
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`Port ${port} cannot be used: ${reason}`, { cause: error });
  }
}

async function startEmbeddedMongo(file: string, step: Steps["step"], stack: AsyncDisposableStack): Promise<string> {
  const mongo = await step("embedded MongoDB", () =>
    startMongo({ file }).catch((error: unknown) => {
      throw error instanceof MongoStorageError ? new StartError(error.message, { cause: error }) : error;
    }),
  );
  stack.defer(() => mongo.close());
  return mongo.uri;
}

async function openKey(file: string) {
  try {
    return await openSigningKey(file);
  } catch (error) {
    throw error instanceof CorruptKeyFile ? new StartError(error.message, { cause: error }) : error;
  }
}
