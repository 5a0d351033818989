import { createHash } from "node:crypto";
import * as z from "zod";

const checksumSchema = z.object({ header: z.string(), value: z.string() });

/** What a client says about an object beside its bytes. */
export const objectAttributesSchema = z.object({
  /** `content-type`, `cache-control`, … as they are returned. */
  headers: z.record(z.string(), z.string()),
  /** The `x-amz-meta-*` headers, by the name after that prefix. */
  metadata: z.record(z.string(), z.string()),
});

export type ObjectAttributes = z.infer<typeof objectAttributesSchema>;

/** The file that makes an object exist. Its bytes lie beside it, in a file named by key and sequencer. */
export const objectRecordSchema = z.object({
  key: z.string(),
  size: z.int().nonnegative(),
  /** Without quotes: MD5, or MD5 of the parts' MD5s and `-N`. */
  eTag: z.string(),
  /** ISO 8601. */
  lastModified: z.iso.datetime(),
  /** Grows with every write, as S3's event sequencer does; 16 hexadecimal digits. */
  sequencer: z.string().regex(/^[0-9A-F]{16}$/),
  attributes: objectAttributesSchema,
  checksum: checksumSchema.optional(),
});

export type ObjectRecord = z.infer<typeof objectRecordSchema>;

/** What `onObjectCreated` is told; `key` is not URL-encoded, unlike in S3's notification record. */
export const objectCreatedSchema = z.object({
  bucket: z.string(),
  key: z.string(),
  size: z.int().nonnegative(),
  eTag: z.string(),
  versionId: z.undefined().optional(),
  /** `ObjectCreated:Put`, `…:Post`, `…:CompleteMultipartUpload` or `…:Copy`. */
  eventName: z.string(),
  sequencer: z.string().regex(/^[0-9A-F]{16}$/),
});

export type ObjectCreated = z.infer<typeof objectCreatedSchema>;

/** A name for a key that every file system takes: any key, however long or hostile, becomes 64 hexadecimal digits. */
export function hashKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}
