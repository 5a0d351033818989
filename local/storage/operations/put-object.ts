import { readAttributes } from "../attributes.ts";
import { writePrecondition } from "../preconditions.ts";
import { MAX_PUT_BYTES, readBody } from "../request-body.ts";
import type { OperationContext } from "./context.ts";

/** `PutObject`. */
export async function putObject(context: OperationContext): Promise<void> {
  const { store, bucket, request, response, authentication } = context;
  const attributes = readAttributes(request.headers);
  const precondition = writePrecondition(request.headers);
  // Also before the upload, so that a condition that already fails costs no transfer.
  precondition?.(await store.read(bucket.name, request.key));
  const body = readBody(request, authentication, MAX_PUT_BYTES);
  const staged = await store.stage(body.stream, MAX_PUT_BYTES);
  const checksum = body.checksum();
  const record = await store.commit({
    bucket: bucket.name,
    key: request.key,
    staged,
    eTag: staged.md5.toString("hex"),
    attributes,
    checksum,
    eventName: "ObjectCreated:Put",
    ...(precondition && { precondition }),
  });
  if (checksum !== undefined) response.setHeader(checksum.header, checksum.value);
  response.writeHead(200, { etag: `"${record.eTag}"`, "content-length": 0 }).end();
}
