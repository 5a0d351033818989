import { notImplemented, S3Error } from "../error.ts";
import { writePrecondition } from "../preconditions.ts";
import { readText } from "../request-body.ts";
import { checkKeyLength } from "../s3-request.ts";
import { childText, parseXml, renderXml, type XmlElement } from "../xml.ts";
import { type OperationContext, sendXml } from "./context.ts";

const MAX_DOCUMENT_BYTES = 4 * 1024 * 1024;
const MAX_KEYS = 1000;

/** `DeleteObject`: 204 whether or not there was one. */
export async function deleteObject({ store, bucket, request, response }: OperationContext): Promise<void> {
  await store.delete(bucket.name, request.key, writePrecondition(request.headers));
  response.writeHead(204).end();
}

/** `DeleteObjects`, up to 1,000 keys; the request must carry a `Content-MD5` or a checksum, as S3 demands. */
export async function deleteObjects(context: OperationContext): Promise<void> {
  const { store, bucket, request, response, authentication } = context;
  const names = [...request.headers.keys()];
  if (!names.some((name) => name === "content-md5" || name.startsWith("x-amz-checksum-") || name === "x-amz-trailer")) {
    throw new S3Error("InvalidRequest", "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
  }
  const document = parseXml(await readText(request, authentication, MAX_DOCUMENT_BYTES));
  const objects = document.children.filter((child) => child.name === "Object");
  if (document.name !== "Delete" || objects.length === 0 || objects.length > MAX_KEYS) throw malformed();
  const keys = objects.map(readKey);
  for (const key of keys) await store.delete(bucket.name, key);
  const quiet = childText(document, "Quiet") === "true";
  sendXml(response, 200, renderXml("DeleteResult", quiet ? "" : { Deleted: keys.map((Key) => ({ Key })) }));
}

function readKey(object: XmlElement): string {
  const key = childText(object, "Key");
  if (key === undefined || key === "" || !key.isWellFormed()) throw malformed();
  const other = object.children.find(({ name, text }) => name !== "Key" && !(name === "VersionId" && text === "null"));
  if (other !== undefined) throw notImplemented(`${other.name} in DeleteObjects`);
  checkKeyLength(key);
  return key;
}

function malformed(): S3Error {
  return new S3Error(
    "MalformedXML",
    "The XML you provided was not well-formed or did not validate against our published schema",
  );
}
