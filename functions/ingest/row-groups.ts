import type { Ledger } from "./ledger.ts";
import { type CellKind, cellKind } from "./text/cell-kind.ts";

/** What the column is called that holds the names of groups. */
export const groupName = "group";

const fewestGroups = 2;
/** Share of the other rows in which a column has a value that is never left out. */
const filledThroughout = 0.9;
const knownRows = 1_000;

type Cells = readonly (string | null)[];

/**
 * Whether lines among the rows name the group of the rows below them, as pivots and statements print them ("North" alone on a
 * line, then the rows of North): the first row is such a line, each of the others has a value in a column that they lack.
 */
export function areGrouped(rows: readonly Cells[], width: number): boolean {
  const some = rows.slice(0, knownRows);
  const labels = some.map((cells) => groupOf(cells) !== undefined);
  const others = some.filter((_, index) => !labels[index]);
  const named = labels.filter((isLabel, index) => isLabel && labels[index + 1] === false).length;
  if (arePaths(some)) return false;
  if (width < 2 || labels[0] !== true || named < fewestGroups || others.length * 2 < some.length) return false;
  const isFull = (index: number) =>
    others.filter((cells) => isFilled(cells[index])).length >= others.length * filledThroughout;
  const isMeasured = (index: number) => {
    const kinds = others.map((cells): CellKind => cellKind(cells[index] ?? ""));
    return kinds.filter((kind) => kind === "number" || kind === "time").length * 2 > kinds.length;
  };
  const full = Array.from({ length: width - 1 }, (_, index) => index + 1).filter(isFull);
  return full.length > 1 || full.some(isMeasured) || hasNumbers(others, width);
}

/** Names that say themselves where they belong (`animals.birds` below `animals`) are rows of a tree. */
function arePaths(rows: readonly Cells[]): boolean {
  const names = rows.map(([first]) => first ?? "");
  return names.some((name, index) => {
    const above = names[index - 1] ?? "";
    return above !== "" && name.startsWith(above) && /^\s*[./\\:>|]/.test(name.slice(above.length));
  });
}

/** Of debit and credit, only one has a value in each row. */
function hasNumbers(rows: readonly Cells[], width: number): boolean {
  const columns = Array.from({ length: width - 1 }, (_, index) => index + 1);
  return rows.every((cells) => columns.some((index) => cellKind(cells[index] ?? "") === "number"));
}

/** The text of a line that has nothing but a word or a day in its first cell. */
export function groupOf(cells: Cells): string | undefined {
  const [first] = cells;
  if (!isFilled(first) || cells.some((cell, index) => index > 0 && isFilled(cell))) return undefined;
  const kind = cellKind(first);
  return kind === "text" || kind === "time" ? first.trim() : undefined;
}

function isFilled(cell: string | null | undefined): cell is string {
  return cell !== null && cell !== undefined && cell.trim() !== "";
}

/** Follows the lines that name groups, to tell each of the rows below them its group. */
export class RowGroups {
  /** The group of the rows that come now. */
  current: string | null = null;
  private readonly ledger: Ledger;
  /** The line of a group without rows so far. */
  private unused: number | undefined;

  constructor(ledger: Ledger) {
    this.ledger = ledger;
  }

  /** Takes the table's rows in their order and tells whether this one is no row but the name of a group. */
  isName(row: number, cells: Cells): boolean {
    const name = groupOf(cells);
    if (name === undefined) {
      this.unused = undefined;
      return false;
    }
    this.begin(row, name);
    return true;
  }

  /** Rows of another group follow. */
  begin(row: number, name: string): void {
    this.end();
    this.current = name.trim();
    this.unused = row;
  }

  /** A name without rows is told. */
  end(): void {
    if (this.unused === undefined) return;
    const reason = "The row names a group, and no row of it follows";
    this.ledger.add({ row: this.unused, column: null, value: this.current, reason });
    this.unused = undefined;
  }
}
