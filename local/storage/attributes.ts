import { notImplemented, S3Error } from "./error.ts";
import type { ObjectAttributes } from "./object-record.ts";

const KEPT_HEADERS = [
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-type",
  "expires",
];
const METADATA_PREFIX = "x-amz-meta-";
const MAX_METADATA_BYTES = 2048;

/** `x-amz-*` names that a write may carry and that are dealt with elsewhere or make no difference here. */
const HARMLESS =
  /^x-amz-(meta-.*|content-sha256|date|decoded-content-length|trailer|security-token|user-agent|sdk-.*|te|checksum-.*|copy-source.*|metadata-directive|algorithm|credential|signature|expected-bucket-owner|mp-object-size)$/;

/**
 * What a write says about its object, from request headers or from the fields of a form (names in lower case). Throws
 * `NotImplemented` for an `x-amz-*` feature that would otherwise be silently dropped, and `MetadataTooLarge`.
 */
export function readAttributes(source: ReadonlyMap<string, string>): ObjectAttributes {
  const attributes: ObjectAttributes = { headers: {}, metadata: {} };
  let metadataBytes = 0;
  for (const [name, value] of source) {
    if (KEPT_HEADERS.includes(name)) {
      const kept = name === "content-encoding" ? withoutAwsChunked(value) : value;
      if (kept !== "") attributes.headers[name] = headerValue(kept);
    } else if (name.startsWith(METADATA_PREFIX)) {
      const key = name.slice(METADATA_PREFIX.length);
      metadataBytes += Buffer.byteLength(key) + Buffer.byteLength(value);
      if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(key)) throw new S3Error("InvalidArgument", "Metadata name is invalid.");
      attributes.metadata[key] = value;
    } else if (isStorageOption(name, value)) {
      attributes.headers[name] = value;
    } else if (name.startsWith("x-amz-") && !HARMLESS.test(name)) {
      checkAcl(name, value);
    }
  }
  if (metadataBytes > MAX_METADATA_BYTES) {
    throw new S3Error("MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size", {
      Size: String(metadataBytes),
      MaxSizeAllowed: String(MAX_METADATA_BYTES),
    });
  }
  attributes.headers["content-type"] ??= "binary/octet-stream";
  return attributes;
}

/** The response headers that give an object's attributes back. */
export function attributeHeaders({ headers, metadata }: ObjectAttributes): Record<string, string> {
  const named = Object.entries(metadata).map(([key, value]) => [`${METADATA_PREFIX}${key}`, encodedHeaderValue(value)]);
  return { ...headers, ...Object.fromEntries(named) };
}

/** Throws `InvalidArgument` for a value that cannot stand in an HTTP header. */
export function headerValue(value: string): string {
  if (/[^\t\u0020-\u007e\u0080-\u00ff]/.test(value)) {
    throw new S3Error("InvalidArgument", "Header value cannot be represented using ISO-8859-1.", {
      ArgumentValue: value,
    });
  }
  return value;
}

// S3 gives metadata beyond Latin-1 back as RFC 2047 writes it.
function encodedHeaderValue(value: string): string {
  return /^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(value)
    ? value
    : `=?UTF-8?B?${Buffer.from(value).toString("base64")}?=`;
}

function withoutAwsChunked(encoding: string): string {
  const codings = encoding.split(",").map((coding) => coding.trim());
  return codings.filter((coding) => coding.toLowerCase() !== "aws-chunked").join(",");
}

function isStorageOption(name: string, value: string): boolean {
  if (name === "x-amz-storage-class") return value === "STANDARD" || value === "INTELLIGENT_TIERING";
  return name === "x-amz-server-side-encryption" && value === "AES256";
}

// Buckets made by the CDK have object ownership enforced, which refuses lists that would grant anything.
function checkAcl(name: string, value: string): void {
  if (name === "x-amz-acl" || name.startsWith("x-amz-grant-")) {
    if (value === "private" || value === "bucket-owner-full-control") return;
    throw new S3Error("AccessControlListNotSupported", "The bucket does not allow ACLs");
  }
  throw notImplemented(`${name}: ${value}`);
}
