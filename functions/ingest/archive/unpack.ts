import { createReadStream, createWriteStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { SelectableTable } from "../../../contract/index.ts";
import { DataError } from "../data-error.ts";
import { type FileKind, recognizeFile } from "../recognize.ts";
import { maxFileBytes, refuseBomb } from "./inflate-limits.ts";
import { ZipArchive, type ZipEntry } from "./zip-archive.ts";

export interface UnpackInput {
  path: string;
  /** Gets the unpacked file. */
  folder: string;
  /** Which file of an archive of several to take. */
  entry?: string | undefined;
  signal: AbortSignal;
}

export interface UnpackedFile {
  path: string;
  kind: Exclude<FileKind, "gzip" | "zip">;
  /** The file's name in its archive, if it comes from one that says so. */
  name: string | undefined;
  /** The files of the archive to choose from, if there are several. */
  choices: SelectableTable[];
}

/** A file that is packed, in an archive, in an archive: nobody means more. */
const maxNesting = 2;
const listedNames = 10;
/** Files of an archive that can be chosen. */
const mostChoices = 500;

/**
 * Takes the one table out of gzip and ZIP archives, to a file in `folder`; what is no archive is left where it is. The packed
 * file is deleted once it is unpacked, so that disk holds one of them. Throws `DataError` for an archive of several files
 * unless `entry` names one, for bombs, and for what is not supported.
 */
export async function unpack({ path, folder, entry, signal }: UnpackInput): Promise<UnpackedFile> {
  let current = path;
  let name: string | undefined;
  let choices: SelectableTable[] = [];
  for (let nesting = 0; ; nesting += 1) {
    const kind = await recognizeFile(current).catch((error: unknown) => {
      if (error instanceof DataError && choices.length > 0) error.tables = choices;
      throw error;
    });
    if (kind !== "gzip" && kind !== "zip") return { path: current, kind, name, choices };
    if (nesting === maxNesting) {
      throw new DataError(
        "nested-archive",
        "The file is an archive in an archive in an archive. Unpack it and upload the table.",
      );
    }
    const target = join(folder, `unpacked-${nesting}`);
    if (kind === "gzip") await gunzip(current, target, signal);
    else ({ name, choices } = await unzip(current, target, entry, signal));
    await rm(current, { force: true });
    current = target;
  }
}

async function gunzip(path: string, target: string, signal: AbortSignal): Promise<void> {
  const packedBytes = (await stat(path)).size;
  let bytes = 0;
  async function* limited(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      refuseBomb(packedBytes, bytes, maxFileBytes);
      yield chunk;
    }
  }
  try {
    await pipeline(createReadStream(path), createGunzip(), limited, createWriteStream(target), { signal });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && String(error.code).startsWith("Z_"))) throw error;
    throw new DataError(
      "damaged-archive",
      "The file is a damaged gzip archive or was not uploaded completely. Pack it again and upload it.",
      { cause: error },
    );
  }
}

async function unzip(path: string, target: string, wanted: string | undefined, signal: AbortSignal) {
  const archive = await ZipArchive.open(path);
  try {
    const files = likelyTables(archive.entries);
    const choices = files.length > 1 ? files.slice(0, mostChoices).map(asChoice) : [];
    const entry = choose(files, wanted, choices);
    await pipeline(archive.read(entry, maxFileBytes), createWriteStream(target), { signal });
    return { name: entry.name, choices };
  } finally {
    await archive.close();
  }
}

/** Leaves out folders and what systems add to archives on their own. */
function isTable({ name, size }: ZipEntry): boolean {
  const last = name.slice(name.lastIndexOf("/") + 1);
  return size > 0 && !name.startsWith("__MACOSX/") && last !== "" && !/^(\.|thumbs\.db$|desktop\.ini$)/i.test(last);
}

function asChoice({ name }: ZipEntry): SelectableTable {
  return { name, rowCount: null, columnCount: null };
}

function likelyTables(entries: readonly ZipEntry[]): ZipEntry[] {
  const files = entries.filter(isTable);
  // A note that lies beside the table is no second table, as far as names can tell.
  const likely = files.filter(
    ({ name }) => !/(^|\/)(readme|licen[cs]e)[^/]*$|\.(md|pdf|docx?|html?|png|jpe?g|sha\d+|md5)$/i.test(name),
  );
  return likely.length > 0 ? likely : files;
}

function choose(candidates: ZipEntry[], wanted: string | undefined, tables: SelectableTable[]): ZipEntry {
  const [only, another] = candidates;
  if (!only) throw new DataError("empty-archive", "The archive holds no file. Pack the table again and upload it.");
  if (!another) return only;
  const chosen = candidates.find(({ name }) => name === wanted);
  if (chosen) return chosen;
  const names = candidates.slice(0, listedNames).map(({ name }) => `“${name.slice(0, 100)}”`);
  const more = candidates.length > listedNames ? ` and ${candidates.length - listedNames} more` : "";
  throw new DataError(
    "several-files",
    `The archive holds ${candidates.length} files: ${names.join(", ")}${more}. Choose the one to read, or upload it alone.`,
    { tables },
  );
}
