import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Clock, systemClock } from "../schedules/clock.ts";
import { dueTimes, inputAt, type Schedule } from "./schedule.ts";
import { ScheduleStore } from "./schedule-store.ts";
import { answer, SchedulerError } from "./scheduler-api.ts";

export interface SchedulerOptions {
  /** Where the schedules are kept. */
  file: string;
  region: string;
  accountId: string;
  send(queueName: string, body: string): Promise<void>;
  /** Hands the event over for an asynchronous invocation; need not wait for its end. */
  invokeAsynchronously(functionName: string, event: unknown): void | Promise<void>;
  log(message: string): void;
  clock?: Clock | undefined;
}

export interface Scheduler {
  /** What `AWS_ENDPOINT_URL_SCHEDULER` must be. */
  url: string;
  /** Runs nothing any more. */
  close(): Promise<void>;
}

const maxBodyBytes = 1_000_000;
/** A target that did not take its event is tried again this much later. */
const retryMs = 5_000;

/**
 * Plays the API of EventBridge Scheduler on loopback and runs what is due. What came due while nothing ran here is made up
 * for once. Throws a `StartError` when the file of schedules cannot be read.
 */
export async function startScheduler(options: SchedulerOptions): Promise<Scheduler> {
  const { file, region, accountId, clock = systemClock } = options;
  const store = await ScheduleStore.open(file);
  const stopping = new AbortController();
  let changed = new AbortController();
  const onChange = () => {
    changed.abort();
    changed = new AbortController();
  };
  const api = { store, region, accountId, now: () => clock.now(), onChange };
  const server = createServer((request, response) => {
    respond(request, response, async (body) => answer(request, body, api));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });

  const running = loop();
  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      const signal = AbortSignal.any([stopping.signal, changed.signal]);
      const [next] = store.all().filter(isEnabled).sort(byNextRun);
      try {
        await clock.waitUntil(next ? new Date(next.nextRun) : new Date(8.64e15), signal);
      } catch (error) {
        if (signal.aborted) continue;
        throw error;
      }
      if (next) await run(next);
    }
  }

  async function run(due: Schedule & { nextRun: string }): Promise<void> {
    const now = clock.now();
    let nextRun = dueTimes(due).next(now)?.toISOString() ?? null;
    try {
      await deliver(due, new Date(due.nextRun), options);
    } catch (error) {
      options.log(`schedule ${due.Name} was not delivered: ${error}`);
      // It stays due for the same time: whoever is told of it later must not take it for another run.
      nextRun = due.nextRun;
      await clock.waitUntil(new Date(now.getTime() + retryMs), stopping.signal).catch(() => {});
    }
    const current = store.get(due);
    // It may have been changed or deleted meanwhile.
    if (current?.nextRun === due.nextRun) await store.put({ ...current, nextRun });
  }

  const { port } = addressOf(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      stopping.abort(new Error("The scheduler is being stopped"));
      await running;
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function deliver(
  due: Schedule,
  time: Date,
  { send, invokeAsynchronously }: Pick<SchedulerOptions, "send" | "invokeAsynchronously">,
): Promise<void> {
  const input = inputAt(due, time, randomUUID());
  const target = due.Target.Arn.slice(due.Target.Arn.lastIndexOf(":") + 1);
  if (due.Target.Arn.startsWith("arn:aws:sqs:")) await send(target, input ?? "");
  else await invokeAsynchronously(target, input === undefined ? {} : JSON.parse(input));
}

function isEnabled(schedule: Schedule): schedule is Schedule & { nextRun: string } {
  return schedule.State === "ENABLED" && schedule.nextRun !== null;
}

function byNextRun(a: { nextRun: string }, b: { nextRun: string }): number {
  return Date.parse(a.nextRun) - Date.parse(b.nextRun);
}

function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answerTo: (body: string) => Promise<unknown>,
): void {
  readText(request)
    .then(answerTo)
    .then(
      (body) => send(response, 200, body),
      (error: unknown) => {
        const { type, status, message } =
          error instanceof SchedulerError ? error : new SchedulerError("InternalServerException", 500, String(error));
        response.setHeader("x-amzn-errortype", type);
        send(response, status, { Message: message });
      },
    );
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > maxBodyBytes) throw new SchedulerError("ValidationException", 400, "The request is too large.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response
    .writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) })
    .end(text);
}

function addressOf(address: string | AddressInfo | null): AddressInfo {
  if (address === null || typeof address === "string") throw new Error("The scheduler does not listen on a port");
  return address;
}
