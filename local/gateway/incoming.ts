import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { ProblemError } from "./problem.ts";

/** A request on its way through the gateway: the raw message and what every part needs to know of it. */
export interface Incoming {
  message: IncomingMessage;
  id: string;
  method: string;
  /** Still percent-encoded, without the query. */
  path: string;
  /** Still percent-encoded, without the `?`. */
  query: string;
  receivedAt: Date;
}

/** One of the things served on the gateway's port: the issuer, the HTTP API, the web app. */
export interface Part {
  claims(incoming: Incoming): boolean;
  handle(incoming: Incoming, response: ServerResponse): Promise<void>;
}

/** Names the request and takes its target apart; an absolute-form target counts by its path. */
export function receive(message: IncomingMessage): Incoming {
  const target = (message.url ?? "/").replace(/^https?:\/\/[^/?]*/i, "");
  const cut = target.indexOf("?");
  const path = cut === -1 ? target : target.slice(0, cut);
  return {
    message,
    // API Gateway's request ids look like "JKJaXmPLvHcESHA=".
    id: `${randomBytes(11).toString("base64url")}=`,
    method: message.method ?? "GET",
    path: path === "" ? "/" : path,
    query: cut === -1 ? "" : target.slice(cut + 1),
    receivedAt: new Date(),
  };
}

/** The whole body, or a 413 {@link ProblemError} once it is longer than `maxBytes`; Node discards what is left of it. */
export async function readBody(message: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const tooLarge = () =>
    new ProblemError({
      status: 413,
      message: "Request Entity Too Large",
      detail: `The body is larger than the ${maxBytes} bytes allowed.`,
    });
  if (Number(message.headers["content-length"] ?? 0) > maxBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  return await new Promise<Buffer>((resolve, reject) => {
    const onData = (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxBytes) {
        message.off("data", onData);
        message.resume();
        reject(tooLarge());
        return;
      }
      chunks.push(chunk);
    };
    message.on("data", onData);
    message.once("end", () => resolve(Buffer.concat(chunks)));
    message.once("error", reject);
    message.once("close", () => reject(new Error("The client went away before its request was complete.")));
  });
}
