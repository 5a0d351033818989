import { once } from "node:events";
import { crc32, createInflateRaw } from "node:zlib";
import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from "yauzl";
import { DataError } from "../data-error.ts";
import { refuseBomb } from "./inflate-limits.ts";

/** A workbook has a few parts for each sheet, an archive of one table has one file. */
const maxEntries = 10_000;
const chunkBytes = 128 * 1024;

export interface ZipEntry {
  /** As stored, with forward slashes. It may be anything, `../` included, and is never used as a path. */
  name: string;
  /** As declared; `read` refuses an entry that turns out otherwise. */
  size: number;
}

/** The files of a ZIP archive on disk, readable as streams in any order. The caller closes it. */
export class ZipArchive {
  readonly entries: readonly ZipEntry[];
  readonly #zip: ZipFile;
  readonly #originals: Map<ZipEntry, Entry>;

  private constructor(zip: ZipFile, originals: Map<ZipEntry, Entry>) {
    this.#zip = zip;
    this.#originals = originals;
    this.entries = [...originals.keys()];
  }

  /** Reads the directory. Throws `DataError` for a damaged archive and for one with absurdly many files. */
  static async open(path: string): Promise<ZipArchive> {
    // Names are decoded here, because yauzl refuses a whole archive for one name that would be unsafe as a path.
    const zip = await openPromise(path, { autoClose: false, decodeStrings: false, validateEntrySizes: false }).catch(
      (cause) => {
        throw damaged(cause);
      },
    );
    const originals = new Map<ZipEntry, Entry>();
    try {
      for await (const entry of zip.eachEntry()) {
        const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
        originals.set({ name, size: entry.uncompressedSize }, entry);
        if (originals.size > maxEntries) {
          throw new DataError("too-many-files", `The archive holds more than ${maxEntries} files.`);
        }
      }
    } catch (error) {
      zip.close();
      throw error instanceof DataError ? error : damaged(error);
    }
    return new ZipArchive(zip, originals);
  }

  /** The entry's bytes, checked against its checksum. Throws `DataError` where it is encrypted, damaged, over `maxBytes` or a bomb. */
  async *read(entry: ZipEntry, maxBytes: number): AsyncGenerator<Buffer, void, void> {
    const original = this.#originals.get(entry);
    if (!original) throw new Error(`${entry.name} is of another archive`);
    const { compressedSize, uncompressedSize, compressionMethod } = original;
    if (original.isEncrypted()) throw passwordProtected();
    if (compressionMethod !== 0 && compressionMethod !== 8) {
      throw new DataError(
        "unsupported-compression",
        `The archive uses compression method ${compressionMethod}, which is not supported. Compress it as an ordinary ZIP file.`,
      );
    }
    refuseBomb(compressedSize, uncompressedSize, maxBytes);
    let bytes = 0;
    let checksum = 0;
    try {
      const packed = await this.#zip.openReadStreamPromise(original, { decodeFileData: false });
      const inflate = createInflateRaw({ chunkSize: chunkBytes });
      packed.once("error", (error) => inflate.destroy(error));
      const unpacked = compressionMethod === 0 ? packed : packed.pipe(inflate);
      try {
        for await (const chunk of unpacked) {
          bytes += chunk.length;
          refuseBomb(compressedSize, bytes, maxBytes);
          checksum = crc32(chunk, checksum);
          yield chunk;
        }
      } finally {
        packed.destroy();
        unpacked.destroy();
      }
    } catch (error) {
      throw isDataFault(error) ? damaged(error) : error;
    }
    if (bytes !== uncompressedSize || checksum !== original.crc32) throw damaged();
  }

  async close(): Promise<void> {
    const closed = once(this.#zip, "close");
    this.#zip.close();
    await closed;
  }
}

/** What zlib and yauzl throw, other than this machine's own faults, comes from the bytes. */
function isDataFault(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof DataError) return false;
  return !("code" in error) || (typeof error.code === "string" && error.code.startsWith("Z_"));
}

function damaged(cause?: unknown): DataError {
  return new DataError(
    "damaged-archive",
    "The file is damaged or was not uploaded completely. Open it where it comes from, save it again and upload the copy.",
    { cause },
  );
}

export function passwordProtected(): DataError {
  return new DataError(
    "password-protected",
    "The file is protected by a password. Save a copy without the password and upload that.",
  );
}
