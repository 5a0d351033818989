import type { ServerResponse } from "node:http";
import { readAttributes } from "../attributes.ts";
import { checksumHeader, verifyDigests } from "../digests.ts";
import { S3Error } from "../error.ts";
import type { ObjectRecord } from "../object-record.ts";
import { abandonForm, readPostForm } from "../post-form.ts";
import { verifyPostPolicy } from "../post-policy.ts";
import { MAX_PUT_BYTES } from "../request-body.ts";
import { checkKeyLength } from "../s3-request.ts";
import { uriEncodePath } from "../signature-v4.ts";
import { renderXml } from "../xml.ts";
import { type OperationContext, sendXml } from "./context.ts";

/** `POST` of a browser's form: the policy among its fields is what authorizes it, not a signature of the request. */
export async function postObject(context: Omit<OperationContext, "authentication">): Promise<void> {
  const { store, bucket, account, request, response } = context;
  try {
    const { fields, fileName, file } = await readPostForm(request.http);
    const keyTemplate = fields.get("key");
    if (keyTemplate === undefined || keyTemplate === "") {
      throw new S3Error("InvalidArgument", "Bucket POST must contain a field named 'key'.", { ArgumentName: "key" });
    }
    // S3 expands the variable before it looks at the conditions.
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is S3's variable, not JavaScript's
    const key = keyTemplate.replaceAll("${filename}", () => fileName);
    fields.set("key", key);
    const range = verifyPostPolicy(fields, bucket.name, account, new Date());
    checkKeyLength(key);
    const attributes = readAttributes(fields);

    const header = checksumHeader(fields.keys());
    const checked = verifyDigests(file, {
      sha256: undefined,
      md5: fields.get("content-md5"),
      checksum: header === undefined ? undefined : { header, value: () => fields.get(header) },
    });
    const staged = await store.stage(checked, Math.min(range.max, MAX_PUT_BYTES));
    if (staged.size < range.min) {
      await store.discard(staged);
      throw new S3Error("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", {
        ProposedSize: String(staged.size),
        MinSizeAllowed: String(range.min),
      });
    }
    const record = await store.commit({
      bucket: bucket.name,
      key,
      staged,
      eTag: staged.md5.toString("hex"),
      attributes,
      checksum: undefined,
      eventName: "ObjectCreated:Post",
    });
    answer(response, bucket.name, record, fields, request.headers.get("host") ?? "");
  } catch (error) {
    abandonForm(request.http);
    throw error;
  }
}

function answer(
  response: ServerResponse,
  bucket: string,
  { key, eTag }: ObjectRecord,
  fields: ReadonlyMap<string, string>,
  host: string,
): void {
  const location = `http://${host}/${bucket}/${uriEncodePath(key)}`;
  const redirect = URL.parse(fields.get("success_action_redirect") ?? fields.get("redirect") ?? "");
  response.setHeader("etag", `"${eTag}"`);
  if (redirect !== null) {
    for (const [name, value] of [
      ["bucket", bucket],
      ["key", key],
      ["etag", `"${eTag}"`],
    ] as const) {
      redirect.searchParams.set(name, value);
    }
    response.writeHead(303, { location: redirect.href, "content-length": 0 }).end();
    return;
  }
  response.setHeader("location", location);
  switch (fields.get("success_action_status")) {
    case "200":
      response.writeHead(200, { "content-length": 0 }).end();
      break;
    case "201": {
      const result = { Location: location, Bucket: bucket, Key: key, ETag: `"${eTag}"` };
      sendXml(response, 201, renderXml("PostResponse", result, { namespace: false }));
      break;
    }
    default:
      response.writeHead(204).end();
  }
}
