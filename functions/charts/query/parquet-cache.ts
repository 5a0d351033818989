import { rmSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Conflict } from "../../shared/errors.ts";
import type { ObjectStorage } from "../../shared/object-storage.ts";

/** A dataset's Parquet in the bucket. */
export interface ParquetObject {
  key: string;
  eTag: string;
}

export interface CacheLimits {
  maxBytes: number;
  maxIdleMs: number;
}

/** A local copy that stays at least until it is released. */
export interface Lease {
  path: string;
  release(): void;
}

interface Copy {
  path: string;
  bytes: number;
  /** Settles when the file is there. */
  fetched: Promise<void>;
  /** How many have it leased, those included who wait for it. */
  leases: number;
  usedAt: number;
}

/**
 * Local copies of Parquet objects, which a warm function keeps from one request to the next: the least recently used goes
 * first when they outgrow the budget, and none stays longer than `maxIdleMs` unused. An object is known by its key and
 * ETag, so that a new version is another copy; a copy that was fetched again is another file.
 */
export class ParquetCache {
  private readonly copies = new Map<string, Copy>();
  private readonly folder: string;
  private readonly storage: Pick<ObjectStorage, "download">;
  private readonly limits: CacheLimits;
  private lastFile = 0;

  constructor(folder: string, storage: Pick<ObjectStorage, "download">, limits: CacheLimits) {
    this.folder = folder;
    this.storage = storage;
    this.limits = limits;
    // What a process that died has left, in a function that lives on.
    rmSync(folder, { recursive: true, force: true });
  }

  /** Leases a copy, fetched if there is none yet. Throws `Conflict` when the object is not there any more. */
  async fetch(object: ParquetObject): Promise<Lease> {
    const name = `${object.key} ${object.eTag}`;
    const copy = this.copies.get(name) ?? this.download(object);
    copy.leases += 1;
    // Put last: the order of the map is the order of use.
    this.copies.delete(name);
    this.copies.set(name, copy);
    try {
      await copy.fetched;
    } catch (error) {
      if (this.copies.get(name) === copy) this.copies.delete(name);
      throw error;
    }
    copy.usedAt = Date.now();
    return {
      path: copy.path,
      release() {
        copy.leases -= 1;
        copy.usedAt = Date.now();
      },
    };
  }

  /** Deletes what is idle or over the budget, but nothing that is leased. Returns the paths that are gone. */
  async evict(): Promise<string[]> {
    let bytes = 0;
    for (const copy of this.copies.values()) bytes += copy.bytes;
    const gone: string[] = [];
    for (const [name, copy] of this.copies) {
      const idle = Date.now() - copy.usedAt > this.limits.maxIdleMs;
      if (copy.leases > 0 || (bytes <= this.limits.maxBytes && !idle)) continue;
      this.copies.delete(name);
      bytes -= copy.bytes;
      gone.push(copy.path);
    }
    await Promise.all(gone.map((path) => rm(path, { force: true })));
    return gone;
  }

  private download({ key, eTag }: ParquetObject): Copy {
    this.lastFile += 1;
    const path = join(this.folder, `${this.lastFile}.parquet`);
    const fetch = async () => {
      await mkdir(this.folder, { recursive: true });
      const found = await this.storage.download(key, eTag, path, (more) => {
        copy.bytes += more;
      });
      if (!found) throw new Conflict("The dataset is being replaced: try again in a moment", { kind: "not-ready" });
    };
    const copy: Copy = { path, bytes: 0, fetched: Promise.resolve(), leases: 0, usedAt: Date.now() };
    copy.fetched = fetch().catch(async (error: unknown) => {
      await rm(path, { force: true });
      throw error;
    });
    return copy;
  }
}
