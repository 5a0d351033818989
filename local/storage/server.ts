import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { BucketSpec } from "../template/deployment.ts";
import { type Account, authenticate } from "./authenticate.ts";
import { answerPreflight, setCorsHeaders } from "./cors.ts";
import { operationOf } from "./dispatch.ts";
import { notImplemented, S3Error } from "./error.ts";
import type { MultipartUploads } from "./multipart-uploads.ts";
import type { ObjectStore } from "./object-store.ts";
import { postObject } from "./operations/post-object.ts";
import { readS3Request } from "./s3-request.ts";
import { renderXml } from "./xml.ts";

const HEADERS_TIMEOUT_MS = 20_000;
/** How long a refused upload may go on sending before the connection is cut; its answer has been sent by then. */
const LINGER_MS = 10_000;

export interface S3ServerOptions {
  store: ObjectStore;
  uploads: MultipartUploads;
  account: Account;
  buckets: BucketSpec[];
  /** After so much silence in a request's body the connection is cut. */
  idleTimeoutMs: number;
  log(line: string): void;
}

/** The HTTP side: which bucket, CORS, who asks, which operation, and errors as S3 words them. Not yet listening. */
export function createS3Server(options: S3ServerOptions): Server {
  const server = createServer((request, response) => {
    const requestId = randomBytes(8).toString("hex").toUpperCase();
    response.setHeader("x-amz-request-id", requestId);
    cutWhenIdle(request, options.idleTimeoutMs);
    handle(request, response, options).catch((error: unknown) => {
      try {
        sendError(request, response, requestId, asS3Error(error, request, response, options.log));
      } catch (failure) {
        options.log(`${request.method} ${requestId}: ${failure}`);
        response.destroy();
      }
    });
  });
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  // A large upload may take as long as it keeps moving.
  server.requestTimeout = 0;
  return server;
}

async function handle(http: IncomingMessage, response: ServerResponse, options: S3ServerOptions): Promise<void> {
  const request = readS3Request(http);
  if (request.bucket === "") throw notImplemented("ListBuckets");
  const bucket = options.buckets.find(({ name }) => name === request.bucket);
  if (bucket === undefined) {
    throw new S3Error("NoSuchBucket", "The specified bucket does not exist", { BucketName: request.bucket });
  }
  if (request.method === "OPTIONS") {
    answerPreflight(request, response, bucket.cors);
    return;
  }
  setCorsHeaders(request, response, bucket.cors);
  const context = { ...options, bucket, request, response };
  if (request.method === "POST" && request.key === "" && isForm(http)) {
    await postObject(context);
    return;
  }
  const authentication = authenticate(request, options.account, new Date());
  await operationOf(request)({ ...context, authentication });
}

function isForm(http: IncomingMessage): boolean {
  return /^multipart\/form-data\b/i.test(http.headers["content-type"] ?? "");
}

function cutWhenIdle(request: IncomingMessage, idleTimeoutMs: number): void {
  if (!hasBody(request)) return;
  const { socket } = request;
  const cut = () => socket.destroy();
  socket.setTimeout(idleTimeoutMs, cut);
  const stop = () => {
    socket.setTimeout(0);
    socket.off("timeout", cut);
  };
  request.once("end", stop);
  request.once("close", stop);
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

function asS3Error(
  error: unknown,
  request: IncomingMessage,
  response: ServerResponse,
  log: (line: string) => void,
): S3Error {
  if (error instanceof S3Error) return error;
  // A client that went away is no fault of ours and reads no answer.
  if (!request.socket.destroyed && !response.destroyed) {
    log(`${request.method} ${request.url?.split("?")[0]}: ${error instanceof Error ? error.stack : error}`);
  }
  return new S3Error("InternalError", "We encountered an internal error. Please try again.", {}, { cause: error });
}

function sendError(request: IncomingMessage, response: ServerResponse, requestId: string, error: S3Error): void {
  if (response.headersSent || request.socket.destroyed) {
    response.destroy();
    return;
  }
  for (const name of response.getHeaderNames()) {
    if (!/^(x-amz-request-id|vary|access-control-.*)$/.test(name)) response.removeHeader(name);
  }
  const { code, message, details } = error;
  const content = { Code: code, Message: message, ...details, RequestId: requestId, HostId: "local" };
  const body = Buffer.from(renderXml("Error", content, { namespace: false }));
  response.setHeader("content-type", "application/xml");
  response.setHeader("content-length", body.length);
  const unread = hasBody(request) && !request.readableEnded;
  if (unread) response.setHeader("connection", "close");
  response.writeHead(error.status);
  if (!unread) {
    response.end(request.method === "HEAD" ? undefined : body);
    return;
  }
  // Closing while the client is still sending would make it see a broken connection instead of the answer.
  response.write(body);
  const end = () => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(() => request.socket.destroy(), LINGER_MS);
  request.once("end", end);
  request.once("close", end);
  request.resume();
}
