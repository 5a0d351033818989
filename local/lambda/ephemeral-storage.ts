import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** Bytes in the files of a folder and of those in it. */
export async function bytesIn(dir: string): Promise<number> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0, // Removed while we looked.
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
