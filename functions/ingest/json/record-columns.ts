import type { ColumnType } from "../../../contract/index.ts";
import { parseString } from "./json-values.ts";
import type { RecordPlaces } from "./record-places.ts";

/** Types that a column's values must nearly all have, for the column to have it without a look at their text. */
const maxMisfitShare = 0.1;
/** Integers of up to so many digits fit into 64 bits. */
const exactDigits = 18;

interface JsonColumn {
  /** Keys that lead to the value. */
  name: string;
  values: number;
  integers: number;
  decimals: number;
  booleans: number;
  /** Numbers that neither a 64-bit integer nor a double holds with all their digits. */
  long: number;
}

/**
 * The columns of records, in the order in which they first appear. An object in a record is flattened one level (`a.b`);
 * what is nested deeper stays the JSON text that it is.
 */
export class RecordColumns {
  private readonly columns: JsonColumn[] = [];
  private readonly byKey = new Map<string, number>();

  get names(): string[] {
    return this.columns.map(({ name }) => name);
  }

  /** What `place` takes, in the order of the columns. */
  get keys(): string[] {
    return [...this.byKey.keys()];
  }

  get count(): number {
    return this.columns.length;
  }

  /** The position of the column with this key, which is added if it is new. */
  place(key: string): number {
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const index = this.columns.length;
    this.byKey.set(key, index);
    const name = key.replace("\u0000", ".");
    this.columns.push({ name, values: 0, integers: 0, decimals: 0, booleans: 0, long: 0 });
    return index;
  }

  /** The cells of a record; it adds the columns that it is the first to have. */
  cells(text: string, { keys, starts, ends }: RecordPlaces): (string | null)[] {
    const cells: (string | null)[] = new Array(this.columns.length).fill(null);
    for (let at = 0; at < keys.length; at += 1) {
      const index = this.place(keys[at] ?? "");
      while (cells.length <= index) cells.push(null);
      cells[index] = this.value(index, text, starts[at] ?? 0, ends[at] ?? 0);
    }
    return cells;
  }

  /** The type, where the values of the column say so. */
  typeOf(index: number): ColumnType | undefined {
    const column = this.columns[index];
    if (!column || column.values === 0) return undefined;
    const { values, integers, decimals, booleans, long } = column;
    const enough = (count: number) => count >= values * (1 - maxMisfitShare);
    if (enough(booleans)) return "BOOLEAN";
    if (!enough(integers + decimals)) return undefined;
    if (long > 0) return "VARCHAR";
    return decimals === 0 ? "BIGINT" : "DOUBLE";
  }

  private value(index: number, text: string, start: number, end: number): string | null {
    const column = this.columns[index];
    if (!column) return null;
    switch (text.charCodeAt(start)) {
      case 0x22: {
        const value = parseString(text, start, end);
        if (value.trim() !== "") column.values += 1;
        return value;
      }
      case 0x6e: // null
      case 0x4e: // NaN
      case 0x49: // Infinity
        return null;
      case 0x74:
      case 0x66:
        column.values += 1;
        column.booleans += 1;
        return text.slice(start, end);
      case 0x7b:
      case 0x5b:
        column.values += 1;
        return compact(text.slice(start, end));
      default:
        return this.number(column, text.slice(start, end));
    }
  }

  private number(column: JsonColumn, number: string): string | null {
    if (number === "-Infinity") return null;
    column.values += 1;
    if (/^-?\d+$/.test(number)) {
      column.integers += 1;
      if (number.length > exactDigits) column.long += 1;
    } else column.decimals += 1;
    return number;
  }
}

/** JSON without the white space between its values. */
function compact(json: string): string {
  return /\s/.test(json) ? json.replace(/("(?:[^"\\]|\\.)*")|\s+/g, "$1") : json;
}
