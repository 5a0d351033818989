import { randomInt } from "node:crypto";
import { calculateObjectSize, Long } from "bson";
import { CommandError } from "./errors.ts";
import type { Document } from "./values/types.ts";

/** A cursor that nobody asks for more is forgotten after ten minutes, as MongoDB has it. */
const IDLE_MS = 10 * 60 * 1000;
/** What the documents of one reply may add up to: a reply holds 16 MiB of them, or one. */
const MAX_BATCH_BYTES = 16 * 1024 * 1024;
/** The first batch, if the client names no size. */
const FIRST_BATCH = 101;

interface Cursor {
  namespace: string;
  rest: readonly Document[];
  position: number;
  usedAt: number;
}

/** The results that clients have not fetched yet. A result is complete when its cursor opens: later writes don't show. */
export class Cursors {
  readonly #open = new Map<string, Cursor>();

  /** The `cursor` of the reply to find or aggregate, with the first batch. */
  open(namespace: string, documents: readonly Document[], batchSize: number | undefined, single: boolean): Document {
    const cursor: Cursor = { namespace, rest: documents, position: 0, usedAt: Date.now() };
    const firstBatch = batchSize === 0 ? [] : take(cursor, batchSize ?? FIRST_BATCH);
    const done = cursor.position >= documents.length || single;
    const id = done ? Long.ZERO : Long.fromNumber(randomInt(1, 2 ** 47));
    if (!done) this.#open.set(id.toString(), cursor);
    return { firstBatch, id, ns: namespace };
  }

  /** The `cursor` of the reply to getMore. */
  more(id: unknown, namespace: string, batchSize: number | undefined): Document {
    this.forgetIdle(Date.now());
    const cursor = this.#open.get(String(id));
    if (!cursor || cursor.namespace !== namespace)
      throw new CommandError("CursorNotFound", `cursor id ${String(id)} not found`);
    cursor.usedAt = Date.now();
    const nextBatch = take(cursor, batchSize || Number.POSITIVE_INFINITY);
    const done = cursor.position >= cursor.rest.length;
    if (done) this.#open.delete(String(id));
    return { nextBatch, id: done ? Long.ZERO : id, ns: namespace };
  }

  /** Forgets a cursor; false if there is none. */
  kill(id: unknown): boolean {
    return this.#open.delete(String(id));
  }

  forgetIdle(now: number): void {
    for (const [id, cursor] of this.#open) if (now - cursor.usedAt > IDLE_MS) this.#open.delete(id);
  }
}

function take(cursor: Cursor, count: number): Document[] {
  const batch: Document[] = [];
  let bytes = 0;
  while (batch.length < count) {
    const document = cursor.rest[cursor.position];
    if (document === undefined) break;
    bytes += calculateObjectSize(document);
    if (batch.length > 0 && bytes > MAX_BATCH_BYTES) break;
    batch.push(document);
    cursor.position++;
  }
  return batch;
}
