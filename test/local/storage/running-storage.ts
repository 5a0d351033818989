import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { S3Client } from "@aws-sdk/client-s3";
import { type ObjectCreated, type ObjectStorageOptions, startObjectStorage } from "../../../local/storage/index.ts";
import type { BucketSpec } from "../../../local/template/deployment.ts";

export const REGION = "eu-central-1";
export const CREDENTIALS = { accessKeyId: "AKIDLOCAL", secretAccessKey: "a-secret/with+signs" };
export const BUCKET = "files-bucket";

export function bucketSpec(overrides: Partial<BucketSpec> = {}): BucketSpec {
  return { name: BUCKET, cors: [], notifications: [], expirations: [], ...overrides };
}

export async function temporaryDir(t: TestContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "quantibi-storage-"));
  t.after(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** A storage on a fresh directory (unless one is given) with a client, and the events and log lines it has produced. */
export async function runStorage(t: TestContext, options: Partial<ObjectStorageOptions> = {}) {
  const dir = options.dir ?? (await temporaryDir(t));
  const events: ObjectCreated[] = [];
  const logLines: string[] = [];
  const storage = await startObjectStorage({
    region: REGION,
    credentials: CREDENTIALS,
    buckets: [bucketSpec()],
    onObjectCreated: async (event) => {
      events.push(event);
    },
    log: (line) => logLines.push(line),
    ...options,
    dir,
  });
  t.after(() => storage.close());
  return { storage, dir, events, logLines, s3: client(t, storage.url) };
}

export function client(t: TestContext, endpoint: string, credentials = CREDENTIALS): S3Client {
  const s3 = new S3Client({ endpoint, region: REGION, credentials, maxAttempts: 1 });
  t.after(() => s3.destroy());
  return s3;
}

/** Waits until `condition` gives something, for at most five seconds. */
export async function eventually<T>(
  condition: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  for (const deadline = Date.now() + 5000; ; ) {
    const result = await condition();
    if (result !== undefined && result !== false) return result;
    if (Date.now() > deadline) throw new Error(`never became true: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Every file below a storage's directory: what a refused or broken upload must not add to. */
export async function filesIn(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Matches an SDK error by S3's code and the HTTP status. */
export function s3Error(code: string, status: number): (error: unknown) => boolean {
  return (error) => {
    if (!(error instanceof Error)) return false;
    const found = { code: error.name, status: Reflect.get(Reflect.get(error, "$metadata") ?? {}, "httpStatusCode") };
    if (found.code === code && found.status === status) return true;
    throw new Error(`expected ${code} ${status}, got ${found.code} ${found.status}`, { cause: error });
  };
}
