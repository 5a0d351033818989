import { notImplemented, S3Error } from "./error.ts";
import type { OperationContext } from "./operations/context.ts";
import { sendXml } from "./operations/context.ts";
import { copyObject } from "./operations/copy-object.ts";
import { deleteObject, deleteObjects } from "./operations/delete-objects.ts";
import { getObject } from "./operations/get-object.ts";
import { listObjects } from "./operations/list-objects.ts";
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  listParts,
  uploadPart,
} from "./operations/multipart.ts";
import { putObject } from "./operations/put-object.ts";
import { queryValue, type S3Request } from "./s3-request.ts";
import { renderXml } from "./xml.ts";

type Operation = (context: OperationContext) => Promise<void> | void;

/** Parameters that turn a request into another operation, or another version of the object, than those played here. */
const OTHER_FEATURES = new Set(
  "accelerate acl analytics attributes cors encryption intelligent-tiering inventory legal-hold lifecycle logging metadataTable metrics notification object-lock ownershipControls partNumber policy policyStatus publicAccessBlock rename replication requestPayment restore retention select session tagging torrent uploads versionId versioning versions website".split(
    " ",
  ),
);

/** The operation that a request asks for. Throws `NotImplemented`, naming it, when it is not played here. */
export function operationOf(request: S3Request): Operation {
  const { operation, features } = request.key === "" ? bucketOperation(request) : objectOperation(request);
  const other = request.query.find(([name, value]) => {
    if (features.includes(name) || (name === "versionId" && value === "null")) return false;
    return OTHER_FEATURES.has(name);
  });
  if (other !== undefined) throw notImplemented(`${request.method} with ?${other[0]}`);
  return operation;
}

interface Selected {
  operation: Operation;
  /** Those of {@link OTHER_FEATURES} that this operation does know. */
  features: string[];
}

function objectOperation(request: S3Request): Selected {
  const has = (name: string) => queryValue(request, name) !== undefined;
  switch (request.method) {
    case "GET":
      if (has("uploadId")) return { operation: listParts, features: [] };
      return { operation: getObject, features: [] };
    case "HEAD":
      return { operation: getObject, features: [] };
    case "PUT":
      if (has("uploadId")) {
        if (request.headers.has("x-amz-copy-source")) throw notImplemented("UploadPartCopy");
        return { operation: uploadPart, features: ["partNumber"] };
      }
      if (request.headers.has("x-amz-copy-source")) return { operation: copyObject, features: [] };
      return { operation: putObject, features: [] };
    case "POST":
      if (has("uploads")) return { operation: createMultipartUpload, features: ["uploads"] };
      if (has("uploadId")) return { operation: completeMultipartUpload, features: [] };
      throw methodNotAllowed(request);
    case "DELETE":
      if (has("uploadId")) return { operation: abortMultipartUpload, features: [] };
      return { operation: deleteObject, features: [] };
    default:
      throw methodNotAllowed(request);
  }
}

function bucketOperation(request: S3Request): Selected {
  const has = (name: string) => queryValue(request, name) !== undefined;
  switch (request.method) {
    case "HEAD":
      return { operation: headBucket, features: [] };
    case "GET":
      if (has("location")) return { operation: getBucketLocation, features: [] };
      if (queryValue(request, "list-type") === "2") return { operation: listObjects, features: [] };
      return { operation: listObjectsV1, features: [] };
    case "POST":
      if (has("delete")) return { operation: deleteObjects, features: [] };
      throw methodNotAllowed(request);
    case "PUT":
    case "DELETE":
      return { operation: changeBucket, features: [] };
    default:
      throw methodNotAllowed(request);
  }
}

function headBucket({ account, response }: OperationContext): void {
  response.writeHead(200, { "x-amz-bucket-region": account.region }).end();
}

function getBucketLocation({ account, response }: OperationContext): void {
  // us-east-1 is the region that has no name here.
  const region = account.region === "us-east-1" ? "" : account.region;
  sendXml(response, 200, renderXml("LocationConstraint", region));
}

function listObjectsV1(): never {
  throw notImplemented("ListObjects version 1");
}

function changeBucket(): never {
  throw notImplemented("Creating, changing or deleting a bucket (the template declares them)");
}

function methodNotAllowed({ method }: S3Request): S3Error {
  return new S3Error("MethodNotAllowed", "The specified method is not allowed against this resource.", {
    Method: method,
    ResourceType: "OBJECT",
  });
}
