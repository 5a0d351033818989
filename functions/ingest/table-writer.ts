import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { constants, createZstdCompress } from "node:zlib";
import { ColumnEvidence } from "./types/evidence.ts";
import { isNull } from "./types/null-words.ts";

const flushChars = 1 << 18;

/**
 * Writes a table as the text that conversion reads: UTF-8, one row a line ended by LF, cells separated by commas and quoted
 * (quotes doubled) where they hold a comma, a quote or a line end; no header. The first cell of each line is the number of
 * the row in the original file, from 1; then follows one cell for each column. A cell that is null, blank, or a word that
 * stands for no value is empty. What the cells look like is gathered in passing. The file is packed by zstd, to a third or less,
 * so that the original beside it may be nearly as large as the disk.
 */
export class TableWriter {
  readonly path: string;
  rowCount = 0;
  /** UTF-16 units of the longest line. */
  longestLine = 0;
  /** For each column. */
  readonly evidence: ColumnEvidence[] = [];
  private readonly packer = createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 1 } });
  /** Settled when the file is closed. */
  private readonly written: Promise<void>;
  private pending = "";
  private readonly settled: readonly boolean[];

  /** Of columns that are `settled`, since the file itself gives their type, cells are counted and not looked into. */
  constructor(path: string, settled: readonly boolean[] = []) {
    this.path = path;
    this.settled = settled;
    this.written = pipeline(this.packer, createWriteStream(path));
    // Whoever writes or ends finds it out.
    this.written.catch(() => {});
  }

  /** Adds a row; await what it returns, if anything, before the next one. `cells` has one cell for each column. */
  write(row: number, cells: readonly (string | null)[]): Promise<void> | undefined {
    let line = String(row);
    for (let index = 0; index < cells.length; index += 1) {
      const given = cells[index] ?? null;
      let evidence = this.evidence[index];
      if (evidence === undefined) {
        evidence = new ColumnEvidence();
        this.evidence[index] = evidence;
      }
      if (this.settled[index] && given !== null && startsWithDigit(given)) {
        evidence.filled += 1;
        line += `,${quote(given)}`;
        continue;
      }
      const cell = given === null || isNull(given.trim()) ? null : given;
      evidence.add(cell);
      line += cell === null ? "," : `,${quote(cell)}`;
    }
    if (line.length > this.longestLine) this.longestLine = line.length;
    this.pending += `${line}\n`;
    this.rowCount += 1;
    return this.pending.length >= flushChars ? this.flush() : undefined;
  }

  /** Writes what is left and closes the file. */
  async end(): Promise<void> {
    await this.flush();
    this.packer.end();
    await this.written;
  }

  /** Closes the file of a table that was given up; of one that has ended, nothing is left to do. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.packer.destroy();
    await this.written.catch(() => {});
  }

  private async flush(): Promise<void> {
    const text = this.pending;
    this.pending = "";
    if (this.packer.destroyed) await this.written;
    if (!this.packer.write(text)) await Promise.race([once(this.packer, "drain"), this.written]);
  }
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function startsWithDigit(cell: string): boolean {
  const code = cell.charCodeAt(0);
  return code >= 48 && code <= 57;
}
