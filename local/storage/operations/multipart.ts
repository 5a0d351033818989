import { createHash } from "node:crypto";
import { readAttributes } from "../attributes.ts";
import { S3Error } from "../error.ts";
import { concatenate, type Part } from "../multipart-uploads.ts";
import { writePrecondition } from "../preconditions.ts";
import { MAX_PUT_BYTES, readBody, readText } from "../request-body.ts";
import { queryValue, type S3Request } from "../s3-request.ts";
import { childText, parseXml, renderXml, type XmlElement } from "../xml.ts";
import { type OperationContext, sendXml } from "./context.ts";

const MAX_PARTS = 10_000;
const MIN_PART_BYTES = 5 * 1024 * 1024;
const MAX_OBJECT_BYTES = 5 * 1024 ** 4;
const MAX_DOCUMENT_BYTES = 4 * 1024 * 1024;

/** `CreateMultipartUpload`. */
export async function createMultipartUpload({ uploads, bucket, request, response }: OperationContext): Promise<void> {
  const attributes = readAttributes(request.headers);
  const initiated = new Date().toISOString();
  const UploadId = await uploads.create({ bucket: bucket.name, key: request.key, initiated, attributes });
  const result = { Bucket: bucket.name, Key: request.key, UploadId };
  sendXml(response, 200, renderXml("InitiateMultipartUploadResult", result));
}

/** `UploadPart`. */
export async function uploadPart(context: OperationContext): Promise<void> {
  const { store, uploads, bucket, request, response, authentication } = context;
  const id = uploadId(request);
  const number = Number(queryValue(request, "partNumber"));
  if (!Number.isInteger(number) || number < 1 || number > MAX_PARTS) {
    throw new S3Error("InvalidArgument", "Part number must be an integer between 1 and 10000, inclusive", {
      ArgumentName: "partNumber",
    });
  }
  await uploads.get(id, bucket.name, request.key);
  const body = readBody(request, authentication, MAX_PUT_BYTES);
  const staged = await store.stage(body.stream, MAX_PUT_BYTES);
  try {
    await uploads.addPart(id, number, staged);
  } finally {
    await store.discard(staged);
  }
  const checksum = body.checksum();
  if (checksum !== undefined) response.setHeader(checksum.header, checksum.value);
  response.writeHead(200, { etag: `"${staged.md5.toString("hex")}"`, "content-length": 0 }).end();
}

/** `CompleteMultipartUpload`: joins the listed parts into one object and forgets the upload. */
export async function completeMultipartUpload(context: OperationContext): Promise<void> {
  const { store, uploads, bucket, request, response, authentication } = context;
  const id = uploadId(request);
  const { attributes } = await uploads.get(id, bucket.name, request.key);
  const document = parseXml(await readText(request, authentication, MAX_DOCUMENT_BYTES));
  const parts = selectParts(document, await uploads.parts(id));
  const precondition = writePrecondition(request.headers);
  precondition?.(await store.read(bucket.name, request.key));

  const md5 = createHash("md5");
  for (const part of parts) md5.update(part.eTag, "hex");
  const staged = await store.stage(concatenate(parts), MAX_OBJECT_BYTES);
  const record = await store.commit({
    bucket: bucket.name,
    key: request.key,
    staged,
    eTag: `${md5.digest("hex")}-${parts.length}`,
    attributes,
    checksum: undefined,
    eventName: "ObjectCreated:CompleteMultipartUpload",
    ...(precondition && { precondition }),
  });
  await uploads.remove(id);
  const Location = `http://${request.headers.get("host") ?? ""}${encodeURI(request.path)}`;
  const result = { Location, Bucket: bucket.name, Key: request.key, ETag: `"${record.eTag}"` };
  sendXml(response, 200, renderXml("CompleteMultipartUploadResult", result));
}

/** `AbortMultipartUpload`. */
export async function abortMultipartUpload({ uploads, bucket, request, response }: OperationContext): Promise<void> {
  const id = uploadId(request);
  await uploads.get(id, bucket.name, request.key);
  await uploads.remove(id);
  response.writeHead(204).end();
}

/** `ListParts`. */
export async function listParts({ uploads, bucket, request, response }: OperationContext): Promise<void> {
  const id = uploadId(request);
  await uploads.get(id, bucket.name, request.key);
  const marker = readCount(request, "part-number-marker", 0);
  const maxParts = Math.min(readCount(request, "max-parts", 1000), 1000);
  const remaining = (await uploads.parts(id)).filter(({ number }) => number > marker);
  const page = remaining.slice(0, maxParts);
  const isTruncated = remaining.length > page.length;
  const result = {
    Bucket: bucket.name,
    Key: request.key,
    UploadId: id,
    PartNumberMarker: marker,
    NextPartNumberMarker: isTruncated ? (page.at(-1)?.number ?? marker) : undefined,
    MaxParts: maxParts,
    IsTruncated: isTruncated,
    StorageClass: "STANDARD",
    Part: page.map(({ number, lastModified, eTag, size }) => ({
      PartNumber: number,
      LastModified: lastModified.toISOString(),
      ETag: `"${eTag}"`,
      Size: size,
    })),
  };
  sendXml(response, 200, renderXml("ListPartsResult", result));
}

function selectParts(document: XmlElement, uploaded: Part[]): Part[] {
  const listed = document.children.filter((child) => child.name === "Part");
  if (document.name !== "CompleteMultipartUpload" || listed.length === 0 || listed.length > MAX_PARTS) {
    throw new S3Error(
      "MalformedXML",
      "The XML you provided was not well-formed or did not validate against our published schema",
    );
  }
  const byNumber = new Map(uploaded.map((part) => [part.number, part]));
  let previous = 0;
  const parts = listed.map((element) => {
    const number = Number(childText(element, "PartNumber"));
    const eTag = (childText(element, "ETag") ?? "").replaceAll('"', "");
    if (!(number > previous)) {
      throw new S3Error(
        "InvalidPartOrder",
        "The list of parts was not in ascending order. Parts must be ordered by part number.",
      );
    }
    previous = number;
    const part = byNumber.get(number);
    if (part?.eTag === eTag) return part;
    throw new S3Error(
      "InvalidPart",
      "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
      { PartNumber: String(number), ETag: eTag },
    );
  });
  const small = parts.slice(0, -1).find(({ size }) => size < MIN_PART_BYTES);
  if (small === undefined) return parts;
  throw new S3Error("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", {
    ProposedSize: String(small.size),
    MinSizeAllowed: String(MIN_PART_BYTES),
    PartNumber: String(small.number),
  });
}

function uploadId(request: S3Request): string {
  return queryValue(request, "uploadId") ?? "";
}

function readCount(request: S3Request, name: string, fallback: number): number {
  const value = queryValue(request, name) ?? String(fallback);
  if (/^\d{1,10}$/.test(value)) return Number(value);
  throw new S3Error("InvalidArgument", `Provided ${name} not an integer or within integer range`, {
    ArgumentName: name,
    ArgumentValue: value,
  });
}
