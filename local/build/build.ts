import type { Steps } from "../steps.ts";
import { synthesize } from "./synth.ts";
import { buildWeb, webDirectory } from "./web.ts";

export interface BuildOptions {
  root: string;
  /** Where the cloud assembly goes. */
  assembly: string;
  context: Record<string, string>;
  step: Steps["step"];
  signal: AbortSignal | undefined;
}

/**
 * Brings the cloud assembly and the web app up to date, both at a time, and answers the folder of the latter.
 * Throws `BuildFailed` for the first that fails, and stops the other.
 */
export async function buildEverything({ root, assembly, context, step, signal }: BuildOptions): Promise<string> {
  const stopping = new AbortController();
  const either = signal === undefined ? stopping.signal : AbortSignal.any([signal, stopping.signal]);
  const builds = [
    step("CDK app", () => synthesize({ root, outDir: assembly, context, signal: either })),
    step("web app", async () => {
      const outcome = await buildWeb({ root, signal: either });
      return outcome === "absent" ? "skipped: web/ has no index.html" : outcome;
    }),
  ];
  try {
    await Promise.all(builds);
  } catch (error) {
    stopping.abort();
    await Promise.allSettled(builds);
    throw error;
  }
  return webDirectory(root);
}
