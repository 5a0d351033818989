import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { runChild } from "./child.ts";
import { fingerprint, keepFingerprint, lastFingerprint } from "./fingerprint.ts";

export interface WebBuildOptions {
  root: string;
  signal?: AbortSignal | undefined;
}

/** Where the built web app lies. */
export function webDirectory(root: string): string {
  return join(root, "web", "dist");
}

/**
 * Brings web/dist up to date with Vite unless nothing it reads has changed since; says what it did.
 * Built aside and then put in place, so that a build that fails leaves the former one.
 * Throws {@link BuildFailed} with what Vite said.
 */
export async function buildWeb({ root, signal }: WebBuildOptions): Promise<"built" | "unchanged" | "absent"> {
  if (!existsSync(join(root, "web", "index.html"))) return "absent";
  const target = webDirectory(root);
  const stamp = join(target, ".fingerprint");
  const current = await fingerprint({ root, paths: ["web", "contract", "package-lock.json"], settings: null });
  const isCurrent = async () => existsSync(join(target, "index.html")) && (await lastFingerprint(stamp)) === current;
  if (await isCurrent()) return "unchanged";

  const draft = `${target}.${process.pid}`;
  const vite = join(root, "node_modules", "vite", "bin", "vite.js");
  try {
    const commandLine = `node ${JSON.stringify(vite)} build --outDir ${JSON.stringify(draft)} --emptyOutDir`;
    await runChild(commandLine, { step: "Building the web app", cwd: join(root, "web"), signal });
    await keepFingerprint(join(draft, ".fingerprint"), current);
    await rm(target, { recursive: true, force: true });
    await rename(draft, target).catch(async (error: unknown) => {
      // Another runner that built the same may have been first.
      if (!(await isCurrent())) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return "built";
}
