import { readAttributes } from "../attributes.ts";
import { S3Error } from "../error.ts";
import { evaluateRead, preconditionFailed, writePrecondition } from "../preconditions.ts";
import { MAX_PUT_BYTES } from "../request-body.ts";
import { renderXml } from "../xml.ts";
import { type OperationContext, sendXml } from "./context.ts";

/** `CopyObject` within this storage. The copy's ETag is the MD5 of its bytes, also when the source was multipart. */
export async function copyObject({ store, bucket, request, response }: OperationContext): Promise<void> {
  const { headers } = request;
  const source = parseSource(headers.get("x-amz-copy-source") ?? "");
  const directive = headers.get("x-amz-metadata-directive") ?? "COPY";
  if (directive !== "COPY" && directive !== "REPLACE") {
    throw new S3Error("InvalidArgument", "Unknown metadata directive.", { ArgumentValue: directive });
  }
  if (source.bucket === bucket.name && source.key === request.key && directive === "COPY") {
    throw new S3Error(
      "InvalidRequest",
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
  }
  const given = readAttributes(headers);
  const precondition = writePrecondition(headers);
  const object = store.hasBucket(source.bucket) ? await store.open(source.bucket, source.key) : undefined;
  if (object === undefined) {
    if (!store.hasBucket(source.bucket)) throw new S3Error("NoSuchBucket", "The specified bucket does not exist");
    throw new S3Error("NoSuchKey", "The specified key does not exist.", { Key: source.key });
  }
  try {
    const outcome = evaluateRead(object.record, {
      ifMatch: headers.get("x-amz-copy-source-if-match"),
      ifNoneMatch: headers.get("x-amz-copy-source-if-none-match"),
      ifModifiedSince: headers.get("x-amz-copy-source-if-modified-since"),
      ifUnmodifiedSince: headers.get("x-amz-copy-source-if-unmodified-since"),
    });
    if (outcome !== "proceed") throw preconditionFailed("x-amz-copy-source-if-*");
    const bytes = object.file.createReadStream({ start: 0, autoClose: false, highWaterMark: 1024 * 1024 });
    const staged = await store.stage(bytes, MAX_PUT_BYTES);
    const record = await store.commit({
      bucket: bucket.name,
      key: request.key,
      staged,
      eTag: staged.md5.toString("hex"),
      attributes: directive === "COPY" ? object.record.attributes : given,
      checksum: object.record.checksum,
      eventName: "ObjectCreated:Copy",
      ...(precondition && { precondition }),
    });
    const result = { LastModified: record.lastModified, ETag: `"${record.eTag}"` };
    sendXml(response, 200, renderXml("CopyObjectResult", result));
  } finally {
    await object.file.close();
  }
}

function parseSource(header: string): { bucket: string; key: string } {
  const [encoded = "", version] = header.split("?versionId=");
  const match = /^\/?([^/]+)\/(.+)$/s.exec(decodeSource(encoded));
  if (match?.[1] === undefined || match[2] === undefined || (version !== undefined && version !== "null")) {
    throw new S3Error("InvalidArgument", "Copy Source must mention the source bucket and key: sourcebucket/sourcekey", {
      ArgumentName: "x-amz-copy-source",
      ArgumentValue: header,
    });
  }
  return { bucket: match[1], key: match[2] };
}

function decodeSource(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch (cause) {
    throw new S3Error(
      "InvalidArgument",
      "Invalid copy source encoding.",
      { ArgumentName: "x-amz-copy-source" },
      { cause },
    );
  }
}
