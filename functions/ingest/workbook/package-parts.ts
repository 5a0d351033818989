import { maxPartBytes } from "../archive/inflate-limits.ts";
import type { ZipArchive, ZipEntry } from "../archive/zip-archive.ts";
import { DataError } from "../data-error.ts";
import { malformed, type XmlHandler, XmlScanner } from "./xml-scanner.ts";

/** What one part says about another: in strict files the types' addresses differ, their last words don't. */
export interface Relationship {
  id: string;
  /** The last word of the type's address, such as `worksheet`. */
  type: string;
  /** The other part's name. */
  target: string;
}

/** Parts that are read as a whole, such as styles. */
const maxSmallPartBytes = 64 * 1024 ** 2;

/** The parts of an Office Open XML file by name. Names differ from references in case and slashes in files that exist. */
export class PackageParts {
  private readonly archive: ZipArchive;
  private readonly byName: Map<string, ZipEntry>;

  constructor(archive: ZipArchive) {
    this.archive = archive;
    this.byName = new Map(archive.entries.map((entry) => [normalize(entry.name), entry]));
  }

  has(name: string): boolean {
    return this.byName.has(normalize(name));
  }

  /** The part's declared size in bytes, 0 for one that is missing. */
  size(name: string): number {
    return this.byName.get(normalize(name))?.size ?? 0;
  }

  /**
   * Sends a part through a handler. `onChunk` gets the number of bytes after each chunk, and the next one waits for it.
   * Throws `DataError`.
   */
  async scan(name: string, handler: XmlHandler, onChunk?: (bytes: number) => Promise<void> | void): Promise<void> {
    const entry = this.byName.get(normalize(name));
    if (!entry) throw malformed(`Its part ${name} is missing.`);
    const scanner = new XmlScanner(handler);
    for await (const chunk of utf8Parts(this.archive.read(entry, maxPartBytes))) {
      scanner.write(chunk);
      await onChunk?.(chunk.length);
    }
    scanner.end();
  }

  /** Calls `onOpen` for every tag of a part of moderate size. */
  async tags(name: string, onOpen: (tag: string, attributes: Record<string, string>) => void): Promise<void> {
    if (this.size(name) > maxSmallPartBytes) throw malformed(`Its part ${name} is absurdly large.`);
    await this.scan(name, {
      open: (tag, scanner) => onOpen(tag, scanner.attributes()),
      close: () => {},
      text: () => {},
    });
  }

  /** What the part (or, for the empty name, the package) relates to; nothing where it doesn't say. */
  async relationships(name: string): Promise<Relationship[]> {
    const cut = name.lastIndexOf("/") + 1;
    const folder = name.slice(0, cut);
    const part = `${folder}_rels/${name.slice(cut)}.rels`;
    const found: Relationship[] = [];
    if (!this.has(part)) return found;
    await this.tags(part, (tag, { Id = "", Type = "", Target = "", TargetMode }) => {
      if (tag !== "Relationship" || TargetMode === "External") return;
      found.push({ id: Id, type: Type.slice(Type.lastIndexOf("/") + 1), target: resolve(folder, Target) });
    });
    return found;
  }
}

function normalize(name: string): string {
  return name.replaceAll("\\", "/").replace(/^\/+/, "").toLowerCase();
}

function resolve(folder: string, target: string): string {
  const path = target.replaceAll("\\", "/");
  const steps: string[] = [];
  for (const step of (path.startsWith("/") ? path : folder + path).split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "." && step !== "") steps.push(step);
  }
  return steps.join("/");
}

/** A part's bytes as UTF-8, which nearly all are; UTF-16 is the other encoding that the format allows. */
async function* utf8Parts(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let first = true;
  for await (const chunk of chunks) {
    if (first) {
      first = false;
      const start = chunk.toString("latin1", 0, 200);
      const label = /^(\xff\xfe|<\0)/.test(start) ? "utf-16le" : /^(\xfe\xff|\0<)/.test(start) ? "utf-16be" : undefined;
      if (label) decoder = new TextDecoder(label);
      const declared = /^(?:\xef\xbb\xbf)?<\?xml[^>]*encoding=["']([\w-]+)["']/i.exec(start)?.[1];
      if (!decoder && declared && !/^(utf-?8|us-ascii|ascii)$/i.test(declared)) {
        throw new DataError(
          "unsupported-encoding",
          `The workbook's parts are encoded in ${declared}, which is not supported. Open it in a spreadsheet program and save it again.`,
        );
      }
      if (!decoder && start.startsWith("\xef\xbb\xbf")) {
        yield chunk.subarray(3);
        continue;
      }
    }
    yield decoder ? Buffer.from(decoder.decode(chunk, { stream: true })) : chunk;
  }
}
