import { mkdir } from "node:fs/promises";
import type { Server } from "node:http";
import { join } from "node:path";
import type { BucketSpec } from "../template/deployment.ts";
import type { Account } from "./authenticate.ts";
import { MultipartUploads } from "./multipart-uploads.ts";
import type { ObjectCreated } from "./object-record.ts";
import { ObjectStore } from "./object-store.ts";
import { Outbox } from "./outbox.ts";
import { createS3Server } from "./server.ts";
import { sweep } from "./sweep.ts";

export type { ObjectCreated } from "./object-record.ts";

const SWEEP_INTERVAL_MS = 3600 * 1000;
const DEFAULT_IDLE_TIMEOUT_MS = 30_000;
const CLOSE_GRACE_MS = 1000;

export interface ObjectStorageOptions extends Account {
  /** Where everything is kept; one process at a time may use it. */
  dir: string;
  /** 0, the default, takes any free one. */
  port?: number;
  buckets: BucketSpec[];
  /** Called at least once for each object created, after it is durable; called again, also after a restart, if it rejects. */
  onObjectCreated(event: ObjectCreated): Promise<void>;
  /** A request body that stands still this long is cut off. */
  idleTimeoutMs?: number;
  /** Receives what an operator should know, a line each. Default: standard error. */
  log?(line: string): void;
}

export interface ObjectStorage {
  url: string;
  port: number;
  /** Stops serving and delivering; undelivered events stay on the disk for the next start. */
  close(): Promise<void>;
}

/**
 * Serves the S3 REST API for the declared buckets on 127.0.0.1, with every object on the disk under `dir`. Only
 * requests signed with `credentials` (headers, presigned URL or POST policy) are answered. Rejects when the port is
 * taken or `dir` cannot be used.
 */
export async function startObjectStorage(options: ObjectStorageOptions): Promise<ObjectStorage> {
  const log = options.log ?? ((line: string) => console.error(`object storage: ${line}`));
  const dirs = { outbox: join(options.dir, "outbox"), uploads: join(options.dir, "uploads") };
  for (const dir of Object.values(dirs)) await mkdir(dir, { recursive: true });

  const outbox = new Outbox({ dir: dirs.outbox, deliver: (event) => options.onObjectCreated(event), log });
  const bucketNames = options.buckets.map(({ name }) => checkBucketName(name));
  const store = await ObjectStore.open({ dir: options.dir, buckets: bucketNames, outbox, log });
  const uploads = new MultipartUploads(dirs.uploads, log);
  const due = await outbox.recover(({ bucket, key, sequencer }) => store.holds(bucket, key, sequencer));
  const sweepNow = () => sweep({ store, uploads, buckets: options.buckets }, new Date());
  await sweepNow();

  const server = createS3Server({
    store,
    uploads,
    account: { region: options.region, credentials: options.credentials },
    buckets: options.buckets,
    idleTimeoutMs: options.idleTimeoutMs ?? DEFAULT_IDLE_TIMEOUT_MS,
    log,
  });
  const port = await listen(server, options.port ?? 0);
  // Only now: whoever receives an event will want to read the object.
  for (const event of due) outbox.deliver(event);
  const sweeper = setInterval(() => {
    sweepNow().catch((error: unknown) => log(`expired objects could not be removed: ${error}`));
  }, SWEEP_INTERVAL_MS);

  let closed: Promise<void> | undefined;
  const close = async () => {
    clearInterval(sweeper);
    await closeServer(server);
    await outbox.stop();
  };
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}

// Names become directories; S3's own rule for them is what makes that safe.
function checkBucketName(name: string): string {
  if (/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !name.includes("..")) return name;
  throw new Error(`"${name}" is not a valid bucket name`);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

function closeServer(server: Server): Promise<void> {
  const cut = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
  return new Promise((resolve, reject) => {
    server.close((error) => {
      clearTimeout(cut);
      if (error) reject(error);
      else resolve();
    });
  });
}
