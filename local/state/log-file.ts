import { once } from "node:events";
import { createWriteStream, mkdirSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";

const maxBytes = 10 * 1024 * 1024;

/** The runner's log: lines in a file, each with its time. */
export interface LogFile {
  write(line: string): void;
  close(): Promise<void>;
}

/** Appends to `file`, creating it and its folder; one that has grown beyond 10 MB becomes `<file>.1` first. */
export function openLogFile(file: string): LogFile {
  mkdirSync(dirname(file), { recursive: true });
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > maxBytes) renameSync(file, `${file}.1`);
  const stream = createWriteStream(file, { flags: "a" });
  let isBroken = false;
  stream.on("error", (error) => {
    if (!isBroken) console.error(`The log cannot be written: ${error.message}`);
    isBroken = true;
  });
  return {
    write(line) {
      if (!isBroken && !stream.writableEnded) stream.write(`${new Date().toISOString()} ${line}\n`);
    },
    async close() {
      if (isBroken || stream.closed) return;
      stream.end();
      await once(stream, "close");
    },
  };
}
