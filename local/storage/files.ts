import { createHash } from "node:crypto";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { tooLarge } from "./error.ts";

const BATCH_BYTES = 1024 * 1024;

/** Bytes that are safely on the disk, under a temporary name. */
export interface StagedFile {
  path: string;
  size: number;
  /** MD5. */
  md5: Buffer;
}

/**
 * Streams to a new file and makes it durable. On any failure (the source's, a full disk, more than `maxBytes`) the file
 * is gone before the error is thrown.
 */
export async function stageFile(path: string, source: AsyncIterable<Buffer>, maxBytes: number): Promise<StagedFile> {
  const md5 = createHash("md5");
  let size = 0;
  let batch: Buffer[] = [];
  let batchSize = 0;
  let writing: Promise<void> | undefined;
  const file = await open(path, "wx");
  // One write is under way while the next batch arrives; its failure is noticed at the following `await writing`.
  const writeBatch = async () => {
    await writing;
    writing = file.writeFile(Buffer.concat(batch, batchSize));
    writing.catch(() => undefined);
    batch = [];
    batchSize = 0;
  };
  try {
    for await (const chunk of source) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(size, maxBytes);
      md5.update(chunk);
      batch.push(chunk);
      batchSize += chunk.length;
      if (batchSize >= BATCH_BYTES) await writeBatch();
    }
    await writeBatch();
    await writing;
    await file.sync();
  } catch (error) {
    await file.close();
    await rm(path, { force: true });
    throw error;
  }
  await file.close();
  return { path, size, md5: md5.digest() };
}

/** Replaces or creates a small file so that a crash leaves the old content or the new, never a mixture. */
export async function writeFileAtomically(path: string, temporaryPath: string, content: string): Promise<void> {
  try {
    await writeFileDurably(temporaryPath, content);
    await rename(temporaryPath, path);
  } catch (error) {
    await rm(temporaryPath, { force: true });
    throw error;
  }
}

/** Creates a file, which must not exist, and makes its content durable. */
export async function writeFileDurably(path: string, content: string): Promise<void> {
  const file = await open(path, "wx");
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes creations, renames and removals in a directory durable. Windows has no such call and needs none. */
export async function syncDirectory(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const directory = await open(path, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** Opens for reading, or answers `undefined` when there is no such file. */
export async function openIfExists(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, "r");
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

export function isNotFound(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
