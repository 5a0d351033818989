import type { IncomingMessage } from "node:http";
import { S3Error } from "./error.ts";

/** An HTTP request as S3 understands it: which bucket, which key, which parameters. */
export interface S3Request {
  http: IncomingMessage;
  method: string;
  /** The decoded path as it came, with the bucket if that is where the bucket stood: what was signed. */
  path: string;
  bucket: string;
  /** Empty for operations on the bucket. */
  key: string;
  /** Decoded query parameters in the order they came; a name may repeat. */
  query: [name: string, value: string][];
  /** Lower-case names; `x-amz-*` query parameters of a presigned URL count as headers, as for S3. */
  headers: Map<string, string>;
}

const MAX_KEY_BYTES = 1024;

/** Takes a request apart. Throws `InvalidURI` when the path or the query is not percent-encoded UTF-8, `KeyTooLongError`. */
export function readS3Request(http: IncomingMessage): S3Request {
  const target = http.url ?? "/";
  const queryStart = target.indexOf("?");
  const path = decode(queryStart < 0 ? target : target.slice(0, queryStart));
  const query = queryStart < 0 ? [] : parseQuery(target.slice(queryStart + 1));
  const { bucket, key } = splitTarget(path, http.headers.host ?? "");
  checkKeyLength(key);
  return { http, method: http.method ?? "GET", path, bucket, key, query, headers: readHeaders(http, query) };
}

/** The first value of a query parameter; names are case-sensitive, as for S3. */
export function queryValue(request: S3Request, name: string): string | undefined {
  return request.query.find(([candidate]) => candidate === name)?.[1];
}

/** Throws `KeyTooLongError` beyond S3's 1,024 bytes of UTF-8. */
export function checkKeyLength(key: string): void {
  const size = Buffer.byteLength(key);
  if (size > MAX_KEY_BYTES) {
    const details = { Size: String(size), MaxSizeAllowed: String(MAX_KEY_BYTES) };
    throw new S3Error("KeyTooLongError", "Your key is too long", details);
  }
}

function splitTarget(path: string, host: string): { bucket: string; key: string } {
  const virtualHost = /^([a-z0-9][a-z0-9.-]*)\.localhost(?::\d+)?$/.exec(host);
  if (virtualHost?.[1] !== undefined) return { bucket: virtualHost[1], key: path.slice(1) };
  const slash = path.indexOf("/", 1);
  return slash < 0 ? { bucket: path.slice(1), key: "" } : { bucket: path.slice(1, slash), key: path.slice(slash + 1) };
}

function parseQuery(source: string): [string, string][] {
  return source
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const equals = pair.indexOf("=");
      const [name, value] = equals < 0 ? [pair, ""] : [pair.slice(0, equals), pair.slice(equals + 1)];
      return [decode(name.replaceAll("+", " ")), decode(value.replaceAll("+", " "))];
    });
}

const SIGNING_PARAMETERS =
  /^x-amz-(algorithm|credential|date|expires|signedheaders|signature|security-token|content-sha256)$/;

function readHeaders(http: IncomingMessage, query: [string, string][]): Map<string, string> {
  const headers = new Map<string, string>();
  if (query.some(([name]) => name === "X-Amz-Signature")) {
    for (const [name, value] of query) {
      const lower = name.toLowerCase();
      if (lower.startsWith("x-amz-") && !SIGNING_PARAMETERS.test(lower)) headers.set(lower, value);
    }
  }
  for (const [name, values] of Object.entries(http.headersDistinct)) {
    if (values !== undefined) headers.set(name, values.join(","));
  }
  return headers;
}

function decode(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch (cause) {
    throw new S3Error("InvalidURI", "Couldn't parse the specified URI.", { URI: encoded }, { cause });
  }
}
