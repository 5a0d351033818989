import { randomUUID } from "node:crypto";
import { type FileHandle, mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Checksum } from "./digests.ts";
import { S3Error } from "./error.ts";
import { isNotFound, openIfExists, type StagedFile, stageFile, syncDirectory, writeFileAtomically } from "./files.ts";
import { KeyIndex } from "./key-index.ts";
import { KeyedLock } from "./keyed-lock.ts";
import {
  hashKey,
  type ObjectAttributes,
  type ObjectCreated,
  type ObjectRecord,
  objectRecordSchema,
} from "./object-record.ts";
import type { Outbox } from "./outbox.ts";

export interface ObjectStoreOptions {
  dir: string;
  buckets: string[];
  outbox: Outbox;
  log(line: string): void;
}

/** An object about to be written: its bytes are staged, the rest is decided at commit. */
export interface ObjectToCommit {
  bucket: string;
  key: string;
  staged: StagedFile;
  /** Without quotes. */
  eTag: string;
  attributes: ObjectAttributes;
  checksum: Checksum | undefined;
  eventName: string;
  /** Throws to refuse, given what the key holds at the moment of the commit. */
  precondition?: (current: ObjectRecord | undefined) => void;
}

/**
 * Objects on the disk. For each object `objects/<bucket>/<hh>/` has a record `<hash of key>.json` and, named by it, the
 * bytes `<hash>.<sequencer>`; renaming the record into place is what makes an object appear or change. Keys are never
 * part of a path. One process at a time may use a directory.
 */
export class ObjectStore {
  readonly #options: ObjectStoreOptions;
  readonly #lock = new KeyedLock();
  readonly #indexes = new Map<string, KeyIndex>();
  #lastSequencer = 0n;

  private constructor(options: ObjectStoreOptions) {
    this.#options = options;
  }

