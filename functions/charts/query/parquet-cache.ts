import { mkdir, rename, rm } from "node:fs/promises";
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

interface Copy {
  path: string;
  bytes: number;
  usedAt: number;
}

/**
 * Local copies of Parquet objects, which a warm function keeps from one request to the next: the least recently used goes
 * first when they outgrow the budget, and none stays longer than `maxIdleMs` unused. An object is known by its key and
 * ETag, so that a new version is another copy.
 */
export class ParquetCache {
  private readonly copies = new Map<string, Promise<Copy>>();
  private readonly folder: string;
  private readonly storage: Pick<ObjectStorage, "download">;
  private readonly limits: CacheLimits;

  constructor(folder: string, storage: Pick<ObjectStorage, "download">, limits: CacheLimits) {
    this.folder = folder;
    this.storage = storage;
    this.limits = limits;
  }

  /** The path of a copy, fetched if there is none yet. It stays until `evict` finds that it must go. */
  async fetch(object: ParquetObject): Promise<string> {
    const name = `${object.key.replaceAll("/", "_")}-${object.eTag}`;
    const copy = this.copies.get(name) ?? this.download(object, join(this.folder, name));
    // Put last: the order of the map is the order of use.
    this.copies.delete(name);
    this.copies.set(name, copy);
    try {
      const held = await copy;
      held.usedAt = Date.now();
      return held.path;
    } catch (error) {
      this.copies.delete(name);
      throw error;
    }
  }

  /** Deletes what is idle or over the budget, but nothing of `inUse`. Returns the paths that are gone. */
  async evict(inUse: ReadonlySet<string>): Promise<string[]> {
    const held: [name: string, copy: Copy][] = [];
    for (const [name, copy] of this.copies) held.push([name, await copy]);
    let bytes = held.reduce((sum, [, copy]) => sum + copy.bytes, 0);
    const gone: string[] = [];
    for (const [name, copy] of held) {
      const idle = Date.now() - copy.usedAt > this.limits.maxIdleMs;
      if (inUse.has(copy.path) || (bytes <= this.limits.maxBytes && !idle)) continue;
      this.copies.delete(name);
      await rm(copy.path, { force: true });
      bytes -= copy.bytes;
      gone.push(copy.path);
    }
    return gone;
  }

  private async download({ key, eTag }: ParquetObject, path: string): Promise<Copy> {
    await mkdir(this.folder, { recursive: true });
    const partial = `${path}.partial`;
    let bytes = 0;
    const found = await this.storage.download(key, eTag, partial, (count) => {
      bytes += count;
    });
    if (!found) throw new Conflict("The dataset is being replaced: try again in a moment", { kind: "not-ready" });
    await rename(partial, path);
    return { path, bytes, usedAt: Date.now() };
  }
}
