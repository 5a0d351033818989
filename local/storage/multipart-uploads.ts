import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { S3Error } from "./error.ts";
import { isNotFound, type StagedFile, syncDirectory, writeFileDurably } from "./files.ts";
import { objectAttributesSchema } from "./object-record.ts";

const uploadSchema = z.object({
  bucket: z.string(),
  key: z.string(),
  /** ISO 8601. */
  initiated: z.iso.datetime(),
  attributes: objectAttributesSchema,
});

/** What `CreateMultipartUpload` was given. */
export type Upload = z.infer<typeof uploadSchema>;

/** One uploaded part. */
export interface Part {
  number: number;
  size: number;
  /** Hexadecimal MD5. */
  eTag: string;
  lastModified: Date;
  path: string;
}

/**
 * Multipart uploads under way, a directory each: `upload.json` and, for each part, `part-<number>-<MD5>`. A part appears
 * by a rename; of two with the same number (a crash while one replaced the other) the newer counts.
 */
export class MultipartUploads {
  readonly #dir: string;
  readonly #log: (line: string) => void;

  constructor(dir: string, log: (line: string) => void) {
    this.#dir = dir;
    this.#log = log;
  }

  /** Notes a new upload and answers its id. */
  async create(upload: Upload): Promise<string> {
    const id = randomBytes(24).toString("base64url");
    const path = join(this.#dir, id);
    await mkdir(path, { recursive: true });
    await writeFileDurably(join(path, "upload.json"), JSON.stringify(upload));
    await syncDirectory(path);
    await syncDirectory(this.#dir);
    return id;
  }

  /** Throws `NoSuchUpload` unless the upload exists and is for this bucket and key. */
  async get(id: string, bucket: string, key: string): Promise<Upload> {
    const upload = await this.#read(id);
    if (upload === undefined || upload.bucket !== bucket || upload.key !== key) throw noSuchUpload();
    return upload;
  }

  /** Moves staged bytes into the upload, replacing a part of the same number. Throws `NoSuchUpload` if it is gone. */
  async addPart(id: string, number: number, staged: StagedFile): Promise<void> {
    const path = this.#path(id);
    const name = `${partPrefix(number)}${staged.md5.toString("hex")}`;
    try {
      await rename(staged.path, join(path, name));
      for (const other of await readdir(path)) {
        if (other.startsWith(partPrefix(number)) && other !== name) await rm(join(path, other), { force: true });
      }
      await syncDirectory(path);
    } catch (error) {
      throw isNotFound(error) ? noSuchUpload() : error;
    }
  }

  /** The parts of an upload by ascending number. */
  async parts(id: string): Promise<Part[]> {
    const dir = this.#path(id);
    const parts = new Map<number, Part>();
    for (const name of await readdir(dir)) {
      const match = /^part-(\d{5})-([0-9a-f]{32})$/.exec(name);
      if (match?.[1] === undefined || match[2] === undefined) continue;
      const path = join(dir, name);
      const { size, mtime } = await stat(path);
      const part = { number: Number(match[1]), size, eTag: match[2], lastModified: mtime, path };
      const known = parts.get(part.number);
      if (known === undefined || known.lastModified < mtime) parts.set(part.number, part);
    }
    return [...parts.values()].sort((a, b) => a.number - b.number);
  }

  async remove(id: string): Promise<void> {
    await rm(this.#path(id), { recursive: true, force: true });
  }

  /** Removes uploads begun before `limit`, and such as cannot be read. */
  async removeAbandoned(limit: Date): Promise<void> {
    for (const id of await readdir(this.#dir)) {
      if (!isUploadId(id)) continue;
      const upload = await this.#read(id);
      if (upload !== undefined && new Date(upload.initiated) >= limit) continue;
      await this.remove(id);
    }
  }

  async #read(id: string): Promise<Upload | undefined> {
    if (!isUploadId(id)) return undefined;
    const path = join(this.#path(id), "upload.json");
    let text: string;
    try {
      text = await readFile(path, "utf8");
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
    try {
      return uploadSchema.parse(JSON.parse(text));
    } catch (error) {
      this.#log(`${path} is corrupt; the upload is treated as unknown: ${error}`);
      return undefined;
    }
  }

  #path(id: string): string {
    if (!isUploadId(id)) throw noSuchUpload();
    return join(this.#dir, id);
  }
}

/** The bytes of parts one after the other. */
export async function* concatenate(parts: Part[]): AsyncGenerator<Buffer> {
  for (const { path } of parts) yield* createReadStream(path, { highWaterMark: 1024 * 1024 });
}

export function noSuchUpload(): S3Error {
  return new S3Error(
    "NoSuchUpload",
    "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
  );
}

function isUploadId(id: string): boolean {
  return /^[\w-]{32}$/.test(id);
}

function partPrefix(number: number): string {
  return `part-${String(number).padStart(5, "0")}-`;
}
