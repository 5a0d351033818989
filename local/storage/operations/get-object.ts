import { pipeline } from "node:stream/promises";
import { attributeHeaders, headerValue } from "../attributes.ts";
import { S3Error } from "../error.ts";
import type { ObjectRecord } from "../object-record.ts";
import { evaluateRead, preconditionFailed } from "../preconditions.ts";
import { queryValue, type S3Request } from "../s3-request.ts";
import type { OperationContext } from "./context.ts";

/** `GetObject` and `HeadObject`: one range at most; several, or a malformed one, are answered with the whole, as by S3. */
export async function getObject({ store, bucket, request, response }: OperationContext): Promise<void> {
  const { key, method, headers } = request;
  const object = await store.open(bucket.name, key);
  if (object === undefined) throw new S3Error("NoSuchKey", "The specified key does not exist.", { Key: key });
  const { record, file } = object;
  try {
    response.setHeaders(new Map(Object.entries(identityHeaders(record))));
    const outcome = evaluateRead(record, {
      ifMatch: headers.get("if-match"),
      ifNoneMatch: headers.get("if-none-match"),
      ifModifiedSince: headers.get("if-modified-since"),
      ifUnmodifiedSince: headers.get("if-unmodified-since"),
    });
    if (outcome === "failed") throw preconditionFailed(headers.has("if-match") ? "If-Match" : "If-Unmodified-Since");
    if (outcome === "not-modified") {
      response.writeHead(304).end();
      return;
    }
    const { start, end, partial } = readRange(headers.get("range"), record.size);
    response.setHeaders(new Map(Object.entries({ ...attributeHeaders(record.attributes), ...overrides(request) })));
    response.setHeader("accept-ranges", "bytes");
    response.setHeader("content-length", end - start);
    if (partial) response.setHeader("content-range", `bytes ${start}-${end - 1}/${record.size}`);
    if (!partial && record.checksum !== undefined && headers.get("x-amz-checksum-mode") === "ENABLED") {
      response.setHeader(record.checksum.header, record.checksum.value);
    }
    response.writeHead(partial ? 206 : 200);
    if (method === "HEAD" || start === end) {
      response.end();
    } else {
      const bytes = file.createReadStream({ start, end: end - 1, autoClose: false, highWaterMark: 256 * 1024 });
      await pipeline(bytes, response);
    }
  } finally {
    await file.close();
  }
}

function identityHeaders(record: ObjectRecord): Record<string, string> {
  return { etag: `"${record.eTag}"`, "last-modified": new Date(record.lastModified).toUTCString() };
}

const OVERRIDABLE = [
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-type",
  "expires",
];

function overrides(request: S3Request): Record<string, string> {
  const given = OVERRIDABLE.map((header) => [header, queryValue(request, `response-${header}`)] as const);
  return Object.fromEntries(
    given.flatMap(([header, value]) => (value === undefined ? [] : [[header, headerValue(value)]])),
  );
}

/** The bytes to send, `end` exclusive. Throws `InvalidRange` when the range lies beyond the object. */
function readRange(header: string | undefined, size: number): { start: number; end: number; partial: boolean } {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "");
  const [first = "", last = ""] = match?.slice(1) ?? [];
  const whole = { start: 0, end: size, partial: false };
  if (first === "" && last === "") return whole;
  if (first !== "" && last !== "" && Number(last) < Number(first)) return whole;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size : Math.min(size, Number(last) + 1);
  if (start >= size) {
    throw new S3Error("InvalidRange", "The requested range is not satisfiable", {
      RangeRequested: header ?? "",
      ActualObjectSize: String(size),
    });
  }
  return { start, end, partial: true };
}
