import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { runChild } from "./child.ts";
import { fingerprint, keepFingerprint, lastFingerprint } from "./fingerprint.ts";

export interface SynthOptions {
  root: string;
  outDir: string;
  /** CDK context, as `cdk synth -c name=value` would give it. */
  context: Record<string, string>;
  signal?: AbortSignal | undefined;
}

const cdkJson = z.object({ app: z.string(), context: z.record(z.string(), z.unknown()).default({}) });

const inputs = [
  "bin",
  "lib",
  "functions",
  "contract",
  "layers",
  // What reports share with the page.
  "web/src/report",
  "web/src/charts",
  "web/src/format",
  "web/src/theme",
  "cdk.json",
  "cdk.context.json",
  "package-lock.json",
  "tsconfig.json",
];

/**
 * Brings the cloud assembly in `outDir` up to date: runs the app that cdk.json names, as the CDK CLI would, unless nothing
 * it reads has changed since. Says whether it had to. Throws {@link BuildFailed} with what the app said.
 */
export async function synthesize({ root, outDir, context, signal }: SynthOptions): Promise<"built" | "unchanged"> {
  const stamp = join(outDir, ".fingerprint");
  const current = await fingerprint({ root, paths: inputs, settings: context });
  if (existsSync(join(outDir, "manifest.json")) && (await lastFingerprint(stamp)) === current) return "unchanged";

  await mkdir(outDir, { recursive: true });
  await rm(stamp, { force: true });
  const { app, context: defaults } = cdkJson.parse(JSON.parse(await readFile(join(root, "cdk.json"), "utf8")));
  const environment = {
    CDK_OUTDIR: outDir,
    CDK_CONTEXT_JSON: JSON.stringify({
      // What the CLI adds by itself.
      "aws:cdk:enable-path-metadata": true,
      "aws:cdk:enable-asset-metadata": true,
      "aws:cdk:bundling-stacks": ["**"],
      ...defaults,
      ...context,
    }),
  };
  await runChild(app, { step: "Synthesizing the CDK app", cwd: root, environment, signal });
  await removeOldAssets(outDir);
  await keepFingerprint(stamp, current);
  return "built";
}

/** CDK leaves the assets of former runs behind; those that no manifest mentions go. */
async function removeOldAssets(outDir: string): Promise<void> {
  const names = await readdir(outDir);
  const manifests = names.filter((name) => name.endsWith(".assets.json"));
  const texts = await Promise.all(manifests.map((name) => readFile(join(outDir, name), "utf8")));
  const stale = names.filter((name) => name.startsWith("asset.") && !texts.some((text) => text.includes(name)));
  await Promise.all(stale.map((name) => rm(join(outDir, name), { recursive: true, force: true })));
}
