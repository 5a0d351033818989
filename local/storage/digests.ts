import { createHash, type Hash } from "node:crypto";
import { crc32 } from "node:zlib";
import { notImplemented, S3Error } from "./error.ts";

/** A checksum that the client gave and that was found right; returned to whoever asks with `x-amz-checksum-mode`. */
export interface Checksum {
  /** `x-amz-checksum-crc32`, `…-sha1` or `…-sha256`. */
  header: string;
  /** Base64. */
  value: string;
}

/** What a body must hash to. */
export interface ExpectedDigests {
  /** Hexadecimal, from `x-amz-content-sha256`. */
  sha256: string | undefined;
  /** Base64, from `Content-MD5`. */
  md5: string | undefined;
  /** The checksum's header; its value comes with it or, for a trailer, only after the body. */
  checksum: { header: string; value(): string | undefined } | undefined;
}

const CHECKSUM_HEADER = /^x-amz-checksum-(crc32|crc32c|crc64nvme|md5|sha1|sha256|sha512|xxhash\w+)$/;

/** The checksum header among these header names. Throws `NotImplemented` for algorithms beyond CRC-32, SHA-1, SHA-256. */
export function checksumHeader(names: Iterable<string>): string | undefined {
  const header = [...names].find((name) => CHECKSUM_HEADER.test(name));
  if (header !== undefined && !Object.hasOwn(CHECKSUMS, header)) throw notImplemented(`The checksum header ${header}`);
  return header;
}

/** Passes the body on and throws `BadDigest` or `XAmzContentSHA256Mismatch` at its end if it is not what was announced. */
export async function* verifyDigests(source: AsyncIterable<Buffer>, expected: ExpectedDigests): AsyncGenerator<Buffer> {
  const sha256 = expected.sha256 === undefined ? undefined : createHash("sha256");
  const md5 = expected.md5 === undefined ? undefined : createHash("md5");
  const checksum = expected.checksum && CHECKSUMS[expected.checksum.header]?.();
  for await (const chunk of source) {
    sha256?.update(chunk);
    md5?.update(chunk);
    checksum?.update(chunk);
    yield chunk;
  }
  if (sha256 && sha256.digest("hex") !== expected.sha256?.toLowerCase()) {
    throw new S3Error(
      "XAmzContentSHA256Mismatch",
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    );
  }
  if (md5) checkMd5(md5.digest("base64"), expected.md5 ?? "");
  if (expected.checksum && checksum)
    checkChecksum(expected.checksum.header, checksum.digest(), expected.checksum.value());
}

function checkMd5(actual: string, expected: string): void {
  if (Buffer.from(expected, "base64").length !== 16) {
    throw new S3Error("InvalidDigest", "The Content-MD5 you specified was invalid.");
  }
  if (actual !== expected) {
    throw new S3Error("BadDigest", "The Content-MD5 you specified did not match what we received.");
  }
}

function checkChecksum(header: string, actual: string, expected: string | undefined): void {
  const algorithm = header.slice("x-amz-checksum-".length).toUpperCase();
  if (expected === undefined) {
    throw new S3Error("InvalidRequest", `The ${header} trailer that was announced did not arrive.`);
  }
  if (actual !== expected) {
    throw new S3Error("BadDigest", `The ${algorithm} you specified did not match the calculated checksum.`);
  }
}

const CHECKSUMS: Record<string, () => { update(chunk: Buffer): void; digest(): string }> = {
  "x-amz-checksum-crc32": () => {
    let value = 0;
    return {
      update: (chunk) => {
        value = crc32(chunk, value);
      },
      digest: () => {
        const bytes = Buffer.alloc(4);
        bytes.writeUInt32BE(value);
        return bytes.toString("base64");
      },
    };
  },
  "x-amz-checksum-sha1": () => hashChecksum(createHash("sha1")),
  "x-amz-checksum-sha256": () => hashChecksum(createHash("sha256")),
};

function hashChecksum(hash: Hash): { update(chunk: Buffer): void; digest(): string } {
  return {
    update: (chunk) => {
      hash.update(chunk);
    },
    digest: () => hash.digest("base64"),
  };
}
