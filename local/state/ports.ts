import { readFile, writeFile } from "node:fs/promises";
import { z } from "zod";

const remembered = z.record(z.string(), z.int().min(1).max(65_535));

/** The ports of the last run, so that URLs given out then still work, and nothing that names a port has to be built again. */
export interface PortMemory {
  /** The port that `name` had, if any. */
  last(name: string): number | undefined;
  keep(name: string, port: number): Promise<void>;
}

/** Ports kept in `file`; one that cannot be read is as good as none. */
export async function openPortMemory(file: string): Promise<PortMemory> {
  const ports = await readFile(file, "utf8").then(parsePorts, () => ({}) as Record<string, number>);
  return {
    last: (name) => ports[name],
    async keep(name, port) {
      if (ports[name] === port) return;
      ports[name] = port;
      await writeFile(file, JSON.stringify(ports));
    },
  };
}

function parsePorts(text: string): Record<string, number> {
  try {
    return remembered.parse(JSON.parse(text));
  } catch {
    return {};
  }
}

/** Listens on the first of `ports` that is free; rejects as the last one did. */
export async function listenOnFirstFree<T>(
  ports: (number | undefined)[],
  listen: (port: number) => Promise<T>,
): Promise<T> {
  const [first, ...others] = ports.filter((port) => port !== undefined);
  if (first === undefined) throw new Error("No port to listen on.");
  try {
    return await listen(first);
  } catch (error) {
    if (others.length === 0 || !isTaken(error)) throw error;
    return await listenOnFirstFree(others, listen);
  }
}

/** Whether listening failed because the port is in use. */
export function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}
