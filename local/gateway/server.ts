import { createServer, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { type Incoming, type Part, receive } from "./incoming.ts";
import { type Problem, ProblemError, problemDocument, sendProblem } from "./problem.ts";

export interface GatewayServerOptions {
  /** 0 for any free one. */
  port: number;
  /** One line per request: method, path, status, milliseconds, request id. Never the query, never a header. */
  onAccess: (line: string) => void;
  onError: (message: string) => void;
}

/** The HTTP server of the runner, bound to 127.0.0.1. */
export interface GatewayServer {
  port: number;
  /** Serves `parts` from now on; of several that claim a request the first has it. Before, every request is answered 503. */
  mount(parts: readonly Part[]): void;
  /** Accepts nothing more, lets the requests in flight finish for up to `graceMs`, then cuts them off. */
  close(graceMs: number): Promise<void>;
}

/** Enough for Node to hand over requests that the API's own 10 KB limit then refuses properly. */
const maxHeaderSize = 64 * 1024;

/** Longer than clients keep an idle connection, so that none sends a request into one that is being closed. */
const keepAliveTimeout = 65_000;

/** Listens, or rejects with Node's error (EADDRINUSE, EACCES). */
export async function listen({ port, onAccess, onError }: GatewayServerOptions): Promise<GatewayServer> {
  let parts: readonly Part[] | undefined;
  let isClosing = false;
  const server = createServer({ maxHeaderSize, keepAliveTimeout }, (message, response) => {
    const incoming = receive(message);
    if (isClosing) response.setHeader("connection", "close");
    response.once("close", () => onAccess(accessLine(incoming, response)));
    respond(incoming, response, parts).catch((error: unknown) => fail(incoming, response, error, onError));
  });
  server.on("clientError", refuseUnreadable);

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });

  return {
    port: portOf(server),
    mount(mounted) {
      parts = mounted;
    },
    async close(graceMs) {
      isClosing = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(timer);
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return address.port;
}

async function respond(
  incoming: Incoming,
  response: ServerResponse,
  parts: readonly Part[] | undefined,
): Promise<void> {
  if (!isLoopbackHost(incoming.message.headers.host)) {
    // A foreign name that resolves to 127.0.0.1 would make a foreign page same-origin with us (DNS rebinding).
    throw new ProblemError({ status: 421, detail: "This server answers to localhost only." });
  }
  if (parts === undefined) {
    throw new ProblemError({ status: 503, detail: "QuantiBI is starting.", headers: { "retry-after": "1" } });
  }
  const part = parts.find((candidate) => candidate.claims(incoming));
  if (part === undefined) throw new ProblemError({ status: 404, detail: `There is no ${incoming.path} here.` });
  await part.handle(incoming, response);
}

/** Whether a Host header names this machine: `localhost`, a name below it, 127.0.0.0/8 or ::1, with or without a port. */
function isLoopbackHost(host: string | undefined): boolean {
  const name = host?.toLowerCase().replace(/:\d*$/, "") ?? "";
  return name === "localhost" || name.endsWith(".localhost") || name === "[::1]" || /^127(\.\d{1,3}){3}$/.test(name);
}

function fail(incoming: Incoming, response: ServerResponse, error: unknown, onError: (message: string) => void): void {
  const problem: Problem =
    error instanceof ProblemError ? error.problem : { status: 500, detail: "Something went wrong on our side." };
  if (!(error instanceof ProblemError) && !incoming.message.destroyed) {
    onError(`gateway ${incoming.id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
  if (response.headersSent || response.destroyed) response.destroy();
  else sendProblem(response, problem, incoming.id);
}

function accessLine({ id, method, path, receivedAt }: Incoming, response: ServerResponse): string {
  const status = response.writableFinished ? response.statusCode : "aborted";
  return `${method} ${path} ${status} ${Date.now() - receivedAt.getTime()} ms ${id}`;
}

/** What Node could not parse never becomes a request; the answer is written to the bare socket. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const isTooLong = error.code === "HPE_HEADER_OVERFLOW";
  const body = problemDocument(
    isTooLong ? { status: 431, detail: "The headers are too long." } : { status: 400, detail: "Not an HTTP request." },
    "-",
  );
  const line = isTooLong ? "431 Request Header Fields Too Large" : "400 Bad Request";
  const head = `content-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close`;
  socket.end(`HTTP/1.1 ${line}\r\n${head}\r\n\r\n${body}`);
}
