import { DataError } from "../data-error.ts";
import type { PackageParts } from "./package-parts.ts";
import { RichText } from "./rich-text.ts";
import type { XmlHandler } from "./xml-scanner.ts";

/** Text of all shared strings together; half a million rows of eight texts of 30 letters are 120 MB. */
const maxBytes = 512 * 1024 ** 2;
const maxStrings = 16_000_000;
const blockBytes = 4 * 1024 ** 2;

/** The texts that a workbook's cells refer to by number, held as UTF-8 in large blocks: a tenth of what as many strings take. */
export class SharedStrings {
  private readonly blocks: Buffer[] = [];
  private used = blockBytes;
  private bytes = 0;
  private count = 0;
  /** Where each text starts, as the number of the block times its size plus the offset there; and its length. */
  private starts = new Float64Array(1024);
  private lengths = new Uint32Array(1024);

  get size(): number {
    return this.count;
  }

  /** The text, or undefined if there is no such number. Empty where it is blank. */
  at(index: number): string | undefined {
    if (!(index >= 0 && index < this.count)) return undefined;
    const start = this.starts[index] ?? 0;
    const block = this.blocks[Math.floor(start / blockBytes)];
    const offset = start % blockBytes;
    return block?.toString("utf8", offset, offset + (this.lengths[index] ?? 0));
  }

  /** Whether the text is empty or white space. */
  isBlank(index: number): boolean {
    return (this.lengths[index] ?? 0) === 0;
  }

  add(given: string): void {
    const text = given.trim() === "" ? "" : given;
    if (this.count === this.starts.length) this.grow();
    const length = Buffer.byteLength(text);
    this.bytes += length;
    if (this.bytes > maxBytes || this.count >= maxStrings) {
      throw new DataError(
        "too-much-text",
        `The workbook holds more than ${maxBytes / 1024 ** 2} MB of different texts. Save the sheet as CSV and upload that.`,
      );
    }
    if (this.used + length > blockBytes) {
      this.blocks.push(Buffer.allocUnsafeSlow(blockBytes));
      this.used = 0;
    }
    this.starts[this.count] = (this.blocks.length - 1) * blockBytes + this.used;
    this.lengths[this.count] = length;
    this.blocks.at(-1)?.write(text, this.used);
    this.used += length;
    this.count += 1;
  }

  private grow(): void {
    const starts = new Float64Array(this.starts.length * 2);
    const lengths = new Uint32Array(starts.length);
    starts.set(this.starts);
    lengths.set(this.lengths);
    this.starts = starts;
    this.lengths = lengths;
  }
}

/** Reads the part of shared strings; a workbook may have none. Throws `DataError`. */
export async function readSharedStrings(
  parts: PackageParts,
  part: string | undefined,
  onChunk: (bytes: number) => void,
): Promise<SharedStrings> {
  const strings = new SharedStrings();
  if (!part) return strings;
  const text = new RichText();
  const handler: XmlHandler = {
    open(name) {
      if (name === "si") text.begin();
      else text.open(name);
    },
    close(name) {
      if (name === "si") strings.add(text.end());
      else text.close(name);
    },
    text: (scanner, start, end, raw) => text.add(scanner, start, end, raw),
  };
  await parts.scan(part, handler, onChunk);
  return strings;
}
