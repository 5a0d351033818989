import { createHash } from "node:crypto";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

export interface BuildInputs {
  root: string;
  /** Files and folders below `root`; those that do not exist count as empty. */
  paths: readonly string[];
  /** Whatever else the result depends on. */
  settings: unknown;
}

/** Names below which nothing is an input. */
const ignored = new Set(["node_modules", "dist", ".DS_Store"]);

/** A digest that changes when an input's name, size or modification time does. */
export async function fingerprint({ root, paths, settings }: BuildInputs): Promise<string> {
  const files = (await Promise.all(paths.map((path) => listFiles(root, path)))).flat().sort();
  const hash = createHash("sha256").update(JSON.stringify([process.version, settings]));
  for (const line of files) hash.update(`\n${line}`);
  return hash.digest("hex");
}

/** The fingerprint that the last finished build left in `file`, if any. */
export async function lastFingerprint(file: string): Promise<string | undefined> {
  return await readFile(file, "utf8").catch(undefinedIfMissing);
}

export async function keepFingerprint(file: string, value: string): Promise<void> {
  await writeFile(file, value);
}

async function listFiles(root: string, path: string): Promise<string[]> {
  const info = await stat(join(root, path)).catch(undefinedIfMissing);
  if (info === undefined) return [];
  if (!info.isDirectory()) return [`${path} ${info.size} ${info.mtimeMs}`];
  const names = (await readdir(join(root, path))).filter((name) => !ignored.has(name));
  return (await Promise.all(names.map((name) => listFiles(root, `${path}/${name}`)))).flat();
}

function undefinedIfMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
