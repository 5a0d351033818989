import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const packageJson = z.object({ name: z.string(), version: z.string() });

/** `name@version` of the package in a folder. */
export function packageVersion(folder: string): string {
  const { name, version } = packageJson.parse(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")));
  return `${name}@${version}`;
}
