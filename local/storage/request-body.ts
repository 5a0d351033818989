import type { IncomingMessage } from "node:http";
import type { Authentication } from "./authenticate.ts";
import { decodeAwsChunked } from "./aws-chunked.ts";
import { type Checksum, checksumHeader, verifyDigests } from "./digests.ts";
import { notImplemented, S3Error, tooLarge } from "./error.ts";
import type { S3Request } from "./s3-request.ts";

/** S3's limit for one PUT, and for one part. */
export const MAX_PUT_BYTES = 5 * 1024 ** 3;

/** A request's payload, freed of its transfer format. */
export interface RequestBody {
  /** Throws at its end if signatures, digests or lengths do not hold: nothing may become visible before. */
  stream: AsyncIterable<Buffer>;
  /** The client's checksum, once the stream has ended. */
  checksum(): Checksum | undefined;
}

/** Throws `MissingContentLength`, `EntityTooLarge` and `NotImplemented` before any byte is read. */
export function readBody(request: S3Request, authentication: Authentication, maxBytes: number): RequestBody {
  const { headers } = request;
  const { payloadHash, chunkSigning } = authentication;
  const streaming = payloadHash.startsWith("STREAMING-");
  const length = bodyLength(headers, streaming);
  if (length > maxBytes) throw tooLarge(length, maxBytes);

  const trailers = new Map<string, string>();
  const announced = (headers.get("x-amz-trailer") ?? "")
    .toLowerCase()
    .split(",")
    .map((name) => name.trim());
  const trailing = checksumHeader(announced);
  const leading = checksumHeader(headers.keys());
  const header = trailing ?? leading;
  const value = () => (header === undefined ? undefined : trailing ? trailers.get(header) : headers.get(header));

  const raw = httpBody(request.http);
  const decoded = streaming ? decodeAwsChunked(raw, { ...streamingFormat(payloadHash, chunkSigning), trailers }) : raw;
  const stream = verifyDigests(exactLength(decoded, length), {
    sha256: streaming || payloadHash === "UNSIGNED-PAYLOAD" ? undefined : payloadHash,
    md5: headers.get("content-md5"),
    checksum: header === undefined ? undefined : { header, value },
  });
  return {
    stream,
    checksum: () => {
      const given = value();
      return header === undefined || given === undefined ? undefined : { header, value: given };
    },
  };
}

/** Reads a small document whole. Throws `MaxMessageLengthExceeded` beyond `maxBytes`. */
export async function readText(request: S3Request, authentication: Authentication, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of readBody(request, authentication, MAX_PUT_BYTES).stream) {
    size += chunk.length;
    if (size > maxBytes) throw new S3Error("MaxMessageLengthExceeded", "Your request was too big.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function bodyLength(headers: Map<string, string>, streaming: boolean): number {
  const length = headers.get(streaming ? "x-amz-decoded-content-length" : "content-length");
  if (length === undefined || !/^\d{1,15}$/.test(length)) {
    throw new S3Error("MissingContentLength", "You must provide the Content-Length HTTP header.");
  }
  return Number(length);
}

function streamingFormat(payloadHash: string, chunkSigning: Authentication["chunkSigning"]) {
  switch (payloadHash) {
    case "STREAMING-UNSIGNED-PAYLOAD-TRAILER":
      return { chunkSigning: undefined, hasTrailer: true };
    case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD":
      return { chunkSigning, hasTrailer: false };
    case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER":
      return { chunkSigning, hasTrailer: true };
    default:
      throw notImplemented(`The payload format ${payloadHash}`);
  }
}

// Leaves the request open when the consumer stops early: the refusal has yet to be answered on the same connection.
async function* httpBody(http: IncomingMessage): AsyncGenerator<Buffer> {
  for await (const chunk of http.iterator({ destroyOnReturn: false })) yield chunk;
  if (!http.complete) throw incomplete();
}

async function* exactLength(source: AsyncIterable<Buffer>, length: number): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > length) throw incomplete();
    yield chunk;
  }
  if (size !== length) throw incomplete();
}

function incomplete(): S3Error {
  return new S3Error(
    "IncompleteBody",
    "You did not provide the number of bytes specified by the Content-Length HTTP header",
  );
}