  /** Reads what is there and removes what an interrupted write left behind. */
  static async open(options: ObjectStoreOptions): Promise<ObjectStore> {
    const store = new ObjectStore(options);
    await rm(store.#temporaryDir(), { recursive: true, force: true });
    await mkdir(store.#temporaryDir(), { recursive: true });
    for (const bucket of options.buckets) store.#indexes.set(bucket, await store.#load(bucket));
    return store;
  }

  hasBucket(name: string): boolean {
    return this.#indexes.has(name);
  }

  /** Streams bytes to a temporary file; see {@link stageFile}. The caller commits or discards it. */
  stage(source: AsyncIterable<Buffer>, maxBytes: number): Promise<StagedFile> {
    return stageFile(this.#temporaryPath(), source, maxBytes);
  }

  async discard(staged: StagedFile): Promise<void> {
    await rm(staged.path, { force: true });
  }

  /** Makes a staged object visible, replacing what the key held, and sends its event on the way; discards it on failure. */
  async commit(object: ObjectToCommit): Promise<ObjectRecord> {
    const { bucket, key, staged } = object;
    let committed: { record: ObjectRecord; event: ObjectCreated };
    try {
      committed = await this.#lock.run(`${bucket}/${key}`, () => this.#commitLocked(object));
    } finally {
      await this.discard(staged);
    }
    this.#options.outbox.deliver(committed.event);
    return committed.record;
  }

  /** The record of an object. Throws `InternalError`, naming the file in the log, when it cannot be read. */
  async read(bucket: string, key: string): Promise<ObjectRecord | undefined> {
    const path = this.#recordPath(bucket, key);
    const record = await readRecord(path);
    if (record !== "corrupt") return record;
    this.#options.log(`${path} is corrupt`);
    throw new S3Error("InternalError", "We encountered an internal error. Please try again.");
  }

  /** Whether the key's present content is that of this write. */
  async holds(bucket: string, key: string, sequencer: string): Promise<boolean> {
    const record = await readRecord(this.#recordPath(bucket, key));
    return record !== undefined && record !== "corrupt" && record.sequencer === sequencer;
  }

  /** An object's record and its opened bytes, which stay readable when the object is replaced or deleted meanwhile. */
  async open(bucket: string, key: string): Promise<{ record: ObjectRecord; file: FileHandle } | undefined> {
    for (let missing: string | undefined; ; ) {
      const record = await this.read(bucket, key);
      if (record === undefined) return undefined;
      const path = this.#dataPath(bucket, key, record.sequencer);
      const file = await openIfExists(path);
      if (file !== undefined) return { record, file };
      // Replaced between the two reads, unless the record still says the same.
      if (missing === path) {
        this.#options.log(`${path} is missing`);
        throw new S3Error("InternalError", "We encountered an internal error. Please try again.");
      }
      missing = path;
    }
  }

  /** Removes an object, also a corrupt one; nothing happens when there is none. */
  async delete(bucket: string, key: string, precondition?: (current: ObjectRecord | undefined) => void): Promise<void> {
    await this.#lock.run(`${bucket}/${key}`, async () => {
      const path = this.#recordPath(bucket, key);
      const record = await readRecord(path);
      precondition?.(record === "corrupt" ? undefined : record);
      if (record === undefined) return;
      await rm(path, { force: true });
      await syncDirectory(dirname(path));
      this.#index(bucket).delete(key);
      await this.#removeData(bucket, key, undefined);
    });
  }

  /** The keys of a bucket with their summaries, in order, from `from` on. */
  list(bucket: string, from: string): ReturnType<KeyIndex["from"]> {
    return this.#index(bucket).from(from);
  }

  async #commitLocked(object: ObjectToCommit): Promise<{ record: ObjectRecord; event: ObjectCreated }> {
    const { bucket, key, staged, eTag, attributes, checksum, eventName } = object;
    const recordPath = this.#recordPath(bucket, key);
    const current = await readRecord(recordPath);
    object.precondition?.(current === "corrupt" ? undefined : current);

    const sequencer = this.#nextSequencer();
    const { size } = staged;
    const lastModified = new Date().toISOString();
    const record = { key, size, eTag, lastModified, sequencer, attributes, ...(checksum && { checksum }) };
    const event: ObjectCreated = { bucket, key, size, eTag, eventName, sequencer };
    const dataPath = this.#dataPath(bucket, key, sequencer);
    const created = await mkdir(dirname(recordPath), { recursive: true });
    if (created !== undefined) await syncDirectory(dirname(created));
    try {
      await rename(staged.path, dataPath);
      await this.#options.outbox.prepare(event);
      await writeFileAtomically(recordPath, this.#temporaryPath(), JSON.stringify(record));
    } catch (error) {
      await this.#options.outbox.discard(event);
      await rm(dataPath, { force: true });
      throw error;
    }
    await syncDirectory(dirname(recordPath));
    await this.#options.outbox.ready(event);
    this.#index(bucket).set(key, { size, eTag, lastModified });
    if (current !== undefined) await this.#removeData(bucket, key, sequencer);
    return { record, event };
  }

  /** Removes a key's bytes except those of one sequencer. */
  async #removeData(bucket: string, key: string, keep: string | undefined): Promise<void> {
    const dir = dirname(this.#recordPath(bucket, key));
    const hash = hashKey(key);
    for (const name of await readdir(dir)) {
      const data = parseDataName(name);
      if (data?.hash === hash && data.sequencer !== keep) await rm(join(dir, name), { force: true });
    }
  }

  async #load(bucket: string): Promise<KeyIndex> {
    const root = join(this.#options.dir, "objects", bucket);
    await mkdir(root, { recursive: true });
    const summaries = new Map();
    for (const shard of (await readdir(root)).filter((name) => /^[0-9a-f]{2}$/.test(name))) {
      const dir = join(root, shard);
      const names = await readdir(dir);
      const sequencers = new Map<string, string | "corrupt">();
      for (const name of names.filter((candidate) => candidate.endsWith(".json"))) {
        const path = join(dir, name);
        const record = await readRecord(path);
        if (record === undefined) continue;
        if (record === "corrupt") {
          this.#options.log(
            `${path} is corrupt; its object is not listed and answers InternalError until it is replaced`,
          );
          sequencers.set(name.slice(0, -".json".length), "corrupt");
          continue;
        }
        const { key, size, eTag, lastModified, sequencer } = record;
        sequencers.set(hashKey(key), sequencer);
        summaries.set(key, { size, eTag, lastModified });
        const number = BigInt(`0x${sequencer}`);
        if (number > this.#lastSequencer) this.#lastSequencer = number;
      }
      for (const name of names) {
        const data = parseDataName(name);
        const sequencer = data && sequencers.get(data.hash);
        if (data && sequencer !== "corrupt" && sequencer !== data.sequencer) await rm(join(dir, name));
      }
    }
    return new KeyIndex(summaries);
  }

  #index(bucket: string): KeyIndex {
    const index = this.#indexes.get(bucket);
    if (index === undefined) throw new Error(`${bucket} is not one of the buckets`);
    return index;
  }

  // Milliseconds with 20 bits below them for what happens within one; never repeats or falls, even if the clock does.
  #nextSequencer(): string {
    const now = BigInt(Date.now()) << 20n;
    this.#lastSequencer = now > this.#lastSequencer ? now : this.#lastSequencer + 1n;
    return this.#lastSequencer.toString(16).toUpperCase().padStart(16, "0");
  }

  #recordPath(bucket: string, key: string): string {
    const hash = hashKey(key);
    return join(this.#options.dir, "objects", bucket, hash.slice(0, 2), `${hash}.json`);
  }

  #dataPath(bucket: string, key: string, sequencer: string): string {
    const hash = hashKey(key);
    return join(this.#options.dir, "objects", bucket, hash.slice(0, 2), `${hash}.${sequencer}`);
  }

  #temporaryDir(): string {
    return join(this.#options.dir, "tmp");
  }

  #temporaryPath(): string {
    return join(this.#temporaryDir(), randomUUID());
  }
}

function parseDataName(name: string): { hash: string; sequencer: string } | undefined {
  const match = /^([0-9a-f]{64})\.([0-9A-F]{16})$/.exec(name);
  return match?.[1] !== undefined && match[2] !== undefined ? { hash: match[1], sequencer: match[2] } : undefined;
}

async function readRecord(path: string): Promise<ObjectRecord | "corrupt" | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
  try {
    const record = objectRecordSchema.parse(JSON.parse(text));
    return path.endsWith(`${hashKey(record.key)}.json`) ? record : "corrupt";
  } catch {
    return "corrupt";
  }
}
