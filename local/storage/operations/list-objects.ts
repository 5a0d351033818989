import { S3Error } from "../error.ts";
import { compareUtf8, type ObjectSummary } from "../key-index.ts";
import { queryValue, type S3Request } from "../s3-request.ts";
import { uriEncodePath } from "../signature-v4.ts";
import { renderXml, type XmlContent } from "../xml.ts";
import { type OperationContext, sendXml } from "./context.ts";

const MAX_KEYS = 1000;

/** `ListObjectsV2`. A continuation token says where the page before ended, in base64url. */
export function listObjects({ store, bucket, request, response }: OperationContext): void {
  const prefix = queryValue(request, "prefix") ?? "";
  const delimiter = queryValue(request, "delimiter") ?? "";
  const startAfter = queryValue(request, "start-after");
  const token = queryValue(request, "continuation-token");
  const maxKeys = readMaxKeys(request);
  const encode = readEncoding(request);
  const after: Position = token === undefined ? { kind: "key", name: startAfter ?? "" } : decodeToken(token);
  const page = readPage((from) => store.list(bucket.name, from), { prefix, delimiter, after, maxKeys });
  const result: XmlContent = {
    Name: bucket.name,
    Prefix: encode(prefix),
    Delimiter: delimiter === "" ? undefined : encode(delimiter),
    StartAfter: startAfter === undefined ? undefined : encode(startAfter),
    ContinuationToken: token,
    NextContinuationToken: page.next === undefined ? undefined : encodeToken(page.next),
    KeyCount: page.contents.length + page.commonPrefixes.length,
    MaxKeys: maxKeys,
    EncodingType: queryValue(request, "encoding-type"),
    IsTruncated: page.next !== undefined,
    Contents: page.contents.map(([key, { size, eTag, lastModified }]) => ({
      Key: encode(key),
      LastModified: lastModified,
      ETag: `"${eTag}"`,
      Size: size,
      StorageClass: "STANDARD",
    })),
    CommonPrefixes: page.commonPrefixes.map((common) => ({ Prefix: encode(common) })),
  };
  sendXml(response, 200, renderXml("ListBucketResult", result));
}

/** Where a page ended: at a key, or at a common prefix, everything below which has been told. */
interface Position {
  kind: "key" | "prefix";
  name: string;
}

interface Page {
  contents: [key: string, summary: ObjectSummary][];
  commonPrefixes: string[];
  /** What the next page starts after; absent on the last one. */
  next: Position | undefined;
}

function readPage(
  list: (from: string) => Iterable<[key: string, summary: ObjectSummary]>,
  { prefix, delimiter, after, maxKeys }: { prefix: string; delimiter: string; after: Position; maxKeys: number },
): Page {
  const page: Page = { contents: [], commonPrefixes: [], next: undefined };
  if (maxKeys === 0) return page;
  let last = after;
  for (const [key, summary] of list(compareUtf8(after.name, prefix) > 0 ? after.name : prefix)) {
    if (!key.startsWith(prefix)) break;
    if (last.kind === "key" ? key === last.name : key.startsWith(last.name)) continue;
    if (page.contents.length + page.commonPrefixes.length === maxKeys) return { ...page, next: last };
    const end = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
    if (end < 0) {
      page.contents.push([key, summary]);
      last = { kind: "key", name: key };
    } else {
      const common = key.slice(0, end + delimiter.length);
      page.commonPrefixes.push(common);
      last = { kind: "prefix", name: common };
    }
  }
  return page;
}

function readMaxKeys(request: S3Request): number {
  const value = queryValue(request, "max-keys") ?? String(MAX_KEYS);
  if (!/^\d{1,10}$/.test(value)) {
    throw new S3Error("InvalidArgument", "Provided max-keys not an integer or within integer range", {
      ArgumentName: "max-keys",
      ArgumentValue: value,
    });
  }
  return Math.min(Number(value), MAX_KEYS);
}

function readEncoding(request: S3Request): (text: string) => string {
  const type = queryValue(request, "encoding-type");
  if (type === undefined) return (text) => text;
  if (type === "url") return uriEncodePath;
  throw new S3Error("InvalidArgument", "Invalid Encoding Method specified in Request", {
    ArgumentName: "encoding-type",
    ArgumentValue: type,
  });
}

function encodeToken({ kind, name }: Position): string {
  return Buffer.from(`${kind}:${name}`).toString("base64url");
}

function decodeToken(token: string): Position {
  const match = /^(key|prefix):(.+)$/s.exec(Buffer.from(token, "base64url").toString("utf8"));
  if (match?.[2] !== undefined) return { kind: match[1] === "key" ? "key" : "prefix", name: match[2] };
  throw new S3Error("InvalidArgument", "The continuation token provided is incorrect", {
    ArgumentName: "continuation-token",
  });
}
