import { createHash } from "node:crypto";
import type { Authentication } from "./authenticate.ts";
import { S3Error } from "./error.ts";
import { EMPTY_SHA256, sha256Hex, sign, signaturesEqual } from "./signature-v4.ts";

const MAX_LINE_BYTES = 4096;

export interface AwsChunkedOptions {
  /** Present when every chunk carries a signature (`STREAMING-AWS4-HMAC-SHA256-PAYLOAD` and `…-TRAILER`). */
  chunkSigning: Authentication["chunkSigning"] | undefined;
  /** Whether trailing headers are announced; with `chunkSigning` they must be signed. */
  hasTrailer: boolean;
  /** Receives the trailing headers, lower-case, before the iteration ends. */
  trailers: Map<string, string>;
}

/**
 * Decodes `Content-Encoding: aws-chunked` while it streams, and checks the chunks' chained signatures (Amazon S3 API
 * reference, "Signature calculations: transferring a payload in multiple chunks" and "… including trailing headers").
 * Throws `SignatureDoesNotMatch`, or `IncompleteBody` when the framing is broken or the end is missing; data of a
 * chunk is passed on before its signature is known, so nothing may become visible before the iteration has ended.
 */
export async function* decodeAwsChunked(
  source: AsyncIterable<Buffer>,
  { chunkSigning, hasTrailer, trailers }: AwsChunkedOptions,
): AsyncGenerator<Buffer> {
  const input = new ByteReader(source);
  let previous = chunkSigning?.seedSignature ?? "";
  for (;;) {
    const header = /^([0-9a-f]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/i.exec(await input.line());
    if (header === null) throw incomplete("A chunk header is malformed.");
    const size = Number.parseInt(header[1] ?? "", 16);
    const hash = chunkSigning && createHash("sha256");
    for await (const data of input.take(size)) {
      hash?.update(data);
      yield data;
    }
    if (chunkSigning && hash) {
      previous = verifyChunk(chunkSigning, previous, hash.digest("hex"), header[2] ?? "");
    }
    if (size === 0) break;
    if ((await input.line()) !== "") throw incomplete("A chunk is longer than it says.");
  }
  if (hasTrailer) {
    for (let line = await input.lineOrEnd(); line !== undefined && line !== ""; line = await input.lineOrEnd()) {
      const colon = line.indexOf(":");
      if (colon < 1) throw incomplete("A trailing header is malformed.");
      trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
    }
    if (chunkSigning) verifyTrailers(chunkSigning, previous, trailers);
  }
  await input.drain();
}

type ChunkSigning = Authentication["chunkSigning"];

function verifyChunk({ signingKey, time, scope }: ChunkSigning, previous: string, hash: string, given: string): string {
  const stringToSign = ["AWS4-HMAC-SHA256-PAYLOAD", time, scope, previous, EMPTY_SHA256, hash].join("\n");
  const expected = sign(signingKey, stringToSign);
  if (!signaturesEqual(expected, given)) throw chunkMismatch();
  return expected;
}

function verifyTrailers(
  { signingKey, time, scope }: ChunkSigning,
  previous: string,
  trailers: Map<string, string>,
): void {
  const given = trailers.get("x-amz-trailer-signature") ?? "";
  trailers.delete("x-amz-trailer-signature");
  const lines = [...trailers].map(([name, value]) => `${name}:${value}\n`).sort();
  const stringToSign = ["AWS4-HMAC-SHA256-TRAILER", time, scope, previous, sha256Hex(lines.join(""))].join("\n");
  if (!signaturesEqual(sign(signingKey, stringToSign), given)) throw chunkMismatch();
}

function chunkMismatch(): S3Error {
  return new S3Error(
    "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
  );
}

function incomplete(why: string): S3Error {
  return new S3Error("IncompleteBody", `The request body terminated unexpectedly. ${why}`);
}

/** Reads lines and counted bytes from chunks of any size, holding one chunk at a time. */
class ByteReader {
  readonly #source: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next line without its CRLF. */
  async line(): Promise<string> {
    const line = await this.lineOrEnd();
    if (line === undefined) throw incomplete("The last chunk is missing.");
    return line;
  }

  async lineOrEnd(): Promise<string | undefined> {
    for (;;) {
      const end = this.#rest.indexOf("\r\n");
      if (end >= 0) {
        const line = this.#rest.toString("utf8", 0, end);
        this.#rest = this.#rest.subarray(end + 2);
        return line;
      }
      if (this.#rest.length > MAX_LINE_BYTES) throw incomplete("A line is too long.");
      const next = await this.#next();
      if (next === undefined) {
        if (this.#rest.length > 0) throw incomplete("A line has no end.");
        return undefined;
      }
      this.#rest = Buffer.concat([this.#rest, next]);
    }
  }

  async *take(size: number): AsyncGenerator<Buffer> {
    for (let left = size; left > 0; ) {
      if (this.#rest.length === 0) {
        const next = await this.#next();
        if (next === undefined) throw incomplete("A chunk is shorter than it says.");
        this.#rest = next;
      }
      const data = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(data.length);
      left -= data.length;
      yield data;
    }
  }

  /** Reads to the end, so that the connection can be used again; only the final CRLF may be left. */
  async drain(): Promise<void> {
    for (let next: Buffer | undefined = this.#rest; next !== undefined; next = await this.#next()) {
      if (next.toString("latin1").trim() !== "") throw incomplete("There is something after the last chunk.");
    }
  }

  async #next(): Promise<Buffer | undefined> {
    const { done, value } = await this.#source.next();
    return done === true ? undefined : value;
  }
}
