import { createReadStream, createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  type _Object,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { Upload } from "../../contract/index.ts";

/** Few large writes: with the default of 16 kB, writing takes longer than receiving. */
const writeBuffer = 4 * 1024 * 1024;
/** As many objects as S3 deletes in one request. */
const mostDeleted = 1_000;

/** The bucket, as functions use it. */
export class ObjectStorage {
  readonly bucket: string;
  private readonly client: S3Client;

  constructor(bucket: string, client: S3Client) {
    this.bucket = bucket;
    this.client = client;
  }

  /** Permission for a browser to post one file of at most `maxBytes` to exactly this key, for `expiresInSeconds`. */
  async presignUpload(key: string, contentType: string, maxBytes: number, expiresInSeconds: number): Promise<Upload> {
    const { url, fields } = await createPresignedPost(this.client, {
      Bucket: this.bucket,
      Key: key,
      Conditions: [["content-length-range", 1, maxBytes]],
      Fields: { "Content-Type": contentType },
      Expires: expiresInSeconds,
    });
    const expiresAt = new Date(Date.now() + expiresInSeconds * 1000).toISOString();
    return { method: "POST", url, fields, expiresAt, maxBytes };
  }

  /** Copies an object to a file. Returns false if the object is gone or is no longer the one with this ETag. */
  async download(
    key: string,
    eTag: string,
    path: string,
    onBytes: (bytes: number) => void = () => {},
  ): Promise<boolean> {
    try {
      const { Body } = await this.client.send(
        new GetObjectCommand({ Bucket: this.bucket, Key: key, IfMatch: `"${eTag}"` }),
      );
      if (!(Body instanceof Readable)) throw new Error("S3 answered without a body");
      const count = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          onBytes(chunk.length);
          done(null, chunk);
        },
      });
      await pipeline(Body, count, createWriteStream(path, { highWaterMark: writeBuffer }));
      return true;
    } catch (error) {
      if (error instanceof NoSuchKey) return false;
      if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 412) return false;
      throw error;
    }
  }

  /** The text of a small object, or undefined if there is none. */
  async readText(key: string): Promise<string | undefined> {
    try {
      const { Body } = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
      return await Body?.transformToString();
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  /** Copies a file to an object and returns its ETag. */
  async upload(path: string, key: string, contentType: string): Promise<string> {
    const { ETag } = await this.client.send(
      new PutObjectCommand({
        Bucket: this.bucket,
        Key: key,
        Body: createReadStream(path),
        ContentLength: (await stat(path)).size,
        ContentType: contentType,
      }),
    );
    return unquoteETag(ETag ?? "");
  }

  /** The bytes of an object that is small enough for memory, or undefined if there is none. */
  async read(key: string): Promise<Uint8Array | undefined> {
    try {
      const { Body } = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
      if (!Body) throw new Error("S3 answered without a body");
      return await Body.transformToByteArray();
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  async write(key: string, content: Uint8Array | string, contentType: string): Promise<void> {
    await this.client.send(
      new PutObjectCommand({ Bucket: this.bucket, Key: key, Body: content, ContentType: contentType }),
    );
  }

  /** A link that downloads an object under this file name, for `expiresInSeconds`. */
  async presignDownload(key: string, fileName: string, contentType: string, expiresInSeconds: number): Promise<string> {
    const command = new GetObjectCommand({
      Bucket: this.bucket,
      Key: key,
      ResponseContentType: contentType,
      ResponseContentDisposition: attachment(fileName),
    });
    return getSignedUrl(this.client, command, { expiresIn: expiresInSeconds });
  }

  /** What the objects whose keys begin with `prefix` take together. */
  async folderBytes(prefix: string): Promise<number> {
    let bytes = 0;
    for await (const { Size = 0 } of this.objects(prefix)) bytes += Size;
    return bytes;
  }

  /** The keys that begin with `prefix`. */
  async listFolder(prefix: string): Promise<string[]> {
    const keys: string[] = [];
    for await (const { Key = "" } of this.objects(prefix)) keys.push(Key);
    return keys;
  }

  /** Deletes every object whose key begins with `prefix`; none is fine. */
  async deleteFolder(prefix: string): Promise<void> {
    await this.deleteObjects(await this.listFolder(prefix));
  }

  /** Deletes these objects; what is not there is fine. */
  async deleteObjects(keys: readonly string[]): Promise<void> {
    for (let at = 0; at < keys.length; at += mostDeleted) {
      const Objects = keys.slice(at, at + mostDeleted).map((Key) => ({ Key }));
      const { Errors = [] } = await this.client.send(
        new DeleteObjectsCommand({ Bucket: this.bucket, Delete: { Objects, Quiet: true } }),
      );
      if (Errors[0]) throw new Error(`S3 did not delete ${Errors.length} objects: ${Errors[0].Code}`);
    }
  }

  private async *objects(prefix: string): AsyncGenerator<_Object> {
    let ContinuationToken: string | undefined;
    do {
      const page: ListObjectsV2CommandOutput = await this.client.send(
        new ListObjectsV2Command({ Bucket: this.bucket, Prefix: prefix, ContinuationToken }),
      );
      yield* page.Contents ?? [];
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
  }
}

/** S3 puts ETags in quotes in its answers and leaves them out in its events. */
export function unquoteETag(eTag: string): string {
  return eTag.replaceAll('"', "");
}

/** A `content-disposition` that names the file: plain letters for old clients and, by RFC 6266, any letter for the others. */
export function attachment(fileName: string): string {
  const plain = fileName.replace(/[^\w.-]+/g, "_");
  const encoded = encodeURIComponent(fileName).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
