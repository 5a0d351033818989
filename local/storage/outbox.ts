import { readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { isNotFound, syncDirectory, writeFileDurably } from "./files.ts";
import { type ObjectCreated, objectCreatedSchema } from "./object-record.ts";

const FIRST_RETRY_MS = 100;
const MAX_RETRY_MS = 30_000;
const SHUTDOWN_GRACE_MS = 2000;

export interface OutboxOptions {
  dir: string;
  deliver(event: ObjectCreated): Promise<void>;
  log(line: string): void;
}

/**
 * Object-created events between the disk and their receiver, one file each, so that an event is delivered at least once
 * whenever its object became visible, and never otherwise. A file is `prepared` before the object is committed and
 * `ready` after; which of the two it was is settled at the next start when a crash came between.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #stopping = new AbortController();
  readonly #deliveries = new Set<Promise<void>>();

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /**
   * Takes up what an earlier process left, and answers the events that are due. `isCommitted` tells whether the object
   * that an event speaks of is the one in place.
   */
  async recover(isCommitted: (event: ObjectCreated) => Promise<boolean>): Promise<ObjectCreated[]> {
    const due: ObjectCreated[] = [];
    const names = (await readdir(this.#options.dir)).filter((name) => /\.(prepared|ready)$/.test(name));
    for (const name of names.sort()) {
      const path = join(this.#options.dir, name);
      const event = await this.#read(path);
      if (name.endsWith(".prepared")) {
        if (event !== undefined && (await isCommitted(event))) {
          await this.ready(event);
          due.push(event);
        } else {
          await rm(path);
        }
      } else if (event === undefined) {
        this.#options.log(`${path} is not a readable event; it is left there and not delivered`);
      } else {
        due.push(event);
      }
    }
    return due;
  }

  /** Durably notes an event whose object is about to be committed. */
  async prepare(event: ObjectCreated): Promise<void> {
    await writeFileDurably(this.#path(event, "prepared"), JSON.stringify(event));
    await syncDirectory(this.#options.dir);
  }

  /** The object is committed: the event must be delivered, in this process or the next. */
  async ready(event: ObjectCreated): Promise<void> {
    await rename(this.#path(event, "prepared"), this.#path(event, "ready"));
  }

  /** The object was not committed after all. */
  async discard(event: ObjectCreated): Promise<void> {
    await rm(this.#path(event, "prepared"), { force: true });
  }

  /** Starts delivering; retried with growing pauses until the receiver accepts or the outbox stops. */
  deliver(event: ObjectCreated): void {
    const delivery = this.#deliverUntilAccepted(event).finally(() => this.#deliveries.delete(delivery));
    this.#deliveries.add(delivery);
  }

  /** Ends retries and gives deliveries under way a moment; what is left stays on the disk for the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    const grace = new AbortController();
    await Promise.race([
      Promise.all(this.#deliveries),
      delay(SHUTDOWN_GRACE_MS, undefined, { signal: grace.signal }).catch(ignoreAbort),
    ]);
    grace.abort();
  }

  async #deliverUntilAccepted(event: ObjectCreated): Promise<void> {
    const { signal } = this.#stopping;
    for (let pause = FIRST_RETRY_MS; !signal.aborted; pause = Math.min(2 * pause, MAX_RETRY_MS)) {
      try {
        await this.#options.deliver(event);
      } catch (error) {
        this.#options.log(
          `the event for ${event.bucket}/${event.key} was not accepted, next try in ${pause} ms: ${error}`,
        );
        await delay(pause, undefined, { signal }).catch(ignoreAbort);
        continue;
      }
      await rm(this.#path(event, "ready"), { force: true }).catch((error: unknown) => {
        this.#options.log(
          `${this.#path(event, "ready")} cannot be removed, its event will be delivered again: ${error}`,
        );
      });
      return;
    }
  }

  async #read(path: string): Promise<ObjectCreated | undefined> {
    try {
      return objectCreatedSchema.parse(JSON.parse(await readFile(path, "utf8")));
    } catch (error) {
      if (error instanceof SyntaxError || isNotFound(error) || isSchemaError(error)) return undefined;
      throw error;
    }
  }

  #path(event: ObjectCreated, state: "prepared" | "ready"): string {
    return join(this.#options.dir, `${event.sequencer}.${state}`);
  }
}

function isSchemaError(error: unknown): boolean {
  return error instanceof Error && error.name === "ZodError";
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === "AbortError")) throw error;
}
