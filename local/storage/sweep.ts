import type { BucketSpec } from "../template/deployment.ts";
import type { MultipartUploads } from "./multipart-uploads.ts";
import type { ObjectStore } from "./object-store.ts";

const DAY_MS = 24 * 3600 * 1000;

/**
 * Removes what the buckets' lifecycle rules let expire and multipart uploads begun more than a day ago. An object
 * expires when it is as old as its rule says, up to a day before S3, which waits for the next midnight UTC.
 */
export async function sweep(
  { store, uploads, buckets }: { store: ObjectStore; uploads: MultipartUploads; buckets: BucketSpec[] },
  now: Date,
): Promise<void> {
  for (const { name, expirations } of buckets) {
    for (const { prefix, days } of expirations) {
      const limit = now.getTime() - days * DAY_MS;
      const expired: string[] = [];
      for (const [key, { lastModified }] of store.list(name, prefix)) {
        if (!key.startsWith(prefix)) break;
        if (Date.parse(lastModified) <= limit) expired.push(key);
      }
      for (const key of expired) await store.delete(name, key);
    }
  }
  await uploads.removeAbandoned(new Date(now.getTime() - DAY_MS));
}
