import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** The `Credential` of a signature: `accessKeyId/yyyymmdd/region/service/aws4_request`. */
export interface CredentialScope {
  accessKeyId: string;
  date: string;
  region: string;
  service: string;
}

/** The parts of an HTTP request that Signature Version 4 covers. */
export interface SignedRequest {
  method: string;
  /** Decoded; S3 encodes a path once and does not normalize it. */
  path: string;
  /** Decoded, without the signature itself. */
  query: [name: string, value: string][];
  headers: [name: string, value: string][];
  payloadHash: string;
}

export const ALGORITHM = "AWS4-HMAC-SHA256";
export const EMPTY_SHA256 = sha256Hex("");

export function sha256Hex(data: string): string {
  return createHash("sha256").update(data).digest("hex");
}

/** Reads a credential, or answers `undefined` when it has not the five parts. An access key id may contain slashes. */
export function parseCredential(credential: string): CredentialScope | undefined {
  const match = /^(.+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request$/.exec(credential);
  if (match === null) return undefined;
  const [, accessKeyId = "", date = "", region = "", service = ""] = match;
  return { accessKeyId, date, region, service };
}

/** The key that signs for one day, region and service (AWS General Reference, "Create a signed AWS API request", step 4). */
export function deriveSigningKey(secretAccessKey: string, scope: CredentialScope): Buffer {
  const date = hmac(`AWS4${secretAccessKey}`, scope.date);
  return hmac(hmac(hmac(date, scope.region), scope.service), "aws4_request");
}

/** What is signed for a request: algorithm, time (`yyyymmddThhmmssZ`), scope, hash of the canonical request. */
export function requestStringToSign(request: SignedRequest, time: string, scope: CredentialScope): string {
  return [ALGORITHM, time, scopePath(scope), sha256Hex(canonicalRequest(request))].join("\n");
}

/** `yyyymmdd/region/service/aws4_request`. */
export function scopePath(scope: CredentialScope): string {
  return `${scope.date}/${scope.region}/${scope.service}/aws4_request`;
}

/** The signature in lower-case hexadecimal. */
export function sign(signingKey: Buffer, stringToSign: string): string {
  return hmac(signingKey, stringToSign).toString("hex");
}

/** Compares signatures in a time that does not depend on where they differ. */
export function signaturesEqual(expected: string, given: string): boolean {
  const a = Buffer.from(expected);
  const b = Buffer.from(given);
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Percent-encodes all but `A–Z a–z 0–9 - . _ ~`, which is stricter than `encodeURIComponent`. */
export function uriEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Like {@link uriEncode}, leaving slashes. */
export function uriEncodePath(path: string): string {
  return path.split("/").map(uriEncode).join("/");
}

function canonicalRequest({ method, path, query, headers, payloadHash }: SignedRequest): string {
  const sortedQuery = query.map(([name, value]) => [uriEncode(name), uriEncode(value)] as const).sort(byNameThenValue);
  const sortedHeaders = headers.toSorted(byNameThenValue);
  return [
    method,
    uriEncodePath(path),
    sortedQuery.map(([name, value]) => `${name}=${value}`).join("&"),
    ...sortedHeaders.map(([name, value]) => `${name}:${value.trim().replace(/ +/g, " ")}`),
    "",
    sortedHeaders.map(([name]) => name).join(";"),
    payloadHash,
  ].join("\n");
}

type Pair = readonly [name: string, value: string];

function byNameThenValue([nameA, valueA]: Pair, [nameB, valueB]: Pair): number {
  if (nameA !== nameB) return nameA < nameB ? -1 : 1;
  return valueA < valueB ? -1 : valueA > valueB ? 1 : 0;
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac("sha256", key).update(data).digest();
}
