import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import type { z } from "zod";

/** Runs a script of this folder in a process of its own and answers the JSON that it prints. */
export async function inFreshProcess<T>(script: URL, parameters: string[], schema: z.ZodType<T>): Promise<T> {
  const child = spawn(process.execPath, [script.pathname, ...parameters], { stdio: ["ignore", "pipe", "inherit"] });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, "exit")]);
  if (code !== 0) throw new Error(`${script.pathname} ended with ${code}`);
  return schema.parse(JSON.parse(output));
}
