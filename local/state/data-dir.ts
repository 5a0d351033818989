import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { StartError } from "../start-error.ts";

/** SQLite's result codes (https://sqlite.org/rescode.html). */
const SQLITE_BUSY = 5;
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

const sqliteError = z.object({ code: z.literal("ERR_SQLITE_ERROR"), errcode: z.number() });

/** A path as a person would type it. */
function shownPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere === "" || fromHere.startsWith("..") ? path : fromHere;
}

/**
 * Creates the data folder if need be and takes it for this process; the answer gives it back. The lock is the operating
 * system's, on a file that SQLite holds, so that a process that was killed leaves none behind.
 * Throws a {@link StartError} when another runner has it, or when it cannot be written.
 */
export function lockDataDir(dataDir: string): () => void {
  const file = join(dataDir, "lock.sqlite");
  const pidFile = join(dataDir, "runner.pid");
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const database = new DatabaseSync(file);
    try {
      // Nothing is ever written, so there is no use for a journal on the disk.
      database.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
    } catch (error) {
      database.close();
      throw error;
    }
    writeFileSync(pidFile, String(process.pid));
    return () => database.close();
  } catch (error) {
    const shown = shownPath(dataDir);
    const errcode = sqliteError.safeParse(error).data?.errcode;
    if (errcode === SQLITE_BUSY) {
      const message = `QuantiBI (process ${holder(pidFile)}) already runs on ${shown}: stop it or set QUANTIBI_DATA_DIR to another folder`;
      throw new StartError(message, { cause: error });
    }
    if (errcode === SQLITE_CORRUPT || errcode === SQLITE_NOTADB) {
      throw new StartError(`${shownPath(file)} is damaged: delete it, nothing is kept in it`, { cause: error });
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`The data folder ${shown} cannot be used: ${reason}`, { cause: error });
  }
}

function holder(pidFile: string): string {
  try {
    return readFileSync(pidFile, "utf8");
  } catch {
    return "unknown";
  }
}
