import { maxKeptRejects } from "../../../contract/index.ts";
import type { Ledger } from "../ledger.ts";
import type { RowGroups } from "../row-groups.ts";
import { Sample } from "../sample.ts";
import type { TableWriter } from "../table-writer.ts";
import type { Layout } from "./layout.ts";
import { commonShare, type ReadRow } from "./mend-rows.ts";
import { rawValue } from "./row-kind.ts";

/** Brings rows to the table's width and writes them. */
export class TableBody {
  private readonly layout: Layout;
  private readonly columns: readonly string[];
  private readonly writer: TableWriter;
  private readonly ledger: Ledger;
  private readonly groups: RowGroups | undefined;
  /** By how many cells the rows have that are too short. */
  private readonly short = new Map<number, number>();
  private readonly keptShort = new Sample<{ row: number; cells: number }>(maxKeptRejects);

  /** `columns` are those of the file; with `groups`, each row gets its group as one more cell in front. */
  constructor(layout: Layout, columns: readonly string[], writer: TableWriter, ledger: Ledger, groups?: RowGroups) {
    this.layout = layout;
    this.columns = columns;
    this.writer = writer;
    this.ledger = ledger;
    this.groups = groups;
  }

  write({ number, cells, fault, raw }: ReadRow): Promise<void> | undefined {
    if (this.groups?.isName(number, cells)) return undefined;
    const { width } = this.layout;
    const reject = (reason: string) => this.ledger.add({ row: number, column: null, value: rawValue(raw), reason });
    if (fault === "too-long") {
      reject("The row is longer than 16 million characters");
      return undefined;
    }
    if (cells.length > width) {
      const surplus = cells.slice(width).some((cell) => cell.trim() !== "");
      if (surplus) {
        reject(`The row has ${cells.length} cells, the table ${width} columns${quoteHint(fault)}`);
        return undefined;
      }
      return this.put(number, cells.slice(0, width));
    }
    if (cells.length < width) {
      if (cells.length === 1 && width > 2) {
        reject(`The row has one cell, the table ${width} columns${quoteHint(fault)}`);
        return undefined;
      }
      this.short.set(cells.length, (this.short.get(cells.length) ?? 0) + 1);
      this.keptShort.add(() => ({ row: number, cells: cells.length }));
      return this.put(number, [...cells, ...Array.from({ length: width - cells.length }, () => null)]);
    }
    return this.put(number, cells);
  }

  private put(number: number, cells: readonly (string | null)[]): Promise<void> | undefined {
    return this.writer.write(number, this.groups ? [this.groups.current, ...cells] : cells);
  }

  /** Short rows are told where they are the exception. */
  end(): void {
    this.groups?.end();
    const short = [...this.short.values()].reduce((sum, count) => sum + count, 0);
    if (short > this.writer.rowCount * commonShare && short > 1) return;
    for (const [cells, count] of this.short) this.ledger.addCount(this.columns[cells] ?? null, count);
    for (const { row, cells } of this.keptShort.items) {
      const reason = `The row ends after ${cells} of ${this.layout.width} cells; the missing ones are empty`;
      this.ledger.keep({ row, column: this.columns[cells] ?? null, value: null, reason });
    }
  }
}

function quoteHint(fault: ReadRow["fault"]): string {
  return fault === "unclosed-quote" ? "; a quotation mark opens and never closes" : "";
}
