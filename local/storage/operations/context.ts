import type { ServerResponse } from "node:http";
import type { BucketSpec } from "../../template/deployment.ts";
import type { Account, Authentication } from "../authenticate.ts";
import type { MultipartUploads } from "../multipart-uploads.ts";
import type { ObjectStore } from "../object-store.ts";
import type { S3Request } from "../s3-request.ts";

/** What an operation works with: the storage, and a request whose signature holds. */
export interface OperationContext {
  store: ObjectStore;
  uploads: MultipartUploads;
  account: Account;
  bucket: BucketSpec;
  request: S3Request;
  response: ServerResponse;
  authentication: Authentication;
}

/** Answers with an XML document. */
export function sendXml(response: ServerResponse, status: number, document: string): void {
  const body = Buffer.from(document);
  response.writeHead(status, { "content-type": "application/xml", "content-length": body.length }).end(body);
}
